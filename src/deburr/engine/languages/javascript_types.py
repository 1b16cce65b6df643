"""TypeScript's types, as far as they say what a value can be: texts, numbers, lists, and classes by their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_context import LIMIT, Lowering

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_KNOWN = {
    "string": "str",
    "String": "str",
    "number": "float",
    "Number": "float",
    "bigint": "int",
    "boolean": "bool",
    "Boolean": "bool",
    "Date": "date",
    "Record": "dict",
    "Map": "dict",
    "Set": "set",
    "Array": "list",
    "ReadonlyArray": "list",
}
"""How the machine calls them."""
_AROUND = frozenset("Promise PromiseLike Awaited Readonly Partial Required NonNullable Observable Ref MaybeRef".split())
"""Types that say no more than the type inside them."""
_NOTHING = frozenset({"undefined", "null", "void", "never"})
CHOICE = "Enum"
"""One of several constants: no value that somebody else could have chosen."""


def annotation(lo: Lowering, node: Tree | None, depth: int = 0) -> ir.Node | None:
    """The node of a type, in the machine's words; None when it says nothing useful."""
    if node is None or depth > LIMIT:
        return None
    handler = _TYPES.get(node.type)
    if handler is not None:
        return handler(lo, node, depth + 1)
    return None


def _inside(lo: Lowering, node: Tree, depth: int) -> ir.Node | None:
    parts = lo.named(node)
    return annotation(lo, parts[0], depth) if parts else None


def _named(lo: Lowering, node: Tree, depth: int) -> ir.Node | None:  # noqa: ARG001 -- every handler has this shape
    name = lo.text(node)
    start, end = node.start_byte, node.end_byte
    return ir.Name(start, end, _KNOWN.get(name, name))


def _predefined(lo: Lowering, node: Tree, depth: int) -> ir.Node | None:
    return _named(lo, node, depth) if lo.text(node) in _KNOWN else None


def _nested(lo: Lowering, node: Tree, depth: int) -> ir.Node | None:  # noqa: ARG001 -- as above
    first, *others = lo.text(node).split(".")
    start, end = node.start_byte, node.end_byte
    value: ir.Node = ir.Name(start, end, first.strip())
    for name in others[:LIMIT]:
        value = ir.Attr(start, end, value, name.strip())
    return value


def _generic(lo: Lowering, node: Tree, depth: int) -> ir.Node | None:
    parts = lo.named(node)
    if not parts:
        return None
    inner = lo.named(parts[1]) if len(parts) > 1 else []
    name = lo.text(parts[0])
    if name in _AROUND:
        return annotation(lo, inner[0], depth) if inner else None
    base = annotation(lo, parts[0], depth)
    element = annotation(lo, inner[0], depth) if inner and _KNOWN.get(name) in ("list", "set") else None
    return ir.Sub(node.start_byte, node.end_byte, base, element) if base is not None and element is not None else base


def _array(lo: Lowering, node: Tree, depth: int) -> ir.Node | None:
    start, end = node.start_byte, node.end_byte
    inner = _inside(lo, node, depth)
    return ir.Sub(start, end, ir.Name(start, end, "list"), inner or ir.Name(start, end, "object"))


def _union(lo: Lowering, node: Tree, depth: int) -> ir.Node | None:
    members: list[Tree] = []
    stack = [node]
    while stack and len(members) < LIMIT:
        one = stack.pop()
        if one.type == "union_type":
            stack += lo.named(one)[::-1]
        elif lo.text(one) not in _NOTHING:
            members.append(one)
    if members and all(one.type == "literal_type" for one in members):
        return ir.Name(node.start_byte, node.end_byte, CHOICE)
    return annotation(lo, members[0], depth) if len(members) == 1 else None


def _literal(lo: Lowering, node: Tree, depth: int) -> ir.Node | None:  # noqa: ARG001 -- as above
    return None if lo.text(node) in _NOTHING else ir.Name(node.start_byte, node.end_byte, CHOICE)


_TYPES = {
    "type_annotation": _inside,
    "parenthesized_type": _inside,
    "readonly_type": _inside,
    "intersection_type": _inside,
    "predefined_type": _predefined,
    "type_identifier": _named,
    "identifier": _named,
    "nested_type_identifier": _nested,
    "generic_type": _generic,
    "array_type": _array,
    "union_type": _union,
    "literal_type": _literal,
}
