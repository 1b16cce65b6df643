"""What is said of a finding's place beside its path and line: cell, patched file, and the commit that brought it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.model import Finding
from deburr.surfaces.shared.checked import Brought, Shown

if TYPE_CHECKING:
    from deburr.surfaces.shared.allowed import Allow

GUIDANCE = "it is in the history: revoke it; deleting the line does not take it out"


def within(finding: Finding) -> str:
    """Where in the cell of a notebook, or in the file that a patch changes; empty elsewhere."""
    if finding.cell:
        return f"cell {finding.cell[0]}, line {finding.cell[1]}"
    return f"line {finding.inside[1]} of {finding.inside[0]}" if finding.inside else ""


def came(brought: Brought | None) -> str:
    """Since when it is in the history, and whether it still is what one checks out; empty for a file of today."""
    if brought is None:
        return ""
    now = "still in HEAD" if brought.in_head else "no longer in HEAD"
    return f"since {brought.commit}, {brought.date}; {now}" if brought.commit else now


def note(shown: Shown) -> str:
    """All of it, to follow a message; empty when there is nothing to say."""
    inside, since = within(shown.finding), came(shown.brought)
    return (f" ({inside})" if inside else "") + (f" ({since}; {GUIDANCE})" if since else "")


def permission(entry: Allow) -> str:
    """Who allows it, why and until when, in one line."""
    owner = f"; owner {entry.owner}" if entry.owner else ""
    approved = f"; approved by {entry.approved_by}" if entry.approved_by else ""
    return f"{entry.reason} (until {entry.expires}{owner}{approved}; {entry.file}:{entry.line})"
