"""A failed security check whose exception is thrown away, so that the program goes on as if it had passed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit
from deburr.model import Confidence

_CHECK = re.compile(
    r"(?:verify|authenticate|authorize|check_(?:password|permission|permissions|signature|token|access)|require_\w+|"
    r"validate_(?:token|signature|certificate|csrf|session|permissions?)|ensure_(?:allowed|permission|authorized)|"
    r"compare_digest|match_hostname|decrypt|unseal)(?:_\w+)?"
)
_TELLING = re.compile(
    r"(?:\w*InvalidSignature\w*|\w*BadSignature|InvalidToken\w*|JWTError|PyJWTError|ExpiredSignatureError|DecodeError|"
    r"InvalidTag|SSLError|SSLCertVerificationError|CertificateError|PermissionDenied|AuthenticationError|Unauthorized)"
)
_DECIDES = re.compile(
    r"_*(?:verify|authenticate|authorize|(?:is|has|check|validate)_(?:\w+_)?(?:valid|genuine|authentic|authorized|allowed|"
    r"authenticated|trusted|permitted|permissions?|password|signature|token|access|session|csrf))(?:_\w+)?"
)
"""Functions whose answer lets somebody in."""

_BROAD = ("", "Exception", "BaseException")


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """Each handler that swallows what a security check had to say."""
    deciding = {
        id(step)
        for function in ir.walk(unit.module)
        if isinstance(function, ir.Function) and _DECIDES.fullmatch(function.name)
        for step in function.body
    }
    for node in ir.walk(unit.module):
        if not isinstance(node, ir.Try):
            continue
        checks = id(node) in deciding or any(_checks(part) for part in node.body)
        for handler in node.handlers:
            caught = [_last(kind) for kind in _types(handler.type)]
            telling = any(_TELLING.fullmatch(name) for name in caught)
            broad = any(name in _BROAD for name in caught)
            if (sure := _swallows(handler)) and (telling or (broad and checks)):
                yield Hit("swallowed-security-exception", handler, sure, callee=resolve(handler.type or handler))


def _checks(node: ir.Node) -> bool:
    return any(isinstance(part, ir.Call) and _CHECK.fullmatch(_last(part.func)) for part in ir.walk(node))


def _swallows(handler: ir.Handler) -> Confidence | None:
    """How surely a handler lets the program go on: it says "yes", or it does nothing at all."""
    last = handler.body[-1] if handler.body else None
    if isinstance(last, ir.Return) and isinstance(last.value, ir.Const) and last.value.value is True:
        return "medium"
    return "low" if all(isinstance(step, (ir.Pass, ir.Continue)) for step in handler.body) else None


def _types(node: ir.Node | None) -> list[ir.Node | None]:
    return list(node.items) if isinstance(node, ir.Seq) else [node]


def _last(node: ir.Node | None) -> str:
    if isinstance(node, ir.Attr):
        return node.name
    return node.id if isinstance(node, ir.Name) else "" if node is None else "?"
