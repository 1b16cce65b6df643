"""From a Hit to a proposed correction: byte edits, a title, and a claim of what they preserve.

What comes in: a Hit and its Unit. What goes out: a Proposal, or None where no repair is known to be right. The one
invariant: a repair is proposed, never believed; `deburr.review` decides whether it holds.
"""

from __future__ import annotations

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
}
"""Principle -> the functions that may know a repair, tried in order; each is "module:function" of this folder."""


def propose(hit: Hit, unit: Unit) -> Proposal | None:
    """A correction of the hit, or None."""
    if unit.source.language != "python":
        return None
    for name in (*_REPAIRS.get(hit.principle, ()), "facts:repair"):
        module, _, function = name.partition(":")
        found: Proposal | None = getattr(import_module(f"{__name__}.{module}"), function)(Draft(hit, unit))
        if found is not None:
            return found
    return None
