"""Hits by hand: the lowered text and the call, assignment or literal that a test points at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from deburr.engine import ir, languages
from deburr.engine.hit import Hit, Unit
from deburr.engine.repair import Proposal, apply, propose
from deburr.model import Source


def unit(code: str) -> Unit:
    data = code.encode()
    return Unit(Source(code), data, languages.lower(data, "python"))


def hit_at(what: Unit, principle: str, snippet: str, *, callee: str = "", fact: Mapping[str, Any] | None = None) -> Hit:
    """A hit on the widest node that begins where `snippet` does, or exactly on a literal's value."""
    start = what.data.index(snippet.encode())
    stop = start + len(snippet.encode())
    nodes = [node for node in ir.walk(what.module) if node.start == start and node.end == stop]
    node = nodes[0] if nodes else ir.Const(start, stop, snippet)
    argument = node.args[0] if isinstance(node, ir.Call) and node.args else None
    return Hit(principle, node, "high", callee=callee, fact=fact or {}, argument=argument)


def proposal(
    code: str, principle: str, snippet: str, *, callee: str = "", fact: Mapping[str, Any] | None = None
) -> Proposal | None:
    what = unit(code)
    return propose(hit_at(what, principle, snippet, callee=callee, fact=fact), what)


def repaired(
    code: str, principle: str, snippet: str, *, callee: str = "", fact: Mapping[str, Any] | None = None
) -> str | None:
    """The text after the repair, or None when there is none."""
    found = proposal(code, principle, snippet, callee=callee, fact=fact)
    return apply(code.encode(), found.edits).decode() if found is not None else None
