"""Divisions by a number that came with a request and that nothing has been asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_FROM_CLIENT = frozenset("args form GET POST values json data query_params params get_json get_argument".split())
_NUMBERS = frozenset({"int", "float", "Decimal"})
_CAUGHT = frozenset({"", "ZeroDivisionError", "ArithmeticError", "Exception", "BaseException"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each division by such a number, unless a test or a handler looks after zero."""
    for function in ir.walk(unit.module):
        if isinstance(function, ir.Function):
            sent: set[str] = set()
            numbers: set[str] = set()
            for node in ir.walk(function):
                if isinstance(node, ir.Assign):
                    for target, value in _pairs(node):
                        sent |= {target} if _sent(value, sent) else set()
                        numbers |= {target} if _number(value, sent) else set()
            numbers -= _asked(function)
            yield from (
                Hit("division-by-request-number", node, "medium") for node in _divisions(function, numbers, sent)
            )


def _pairs(node: ir.Assign) -> Iterator[tuple[str, ir.Node]]:
    """The variables that an assignment sets, with their values."""
    for target in node.targets:
        if isinstance(target, ir.Name):
            yield target.id, node.value
        elif isinstance(target, ir.Seq) and isinstance(node.value, ir.Seq):
            pairs = zip(target.items, node.value.items, strict=False)
            yield from ((one.id, value) for one, value in pairs if isinstance(one, ir.Name))


def _sent(node: ir.Node, sent: set[str]) -> bool:
    """Whether a value is what a client sent, or a piece of it."""
    if isinstance(node, ir.Name):
        return node.id in sent
    if isinstance(node, ir.Sub):
        return _sent(node.obj, sent)
    if isinstance(node, ir.Call):
        return isinstance(node.func, ir.Attr) and _sent(node.func, sent)
    if isinstance(node, ir.Attr):
        last = node.obj.id if isinstance(node.obj, ir.Name) else getattr(node.obj, "name", "")
        return (last == "request" and node.name in _FROM_CLIENT) or (node.name == "get" and _sent(node.obj, sent))
    return False


def _number(node: ir.Node, sent: set[str]) -> bool:
    """`int(request.args["n"])`, `request.args.get("n", type=int)`."""
    if not isinstance(node, ir.Call):
        return False
    name = node.func.id if isinstance(node.func, ir.Name) else ""
    if name in _NUMBERS:
        return len(node.args) == 1 and _sent(node.args[0], sent)
    typed = any(key == "type" and isinstance(value, ir.Name) and value.id in _NUMBERS for key, value in node.kwargs)
    return typed and _sent(node, sent)


def _asked(function: ir.Function) -> set[str]:
    """The variables that any test asks something of."""
    tests = [node.test for node in ir.walk(function) if isinstance(node, (ir.If, ir.While, ir.Cond, ir.Assert))]
    tests += [node for node in ir.walk(function) if isinstance(node, (ir.Compare, ir.Logic))]
    return {part.id for test in tests for part in ir.walk(test) if isinstance(part, ir.Name)}


def _divisions(function: ir.Function, numbers: set[str], sent: set[str]) -> Iterator[ir.Node]:
    """The divisions by one of these, except where a handler stands ready."""
    stack: list[ir.Node] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, ir.Try) and any(_catches(one.type) for one in node.handlers):
            continue
        if isinstance(node, ir.Binary) and node.op in ("/", "//", "%") and not _is_text(node.left):
            right = node.right
            if (isinstance(right, ir.Name) and right.id in numbers) or _number(right, sent):
                yield node
        stack.extend(ir.children(node))


def _catches(kind: ir.Node | None) -> bool:
    kinds = kind.items if isinstance(kind, ir.Seq) else [kind]
    return any((getattr(one, "id", "") or getattr(one, "name", "")) in _CAUGHT for one in kinds)


def _is_text(node: ir.Node) -> bool:
    return isinstance(node, ir.Format) or (isinstance(node, ir.Const) and isinstance(node.value, (str, bytes)))
