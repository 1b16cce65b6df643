"""A hash chosen by a caller from all that the library offers, the broken ones among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit
from deburr.model import Confidence

_OFFERED = frozenset({"algorithms_available", "algorithms_guaranteed"})
_USES = frozenset(
    {"hashlib.new", "hmac.new", "hmac.digest", "builtins.getattr", "hashlib.pbkdf2_hmac", "hashlib.file_digest"}
)
_HARMLESS = re.compile(r"(?i)check_?sum|etag|cache|fingerprint|file|download|dedup|integrity|md5")
"""What protects nothing, or must match what others computed."""


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """The first use of a name of which only that was asked."""
    for node in ir.walk(unit.module):
        if isinstance(node, ir.Function):
            tested = [one for part in node.body for one in ir.walk(part) if isinstance(one, ir.Compare)]
            offered = {name for one in tested if _offered(one) for name in _names(one.left)}
            offered -= {
                name for one in tested if not _offered(one) for side in (one.left, *one.rights) for name in _names(side)
            }
            used = next(_uses(node, offered, resolve), None) if offered else None
            if used is not None:
                sure: Confidence = "low" if _HARMLESS.search(node.name) else "medium"
                yield Hit("any-available-hash", used, sure, callee=resolve(used.func))


def _offered(test: ir.Compare) -> bool:
    right = test.rights[0]
    name = right.name if isinstance(right, ir.Attr) else right.id if isinstance(right, ir.Name) else ""
    return name in _OFFERED


def _uses(function: ir.Function, names: set[str], resolve: Callable[[ir.Node], str]) -> Iterator[ir.Call]:
    for part in function.body:
        for one in ir.walk(part):
            if isinstance(one, ir.Call) and resolve(one.func) in _USES:
                given = [*one.args, *(value for _, value in one.kwargs)]
                if any(name in names for value in given for name in _names(value)):
                    yield one


def _names(node: ir.Node) -> Iterator[str]:
    return (part.id for part in ir.walk(node) if isinstance(part, ir.Name))
