"""A handler that asks for a login and then serves the record of whatever number the address holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.detectors import _handlers
from deburr.engine.hit import Hit, Unit

_LOADS = {"get", "get_or_404", "get_object_or_404", "filter_by", "one_or_404", "first_or_404"}
_NUMBER = re.compile(r"(?:\w+_)?(?:id|pk|uuid|key)")
_LOGIN = re.compile(r"(?i).*(?:login|jwt|token|auth|user)\w*")
_WIDER = re.compile(r"(?i).*(?:admin|staff|superuser|role|permission|scope|owner).*")


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """The first load of a record by its number, in a function behind a login that never speaks of its caller."""
    for node in ir.walk(unit.module):
        if not isinstance(node, ir.Function) or not _only_login(node) or _handlers.asks_who(node):
            continue
        numbers = {one.name for one in node.params if _NUMBER.fullmatch(one.name)}
        load = next((one for part in node.body for one in _loads(part, numbers)), None)
        if load is not None:
            yield Hit("missing-ownership-check", load, "medium", f"`{node.name}` serves any record by its number")


def _only_login(node: ir.Function) -> bool:
    """Whether the decorators ask for a login and for nothing more, such as a role."""
    words = [name for one in node.decorators for name in _handlers.names(one)]
    return any(_LOGIN.fullmatch(word) for word in words) and not any(_WIDER.fullmatch(word) for word in words)


def _loads(node: ir.Node, numbers: set[str]) -> Iterator[ir.Call]:
    for part in ir.walk(node):
        if not isinstance(part, ir.Call):
            continue
        name = part.func.name if isinstance(part.func, ir.Attr) else getattr(part.func, "id", "")
        given = [*part.args, *(value for _, value in part.kwargs)]
        model = any(n == "query" or n == "objects" or n[:1].isupper() for n in _handlers.names(part))
        if name in _LOADS and model and any(isinstance(one, ir.Name) and one.id in numbers for one in given):
            yield part
