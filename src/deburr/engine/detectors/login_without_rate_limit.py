"""Routes that take a password and say how often nothing of it may be tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.detectors import _handlers
from deburr.engine.hit import Hit, Unit

_LOGIN = re.compile(r"(?i)/?(?:\w+/)*(?:log[-_]?in|sign[-_]?in|authenticate|token|session)/?")
_LIMITS = re.compile(rb"(?i)limiter|rate_?limit|throttl|slowapi|axes|brute|attempts|lockout|failed_logins|too_many")
_PASSWORD = re.compile(r"(?i)\w*(?:password|passwd|pwd|passphrase|credential)\w*")


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each route for logging in, in a text that speaks of no limit."""
    if _LIMITS.search(unit.data):
        return
    for handler in _handlers.handlers(unit.module):
        route = next((one for one in handler.decorators if _is_login(one)), None)
        if route is not None and _handlers.changes(handler) and _takes_password(handler):
            yield Hit("login-without-rate-limit", route, "low")


def _is_login(decorator: ir.Node) -> bool:
    first = decorator.args[0] if isinstance(decorator, ir.Call) and decorator.args else None
    return isinstance(first, ir.Const) and isinstance(first.value, str) and bool(_LOGIN.fullmatch(first.value))


def _takes_password(handler: ir.Function) -> bool:
    for node in ir.walk(handler):
        said = node.value if isinstance(node, ir.Const) else getattr(node, "id", "") or getattr(node, "name", "")
        if isinstance(said, str) and _PASSWORD.fullmatch(said):
            return True
    return False
