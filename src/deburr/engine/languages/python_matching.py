"""Python's match statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages import python_kinds as k
from deburr.engine.languages.python_context import Lowering, StatementHandler

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_UNION = k.kind("union_pattern")
_SPLAT = k.kind("splat_pattern")
_KEYWORD = k.kind("keyword_pattern")
_CLASS_PATTERN = k.kind("class_pattern")
_COMPLEX = k.kind("complex_pattern")
_NESTED = frozenset({_UNION, _SPLAT, _KEYWORD, _CLASS_PATTERN, k.CASE_PATTERN, k.AS_PATTERN}) | {
    k.kind("list_pattern"),
    k.kind("tuple_pattern"),
    k.kind("dict_pattern"),
}


def _parts(node: Tree) -> list[Tree]:
    return [child for child in node.named_children if child.kind_id not in k.EXTRAS]


def _match(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    subjects: list[ir.Node] = []
    cases: list[ir.Case] = []
    for part in _parts(node):
        if part.kind_id == k.BLOCK:
            cases += [_case(lo, child, depth) for child in part.named_children if child.kind_id == k.CASE]
        elif part.kind_id == k.CASE:
            cases.append(_case(lo, part, depth))
        else:
            subjects.append(lo.expr(part, depth))
    start, end = node.start_byte, node.end_byte
    subject: ir.Node = (
        ir.Seq(subjects[0].start, subjects[-1].end, "tuple", subjects) if subjects else ir.Unknown(start, start, [])
    )
    out.append(ir.Match(start, end, subjects[0] if len(subjects) == 1 else subject, cases))


def _case(lo: Lowering, node: Tree, depth: int) -> ir.Case:
    names: list[str] = []
    guard: ir.Node | None = None
    patterns: list[ir.Node | None] = []
    for part in _parts(node):
        if part.kind_id == k.CASE_PATTERN:
            patterns.append(_pattern(lo, part, depth, names))
        elif part.kind_id == k.IF_CLAUSE:
            values = lo.exprs(part.named_children, depth)
            guard = values[0] if values else None
    start, end = node.start_byte, node.end_byte
    first = patterns[0] if patterns else None
    if len(patterns) > 1:
        first = ir.Unknown(start, end, [pattern for pattern in patterns if pattern is not None])
    return ir.Case(start, end, first, names, guard, lo.suite(node, depth))


def _pattern(lo: Lowering, node: Tree, depth: int, names: list[str]) -> ir.Node | None:
    """The value a pattern compares with, None when it matches anything, Unknown for what has a shape."""
    if depth > 2 * 120:
        return lo.too_deep(node)
    kind = node.kind_id
    parts = _parts(node)
    if kind == k.CASE_PATTERN:
        return _whole(lo, node, parts, depth, names)
    if kind == k.DOTTED_NAME:
        if len(parts) != 1:
            return lo.expr(node, depth)
        names.append(lo.names[parts[0].start_byte : parts[0].end_byte])
        return None
    if kind == k.AS_PATTERN and parts:
        found = _pattern(lo, parts[0], depth + 1, names)
        names += [lo.names[part.start_byte : part.end_byte] for part in parts[1:]]
        return found
    if kind == _UNION:
        return _alternatives(lo, node, depth, names)
    if kind == _COMPLEX:
        return ir.Unknown(node.start_byte, node.end_byte, [])
    if kind in _NESTED:
        return _shape(lo, node, depth, names)
    return lo.expr(node, depth)


def _whole(lo: Lowering, node: Tree, parts: list[Tree], depth: int, names: list[str]) -> ir.Node | None:
    """A case_pattern: a wrapper around one pattern, `_`, or a number with its sign."""
    if not parts:
        return None
    found = _pattern(lo, parts[0], depth + 1, names)
    first = node.children[0]
    if first.type == "-" and found is not None:
        return ir.Unary(node.start_byte, node.end_byte, "-", found)
    return found


def _alternatives(lo: Lowering, node: Tree, depth: int, names: list[str]) -> ir.Node | None:
    values: list[ir.Node] = []
    negative: Tree | None = None
    for child in node.children:
        if child.type == "_":
            return None
        if child.type == "-":
            negative = child
        elif child.is_named and child.kind_id not in k.EXTRAS:
            value = _pattern(lo, child, depth + 1, names)
            if value is None:
                return None
            values.append(ir.Unary(negative.start_byte, value.end, "-", value) if negative else value)
            negative = None
    if any(isinstance(value, ir.Unknown) for value in values):
        return ir.Unknown(node.start_byte, node.end_byte, values)
    return ir.Logic(node.start_byte, node.end_byte, "or", values)


def _shape(lo: Lowering, node: Tree, depth: int, names: list[str]) -> ir.Node:
    """A sequence, mapping, class, keyword or splat pattern: its values as parts, its names collected."""
    parts = _parts(node)
    values: list[ir.Node | None] = []
    if node.kind_id == _CLASS_PATTERN and parts:
        values.append(lo.expr(parts.pop(0), depth))
    elif node.kind_id == _KEYWORD and parts:
        parts.pop(0)
    for part in parts:
        if part.kind_id == k.IDENTIFIER:
            names.append(lo.names[part.start_byte : part.end_byte])
        else:
            values.append(_pattern(lo, part, depth + 1, names))
    return ir.Unknown(node.start_byte, node.end_byte, [value for value in values if value is not None])


MATCHING: dict[str, StatementHandler] = {
    "match_statement": _match,
}
