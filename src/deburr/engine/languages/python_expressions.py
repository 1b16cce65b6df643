"""Python's expressions, except strings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages import python_kinds as k
from deburr.engine.languages.python_context import ExpressionHandler, Lowering
from deburr.engine.languages.python_functions import parameters
from deburr.engine.languages.python_strings import percent

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

LINKS = 1000
"""Calls, attributes and subscripts in one chain; these nest in the result although the lowering only loops."""

_PRIMARY = frozenset({k.CALL, k.ATTRIBUTE, k.SUBSCRIPT})


def _clean(nodes: list[Tree]) -> list[Tree]:
    return [node for node in nodes if node.kind_id not in k.EXTRAS]


def _primary(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """A chain of calls, attributes and subscripts, from the outermost link inwards and back."""
    chain: list[tuple[int, Tree, list[Tree]]] = []
    kind = node.kind_id
    while kind in _PRIMARY:
        parts = node.named_children
        if len(parts) != 2:
            parts = _clean(parts)
            if len(parts) < 2:
                break
        chain.append((kind, node, parts))
        node = parts[0]
        kind = node.kind_id
    deep = len(chain) > LINKS
    if deep:
        node = chain[LINKS][1]
        del chain[LINKS:]
    star = _splat(node) if chain and kind == k.LIST_SPLAT and not deep else None
    base = star or node
    start = base.start_byte
    value = lo.too_deep(base) if deep else lo.unknown(base, depth) if kind in _PRIMARY else lo.expr(base, depth)
    for kind, link, parts in reversed(chain):
        if kind == k.ATTRIBUTE:
            name = parts[1]
            value = ir.Attr(start, link.end_byte, value, lo.names[name.start_byte : name.end_byte])
        elif kind == k.CALL:
            args, kwargs = arguments(lo, parts[1], depth)
            value = ir.Call(start, link.end_byte, value, args, kwargs)
        else:
            value = ir.Sub(start, link.end_byte, value, _index(lo, link, parts, depth))
    return ir.Star(node.start_byte, value.end, value) if star else value


def _splat(node: Tree) -> Tree | None:
    """What is spread: the grammar reads `*a.b()` as `(*a).b()` in some places."""
    parts = _clean(node.named_children)
    return parts[0] if len(parts) == 1 else None


def _index(lo: Lowering, node: Tree, parts: list[Tree], depth: int) -> ir.Node:
    if len(parts) == 2 and "," not in lo.src[parts[1].end_byte : node.end_byte]:
        return lo.expr(parts[1], depth)
    items = [lo.expr(part, depth) for part in parts[1:]]
    return ir.Seq(items[0].start, items[-1].end, "tuple", items)


def arguments(lo: Lowering, node: Tree, depth: int) -> tuple[list[ir.Node], list[tuple[str, ir.Node]]]:
    """The positional and the keyword arguments of a call or class."""
    if node.kind_id != k.ARGUMENTS:
        return [lo.expr(node, depth)], []
    args: list[ir.Node] = []
    kwargs: list[tuple[str, ir.Node]] = []
    for child in node.named_children:
        kind = child.kind_id
        if kind == k.KEYWORD_ARGUMENT:
            parts = child.named_children
            if len(parts) != 2:
                parts = _clean(parts)
            if len(parts) == 2:
                kwargs.append((lo.names[parts[0].start_byte : parts[0].end_byte], lo.expr(parts[1], depth)))
        elif kind == k.DICT_SPLAT:
            kwargs += [("", value) for value in lo.exprs(child.named_children, depth)]
        elif kind not in k.EXTRAS:
            args.append(lo.expr(child, depth))
    return args, kwargs


def _binary(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = node.children
    if len(parts) != 3:
        parts = _clean(parts)
        if len(parts) != 3:
            return lo.unknown(node, depth)
    op = parts[1]
    if op.kind_id == k.PLUS:
        return _concat(lo, node, parts, depth)
    left, right = lo.expr(parts[0], depth), lo.expr(parts[2], depth)
    if op.type == "%" and (found := percent(left, right)) is not None:
        return ir.Format(node.start_byte, node.end_byte, found, "%")
    return ir.Binary(node.start_byte, node.end_byte, op.type, left, right)


def _concat(lo: Lowering, node: Tree, parts: list[Tree], depth: int) -> ir.Node:
    """A chain of `+`, which leans to the left in the tree."""
    operands = [parts[2]]
    left = parts[0]
    while left.kind_id == k.BINARY:
        parts = left.children
        if len(parts) != 3:
            parts = _clean(parts)
        if len(parts) != 3 or parts[1].kind_id != k.PLUS:
            break
        operands.append(parts[2])
        left = parts[0]
    operands.append(left)
    operands.reverse()
    return ir.Concat(node.start_byte, node.end_byte, [lo.expr(operand, depth) for operand in operands])


def _logic(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    values: list[Tree] = []
    op, left = "", node
    while left.kind_id == k.BOOLEAN:
        parts = _clean(left.children)
        if len(parts) != 3 or (op and parts[1].type != op):
            break
        op = parts[1].type
        values.append(parts[2])
        left = parts[0]
    if not op:
        return lo.unknown(node, depth)
    values.append(left)
    values.reverse()
    return ir.Logic(node.start_byte, node.end_byte, op, [lo.expr(value, depth) for value in values])


def _compare(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = _clean(node.children)
    if len(parts) < 3:
        return lo.unknown(node, depth)
    left = lo.expr(parts[0], depth)
    ops = ["!=" if op.type == "<>" else op.type for op in parts[1::2]]
    return ir.Compare(node.start_byte, node.end_byte, left, ops, [lo.expr(part, depth) for part in parts[2::2]])


def _unary(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = _clean(node.children)
    if len(parts) != 2:
        return lo.unknown(node, depth)
    return ir.Unary(node.start_byte, node.end_byte, parts[0].type, lo.expr(parts[1], depth))


def _parenthesized(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    while True:
        parts = node.named_children
        if len(parts) != 1:
            parts = _clean(parts)
        if len(parts) != 1:
            return lo.unknown(node, depth)
        node = parts[0]
        if node.kind_id != k.PARENTHESIZED:
            return lo.expr(node, depth)


def _sequence(kind: str) -> ExpressionHandler:
    def handler(lo: Lowering, node: Tree, depth: int) -> ir.Node:
        return ir.Seq(node.start_byte, node.end_byte, kind, lo.exprs(node.named_children, depth))

    return handler


def _dictionary(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    items: list[tuple[ir.Node | None, ir.Node]] = []
    for child in node.named_children:
        parts = child.named_children
        if len(parts) != 2:
            parts = _clean(parts)
        if child.kind_id == k.PAIR and len(parts) == 2:
            items.append((lo.expr(parts[0], depth), lo.expr(parts[1], depth)))
        elif child.kind_id not in k.EXTRAS:
            items += [(None, lo.expr(part, depth)) for part in parts]
    return ir.Dict(node.start_byte, node.end_byte, items)


def _comprehension(kind: str) -> ExpressionHandler:
    def handler(lo: Lowering, node: Tree, depth: int) -> ir.Node:
        parts = _clean(node.named_children)
        if not parts:
            return lo.unknown(node, depth)
        key: ir.Node | None = None
        body = parts[0]
        pair = _clean(body.named_children) if body.kind_id == k.PAIR else []
        if len(pair) == 2:
            key, body = lo.expr(pair[0], depth), pair[1]
        item = lo.expr(body, depth)
        return ir.Comp(node.start_byte, node.end_byte, kind, item, key, _clauses(lo, parts[1:], depth))

    return handler


def _clauses(lo: Lowering, nodes: list[Tree], depth: int) -> list[ir.Clause]:
    clauses: list[ir.Clause] = []
    for node in nodes:
        parts = _clean(node.named_children)
        if node.kind_id == k.FOR_IN and len(parts) >= 2:
            target = lo.expr(parts[0], depth)
            values = [lo.expr(part, depth) for part in parts[1:]]
            many = ir.Seq(values[0].start, values[-1].end, "tuple", values)
            iter = values[0] if len(values) == 1 else many
            clauses.append(ir.Clause(node.start_byte, node.end_byte, target, iter, []))
        elif clauses:
            clauses[-1].conds += [lo.expr(part, depth) for part in parts]
            clauses[-1].end = max(clauses[-1].end, node.end_byte)
    return clauses


def _conditional(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = _clean(node.named_children)
    if len(parts) != 3:
        return lo.unknown(node, depth)
    then, test, other = (lo.expr(part, depth) for part in parts)
    return ir.Cond(node.start_byte, node.end_byte, test, then, other)


def _slice(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    bounds: list[ir.Node | None] = [None, None, None]
    at = 0
    for child in node.children:
        if child.is_named:
            if child.kind_id not in k.EXTRAS:
                bounds[min(at, 2)] = lo.expr(child, depth)
        else:
            at += 1
    return ir.Slice(node.start_byte, node.end_byte, *bounds)


def _lambda(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = _clean(node.named_children)
    params = parameters(lo, parts.pop(0), depth) if parts and parts[0].kind_id == k.LAMBDA_PARAMETERS else []
    start, end = node.start_byte, node.end_byte
    body: list[ir.Node] = []
    if parts:
        value = lo.expr(parts[-1], depth)
        body.append(ir.Return(value.start, value.end, value))
    return ir.Lambda(start, end, ir.Function(start, end, "", params, [], body, None, False, ""))


def _walrus(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = lo.exprs(node.named_children, depth)
    if len(parts) != 2:
        return ir.Unknown(node.start_byte, node.end_byte, parts)
    return ir.Walrus(node.start_byte, node.end_byte, parts[0], parts[1])


def _await(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = lo.exprs(node.named_children, depth)
    if len(parts) != 1:
        return ir.Unknown(node.start_byte, node.end_byte, parts)
    return ir.Await(node.start_byte, node.end_byte, parts[0])


def _yield(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = lo.exprs(node.named_children, depth)
    return ir.Yield(node.start_byte, node.end_byte, parts[0] if parts else None)


def _star(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = lo.exprs(node.named_children, depth)
    if len(parts) != 1:
        return ir.Unknown(node.start_byte, node.end_byte, parts)
    return ir.Star(node.start_byte, node.end_byte, parts[0])


def _only(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """A kind that merely wraps one expression."""
    parts = node.named_children
    return lo.expr(parts[0], depth) if len(parts) == 1 else lo.unknown(node, depth)


def _constant(value: ir.expressions.Constant) -> ExpressionHandler:
    def handler(lo: Lowering, node: Tree, depth: int) -> ir.Node:  # noqa: ARG001 -- every handler has this shape
        return ir.Const(node.start_byte, node.end_byte, value)

    return handler


def _generic_type(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = _clean(node.named_children)
    if len(parts) != 2:
        return lo.unknown(node, depth)
    items = lo.exprs(parts[1].named_children, depth)
    if not items:
        return lo.unknown(node, depth)
    index = items[0] if len(items) == 1 else ir.Seq(items[0].start, items[-1].end, "tuple", items)
    return ir.Sub(node.start_byte, node.end_byte, lo.expr(parts[0], depth), index)


def _union_type(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = lo.exprs(node.named_children, depth)
    if len(parts) != 2:
        return ir.Unknown(node.start_byte, node.end_byte, parts)
    return ir.Binary(node.start_byte, node.end_byte, "|", parts[0], parts[1])


def _member_type(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = _clean(node.named_children)
    if len(parts) != 2:
        return lo.unknown(node, depth)
    name = lo.names[parts[1].start_byte : parts[1].end_byte]
    return ir.Attr(node.start_byte, node.end_byte, lo.expr(parts[0], depth), name)


def _dotted(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = _clean(node.named_children)
    if not parts or len(parts) > LINKS:
        return lo.unknown(node, depth)
    value: ir.Node = lo.name(parts[0])
    for part in parts[1:]:
        value = ir.Attr(value.start, part.end_byte, value, lo.names[part.start_byte : part.end_byte])
    return value


EXPRESSIONS: dict[str, ExpressionHandler] = {
    "call": _primary,
    "attribute": _primary,
    "subscript": _primary,
    "binary_operator": _binary,
    "boolean_operator": _logic,
    "comparison_operator": _compare,
    "not_operator": _unary,
    "unary_operator": _unary,
    "parenthesized_expression": _parenthesized,
    "list": _sequence("list"),
    "list_pattern": _sequence("list"),
    "tuple": _sequence("tuple"),
    "tuple_pattern": _sequence("tuple"),
    "pattern_list": _sequence("tuple"),
    "expression_list": _sequence("tuple"),
    "set": _sequence("set"),
    "dictionary": _dictionary,
    "list_comprehension": _comprehension("list"),
    "set_comprehension": _comprehension("set"),
    "dictionary_comprehension": _comprehension("dict"),
    "generator_expression": _comprehension("generator"),
    "conditional_expression": _conditional,
    "slice": _slice,
    "lambda": _lambda,
    "named_expression": _walrus,
    "await": _await,
    "yield": _yield,
    "list_splat": _star,
    "list_splat_pattern": _star,
    "splat_type": _star,
    "type": _only,
    "as_pattern_target": _only,
    "parenthesized_list_splat": _only,
    "generic_type": _generic_type,
    "union_type": _union_type,
    "member_type": _member_type,
    "dotted_name": _dotted,
    "none": _constant(None),
    "true": _constant(True),
    "false": _constant(False),
    "ellipsis": _constant(...),
}
