"""An address that is taken apart, as if to be checked, and of which then nothing is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeGuard

from deburr.engine import ir
from deburr.engine.detectors import _unread
from deburr.engine.hit import Hit, Unit

_PARSERS = frozenset({"urlparse", "urlsplit"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each call that takes a parameter apart for nothing, in a function that hands something back."""
    for node in _unread.functions(unit.module):
        own = {param.name for param in node.params}
        parsed = [(one.value, one.targets[0]) for one in _outside_of_try(node.body) if _kept(one)]
        if any(isinstance(name, ir.Name) and _looked_at(node, name.id) for _, name in parsed):
            continue
        for call, _ in parsed:
            if any(isinstance(one, ir.Name) and one.id in own for one in ir.walk(call)):
                yield Hit("unchecked-address", call, "medium", "the address is taken apart and never checked")
                break


def _outside_of_try(body: list[ir.Node]) -> Iterator[ir.Node]:
    """All that is not tried: there the parser itself may be the check."""
    stack = list(body)
    while stack:
        node = stack.pop()
        if not isinstance(node, (ir.Try, ir.Function, ir.Class)):
            yield node
            stack += ir.children(node)


def _kept(node: ir.Node) -> TypeGuard[ir.Assign]:
    """Whether a variable is given what an address consists of."""
    return isinstance(node, ir.Assign) and isinstance(node.targets[0], ir.Name) and _parses(node.value)


def _parses(node: ir.Node) -> bool:
    func = node.func if isinstance(node, ir.Call) and node.args else None
    name = func.name if isinstance(func, ir.Attr) else func.id if isinstance(func, ir.Name) else ""
    return name in _PARSERS


def _looked_at(function: ir.Function, name: str) -> bool:
    """Whether anything is done with the parts but to put them together again."""
    mentions, idle = 0, 0
    for node in function.body:
        for part in ir.walk(node):
            mentions += isinstance(part, ir.Name) and part.id == name
            if isinstance(part, ir.Call) and isinstance(part.func, ir.Attr) and part.func.name == "geturl":
                idle += _is(part.func.obj, name)
            elif isinstance(part, ir.Assign) and isinstance(part.value, ir.Attr) and _is(part.value.obj, name):
                kept = part.targets[0]
                idle += isinstance(kept, ir.Name) and kept.id != name and not _read(function, kept.id)
    return mentions > idle + 1


def _read(function: ir.Function, name: str) -> bool:
    return sum(_is(part, name) for node in function.body for part in ir.walk(node)) > 1


def _is(node: ir.Node, name: str) -> bool:
    return isinstance(node, ir.Name) and node.id == name
