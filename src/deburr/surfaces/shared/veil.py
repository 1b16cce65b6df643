"""A result as it may be said to anyone: no path, reason or other word of somebody's in it holds a secret.

What comes in: what a run gave. What goes out: the same with dots. The invariant: where a fix would have to quote a
secret, what it would write is not said; the fix itself is unharmed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from deburr.model import Finding, Skipped, Span, Waiver
from deburr.surfaces.shared.checked import Checked, Proposal, Shown
from deburr.surfaces.shared.hide import clean, without
from deburr.surfaces.shared.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from deburr.surfaces.shared.allowed import Allow

_TELLING = re.compile(r"[0-9A-Za-z_=+-]{12}|(?i:pass|key|token|secret|pwd)")
"""What every path has in which a secret could be found."""


@lru_cache(65536)
def path(name: str) -> str:
    """A path as it may be shown."""
    return clean(name, "low") if _TELLING.search(name) else name


def skipped(one: Skipped) -> Skipped:
    """What was not looked at, and why, as it may be told."""
    return replace(one, what=path(one.what), why=clean(one.why))


def finding(one: Finding) -> Finding:
    """A finding with its paths as they may be shown; its message is the business of who knows the secrets there."""
    name = path(one.path)
    flow = tuple(map(_step, one.flow)) if any(step.path for step in one.flow) else one.flow
    inside = (path(one.inside[0]), one.inside[1]) if one.inside else one.inside
    if (name, flow, inside) == (one.path, one.flow, one.inside):
        return one
    return replace(one, path=name, flow=flow, inside=inside)


def _step(step: Span) -> Span:
    return replace(step, path=path(step.path)) if step.path else step


def waiver(one: Waiver, values: tuple[str, ...]) -> Waiver:
    """A waiver of a text that holds these secrets: neither its finding nor its reason says one."""
    told = replace(one.finding, message=without(one.finding.message, values))
    return replace(one, finding=told, reason=without(clean(one.reason), values))


def proposal(one: Proposal, values: tuple[str, ...]) -> Proposal:
    """A fix in a text that holds these secrets; without its edits, where these would repeat one."""
    told = all(without(new, values) == new == clean(new) for _, new in one.edits)
    return one._replace(title=without(one.title, values), edits=one.edits if told else ())


def allow(one: Allow) -> Allow:
    """An entry of the allow list with its words as they may be told."""
    return one._replace(reason=clean(one.reason), owner=clean(one.owner), path=path(one.path))


def checked(whole: Checked) -> Checked:
    """The result of a run, as it may be written."""
    return whole._replace(
        shown=_all(whole.shown),
        baselined=_all(whole.baselined),
        allowed=tuple(one._replace(shown=_shown(one.shown), entry=allow(one.entry)) for one in whole.allowed),
        waived=tuple(replace(one, finding=finding(one.finding)) for one in whole.waived),
        remarks=tuple(one._replace(text=clean(one.text)) for one in whole.remarks),
        skipped=tuple(map(skipped, whole.skipped)),
        left_out=tuple(map(skipped, whole.left_out)),
        stale=tuple(replace(one, path=path(one.path)) for one in whole.stale),
    )


def _all(shown: Iterable[Shown]) -> tuple[Shown, ...]:
    return tuple(map(_shown, shown))


def _shown(one: Shown) -> Shown:
    rows = tuple(row._replace(path=path(row.path)) if row.path else row for row in one.view.rows)
    return one._replace(finding=finding(one.finding), view=View(rows, one.view.marks, one.view.reported))
