"""Destructuring: `const { a, b: [c = 1], ...rest } = value` as one assignment for each name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deburr.engine import ir
from deburr.engine.languages.javascript_context import LIMIT, Lowering

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_PURE = (ir.Name, ir.Attr, ir.Imported)


class Into(NamedTuple):
    """Where the assignments go, and whether they declare their names."""

    out: list[ir.Node]
    depth: int
    new: bool = True


def bind(lo: Lowering, target: Tree, value: ir.Node, into: Into) -> None:
    """Appends the assignments by which a value comes into a name, or into the names of a pattern."""
    out, depth, new = into
    if depth > LIMIT:
        lo.too_deep(target)
        return
    into = Into(out, depth + 1, new)
    kind, k = target.kind_id, lo.k
    if kind in (k.identifier, k.shorthand_property_identifier_pattern):
        name = lo.name(target)
        (lo.variables.declared if new else lo.variables.assigned).add(name.id)
        out.append(ir.Assign(target.start_byte, max(value.end, target.end_byte), [name], value, None))
    elif kind in (k.object_pattern, k.array_pattern):
        source = held(target, value, out)
        (_object if kind == k.object_pattern else _array)(lo, target, source, into)
    elif kind in (k.assignment_pattern, k.object_assignment_pattern):
        left, right = lo.field(target, k.f_left), lo.field(target, k.f_right)
        if left is not None and right is not None:
            other = lo.expr(right, depth)
            bind(lo, left, ir.Logic(target.start_byte, target.end_byte, "??", [value, other]), into)
    elif kind not in k.extras:
        place = lo.expr(target, depth)
        out.append(ir.Assign(target.start_byte, target.end_byte, [place], value, None))


def held(target: Tree, value: ir.Node, out: list[ir.Node]) -> ir.Node:
    """The value as something that can be evaluated again: a name of its own, unless it does nothing."""
    node: ir.Node = value
    while isinstance(node, ir.Attr):
        node = node.obj
    if isinstance(node, (ir.Name, ir.Imported)):
        return value
    name = ir.Name(target.start_byte, target.end_byte, f"({target.start_byte})")
    out.append(ir.Assign(target.start_byte, value.end, [name], value, None))
    return name


def _object(lo: Lowering, pattern: Tree, value: ir.Node, into: Into) -> None:
    k = lo.k
    for child in pattern.named_children:
        kind = child.kind_id
        start, end = child.start_byte, child.end_byte
        if kind == k.shorthand_property_identifier_pattern:
            bind(lo, child, ir.Attr(start, end, value, lo.text(child)), into)
        elif kind == k.object_assignment_pattern:
            left = lo.field(child, k.f_left)
            if left is not None:
                bind(lo, child, ir.Attr(start, left.end_byte, value, lo.text(left)), into)
        elif kind == k.pair_pattern:
            key, inner = lo.field(child, k.f_key), lo.field(child, k.f_value)
            if key is not None and inner is not None:
                bind(lo, inner, _property(lo, key, value, into.depth), into)
        elif kind == k.rest_pattern:
            for inner in lo.named(child):
                bind(lo, inner, value, into)


def _property(lo: Lowering, key: Tree, value: ir.Node, depth: int) -> ir.Node:
    start, end = key.start_byte, key.end_byte
    if key.kind_id == lo.k.property_identifier:
        return ir.Attr(start, end, value, lo.text(key))
    if key.kind_id == lo.k.computed_property_name:
        parts = lo.exprs(key.named_children, depth)
        return ir.Sub(start, end, value, parts[0] if parts else ir.Unknown(start, end, []))
    text = lo.text(key)
    return ir.Sub(start, end, value, ir.Const(start, end, text.strip("'\"")))


def _array(lo: Lowering, pattern: Tree, value: ir.Node, into: Into) -> None:
    at = 0
    for child in pattern.children:
        start, end = child.start_byte, child.end_byte
        if child.kind_id == lo.k.rest_pattern:
            for inner in lo.named(child):
                rest = ir.Slice(start, end, ir.Const(start, end, at), None, None)
                bind(lo, inner, ir.Sub(start, end, value, rest), into)
        elif child.is_named:
            bind(lo, child, ir.Sub(start, end, value, ir.Const(start, end, at)), into)
        elif child.type == ",":
            at += 1
