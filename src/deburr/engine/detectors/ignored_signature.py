"""A signature that is handed in and never looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from deburr.engine import ir
from deburr.engine.detectors import _unread
from deburr.engine.hit import Hit, Unit

_SIGNATURE = re.compile(
    r"(?:\w+_)?(?:signature|sig|sign|hmac|csrf_token|xsrf_token)(?:_(?:hash|value|hex|b64|bytes|header))?"
)
_MOST_OTHERS = 1
"""A function that looks at few of its parameters takes them because its callers give them."""


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each function that takes a signature, does its work, and never mentions it."""
    for node in _unread.functions(unit.module):
        unread = _unread.unread(node)
        signatures = [name for name in unread if _SIGNATURE.fullmatch(name)]
        if _of_process(node):
            continue
        if signatures and len(unread) - len(signatures) <= _MOST_OTHERS and len(node.params) > 1:
            yield Hit("ignored-signature", node, "medium", f"`{node.name}` takes `{signatures[0]}` and never checks it")


def _of_process(node: ir.Function) -> bool:
    """Whether it answers a signal of the operating system, which is called `sig` as well."""
    names = [param.name for param in node.params]
    return any(pair in (("sig", "frame"), ("sig", "_frame"), ("sig", "_")) for pair in pairwise(names))
