"""Handlers that check a password, in a program that counts no attempts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_ADDRESS = re.compile(
    r"(?i).*/(?:log-?in|sign-?in|sign-?up|register|auth(?:enticate)?|sessions?|token|verify(?:-?otp)?|otp|(?:reset|forgot)[-\w]*)/?"
)
_LIMITER = re.compile(
    rb"(?i)rate.?limit|limiter|throttl|slow.?down|brute|(?:failed|login)_?attempts|lock(?:ed|out)|captcha|too many"
)
_SECRET = re.compile(r"(?i)passw(?:or)?d|passcode|pwd|otp|\bpin\b")
_SERVERS = frozenset({"express", "fastify", "restify.createServer", "koa", "polka"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """Each handler for a login on a server that this text makes, unless something here limits how often."""
    if _LIMITER.search(unit.data):
        return
    nodes = list(ir.walk(unit.module))
    if not any(isinstance(node, ir.Call) and resolve(node.func) in _SERVERS for node in nodes):
        return
    for node in nodes:
        if isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and node.func.name == "post" and node.args:
            address, handler = getattr(node.args[0], "value", None), node.args[-1]
            named = isinstance(address, str) and _ADDRESS.fullmatch(address)
            if named and isinstance(handler, ir.Lambda) and _checks(handler.function):
                yield Hit("unlimited-login-attempts", node, "medium", "nothing limits how often it can be tried")


def _checks(handler: ir.Function) -> bool:
    """Whether a handler reads a password or a code of the visitor's."""
    for statement in handler.body:
        for part in ir.walk(statement):
            name = part.id if isinstance(part, ir.Name) else part.name if isinstance(part, ir.Attr) else ""
            if name and _SECRET.search(name):
                return True
    return False
