"""Merges and setters that follow keys from elsewhere into nested objects, and would follow `__proto__` as well."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_GUARDS = (b"__proto__", b"Object.create(null)", b"new Map(")
_OWN = frozenset({"hasOwnProperty", "hasOwn", "has"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each place where a nested object is written to, or entered, by a key that nobody looked at."""
    if any(guard in unit.data for guard in _GUARDS):
        return
    for node in ir.walk(unit.module):
        if isinstance(node, ir.Function):
            place = next(_merging(node), None) or next(_walking(node), None)
            if place is not None:
                yield Hit("unguarded-deep-merge", place, "medium", f"`{node.name or 'it'}` follows `__proto__` too")


def _merging(function: ir.Function) -> Iterator[ir.Node]:
    """`to[key] = from[key]` in a function that also calls itself for `to[key]` and something else."""
    inner = [part for statement in function.body for part in ir.walk(statement)]
    again = [call for call in inner if isinstance(call, ir.Call) and _last(call.func) == function.name != ""]
    entered: set[tuple[str, ...]] = set()
    for call in again:
        ways = {_way(part) for arg in call.args for part in ir.walk(arg) if isinstance(part, ir.Sub)} - {()}
        if len({obj for obj, _ in ways}) > 1:
            entered |= ways
    owned = {_last(call.args[0] if len(call.args) > 1 else getattr(call.func, "obj", None)) for call in _asked(inner)}
    for node in inner:
        for target in node.targets if isinstance(node, ir.Assign) else ():
            if isinstance(target, ir.Sub) and _way(target) in entered and _last(target.obj) not in owned:
                yield node


def _walking(function: ir.Function) -> Iterator[ir.Node]:
    """`at = at[key]` in a loop, and `at[last] = value` with a value that the function was given."""
    given = {param.name for param in function.params}
    inner = [part for statement in function.body for part in ir.walk(statement)]
    written = {_last(target.obj) for target, value in _items_set(inner) if given & _names(value)}
    for loop in inner:
        for node in ir.walk(loop) if isinstance(loop, (ir.For, ir.While)) else ():
            if isinstance(node, ir.Assign) and isinstance(node.targets[0], ir.Name) and node.targets[0].id in written:
                name = node.targets[0].id
                if any(isinstance(part, ir.Sub) and _way(part)[:1] == (name,) for part in ir.walk(node.value)):
                    yield node


def _items_set(nodes: list[ir.Node]) -> Iterator[tuple[ir.Sub, ir.Node]]:
    for node in nodes:
        if isinstance(node, ir.Assign):
            for target in node.targets:
                if isinstance(target, ir.Sub) and not isinstance(target.index, ir.Const):
                    yield target, node.value


def _asked(nodes: list[ir.Node]) -> Iterator[ir.Call]:
    """`Object.hasOwn(to, key)`, `to.hasOwnProperty(key)`."""
    for node in nodes:
        if isinstance(node, ir.Call) and _last(node.func) in _OWN and node.args:
            yield node


def _way(node: ir.Sub) -> tuple[str, ...]:
    """The names of an object and of the key that is not known: `to[key]`."""
    obj, key = _last(node.obj), _last(node.index)
    return (obj, key) if obj and key and not isinstance(node.index, ir.Const) else ()


def _names(node: ir.Node) -> set[str]:
    return {part.id for part in ir.walk(node) if isinstance(part, ir.Name)}


def _last(node: ir.Node | None) -> str:
    return node.id if isinstance(node, ir.Name) else node.name if isinstance(node, ir.Attr) else ""
