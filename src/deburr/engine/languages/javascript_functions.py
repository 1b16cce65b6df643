"""JavaScript's functions, methods and classes, their parameters and decorators."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_context import Lowering, Variables
from deburr.engine.languages.javascript_patterns import Into, bind
from deburr.engine.languages.javascript_types import annotation

if TYPE_CHECKING:
    from tree_sitter import Node as Tree


def parameters(lo: Lowering, node: Tree | None, depth: int, body: list[ir.Node]) -> list[ir.Param]:
    """The parameters; what takes apart those that are patterns is appended to `body`."""
    if node is None:
        return []
    if node.kind_id == lo.k.identifier:
        return [_parameter(lo, node, (None, None), depth, body)]
    found: list[ir.Param] = []
    k = lo.k
    for child in node.named_children:
        kind = child.kind_id
        if kind in (k.required_parameter, k.optional_parameter):
            pattern = lo.field(child, k.f_pattern)
            if pattern is not None and pattern.kind_id != k.this:
                rest = _parameter(lo, pattern, (lo.field(child, k.f_type), lo.field(child, k.f_value)), depth, body)
                found.append(rest)
                _property(lo, child, rest, body)
        elif kind == k.assignment_pattern:
            left = lo.field(child, k.f_left)
            if left is not None:
                found.append(_parameter(lo, left, (None, lo.field(child, k.f_right)), depth, body))
        elif kind not in k.extras:
            found.append(_parameter(lo, child, (None, None), depth, body))
    return found


def _parameter(
    lo: Lowering, pattern: Tree, said: tuple[Tree | None, Tree | None], depth: int, body: list[ir.Node]
) -> ir.Param:
    """One parameter, with what is said of its type and its default."""
    kind, k = "", lo.k
    start, end = pattern.start_byte, pattern.end_byte
    if pattern.kind_id == k.rest_pattern:
        kind = "*"
        inner = lo.named(pattern)
        pattern = inner[0] if inner else pattern
    if pattern.kind_id == k.identifier:
        name = lo.text(pattern)
        lo.variables.declared.add(name)
    else:
        name = f"({start})"
        bind(lo, pattern, ir.Name(start, end, name), Into(body, depth))
    return ir.Param(start, end, name, annotation(lo, said[0]), lo.maybe(said[1], depth), kind)


def _property(lo: Lowering, node: Tree, param: ir.Param, body: list[ir.Node]) -> None:
    """`constructor(private readonly db: Db)` is a parameter and an attribute."""
    if any(child.kind_id == lo.k.accessibility_modifier or child.type == "readonly" for child in node.children):
        start, end = param.start, param.end
        target = ir.Attr(start, end, ir.Name(start, start, "this"), param.name)
        body.append(ir.Assign(start, end, [target], ir.Name(start, end, param.name), None))


def function(lo: Lowering, node: Tree, depth: int, name: str, *, own: bool = False) -> ir.Function:
    """A function of any kind; with `own`, it is called on an object."""
    k = lo.k
    start, end = node.start_byte, node.end_byte
    outer, lo.variables = lo.variables, Variables(lo.variables)
    taken: list[ir.Node] = []
    params = parameters(lo, lo.field(node, k.f_parameters) or lo.field(node, k.f_parameter), depth, taken)
    inner, lo.variables = lo.variables, outer
    if own:
        params.insert(0, ir.Param(start, start, "this", None, None, ""))
    is_async = any(child.type == "async" for child in node.children[:3])
    result = annotation(lo, lo.field(node, k.f_return_type))
    made = ir.Function(start, end, name, params, [], [], result, is_async, "")
    if lo.wanted is None or start in lo.wanted:
        made.body = _read(lo, node, depth, (inner, taken))
    else:
        made.later = partial(_read, lo, node, depth, (inner, taken))
    return made


def _read(lo: Lowering, node: Tree, depth: int, made: tuple[Variables, list[ir.Node]]) -> list[ir.Node]:
    """The body of a function, with what takes its parameters apart."""
    outer, before = lo.variables, lo.before
    lo.variables, lo.before = made[0], []
    body = [*made[1], *_body(lo, lo.field(node, lo.k.f_body), depth)]
    shared = lo.variables.assigned - lo.variables.declared
    if shared and body:
        body.insert(0, ir.Scope(node.start_byte, node.start_byte, sorted(shared)))
        outer.assigned |= shared
    lo.variables, lo.before = outer, before
    return body


def _body(lo: Lowering, block: Tree | None, depth: int) -> list[ir.Node]:
    if block is None:
        return []
    if block.kind_id == lo.k.statement_block:
        return lo.block(block.named_children, depth)
    value = lo.expr(block, depth)
    made = [*lo.before, ir.Return(value.start, value.end, value)]
    lo.before = []
    return made


def inline(lo: Lowering, node: Tree, depth: int, name: str = "") -> ir.Node:
    """An expression; a function among them gets the name under which it is kept."""
    if node.kind_id in (lo.k.arrow_function, lo.k.function_expression, lo.k.generator_function):
        own = lo.field(node, lo.k.f_name)
        made = function(lo, node, depth + 1, lo.text(own) if own is not None else name)
        return ir.Lambda(node.start_byte, node.end_byte, made)
    return lo.expr(node, depth)


def method(lo: Lowering, node: Tree, depth: int, decorators: list[ir.Node], *, own: bool = False) -> ir.Function:
    """A method of a class, or with `own` False, of an object that is written out."""
    words = {child.type for child in node.children if not child.is_named}
    name_node = lo.field(node, lo.k.f_name)
    name = lo.text(name_node).strip("'\"[]") if name_node is not None else ""
    static = "static" in words
    made = function(lo, node, depth, ir.CONSTRUCTOR if own and name == "constructor" else name, own=own and not static)
    made.decorators = decorators
    made.kind = "static" if static else "getter" if "get" in words else ""
    return made


def klass(lo: Lowering, node: Tree, depth: int, decorators: list[ir.Node], name: str = "") -> ir.Class:
    """A class, with what its members are called and do."""
    k = lo.k
    own = lo.field(node, k.f_name)
    bases: list[ir.Node] = []
    decorators = decorators + _decorators(lo, node, depth)
    for child in node.named_children:
        if child.kind_id == k.class_heritage:
            bases += _bases(lo, child, depth)
    start, end = node.start_byte, node.end_byte
    body = _members(lo, lo.field(node, k.f_body), depth)
    return ir.Class(start, end, lo.text(own) if own is not None else name, bases, [], decorators, body)


def _bases(lo: Lowering, node: Tree, depth: int) -> list[ir.Node]:
    found: list[ir.Node] = []
    for child in lo.named(node):
        if child.kind_id == lo.k.extends_clause:
            found += [lo.expr(one, depth) for one in child.children_by_field_name("value")]
        elif child.kind_id != lo.k.implements_clause:
            found.append(lo.expr(child, depth))
    return found


def _decorators(lo: Lowering, node: Tree, depth: int) -> list[ir.Node]:
    found: list[ir.Node] = []
    for child in node.named_children:
        if child.kind_id == lo.k.decorator:
            found += lo.exprs(child.named_children, depth)
    return found


def _members(lo: Lowering, node: Tree | None, depth: int) -> list[ir.Node]:
    out: list[ir.Node] = []
    waiting: list[ir.Node] = []
    k = lo.k
    for child in node.named_children if node is not None else []:
        kind = child.kind_id
        if kind == k.decorator:
            waiting += lo.exprs(child.named_children, depth)
        elif kind == k.method_definition:
            out.append(method(lo, child, depth, waiting + _decorators(lo, child, depth), own=True))
            waiting = []
        elif kind in (k.field_definition, k.public_field_definition):
            out += _field(lo, child, depth)
            waiting = []
        elif kind == k.class_static_block:
            out += lo.body(lo.field(child, k.f_body), depth)
    return out


def _field(lo: Lowering, node: Tree, depth: int) -> list[ir.Node]:
    """A field; a function in it is a method."""
    k = lo.k
    name_node = lo.field(node, k.f_name) or lo.field(node, k.f_property)
    value = lo.field(node, k.f_value)
    if name_node is None:
        return []
    name = lo.text(name_node)
    if value is not None and value.kind_id in (k.arrow_function, k.function_expression):
        return [function(lo, value, depth, name, own=True)]
    start, end = node.start_byte, node.end_byte
    said = annotation(lo, lo.field(node, k.f_type))
    given = lo.expr(value, depth) if value is not None else ir.Unknown(end, end, [])
    target = ir.Name(name_node.start_byte, name_node.end_byte, name)
    return [ir.Assign(start, end, [target], given, said)]
