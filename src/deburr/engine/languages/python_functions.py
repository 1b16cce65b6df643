"""Parameters of Python's functions and lambdas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages import python_kinds as k
from deburr.engine.languages.python_context import Lowering

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_STARS = {k.LIST_SPLAT_PATTERN: "*", k.DICT_SPLAT_PATTERN: "**"}
_TYPED_DEFAULT = k.kind("typed_default_parameter")
_DEFAULT = k.kind("default_parameter")
_TUPLE_PATTERN = k.kind("tuple_pattern")


def parameters(lo: Lowering, node: Tree, depth: int) -> list[ir.Param]:
    """The parameters in the order of the text; the bare `*` and `/` are left out."""
    params: list[ir.Param] = []
    for child in node.named_children:
        kind = child.kind_id
        if kind == k.IDENTIFIER:
            start, end = child.start_byte, child.end_byte
            params.append(ir.Param(start, end, lo.names[start:end], None, None, ""))
        elif kind in _STARS or kind in (k.TYPED_PARAMETER, _TYPED_DEFAULT, _DEFAULT):
            params.append(_parameter(lo, child, depth))
        elif kind == _TUPLE_PATTERN:
            params.append(ir.Param(child.start_byte, child.end_byte, "", None, None, ""))
    return params


def _parameter(lo: Lowering, node: Tree, depth: int) -> ir.Param:
    stars = _STARS.get(node.kind_id, "")
    parts = [node] if stars else [part for part in node.named_children if part.kind_id not in k.EXTRAS]
    name, annotation, default = "", None, None
    for at, part in enumerate(parts):
        if at == 0:
            stars = _STARS.get(part.kind_id, stars)
            name = lo.names[part.start_byte : part.end_byte].lstrip("* \t")
        elif part.kind_id == k.TYPE:
            annotation = lo.expr(part, depth)
        else:
            default = lo.expr(part, depth)
    return ir.Param(node.start_byte, node.end_byte, name, annotation, default, stars)
