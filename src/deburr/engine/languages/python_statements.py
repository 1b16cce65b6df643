"""Python's statements, except imports and match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages import python_kinds as k
from deburr.engine.languages.python_context import Lowering, StatementHandler
from deburr.engine.languages.python_expressions import arguments
from deburr.engine.languages.python_functions import parameters

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

CHAIN = 100
"""Links of an `elif` chain that nest in one another; those after them follow as a second If."""


def _parts(node: Tree) -> list[Tree]:
    return [child for child in node.named_children if child.kind_id not in k.EXTRAS]


def _tuple(lo: Lowering, parts: list[Tree], depth: int) -> ir.Node | None:
    """One expression, or several without parentheses as a tuple."""
    values = lo.exprs(parts, depth)
    if len(values) > 1:
        return ir.Seq(values[0].start, values[-1].end, "tuple", values)
    return values[0] if values else None


def _expression(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    parts = node.children
    if len(parts) == 1:
        child = parts[0]
        kind = child.kind_id
        if kind == k.ASSIGNMENT:
            out.append(_assignment(lo, child, depth))
        elif kind == k.AUGMENTED:
            out.append(_augmented(lo, child, depth))
        else:
            value = lo.expr(child, depth)
            out.append(ir.Expr(node.start_byte, node.end_byte, value))
        return
    found = [part for part in parts if part.is_named and part.kind_id not in k.EXTRAS]
    if len(found) == 1 and found[0].kind_id in (k.ASSIGNMENT, k.AUGMENTED):
        lo.statement(found[0], depth, out)
        return
    several = _tuple(lo, found, depth)
    if several is not None:
        out.append(ir.Expr(several.start, several.end, several))


def _assignment(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """`a = b = value`, which leans to the right in the tree."""
    start, end = node.start_byte, node.end_byte
    targets: list[ir.Node] = []
    annotation: ir.Node | None = None
    while True:
        left, middle, right = _sides(node)
        if left is not None:
            targets.append(lo.expr(left, depth))
        if middle is not None:
            annotation = lo.expr(middle, depth)
        if right is None or right.kind_id != k.ASSIGNMENT:
            break
        node = right
    value = ir.Unknown(end, end, []) if right is None else lo.expr(right, depth)
    return ir.Assign(start, end, targets, value, annotation)


def _sides(node: Tree) -> tuple[Tree | None, Tree | None, Tree | None]:
    """Target, annotation and value of one assignment."""
    parts = node.children
    if len(parts) == 3 and parts[1].kind_id == k.EQUALS:
        return parts[0], None, parts[2]
    left = middle = right = None
    equals = False
    for part in parts:
        if part.kind_id == k.EQUALS:
            equals = True
        elif part.kind_id in k.EXTRAS or not part.is_named:
            continue
        elif equals:
            right = part
        elif left is None:
            left = part
        else:
            middle = part
    return left, middle, right


def _assigned(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    out.append(_assignment(lo, node, depth))


def _augmented(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    parts = [child for child in node.children if child.kind_id not in k.EXTRAS]
    if len(parts) != 3:
        return ir.Unknown(node.start_byte, node.end_byte, lo.exprs(_parts(node), depth))
    target, value = lo.expr(parts[0], depth), lo.expr(parts[2], depth)
    return ir.AugAssign(node.start_byte, node.end_byte, target, parts[1].type[:-1], value)


def _augmented_statement(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    out.append(_augmented(lo, node, depth))


def _return(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    out.append(ir.Return(node.start_byte, node.end_byte, _tuple(lo, node.named_children, depth)))


def _raise(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    parts = _parts(node)
    start, end = node.start_byte, node.end_byte
    value = lo.expr(parts[0], depth) if parts else None
    causes = [cause for part in parts[1:] if not isinstance(cause := lo.expr(part, depth), (ir.Name, ir.Const))]
    out += [ir.Expr(cause.start, cause.end, cause) for cause in causes]
    out.append(ir.Raise(start, end, value))


def _assert(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    values = lo.exprs(node.named_children, depth)
    if values:
        out.append(ir.Assert(node.start_byte, node.end_byte, values[0]))
        out += [ir.Expr(value.start, value.end, value) for value in values[1:] if not isinstance(value, ir.Const)]


def _delete(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    targets = lo.exprs(node.named_children, depth)
    if len(targets) == 1 and isinstance(targets[0], ir.Seq):
        targets = targets[0].items
    out.append(ir.Delete(node.start_byte, node.end_byte, targets))


def _scope(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:  # noqa: ARG001 -- every handler has this shape
    names = [lo.names[part.start_byte : part.end_byte] for part in _parts(node)]
    out.append(ir.Scope(node.start_byte, node.end_byte, names, node.type == "global_statement"))


def _simple(make: type[ir.Pass | ir.Break | ir.Continue]) -> StatementHandler:
    def handler(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:  # noqa: ARG001 -- as above
        out.append(make(node.start_byte, node.end_byte))

    return handler


def _print(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """Python 2's print, as the call it has become."""
    args: list[ir.Node] = []
    kwargs: list[tuple[str, ir.Node]] = []
    for part in _parts(node):
        if part.kind_id == k.CHEVRON:
            kwargs += [("file", value) for value in lo.exprs(part.named_children, depth)]
        else:
            args.append(lo.expr(part, depth))
    out.append(_called(node, "print", args, kwargs))


def _exec(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """Python 2's exec, as the call it has become."""
    out.append(_called(node, "exec", lo.exprs(node.named_children, depth), []))


def _called(node: Tree, name: str, args: list[ir.Node], kwargs: list[tuple[str, ir.Node]]) -> ir.Node:
    start, end = node.start_byte, node.end_byte
    return ir.Expr(start, end, ir.Call(start, end, ir.Name(start, start + len(name), name), args, kwargs))


def _type_alias(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    values = lo.exprs(node.named_children, depth)
    if len(values) == 2:
        target = values[0].obj if isinstance(values[0], ir.Sub) else values[0]
        out.append(ir.Assign(node.start_byte, node.end_byte, [target], values[1], None))


def _if(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    clauses = [child for child in node.children if child.kind_id in (k.ELIF, k.ELSE)]
    links: list[ir.If] = []
    orelse: list[ir.Node] = []
    for clause in [node, *clauses]:
        if clause.kind_id == k.ELSE:
            orelse += lo.suite(clause, depth)
        else:
            test, body = _condition(lo, clause, depth), lo.suite(clause, depth)
            links.append(ir.If(clause.start_byte, node.end_byte, test, body, []))
    rest: list[ir.Node] = []
    for at in range(len(links) - 1, -1, -1):
        links[at].orelse = orelse
        orelse = [links[at]]
        if at and at % CHAIN == 0:
            rest, orelse = orelse + rest, []
    out += orelse + rest


def _condition(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    for child in node.named_children:
        if child.kind_id not in k.EXTRAS:
            if child.kind_id == k.BLOCK:
                break
            return lo.expr(child, depth)
    return ir.Unknown(node.start_byte, node.start_byte, [])


def _orelse(lo: Lowering, node: Tree, depth: int) -> list[ir.Node]:
    return [part for child in node.named_children if child.kind_id == k.ELSE for part in lo.suite(child, depth)]


def _while(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    test = _condition(lo, node, depth)
    out.append(ir.While(node.start_byte, node.end_byte, test, lo.suite(node, depth), _orelse(lo, node, depth)))


def _for(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    heads = [child for child in _parts(node) if child.kind_id not in (k.BLOCK, k.ELSE)]
    start, end = node.start_byte, node.end_byte
    unknown = ir.Unknown(start, start, [])
    target = lo.expr(heads[0], depth) if heads else unknown
    iter = _tuple(lo, heads[1:], depth) or unknown
    out.append(ir.For(start, end, target, iter, lo.suite(node, depth), _orelse(lo, node, depth)))


def _try(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    handlers: list[ir.Handler] = []
    final: list[ir.Node] = []
    for child in node.named_children:
        if child.kind_id == k.EXCEPT:
            handlers.append(_except(lo, child, depth))
        elif child.kind_id == k.FINALLY:
            final += lo.suite(child, depth)
    body, orelse = lo.suite(node, depth), _orelse(lo, node, depth)
    out.append(ir.Try(node.start_byte, node.end_byte, body, handlers, orelse, final))


def _except(lo: Lowering, node: Tree, depth: int) -> ir.Handler:
    heads = [child for child in _parts(node) if child.kind_id != k.BLOCK]
    name = ""
    if len(heads) == 1 and heads[0].kind_id == k.AS_PATTERN:
        heads = _parts(heads[0])
    # `except E, e` of Python 2 against `except A, B` of Python 3.14: exception classes are capitalized.
    if len(heads) == 2 and (alias := lo.src[heads[1].start_byte : heads[1].end_byte]).isidentifier():
        as_target = heads[1].kind_id != k.IDENTIFIER
        if as_target or alias[:1].islower():
            name = alias
            heads.pop()
    type = _tuple(lo, heads, depth)
    return ir.Handler(node.start_byte, node.end_byte, type, name, lo.suite(node, depth))


def _with(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    items: list[tuple[ir.Node, ir.Node | None]] = []
    for clause in node.named_children:
        if clause.kind_id == k.WITH_CLAUSE:
            items += [_item(lo, item, depth) for item in clause.named_children if item.kind_id == k.WITH_ITEM]
    out.append(ir.With(node.start_byte, node.end_byte, items, lo.suite(node, depth)))


def _item(lo: Lowering, node: Tree, depth: int) -> tuple[ir.Node, ir.Node | None]:
    parts = _parts(node)
    if parts and parts[0].kind_id == k.AS_PATTERN:
        parts = _parts(parts[0])
    if not parts:
        return ir.Unknown(node.start_byte, node.end_byte, []), None
    return lo.expr(parts[0], depth), lo.expr(parts[1], depth) if len(parts) > 1 else None


def _decorated(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    decorators: list[ir.Node] = []
    for child in node.named_children:
        if child.kind_id == k.DECORATOR:
            decorators += lo.exprs(child.named_children, depth)
        elif child.kind_id == k.FUNCTION:
            out.append(_make_function(lo, child, depth, decorators))
        elif child.kind_id == k.CLASS:
            out.append(_make_class(lo, child, depth, decorators))


def _function(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    out.append(_make_function(lo, node, depth, []))


def _make_function(lo: Lowering, node: Tree, depth: int, decorators: list[ir.Node]) -> ir.Function:
    name, returns, is_async = "", None, False
    params: list[ir.Param] = []
    for child in node.children:
        kind = child.kind_id
        if kind == k.IDENTIFIER:
            name = lo.names[child.start_byte : child.end_byte]
        elif kind == k.PARAMETERS:
            params = parameters(lo, child, depth)
        elif kind == k.TYPE:
            returns = lo.expr(child, depth)
        elif kind == k.ASYNC:
            is_async = True
    later = lo.unread.get(node.start_byte)
    body = lo.suite(node, depth) if later is None else []
    doc = ""
    if body and isinstance(body[0], ir.Expr) and isinstance(body[0].value, ir.Const):
        text = body[0].value.value
        doc = text if isinstance(text, str) else ""
    made = ir.Function(node.start_byte, node.end_byte, name, params, decorators, body, returns, is_async, doc)
    made.later = later
    return made


def _class(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    out.append(_make_class(lo, node, depth, []))


def _make_class(lo: Lowering, node: Tree, depth: int, decorators: list[ir.Node]) -> ir.Class:
    name = ""
    bases: list[ir.Node] = []
    keywords: list[tuple[str, ir.Node]] = []
    for child in node.named_children:
        if child.kind_id == k.IDENTIFIER:
            name = lo.names[child.start_byte : child.end_byte]
        elif child.kind_id == k.ARGUMENTS:
            bases, keywords = arguments(lo, child, depth)
    return ir.Class(node.start_byte, node.end_byte, name, bases, keywords, decorators, lo.suite(node, depth))


STATEMENTS: dict[str, StatementHandler] = {
    "expression_statement": _expression,
    "assignment": _assigned,
    "augmented_assignment": _augmented_statement,
    "return_statement": _return,
    "raise_statement": _raise,
    "assert_statement": _assert,
    "delete_statement": _delete,
    "global_statement": _scope,
    "nonlocal_statement": _scope,
    "pass_statement": _simple(ir.Pass),
    "break_statement": _simple(ir.Break),
    "continue_statement": _simple(ir.Continue),
    "print_statement": _print,
    "exec_statement": _exec,
    "type_alias_statement": _type_alias,
    "if_statement": _if,
    "while_statement": _while,
    "for_statement": _for,
    "try_statement": _try,
    "with_statement": _with,
    "decorated_definition": _decorated,
    "function_definition": _function,
    "class_definition": _class,
}
