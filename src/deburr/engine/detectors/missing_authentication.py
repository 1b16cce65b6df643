"""A handler that changes something and asks nobody who they are, among handlers that do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.detectors import _handlers
from deburr.engine.hit import Hit, Unit

_PUBLIC = re.compile(
    r"(?i).*(?:log_?in|log_?on|log_?out|sign|register|auth|token|password|forgot|reset|verif|confirm|activat|webhook|"
    r"callback|hook|health|ping|contact|subscribe|feedback|public|search|refresh|oauth|saml|sso|csp|graphql).*"
)


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each unguarded handler for requests that change something, if another handler of the text is guarded."""
    found = list(_handlers.handlers(unit.module))
    if not any(_handlers.guarded(one) for one in found) or _handlers.guarded_together(unit.module):
        return
    for one in found:
        public = _PUBLIC.fullmatch(one.name) or _PUBLIC.fullmatch(_addresses(one))
        if _handlers.changes(one) and not public and not _handlers.guarded(one) and not _handlers.asks_who(one):
            yield Hit("missing-authentication", one, "medium", f"`{one.name}` changes something for anyone who asks")


def _addresses(handler: ir.Function) -> str:
    calls = [one for one in handler.decorators if isinstance(one, ir.Call)]
    return " ".join(str(arg.value) for one in calls for arg in one.args if isinstance(arg, ir.Const))
