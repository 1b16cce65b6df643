"""Texts that nest too deeply for the Python stack: looked at with a stack of their own, so that the result does not
depend on how deep in it the caller stands.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from deburr.engine import ir

P = ParamSpec("P")
R = TypeVar("R")
LIMITS = (200, 100, 50, 25, 12)
"""How deep the interpreter may be led into a text; tried one after the other."""
_EXPRESSIONS = tuple(
    kind for kind in vars(ir).values() if isinstance(kind, type) and kind.__module__ == ir.Const.__module__
)
_FIXED = (ir.Function, ir.Param, ir.Clause, ir.Handler, ir.Case)
"""Nodes that are a part of the one around them, and cannot be left out alone."""
_thread = threading.local()


def is_apart() -> bool:
    """Whether this code has a stack of its own already."""
    return getattr(_thread, "apart", False)


def apart(function: Callable[P, R]) -> Callable[P, R]:
    """The function, called again with a stack of its own when the caller's was too full for it."""

    @wraps(function)
    def called(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except RecursionError:
            if is_apart():
                raise
        from concurrent.futures import ThreadPoolExecutor

        def alone() -> R:
            _thread.apart = True
            return function(*args, **kwargs)

        with ThreadPoolExecutor(1) as pool:
            return pool.submit(alone).result()

    return called


def prune(module: ir.Module, limit: int) -> None:
    """Leave out of a lowered text, in place, what nests deeper than `limit` levels."""
    level: list[ir.Node] = [module]
    for depth in range(limit + 1):
        below: list[ir.Node] = []
        for node in level:
            for name in node.fields:
                value = getattr(node, name)
                if isinstance(value, (ir.Node, list)):
                    setattr(node, name, _pruned(value, depth == limit, below))
        level = below


def _pruned(value: Any, cut: bool, kept: list[ir.Node]) -> Any:
    """A field's value, without its nodes when it is to be cut; those that stay are added to `kept`."""
    if isinstance(value, (list, tuple)):
        return type(value)([_pruned(inner, cut, kept) for inner in value])
    if not isinstance(value, ir.Node):
        return value
    if not cut:
        kept.append(value)
    elif isinstance(value, _FIXED):
        _empty(value)
    elif isinstance(value, _EXPRESSIONS):
        return ir.Unknown(value.start, value.end, [])
    else:
        return ir.Pass(value.start, value.end)
    return value


def _empty(node: ir.Node) -> None:
    """Leave out what a node holds that cannot be left out itself."""
    for name in node.fields:
        value = getattr(node, name)
        if isinstance(value, (ir.Node, list)):
            setattr(node, name, _pruned(value, True, []))
