"""A handler for every exception that does nothing at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_BROAD = frozenset({"builtins.Exception", "builtins.BaseException"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """Each place where any exception at all is dropped."""
    for node in ir.walk(unit.module):
        if isinstance(node, ir.Handler) and _all(node.type, resolve) and _silent(node.body):
            yield Hit("ignored-exception", node, "low")
        elif isinstance(node, ir.With):
            for item, _ in node.items:
                if isinstance(item, ir.Call) and _suppresses(item, resolve):
                    yield Hit("ignored-exception", item, "low")


def _suppresses(call: ir.Call, resolve: Callable[[ir.Node], str]) -> bool:
    return resolve(call.func) == "contextlib.suppress" and any(resolve(arg) in _BROAD for arg in call.args)


def _all(kind: ir.Node | None, resolve: Callable[[ir.Node], str]) -> bool:
    """Whether a handler catches whatever comes."""
    if isinstance(kind, ir.Seq):
        return any(resolve(item) in _BROAD for item in kind.items)
    return kind is None or resolve(kind) in _BROAD


def _silent(body: list[ir.Node]) -> bool:
    return all(isinstance(step, (ir.Pass, ir.Continue)) or _says_nothing(step) for step in body)


def _says_nothing(step: ir.Node) -> bool:
    """Whether a statement is only a text or an ellipsis."""
    return isinstance(step, ir.Expr) and isinstance(step.value, ir.Const)
