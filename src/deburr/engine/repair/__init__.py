"""From a Hit to a proposed correction: byte edits, a title, and a claim of what they preserve.

What comes in: a Hit and its Unit. What goes out: a Proposal, or None where no repair is known to be right. The one
invariant: a repair is proposed, never believed; `deburr.review` decides whether it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module

from deburr.engine.hit import Hit, Unit
from deburr.engine.repair.draft import Draft, Proposal, apply

__all__ = ["Draft", "Proposal", "apply", "propose"]

_REPAIRS: dict[str, tuple[str, ...]] = {
    "sql-injection": ("sql:repair",),
    "shell-injection": ("commands:repair",),
    "code-injection": ("commands:literal",),
    "ldap-injection": ("wrapping:repair",),
    "regex-injection": ("wrapping:repair",),
    "xml-injection": ("wrapping:repair",),
    "xpath-injection": ("binding:xpath",),
    "template-injection": ("binding:template",),
    "cross-site-scripting": ("pages:repair",),
    "path-traversal": ("paths:repair",),
    "log-injection": ("lines:logged",),
    "header-injection": ("lines:single",),
    "email-header-injection": ("lines:single",),
    "nosql-injection": ("choices:typed",),
    "jwt-without-verification": ("tokens:verified",),
    "predictable-random": ("choices:randomness",),
    "timing-unsafe-comparison": ("choices:comparison",),
    "temporary-file-race": ("choices:temporary",),
    "assert-for-security": ("choices:assertion",),
    "secret-compared-with-equals": ("choices:comparison",),
    "credential-in-client-call": ("environment:repair",),
    "xml-bomb": ("hardening:xml",),
    "xml-external-entities": ("hardening:xml",),
    "unsafe-pickle-file": ("hardening:weights",),
    "bind-to-all-interfaces": ("hardening:literals",),
    "public-bucket": ("hardening:literals",),
    "weak-hash": ("hardening:literals",),
    "permissive-file-mode": ("hardening:modes",),
    "remote-code-trusted": ("hardening:code_refused",),
    "disabled-certificate-warnings": ("hardening:removed",),
    "exception-text-exposure": ("exposure:error",),
    "stack-trace-exposure": ("exposure:error",),
    "secret-in-log": ("exposure:secret",),
    "open-redirect": ("exposure:redirect",),
    "dataframe-code-injection": ("binding:frame",),
    "hardcoded-crypto-key": ("environment:repair",),
}
"""Principle -> the functions that may know a repair, tried in order; each is "module:function" of this folder."""


ELSEWHERE = {
    "javascript": "scripts:repair",
    "typescript": "scripts:repair",
    "yaml": "configured:repair",
    "terraform": "configured:repair",
}
"""Language -> the function that may know how a secret leaves such a text."""


def propose(hit: Hit, unit: Unit) -> Proposal | None:
    """A correction of the hit, or None."""
    if unit.source.language != "python":
        module, _, function = ELSEWHERE.get(unit.source.language, "").partition(":")
        if not module or not _of_text(hit):
            return None
        known: Proposal | None = getattr(import_module(f"{__name__}.{module}"), function)(hit, unit.source, unit.data)
        return known
    if _stays_weak(hit, unit):
        return None
    for name in _candidates(hit):
        module, _, function = name.partition(":")
        found: Proposal | None = getattr(import_module(f"{__name__}.{module}"), function)(Draft(hit, unit))
        if found is not None:
            return found
    return None


def _of_text(hit: Hit) -> bool:
    """Whether the secret scanner found it."""
    return bool(hit.callee) and hit.fact.get("kind") == hit.callee


def _stays_weak(hit: Hit, unit: Unit) -> bool:
    """Whether another hash would lock out who has a password, and still be too fast for one."""
    code = unit.data[hit.node.start : hit.node.end]
    return hit.principle == "weak-hash" and re.search(rb"(?i)pass(?:word|wd|phrase)|pwd", code) is not None


def _candidates(hit: Hit) -> Iterator[str]:
    if "fix" in hit.fact:
        yield "facts:repair"
    yield from _REPAIRS.get(hit.principle, ())
    if _of_text(hit):
        # What the secret scanner found: its kind stands where a call has its name.
        yield "environment:repair"
