"""Python's imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages import python_kinds as k
from deburr.engine.languages.python_context import Lowering, StatementHandler

if TYPE_CHECKING:
    from tree_sitter import Node as Tree


def _parts(node: Tree) -> list[Tree]:
    return [child for child in node.named_children if child.kind_id not in k.EXTRAS]


def _dotted(lo: Lowering, node: Tree) -> str:
    """A dotted name without the spaces that may stand in it; also `.` and `..m`."""
    return "".join(lo.names[node.start_byte : node.end_byte].replace("\\", "").split())


def _import(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:  # noqa: ARG001 -- every handler has this shape
    names: list[tuple[str, str]] = []
    for part in _parts(node):
        if part.kind_id == k.IMPORT_ALIAS:
            pair = _parts(part)
            if len(pair) == 2:
                names.append((_dotted(lo, pair[0]), _dotted(lo, pair[1])))
        elif full := _dotted(lo, part).split(".", 1)[0]:
            names.append((full, full))
    out.append(ir.Import(node.start_byte, node.end_byte, names))


def _import_from(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:  # noqa: ARG001 -- as above
    parts = _parts(node)
    future = node.type == "future_import_statement"
    module = "__future__" if future or not parts else _dotted(lo, parts.pop(0))
    stem = module if module.endswith(".") else module + "."
    names: list[tuple[str, str]] = []
    for part in parts:
        pair = _parts(part) if part.kind_id == k.IMPORT_ALIAS else [part, part]
        if part.kind_id == k.WILDCARD_IMPORT:
            names.append((stem + "*", "*"))
        elif len(pair) == 2:
            names.append((stem + _dotted(lo, pair[0]), _dotted(lo, pair[1])))
    out.append(ir.Import(node.start_byte, node.end_byte, names))


IMPORTS: dict[str, StatementHandler] = {
    "import_statement": _import,
    "import_from_statement": _import_from,
    "future_import_statement": _import_from,
}
