"""JavaScript's statements, except declarations, imports and exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_context import Lowering, StatementHandler
from deburr.engine.languages.javascript_expressions import changed, merged, target
from deburr.engine.languages.javascript_functions import inline
from deburr.engine.languages.javascript_patterns import Into, bind

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

CHAIN = 100
"""Links of an `else if` chain that nest in one another; those after them follow as a second If."""


def _expression(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    for part in lo.named(node):
        _effect(lo, part, depth, out)


def _effect(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """Appends what an expression does that is a whole statement."""
    k, kind = lo.k, node.kind_id
    start, end = node.start_byte, node.end_byte
    while kind == k.parenthesized_expression and len(inner := lo.named(node)) == 1:
        node = inner[0]
        kind = node.kind_id
    if kind in lo.statements:
        lo.statement(node, depth, out)
    elif kind == k.sequence_expression:
        for part in lo.named(node):
            _effect(lo, part, depth, out)
    elif kind == k.assignment_expression:
        _assignment(lo, node, depth, out)
    elif kind in (k.augmented_assignment_expression, k.update_expression):
        _changed(lo, node, depth, out)
    elif kind == k.unary_expression and node.children[0].type == "delete":
        out.append(ir.Delete(start, end, [_deleted(lo.expr(one, depth)) for one in lo.named(node)]))
    else:
        out.append(ir.Expr(start, end, inline(lo, node, depth)))


def _deleted(place: ir.Node) -> ir.Node:
    if isinstance(place, ir.Attr):
        return ir.Sub(place.start, place.end, place.obj, ir.Const(place.end, place.end, place.name))
    return place


def _assignment(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """`a = b = value`, which leans to the right in the tree."""
    k = lo.k
    start, end = node.start_byte, node.end_byte
    places: list[Tree] = []
    name = ""
    value: Tree | None = node
    while value is not None and value.kind_id == k.assignment_expression:
        left = lo.field(value, k.f_left)
        if left is not None:
            places.append(left)
            name = lo.text(left)[-80:].rpartition(".")[2]
        value = lo.field(value, k.f_right)
    given = inline(lo, value, depth, name) if value is not None else ir.Unknown(end, end, [])
    if any(place.kind_id in (k.object_pattern, k.array_pattern) for place in places):
        for place in places:
            bind(lo, place, given, Into(out, depth, False))
        return
    out.append(ir.Assign(start, end, [target(lo, place, depth) for place in places], given, None))


def _changed(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    found = changed(lo, node, depth)
    start, end = node.start_byte, node.end_byte
    if found is None:
        out.append(ir.Expr(start, end, lo.unknown(node, depth)))
        return
    place, op, value = found
    if op in ("||", "&&", "??"):
        out.append(ir.Assign(start, end, [place], merged(node, place, op, value), None))
    else:
        out.append(ir.AugAssign(start, end, place, op, value))


def _return(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    parts = lo.named(node)
    value = inline(lo, parts[0], depth) if parts else None
    out.append(ir.Return(node.start_byte, node.end_byte, value))


def _throw(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    values = lo.exprs(node.named_children, depth)
    out.append(ir.Raise(node.start_byte, node.end_byte, values[0] if values else None))


def _if(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    k = lo.k
    links: list[ir.If] = []
    orelse: list[ir.Node] = []
    one: Tree | None = node
    while one is not None:
        test = lo.maybe(lo.field(one, k.f_condition), depth) or ir.Unknown(one.start_byte, one.start_byte, [])
        body = lo.body(lo.field(one, k.f_consequence), depth)
        links.append(ir.If(one.start_byte, node.end_byte, test, body, []))
        other = lo.field(one, k.f_alternative)
        parts = lo.named(other) if other is not None else []
        one = None
        if len(parts) == 1 and parts[0].kind_id == node.kind_id:
            one = parts[0]
        elif parts:
            orelse = lo.body(parts[0], depth)
    rest: list[ir.Node] = []
    for at in range(len(links) - 1, -1, -1):
        links[at].orelse = orelse
        orelse = [links[at]]
        if at and at % CHAIN == 0:
            rest, orelse = orelse + rest, []
    out += orelse + rest


def _while(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    test = lo.maybe(lo.field(node, lo.k.f_condition), depth) or ir.Unknown(node.start_byte, node.start_byte, [])
    body = lo.body(lo.field(node, lo.k.f_body), depth)
    out.append(ir.While(node.start_byte, node.end_byte, test, body, []))


def _do(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """`do … while (test)`: the body is done once whatever the test says."""
    start, end = node.start_byte, node.end_byte
    body = lo.body(lo.field(node, lo.k.f_body), depth)
    test = lo.maybe(lo.field(node, lo.k.f_condition), depth) or ir.Unknown(end, end, [])
    if isinstance(test, ir.Const) and not test.value:
        out += body
    else:
        out.append(ir.While(start, end, ir.Unknown(start, start, []), [*body, ir.Expr(test.start, test.end, test)], []))


def _for(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    k = lo.k
    start, end = node.start_byte, node.end_byte
    first, test_node, step = (lo.field(node, f) for f in (k.f_initializer, k.f_condition, k.f_increment))
    if first is not None:
        lo.statement(first, depth, out)
    test = lo.maybe(test_node, depth) if test_node is not None else None
    body = lo.body(lo.field(node, k.f_body), depth)
    if step is not None:
        _effect(lo, step, depth, body)
    out.append(ir.While(start, end, test or ir.Unknown(start, start, []), body, []))


def _for_in(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    k = lo.k
    start, end = node.start_byte, node.end_byte
    left, right = lo.field(node, k.f_left), lo.field(node, k.f_right)
    if left is None or right is None:
        return
    source = lo.expr(right, depth)
    place = ir.Name(left.start_byte, left.end_byte, f"({left.start_byte})")
    taken: list[ir.Node] = []
    new = any(child.type in ("const", "let", "var") for child in node.children)
    if left.kind_id == k.identifier:
        place = lo.name(left)
        (lo.variables.declared if new else lo.variables.assigned).add(place.id)
    else:
        bind(lo, left, place, Into(taken, depth, new))
    body = lo.body(lo.field(node, k.f_body), depth)
    out.append(ir.For(start, end, place, source, taken + body, []))


def _try(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    k = lo.k
    handlers: list[ir.Handler] = []
    body = lo.body(lo.field(node, k.f_body), depth)
    caught, final = lo.field(node, k.f_handler), lo.field(node, k.f_finalizer)
    if caught is not None:
        handlers.append(_catch(lo, caught, depth))
    last = lo.body(lo.field(final, k.f_body), depth) if final is not None else []
    out.append(ir.Try(node.start_byte, node.end_byte, body, handlers, [], last))


def _catch(lo: Lowering, node: Tree, depth: int) -> ir.Handler:
    k = lo.k
    param = lo.field(node, k.f_parameter)
    name = ""
    taken: list[ir.Node] = []
    if param is not None and param.kind_id == k.identifier:
        name = lo.text(param)
        lo.variables.declared.add(name)
    elif param is not None:
        name = f"({param.start_byte})"
        bind(lo, param, ir.Name(param.start_byte, param.end_byte, name), Into(taken, depth))
    body = lo.body(lo.field(node, k.f_body), depth)
    return ir.Handler(node.start_byte, node.end_byte, None, name, taken + body)


def _switch(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """`switch`: cases that fall through share the bodies after them, up to the first `break`."""
    k = lo.k
    value, block = lo.field(node, k.f_value), lo.field(node, k.f_body)
    clauses = [c for c in block.named_children if c.kind_id in (k.switch_case, k.switch_default)] if block else []
    bodies = [lo.block(clause.children_by_field_name("body"), depth) for clause in clauses]
    cases: list[ir.Case] = []
    waiting: list[ir.Node] = []
    last: ir.Case | None = None
    for at, clause in enumerate(clauses):
        test = lo.maybe(lo.field(clause, k.f_value), depth)
        if test is not None:
            waiting.append(test)
        if not bodies[at] and at + 1 < len(clauses) and test is not None:
            continue
        pattern = None if test is None else _either(waiting)
        waiting = []
        made = ir.Case(clause.start_byte, clause.end_byte, pattern, [], None, _fallen(bodies, at))
        last = made if test is None else last
        cases += [] if test is None else [made]
    cases += [last] if last is not None else []
    subject = lo.maybe(value, depth) or ir.Unknown(node.start_byte, node.start_byte, [])
    start, end = node.start_byte, node.end_byte
    match = ir.Match(start, end, subject, cases)
    inner = any(isinstance(one, ir.Break) for case in cases for part in case.body for one in _own(part))
    out.append(ir.While(start, end, ir.Const(start, start, True), [match, ir.Break(end, end)], []) if inner else match)


def _either(tests: list[ir.Node]) -> ir.Node:
    return tests[0] if len(tests) == 1 else ir.Logic(tests[0].start, tests[-1].end, "or", tests)


_MOST_FALLEN = 8


def _fallen(bodies: list[list[ir.Node]], at: int) -> list[ir.Node]:
    """What is done from one case on until something leaves the switch."""
    found: list[ir.Node] = []
    for body in bodies[at : at + _MOST_FALLEN]:
        for statement in body:
            if isinstance(statement, ir.Break):
                return found
            found.append(statement)
        if body and isinstance(body[-1], (ir.Return, ir.Raise, ir.Continue)):
            return found
    return found


def _own(node: ir.Node) -> list[ir.Node]:
    """The nodes of a statement that belong to the switch around it, not to a loop or a function in it."""
    found, stack = [], [node]
    while stack:
        one = stack.pop()
        found.append(one)
        if not isinstance(one, (ir.For, ir.While, ir.Function, ir.Lambda, ir.Class)):
            stack += ir.children(one)
    return found


def _block(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    out += lo.block(node.named_children, depth)


def _labeled(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    body = lo.field(node, lo.k.f_body)
    if body is not None:
        lo.statement(body, depth, out)


def _module(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """A namespace: what is in it is known to what follows."""
    block = lo.field(node, lo.k.f_body)
    if block is not None:
        out += lo.block(block.named_children, depth)


def _simple(make: type[ir.Break | ir.Continue]) -> StatementHandler:
    def handler(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:  # noqa: ARG001 -- every handler has this shape
        out.append(make(node.start_byte, node.end_byte))

    return handler


def _nothing(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """What is there for the compiler alone."""


STATEMENTS: dict[str, StatementHandler] = {
    "expression_statement": _expression,
    "return_statement": _return,
    "throw_statement": _throw,
    "if_statement": _if,
    "while_statement": _while,
    "do_statement": _do,
    "for_statement": _for,
    "for_in_statement": _for_in,
    "try_statement": _try,
    "switch_statement": _switch,
    "statement_block": _block,
    "labeled_statement": _labeled,
    "internal_module": _module,
    "module": _module,
    "break_statement": _simple(ir.Break),
    "continue_statement": _simple(ir.Continue),
    "empty_statement": _nothing,
    "debugger_statement": _nothing,
    "interface_declaration": _nothing,
    "type_alias_declaration": _nothing,
    "ambient_declaration": _nothing,
    "function_signature": _nothing,
}
