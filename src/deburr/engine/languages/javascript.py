"""JavaScript and TypeScript text in, a Module of the intermediate representation out; no text raises."""

from __future__ import annotations

import gc
from functools import cache
from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_broken import Reading, broken, reread
from deburr.engine.languages.javascript_context import LIMIT, ExpressionHandler, Lowering, StatementHandler
from deburr.engine.languages.javascript_declarations import DECLARATIONS
from deburr.engine.languages.javascript_expressions import EXPRESSIONS
from deburr.engine.languages.javascript_imports import IMPORTS
from deburr.engine.languages.javascript_kinds import kinds
from deburr.engine.languages.javascript_literals import LITERALS
from deburr.engine.languages.javascript_markup import MARKUP
from deburr.engine.languages.javascript_outline import outline
from deburr.engine.languages.javascript_statements import STATEMENTS
from deburr.engine.languages.unread import unread
from deburr.engine.parse import grammar, parse

if TYPE_CHECKING:
    from deburr.engine.islands import Chooser


_FEW = 3
"""With no more functions than this, all are read."""


@cache
def _expressions(name: str) -> dict[int, ExpressionHandler]:
    found = grammar(name)
    tables = {**EXPRESSIONS, **LITERALS, **MARKUP}
    return {number: tables[kind] for kind in tables if (number := found.id_for_node_kind(kind, True)) is not None}


@cache
def _statements(name: str) -> dict[int, StatementHandler]:
    found = grammar(name)
    tables = {**STATEMENTS, **DECLARATIONS, **IMPORTS}
    return {number: tables[kind] for kind in tables if (number := found.id_for_node_kind(kind, True)) is not None}


def lower(data: bytes, language: str, choose: Chooser | None = None) -> ir.Module:
    """The module that a text is; with `choose`, bodies that it does not ask for are read when they are needed."""
    # Lowering makes many objects and no cycles: looking for cycles meanwhile takes most of the time of a large file.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _lower(data, language, choose)
    finally:
        if collecting:
            gc.enable()


def _lower(data: bytes, language: str, choose: Chooser | None) -> ir.Module:
    whole = data.replace(b"\0", b" ")
    found = _tree(whole, language)
    notes = unread(found.root, data) if found.root.has_error else []
    text = data
    if notes:
        text, found = reread(whole, found)
    name = found.grammar
    lo = Lowering(found.before + text + found.after, kinds(name), _expressions(name), _statements(name))
    if choose is not None and not notes:
        layout = outline(found.root, data, name, lo.k)
        if len(layout.functions) > _FEW:
            lo.wanted = choose(layout).read
    module = ir.Module(0, len(data), lo.block(found.root.named_children, 0), notes)
    if found.before or found.after:
        _shift(module, len(found.before), len(data))
    if lo.deep is not None:
        module.notes.append((lo.deep, f"nested deeper than {LIMIT} levels"))
    return module


def _shift(module: ir.Module, by: int, most: int) -> None:
    """Let every node say where it stands in the text itself, without what was put around it."""
    seen: set[int] = {id(module)}
    stack: list[ir.Node] = [*module.body]
    while stack:
        node = stack.pop()
        if id(node) not in seen:
            seen.add(id(node))
            node.start, node.end = (min(max(at - by, 0), most) for at in (node.start, node.end))
            stack += ir.children(node)


def _tree(data: bytes, language: str) -> Reading:
    """The tree of a text, by the grammar of its language, or by one that reads more of it."""
    names = ("typescript", "tsx") if language == "typescript" else ("javascript", "tsx")
    found: list[Reading] = []
    for name in names:
        found.append(Reading(name, parse(data, name).root_node))
        if not found[-1].root.has_error:
            return found[-1]
    return min(found, key=lambda one: broken(one.root))
