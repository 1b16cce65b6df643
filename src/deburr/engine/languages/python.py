"""Python text in, a Module of the intermediate representation out; no text raises, and every text takes linear time."""

from __future__ import annotations

import gc
import re
from functools import partial
from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.python_context import LIMIT, ExpressionHandler, Lowering, StatementHandler
from deburr.engine.languages.python_expressions import EXPRESSIONS
from deburr.engine.languages.python_imports import IMPORTS
from deburr.engine.languages.python_kinds import kind
from deburr.engine.languages.python_matching import MATCHING
from deburr.engine.languages.python_outline import outline
from deburr.engine.languages.python_statements import STATEMENTS
from deburr.engine.languages.python_strings import STRINGS
from deburr.engine.languages.unread import unread
from deburr.engine.parse import parse

if TYPE_CHECKING:
    from deburr.engine.islands import Chooser, Outline
    from deburr.engine.languages.python_magics import Magic

_EXPRESSIONS: dict[int, ExpressionHandler] = {
    kind(name): handler for name, handler in {**EXPRESSIONS, **STRINGS}.items()
}
_STATEMENTS: dict[int, StatementHandler] = {
    kind(name): handler for name, handler in {**STATEMENTS, **IMPORTS, **MATCHING}.items()
}
_MOST_LEVELS = 250
_DEEP_LINE = re.compile(rb"^[ \t]{250}", re.MULTILINE)
_INDENTED = re.compile(rb"^[ \t]*(?=[^\s#])", re.MULTILINE)
_LONE_RETURN = re.compile(rb"\r(?!\n)")


def lower(data: bytes, choose: Chooser | None = None) -> ir.Module:
    """The module that a Python text is; with `choose`, only those functions have a body that it asks for."""
    # Lowering makes many objects and no cycles: looking for cycles meanwhile takes most of the time of a large file.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _lower(data, choose)
    finally:
        if collecting:
            gc.enable()


def _towers(data: bytes) -> bool:
    """Whether blocks stand so deep in one another that the grammar's parser would run out of its stack."""
    if not _DEEP_LINE.search(data):
        return False
    levels: list[int] = []
    for line in _INDENTED.finditer(data):
        width = line.end() - line.start()
        while levels and levels[-1] >= width:
            levels.pop()
        levels.append(width)
        if len(levels) > _MOST_LEVELS:
            return True
    return False


def _lower(data: bytes, choose: Chooser | None) -> ir.Module:
    if _towers(data):
        return ir.Module(
            0, len(data), [], [(0, f"blocks nest deeper than {_MOST_LEVELS} levels: only secrets are looked for")]
        )
    readable = _readable(data)
    if choose is not None and (found := _chosen(data, readable, choose)) is not None:
        return found
    root = parse(readable, "python").root_node
    magics: dict[int, Magic] = {}
    if root.has_error:
        from deburr.engine.languages.python_magics import prepare

        clean, magics = prepare(data, readable)
        if clean != readable:
            root = parse(clean, "python").root_node
    lo = Lowering(data, _EXPRESSIONS, _STATEMENTS, _reread)
    module = ir.Module(0, len(data), lo.module(root), [])
    if magics:
        from deburr.engine.languages.python_broken import expression
        from deburr.engine.languages.python_magics import restore

        restore(module, data, magics, partial(expression, lo))
    if root.has_error:
        module.notes += unread(root, data)
    _note_depth(lo, module)
    return module


def _chosen(data: bytes, readable: bytes, choose: Chooser) -> ir.Module | None:
    """The module with what was chosen of its functions, the others to be read when they are run.

    None when the text cannot be read like this.
    """
    layout = outline(readable)
    islands = choose(layout)
    module = ir.Module(0, len(data), [], [])
    if islands.idle:
        return module
    unread = [one for one in layout.functions if one.body and one.start not in islands.read]
    root = parse(readable, "python", _without(unread, len(data))).root_node
    if root.has_error:
        choose.islands = None
        return None
    lo = Lowering(data, _EXPRESSIONS, _STATEMENTS, _reread)
    lo.unread = {one.start: partial(_read, lo, readable, one, module) for one in unread}
    module.body = lo.module(root)
    _note_depth(lo, module)
    return module


def _note_depth(lo: Lowering, module: ir.Module) -> None:
    if lo.deep is not None:
        module.notes.append((lo.deep, f"nested deeper than {LIMIT} levels"))
        lo.deep = None


def _without(unread: list[Outline], length: int) -> list[tuple[int, int]]:
    """The parts of a text that are left without the bodies of some functions."""
    parts: list[tuple[int, int]] = []
    at = 0
    for one in unread:
        if one.body >= at:
            parts.append((at, one.body))
            at = one.end
    return [*parts, (at, length)]


def _read(lo: Lowering, readable: bytes, one: Outline, module: ir.Module) -> list[ir.Node]:
    """The body of a function that was left out at first."""
    root = parse(readable, "python", [(one.start, one.end)]).root_node
    if root.has_error:
        module.notes += unread(root, lo.data)
    del lo.unread[one.start]
    out: list[ir.Node] = []
    for node in root.named_children:
        lo.statement(node, 0, out)
    _note_depth(lo, module)
    return next((made.body for made in out if isinstance(made, ir.Function)), [])


def _reread(lo: Lowering, start: int, end: int, out: list[ir.Node]) -> bool:
    """Most texts are whole, so what reads broken ones is imported when one comes."""
    from deburr.engine.languages.python_broken import reread

    return reread(lo, start, end, out)


def _readable(data: bytes) -> bytes:
    """The same bytes in the same places, without what the grammar stumbles over."""
    if b"\r" in data:
        data = _LONE_RETURN.sub(b"\n", data)
    return data.replace(b"\0", b" ")
