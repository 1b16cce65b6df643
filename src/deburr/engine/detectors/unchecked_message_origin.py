"""Listeners for messages from other windows that never look at who sent them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_SENDER = frozenset({"origin", "source"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """Each listener for "message" on the window that uses the data and not the origin."""
    functions = {node.name: node for node in ir.walk(unit.module) if isinstance(node, ir.Function) and node.name}
    for node in ir.walk(unit.module):
        if not (isinstance(node, ir.Call) and len(node.args) > 1 and resolve(node.func) == "builtins.addEventListener"):
            continue
        if isinstance(node.args[0], ir.Const) and node.args[0].value == "message":
            handler = _handler(node.args[1], functions)
            if handler is not None and handler.params and _uses_data(handler) and not _asks(handler, functions):
                yield Hit("unchecked-message-origin", node, "medium", "the listener never asks for `origin`")


def _handler(node: ir.Node, functions: dict[str, ir.Function]) -> ir.Function | None:
    if isinstance(node, ir.Lambda):
        return node.function
    return functions.get(node.id) if isinstance(node, ir.Name) else None


def _uses_data(handler: ir.Function) -> bool:
    """Whether the data is read, or the message handed on, and not to a worker's own port."""
    event = handler.params[0].name
    return any(
        isinstance(part, ir.Attr) and part.name == "data" and getattr(part.obj, "id", "") == event
        for statement in handler.body
        for part in ir.walk(statement)
    )


def _asks(handler: ir.Function, functions: dict[str, ir.Function], depth: int = 2) -> bool:
    """Whether the listener, or a function of the text that it calls, looks at who sent the message."""
    for statement in handler.body:
        for part in ir.walk(statement):
            if isinstance(part, ir.Attr) and part.name in _SENDER:
                return True
            if isinstance(part, ir.Name) and part.id in _SENDER:
                return True
            name = part.func.id if isinstance(part, ir.Call) and isinstance(part.func, ir.Name) else ""
            called = functions.get(name)
            if called is not None and called is not handler and depth and _asks(called, functions, depth - 1):
                return True
    return False
