"""JavaScript's declarations: variables, functions, classes and enumerations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_context import Lowering, StatementHandler
from deburr.engine.languages.javascript_functions import function, inline, klass
from deburr.engine.languages.javascript_patterns import Into, bind
from deburr.engine.languages.javascript_types import annotation

if TYPE_CHECKING:
    from tree_sitter import Node as Tree


def _declaration(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    for child in node.named_children:
        if child.kind_id == lo.k.variable_declarator:
            _declarator(lo, child, depth, out)


def _declarator(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    k = lo.k
    place, value = lo.field(node, k.f_name), lo.field(node, k.f_value)
    if place is None:
        return
    simple = place.kind_id == k.identifier
    if simple:
        lo.variables.declared.add(lo.text(place))
    if value is None:
        if simple:
            _unset(lo, node, place, out)
        return
    if simple and value.kind_id in (k.arrow_function, k.function_expression, k.generator_function):
        out.append(function(lo, value, depth, lo.text(place)))
        return
    if simple and value.kind_id == k.klass:
        out.append(klass(lo, value, depth, [], lo.text(place)))
        out[-1].name = lo.text(place)  # type: ignore[attr-defined]
        return
    given = inline(lo, value, depth)
    full = _imported(given)
    if full and (names := _names(lo, place, full)):
        lo.variables.declared.update(local for _, local in names)
        out.append(ir.Import(node.start_byte, node.end_byte, names))
    elif simple:
        said = annotation(lo, lo.field(node, k.f_type))
        out.append(ir.Assign(node.start_byte, node.end_byte, [lo.name(place)], given, said))
    else:
        bind(lo, place, given, Into(out, depth))


def _unset(lo: Lowering, node: Tree, place: Tree, out: list[ir.Node]) -> None:
    """`let a;`: undefined, which says nothing of what it will be; `let a: T;` says more."""
    start, end = node.start_byte, node.end_byte
    said = annotation(lo, lo.field(node, lo.k.f_type))
    out.append(ir.Assign(start, end, [lo.name(place)], ir.Unknown(end, end, []), said))


def _imported(node: ir.Node) -> str:
    """The full name that an expression has which only takes something out of a module."""
    names: list[str] = []
    while isinstance(node, ir.Attr):
        names.append(node.name)
        node = node.obj
    if names[-1:] == ["default"]:
        names.pop()
    return ".".join([node.full, *reversed(names)]) if isinstance(node, ir.Imported) else ""


def _names(lo: Lowering, place: Tree, full: str) -> list[tuple[str, str]]:
    """What `const place = require(full)` binds, if it takes nothing apart that lies deeper."""
    k = lo.k
    stem = full if full.endswith(".") else f"{full}."
    if place.kind_id == k.identifier:
        return [(full, lo.text(place))]
    found: list[tuple[str, str]] = []
    for child in lo.named(place) if place.kind_id == k.object_pattern else []:
        if child.kind_id == k.shorthand_property_identifier_pattern:
            found.append((stem + lo.text(child), lo.text(child)))
        elif child.kind_id == k.pair_pattern:
            key, value = lo.field(child, k.f_key), lo.field(child, k.f_value)
            if key is None or value is None or value.kind_id != k.identifier:
                return []
            found.append((full if lo.text(key) == "default" else stem + lo.text(key), lo.text(value)))
        else:
            return []
    return found


def _function(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    name = lo.field(node, lo.k.f_name)
    if name is not None:
        lo.variables.declared.add(lo.text(name))
    out.append(function(lo, node, depth, lo.text(name) if name is not None else ""))


def _class(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    made = klass(lo, node, depth, [])
    lo.variables.declared.add(made.name)
    out.append(made)


def _enum(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    k = lo.k
    name, block = lo.field(node, k.f_name), lo.field(node, k.f_body)
    body: list[ir.Node] = []
    for child in lo.named(block) if block is not None else []:
        key = lo.field(child, k.f_name) if child.kind_id == k.enum_assignment else child
        value = lo.field(child, k.f_value) if child.kind_id == k.enum_assignment else None
        if key is not None:
            start, end = child.start_byte, child.end_byte
            given = lo.expr(value, depth) if value is not None else ir.Const(start, end, len(body))
            body.append(ir.Assign(start, end, [lo.name(key)], given, None))
    start, end = node.start_byte, node.end_byte
    base = ir.Imported(start, start, "enum.Enum")
    out.append(ir.Class(start, end, lo.text(name) if name is not None else "", [base], [], [], body))


DECLARATIONS: dict[str, StatementHandler] = {
    "lexical_declaration": _declaration,
    "variable_declaration": _declaration,
    "function_declaration": _function,
    "generator_function_declaration": _function,
    "class_declaration": _class,
    "abstract_class_declaration": _class,
    "enum_declaration": _enum,
}
