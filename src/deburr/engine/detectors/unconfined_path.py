"""A path below somebody's folder that is never asked whether it has stayed there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.detectors import _unread
from deburr.engine.hit import Hit, Unit

_BORDER = re.compile(
    r"(?i).*(?:allow|permit|safe|secure|restrict|sandbox|jail|upload|download|public|shared|tenant|user|customer|client)\w*"
    r"(?:dir|directory|directories|folder|folders|root|path|base)s?"
)
_CHECKS = re.compile(
    r"(?i).*(?:resolve|relative_to|startswith|commonpath|commonprefix|realpath|abspath|normpath|basename|secure|safe|"
    r"valid|sanit|check|match|isalnum|parents|is_absolute|isabs|clean).*"
)
_MISSING = frozenset({"exists", "is_file", "isfile", "is_dir", "isdir"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each join of a folder that bounds something with a parameter of which nothing is asked."""
    for node in _unread.functions(unit.module):
        own = {param.name for param in node.params} - {"self", "cls"}
        parts = [one for statement in node.body for one in ir.walk(statement)]
        if any(_CHECKS.fullmatch(name) for one in parts if isinstance(one, ir.Call) for name in [_last(one.func)]):
            continue
        folders = {_kept(one): "own" for one in parts if _looked_up(one, own)}
        exists = any(isinstance(one, ir.Call) and _last(one.func) in _MISSING for one in parts)
        for one in parts:
            base, below = _joined(one)
            bounded = base in folders or (exists and base not in own and bool(_BORDER.fullmatch(base)))
            if bounded and below in own and not _tested(parts, below):
                yield Hit("unconfined-path", one, "medium", f"`{below}` may lead out of `{base}`")


def _joined(node: ir.Node) -> tuple[str, str]:
    """The folder and what is put below it: `folder / name`, `os.path.join(folder, name)`."""
    if isinstance(node, ir.Binary) and node.op == "/":
        return _name(node.left), _name(node.right)
    if isinstance(node, ir.Call) and _last(node.func) in ("join", "joinpath") and isinstance(node.func, ir.Attr):
        given = node.args if node.func.name == "join" and len(node.args) == 2 else [node.func.obj, *node.args]
        return (_name(given[0]), _name(given[1])) if len(given) == 2 else ("", "")
    return "", ""


def _looked_up(node: ir.Node, own: set[str]) -> bool:
    """`folder = folders[user]`: what belongs to one of several."""
    if not (isinstance(node, ir.Assign) and isinstance(node.targets[0], ir.Name)):
        return False
    value = node.value
    if isinstance(value, ir.Call) and isinstance(value.func, ir.Attr) and value.func.name == "get" and value.args:
        value = ir.Sub(value.start, value.end, value.func.obj, value.args[0])
    return isinstance(value, ir.Sub) and _name(value.obj) not in {*own, ""} and _name(value.index) in own


def _kept(node: ir.Node) -> str:
    return _name(node.targets[0]) if isinstance(node, ir.Assign) else ""


def _tested(parts: list[ir.Node], name: str) -> bool:
    tests = [one.test for one in parts if isinstance(one, (ir.If, ir.Assert, ir.Cond))]
    return any(_name(part) == name for test in tests for part in ir.walk(test))


def _name(node: ir.Node) -> str:
    return node.id if isinstance(node, ir.Name) else ""


def _last(node: ir.Node) -> str:
    return node.name if isinstance(node, ir.Attr) else _name(node)
