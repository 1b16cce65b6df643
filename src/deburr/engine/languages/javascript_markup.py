"""JSX: `<a href={x}>{y}</a>` as the call jsx.element("a", y, href=x); a component as a call with one object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_context import ExpressionHandler, Lowering
from deburr.engine.languages.javascript_functions import inline
from deburr.engine.languages.javascript_literals import string

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

ELEMENT = "jsx.element"


def _element(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    opening = next((child for child in node.named_children if child.kind_id == lo.k.jsx_opening_element), None)
    skipped = (lo.k.jsx_opening_element, lo.k.jsx_closing_element, lo.k.jsx_text)
    inner = [
        child for child in lo.named(node) if child.kind_id not in skipped and child.type != "html_character_reference"
    ]
    return _made(lo, node, opening, [_value(lo, child, depth) for child in inner], depth)


def _alone(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    return _made(lo, node, node, [], depth)


def _made(lo: Lowering, node: Tree, opening: Tree | None, inner: list[ir.Node], depth: int) -> ir.Node:
    start, end = node.start_byte, node.end_byte
    attributes = list(_attributes(lo, opening, depth)) if opening is not None else []
    tag = lo.field(opening, lo.k.f_name) if opening is not None else None
    name = lo.text(tag) if tag is not None else ""
    items: list[tuple[ir.Node | None, ir.Node]] = []
    if tag is not None and (not name[:1].islower() or "." in name):
        items += [(ir.Const(value.start, value.end, key) if key else None, value) for key, value in attributes]
        if inner:
            items.append((ir.Const(start, start, "children"), ir.Seq(start, end, "list", inner)))
        return ir.Call(start, end, lo.expr(tag, depth), [ir.Dict(start, end, items)], [])
    args: list[ir.Node] = [ir.Const(start, start, name), *inner]
    return ir.Call(start, end, ir.Imported(start, start, ELEMENT), args, attributes)


def _attributes(lo: Lowering, node: Tree, depth: int) -> list[tuple[str, ir.Node]]:
    """Names and values of the attributes; "" before a mapping that holds several."""
    found: list[tuple[str, ir.Node]] = []
    for child in node.named_children:
        if child.kind_id == lo.k.jsx_attribute:
            parts = lo.named(child)
            if len(parts) > 1:
                found.append((lo.text(parts[0]), _value(lo, parts[1], depth)))
            elif parts:
                found.append((lo.text(parts[0]), ir.Const(child.start_byte, child.end_byte, True)))
        elif child.kind_id == lo.k.jsx_expression:
            value = _value(lo, child, depth)
            found.append(("", value.value if isinstance(value, ir.Star) else value))
    return found


def _value(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    if node.kind_id == lo.k.jsx_expression:
        parts = lo.named(node)
        return inline(lo, parts[0], depth) if parts else ir.Const(node.start_byte, node.end_byte, None)
    if node.kind_id == lo.k.string:
        return string(lo, node)
    return lo.expr(node, depth)


MARKUP: dict[str, ExpressionHandler] = {
    "jsx_element": _element,
    "jsx_self_closing_element": _alone,
    "jsx_fragment": _element,
    "jsx_expression": _value,
}
