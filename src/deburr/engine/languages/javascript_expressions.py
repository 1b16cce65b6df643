"""JavaScript's expressions, except literals and markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_context import ExpressionHandler, Lowering
from deburr.engine.languages.javascript_functions import inline, klass
from deburr.engine.languages.javascript_imports import dotted
from deburr.engine.languages.javascript_literals import template
from deburr.engine.languages.javascript_patterns import Into, bind, held

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

LINKS = 1000
"""Calls, attributes and subscripts in one chain; these nest in the result although the lowering only loops."""
_GLOBAL = frozenset({"window", "globalThis", "global", "self"})
"""Names of the object that holds what stands everywhere."""
_RECEIVERS = frozenset({"this", "self", "that", "_this"})
_COMPARE = {
    "==": "==",
    "===": "==",
    "!=": "!=",
    "!==": "!=",
    "<": "<",
    "<=": "<=",
    ">": ">",
    ">=": ">=",
    "in": "in",
}
_LOGIC = {"&&": "and", "||": "or", "??": "??"}


def _primary(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """A chain of calls, attributes and subscripts, from the outermost link inwards and back."""
    k = lo.k
    links = (k.member_expression, k.call_expression, k.subscript_expression, k.non_null_expression)
    chain: list[tuple[int, Tree, Tree]] = []
    while node.kind_id in links:
        parts = lo.named(node)
        if not parts or (len(parts) < 2 and node.kind_id != k.non_null_expression):
            break
        chain.append((node.kind_id, node, parts[-1]))
        node = parts[0]
    deep = len(chain) > LINKS
    if deep:
        node = chain[LINKS][1]
        del chain[LINKS:]
    start = node.start_byte
    if deep:
        value: ir.Node = lo.too_deep(node)
    else:
        value = lo.unknown(node, depth) if node.kind_id in links else _base(lo, node, depth)
    for kind, link, last in reversed(chain):
        if kind == k.member_expression:
            value = _member(lo, (start, link.end_byte), value, lo.text(last))
        elif kind == k.call_expression:
            value = _call(lo, (start, link.end_byte), value, last, depth)
        elif kind == k.subscript_expression:
            value = ir.Sub(start, link.end_byte, value, lo.expr(last, depth))
    return value


def _base(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    if node.kind_id == getattr(lo.k, "import"):
        return ir.Name(node.start_byte, node.end_byte, "require")
    return inline(lo, node, depth)


def _member(lo: Lowering, where: tuple[int, int], value: ir.Node, name: str) -> ir.Node:
    """`value.name`; what stands everywhere goes by its own name."""
    if isinstance(value, ir.Name) and value.id in _GLOBAL and not lo.variables.knows(value.id):
        return ir.Name(*where, name)
    return ir.Attr(*where, value, name)


def _call(lo: Lowering, where: tuple[int, int], func: ir.Node, last: Tree, depth: int) -> ir.Node:
    if last.kind_id == lo.k.template_string:
        return ir.Call(*where, func, [template(lo, last, depth, "template")], [])
    args = arguments(lo, last, depth)
    if isinstance(func, ir.Name):
        if func.id == "await" and len(args) == 1:
            return args[0] if isinstance(args[0], ir.Imported) else ir.Await(*where, args[0])
        if func.id == "require" and len(args) == 1 and not lo.variables.knows("require"):
            only = args[0]
            if isinstance(only, ir.Const) and isinstance(only.value, str):
                return ir.Imported(*where, dotted(only.value))
    elif isinstance(func, ir.Attr):
        found = _indirect(where, func, args)
        if found is not None:
            return found
    elif isinstance(func, ir.Call) and isinstance(func.func, ir.Name) and func.func.id == "super":
        func = ir.Attr(func.start, func.end, func, ir.CONSTRUCTOR)
    return ir.Call(*where, func, args, [])


def _indirect(where: tuple[int, int], func: ir.Attr, args: list[ir.Node]) -> ir.Node | None:
    """`f.call(this, a)`, `f.apply(this, all)` and `f.bind(this)` as what they do; None when it is another method."""
    if func.name not in ("call", "apply", "bind") or not args or not _receiver(func, args[0]):
        return None
    if func.name == "bind":
        return func.obj if len(args) == 1 else None
    rest = args[1:]
    if func.name == "apply":
        rest = [ir.Star(rest[0].start, rest[0].end, rest[0])] if rest else []
    if isinstance(func.obj, ir.Attr) and isinstance(func.obj.obj, ir.Attr) and func.obj.obj.name == "prototype":
        return ir.Call(*where, ir.Attr(func.obj.start, func.obj.end, args[0], func.obj.name), rest, [])
    return ir.Call(*where, func.obj, rest, [])


def _receiver(func: ir.Attr, given: ir.Node) -> bool:
    """Whether the first argument is what the function is to be called on."""
    if isinstance(given, ir.Name) and given.id in _RECEIVERS:
        return True
    if isinstance(given, ir.Const) and given.value is None:
        return True
    owner = func.obj
    if not isinstance(owner, ir.Attr):
        return False
    shared = isinstance(owner.obj, ir.Attr) and owner.obj.name == "prototype"
    same = isinstance(owner.obj, ir.Name) and isinstance(given, ir.Name) and owner.obj.id == given.id
    return shared or same


def arguments(lo: Lowering, node: Tree, depth: int) -> list[ir.Node]:
    """The arguments of a call."""
    extras = lo.k.extras
    return [inline(lo, child, depth) for child in node.named_children if child.kind_id not in extras]


def _new(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """A new object: its class, called."""
    made, given = lo.field(node, lo.k.f_constructor), lo.field(node, lo.k.f_arguments)
    if made is None:
        return lo.unknown(node, depth)
    func = lo.expr(made, depth)
    args = arguments(lo, given, depth) if given is not None else []
    return ir.Call(node.start_byte, node.end_byte, func, args, [])


def _function(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    return inline(lo, node, depth)


def _class(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """A class as an expression: defined before the statement, under a name that nothing else has."""
    made = klass(lo, node, depth, [], f"({node.start_byte})")
    lo.before.append(made)
    return ir.Name(node.start_byte, node.end_byte, made.name)


def _binary(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    left, right, op_node = (lo.field(node, f) for f in (lo.k.f_left, lo.k.f_right, lo.k.f_operator))
    if left is None or right is None or op_node is None:
        return lo.unknown(node, depth)
    op = op_node.type
    start, end = node.start_byte, node.end_byte
    if op == "+":
        return ir.Concat(start, end, _operands(lo, node, op, depth))
    if op in _LOGIC:
        return ir.Logic(start, end, _LOGIC[op], _operands(lo, node, op, depth))
    a, b = lo.expr(left, depth), lo.expr(right, depth)
    if op in _COMPARE:
        return _typed(start, end, op, (a, b)) or ir.Compare(start, end, a, [_COMPARE[op]], [b])
    if op == "instanceof":
        return ir.Call(start, end, ir.Name(start, start, "instanceof"), [a, b], [])
    return ir.Binary(start, end, op, a, b)


def _operands(lo: Lowering, node: Tree, op: str, depth: int) -> list[ir.Node]:
    """The operands of a chain of one operator, which leans to the left in the tree."""
    k = lo.k
    found: list[Tree] = []
    left: Tree | None = node
    while left is not None and left.kind_id == k.binary_expression:
        op_node, right = lo.field(left, k.f_operator), lo.field(left, k.f_right)
        if op_node is None or op_node.type != op or right is None:
            break
        found.append(right)
        left = lo.field(left, k.f_left)
    if left is not None:
        found.append(left)
    return [lo.expr(operand, depth) for operand in reversed(found)]


def _typed(start: int, end: int, op: str, sides: tuple[ir.Node, ir.Node]) -> ir.Node | None:
    """`typeof a === "string"`, as the call that asks it."""
    for side, other in (sides, sides[::-1]):
        asking = isinstance(side, ir.Call) and isinstance(side.func, ir.Name) and side.func.id == "typeof"
        if asking and isinstance(side, ir.Call) and isinstance(other, ir.Const) and isinstance(other.value, str):
            asked = ir.Call(start, end, side.func, [*side.args, other], [])
            return asked if op in ("==", "===") else ir.Unary(start, end, "not", asked)
    return None


def _unary(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    operand, op_node = lo.field(node, lo.k.f_argument), lo.field(node, lo.k.f_operator)
    if operand is None or op_node is None:
        return lo.unknown(node, depth)
    op = op_node.type
    start, end = node.start_byte, node.end_byte
    value = lo.expr(operand, depth)
    if op == "typeof":
        return ir.Call(start, end, ir.Name(start, start, "typeof"), [value], [])
    if op == "void" and isinstance(value, ir.Const):
        return ir.Const(start, end, None)
    if op in ("void", "delete"):
        return ir.Unknown(start, end, [value])
    return ir.Unary(start, end, "not" if op == "!" else op, value)


def _parenthesized(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    while True:
        parts = lo.named(node)
        if not parts:
            return lo.unknown(node, depth)
        node = parts[0]
        if node.kind_id != lo.k.parenthesized_expression:
            return inline(lo, node, depth)


def _sequence(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """`(a, b)` is worth what its last part is."""
    start, end = node.start_byte, node.end_byte
    parts = ir.Seq(start, end, "tuple", lo.exprs(node.named_children, depth))
    return ir.Sub(start, end, parts, ir.Const(end, end, -1))


def _ternary(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    k = lo.k
    parts = [lo.field(node, f) for f in (k.f_condition, k.f_consequence, k.f_alternative)]
    test, then, other = (inline(lo, part, depth) if part is not None else None for part in parts)
    if test is None or then is None or other is None:
        return lo.unknown(node, depth)
    return ir.Cond(node.start_byte, node.end_byte, test, then, other)


def _assignment(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """An assignment inside an expression."""
    left, right = lo.field(node, lo.k.f_left), lo.field(node, lo.k.f_right)
    if left is None or right is None:
        return lo.unknown(node, depth)
    start, end = node.start_byte, node.end_byte
    value = inline(lo, right, depth, lo.text(left)[-80:].rpartition(".")[2])
    if left.kind_id in (lo.k.object_pattern, lo.k.array_pattern):
        made: list[ir.Node] = []
        value = held(left, value, made)
        bind(lo, left, value, Into(made, depth, False))
        lo.before += made
        return value
    return ir.Walrus(start, end, target(lo, left, depth), value)


def target(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """The place that an assignment changes."""
    place = lo.expr(node, depth)
    if isinstance(place, ir.Name):
        lo.variables.assigned.add(place.id)
    return place


def changed(lo: Lowering, node: Tree, depth: int) -> tuple[ir.Node, str, ir.Node] | None:
    """Target, operator and operand of `a += b`, `a ||= b` or `a++`."""
    if node.kind_id == lo.k.update_expression:
        operand, op_node = lo.field(node, lo.k.f_argument), lo.field(node, lo.k.f_operator)
        if operand is None or op_node is None:
            return None
        return target(lo, operand, depth), op_node.type[:1], ir.Const(node.start_byte, node.end_byte, 1)
    left, right, op_node = (lo.field(node, f) for f in (lo.k.f_left, lo.k.f_right, lo.k.f_operator))
    if left is None or right is None or op_node is None:
        return None
    return target(lo, left, depth), op_node.type[:-1], inline(lo, right, depth)


def merged(node: Tree, place: ir.Node, op: str, value: ir.Node) -> ir.Node:
    """What `a op= b` gives `a`."""
    start, end = node.start_byte, node.end_byte
    if any(isinstance(part, ir.Walrus) for part in ir.walk(place)):
        return ir.Unknown(start, end, [value])  # `a[b[i++]++]++`: to say each place twice would double with each level
    if op in _LOGIC:
        return ir.Logic(start, end, _LOGIC[op], [place, value])
    return ir.Concat(start, end, [place, value]) if op == "+" else ir.Binary(start, end, op, place, value)


def _changed(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    found = changed(lo, node, depth)
    if found is None:
        return lo.unknown(node, depth)
    place, op, value = found
    return ir.Walrus(node.start_byte, node.end_byte, place, merged(node, place, op, value))


def _await(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = lo.exprs(node.named_children, depth)
    if len(parts) != 1:
        return ir.Unknown(node.start_byte, node.end_byte, parts)
    if isinstance(parts[0], ir.Imported):
        return parts[0]
    return ir.Await(node.start_byte, node.end_byte, parts[0])


def _yield(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = lo.exprs(node.named_children, depth)
    return ir.Yield(node.start_byte, node.end_byte, parts[0] if parts else None)


def _star(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = lo.exprs(node.named_children, depth)
    if len(parts) != 1:
        return ir.Unknown(node.start_byte, node.end_byte, parts)
    return ir.Star(node.start_byte, node.end_byte, parts[0])


def _first(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """`a as T`, `a satisfies T`: what types say besides does nothing."""
    parts = lo.named(node)
    return inline(lo, parts[0], depth) if parts else lo.unknown(node, depth)


def _last(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """`<T>a`."""
    parts = lo.named(node)
    return inline(lo, parts[-1], depth) if parts else lo.unknown(node, depth)


def _this(lo: Lowering, node: Tree, depth: int) -> ir.Node:  # noqa: ARG001 -- every handler has this shape
    return ir.Name(node.start_byte, node.end_byte, "this")


def _super(lo: Lowering, node: Tree, depth: int) -> ir.Node:  # noqa: ARG001 -- as above
    start, end = node.start_byte, node.end_byte
    return ir.Call(start, end, ir.Name(start, end, "super"), [], [])


def _nothing(lo: Lowering, node: Tree, depth: int) -> ir.Node:  # noqa: ARG001 -- as above
    return ir.Const(node.start_byte, node.end_byte, None)


EXPRESSIONS: dict[str, ExpressionHandler] = {
    "call_expression": _primary,
    "member_expression": _primary,
    "subscript_expression": _primary,
    "non_null_expression": _primary,
    "new_expression": _new,
    "arrow_function": _function,
    "function_expression": _function,
    "generator_function": _function,
    "class": _class,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "parenthesized_expression": _parenthesized,
    "sequence_expression": _sequence,
    "ternary_expression": _ternary,
    "assignment_expression": _assignment,
    "augmented_assignment_expression": _changed,
    "update_expression": _changed,
    "await_expression": _await,
    "yield_expression": _yield,
    "spread_element": _star,
    "as_expression": _first,
    "satisfies_expression": _first,
    "instantiation_expression": _first,
    "type_assertion": _last,
    "this": _this,
    "super": _super,
    "meta_property": _nothing,
    "type_arguments": _nothing,
}
