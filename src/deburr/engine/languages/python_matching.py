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
_DICT_PATTERN = k.kind("dict_pattern")
_TUPLE = k.kind("tuple_pattern")
_ROWS = frozenset({k.kind("list_pattern"), _TUPLE})
_NESTED = _ROWS | {_UNION, _SPLAT, _KEYWORD, _CLASS_PATTERN, _DICT_PATTERN, k.CASE_PATTERN, k.AS_PATTERN}


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
    several = sum(part.kind_id == k.CASE_PATTERN for part in _parts(node)) > 1
    patterns: list[ir.Node | None] = []
    for part in _parts(node):
        if part.kind_id == k.CASE_PATTERN:
            patterns.append((_bound if several else _pattern)(lo, part, depth, names))
        elif part.kind_id == k.IF_CLAUSE:
            values = lo.exprs(part.named_children, depth)
            guard = values[0] if values else None
    start, end = node.start_byte, node.end_byte
    first = patterns[0] if patterns else None
    if len(patterns) > 1:
        first = ir.Seq(start, end, "tuple", [pattern for pattern in patterns if pattern is not None])
    return ir.Case(start, end, first, names, guard, lo.suite(node, depth))


def _pattern(lo: Lowering, node: Tree, depth: int, names: list[str]) -> ir.Node | None:
    """The value a pattern compares with, None when it matches anything; what has a shape is written as that."""
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
        found = _bound(lo, parts[0], depth, names)
        for part in parts[1:]:
            names.append(lo.names[part.start_byte : part.end_byte])
            found = _named(node, names[-1], found)
        return found
    if kind == _UNION:
        return _alternatives(lo, node, depth, names)
    if kind == _COMPLEX:
        return ir.Unknown(node.start_byte, node.end_byte, [ir.Unknown(node.start_byte, node.end_byte, [])])
    if kind == _TUPLE and len(parts) == 1 and all(child.type != "," for child in node.children):
        return _pattern(lo, parts[0], depth + 1, names)
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


def _bound(lo: Lowering, node: Tree, depth: int, names: list[str]) -> ir.Node:
    """A pattern inside another; what it binds is a Walrus, what fits anything is Unknown."""
    before = len(names)
    found = _pattern(lo, node, depth + 1, names)
    if found is not None:
        return found
    anything = ir.Unknown(node.start_byte, node.end_byte, [])
    if len(names) == before:
        return anything
    return _named(node, names[before], anything)


def _named(node: Tree, name: str, pattern: ir.Node) -> ir.Node:
    start, end = node.start_byte, node.end_byte
    return ir.Walrus(start, end, ir.Name(start, end, name), pattern)


def _splat(lo: Lowering, node: Tree, names: list[str]) -> ir.Node:
    """`*rest` and `**rest`."""
    anything = ir.Unknown(node.start_byte, node.end_byte, [])
    for part in _parts(node):
        if part.kind_id == k.IDENTIFIER and (name := lo.names[part.start_byte : part.end_byte]) != "_":
            names.append(name)
            return _named(node, name, anything)
    return anything


def _shape(lo: Lowering, node: Tree, depth: int, names: list[str]) -> ir.Node:
    """A sequence, mapping or class pattern, written as the expression that it looks like."""
    parts, start, end = _parts(node), node.start_byte, node.end_byte
    if node.kind_id == _CLASS_PATTERN and parts:
        return _class(lo, node, depth, names)
    if node.kind_id == _DICT_PATTERN:
        items: list[tuple[ir.Node | None, ir.Node]] = []
        key: ir.Node | None = None
        for part in parts:
            if part.kind_id == _SPLAT:
                items.append((None, _splat(lo, part, names)))
            elif key is None:
                key = _bound(lo, part, depth, names)
            else:
                items.append((key, _bound(lo, part, depth, names)))
                key = None
        return ir.Dict(start, end, items)
    if node.kind_id == _SPLAT:
        return ir.Star(start, end, _splat(lo, node, names))
    if node.kind_id in _ROWS:
        return ir.Seq(start, end, "tuple", [_bound(lo, part, depth, names) for part in parts])
    return ir.Unknown(start, end, [_bound(lo, part, depth, names) for part in parts])


def _class(lo: Lowering, node: Tree, depth: int, names: list[str]) -> ir.Node:
    """`Point(x, y=2)`."""
    first, *parts = _parts(node)
    args: list[ir.Node] = []
    kwargs: list[tuple[str, ir.Node]] = []
    for part in parts:
        inner = _parts(part)
        if inner and inner[0].kind_id == _KEYWORD:
            named = _parts(inner[0])
            value = ir.Unknown(part.start_byte, part.end_byte, [])
            given = _bound(lo, named[1], depth, names) if len(named) > 1 else value
            kwargs.append((lo.names[named[0].start_byte : named[0].end_byte] if named else "", given))
        else:
            args.append(_bound(lo, part, depth, names))
    return ir.Call(node.start_byte, node.end_byte, lo.expr(first, depth), args, kwargs)


MATCHING: dict[str, StatementHandler] = {
    "match_statement": _match,
}
