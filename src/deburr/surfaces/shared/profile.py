"""Which findings a reader wants to see: the one place that says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, get_args

from deburr.model import LEVELS, Finding, Level

if TYPE_CHECKING:
    from deburr.constitution import Principle

Profile = Literal["default", "strict", "audit"]
PROFILES: tuple[Profile, ...] = get_args(Profile)


def visible(finding: Finding, profile: Profile, principles: Mapping[str, Principle]) -> bool:
    """Whether `profile` shows a finding: default is quiet, strict shows doubts and fine points, audit shows all."""
    known = principles.get(finding.principle)
    persona = finding.persona if finding.persona != "regular" or not known else known.persona
    if profile == "audit":
        return True
    if profile == "strict":
        return persona != "auditor"
    return persona == "regular" and finding.confidence != "low"


def reaches(finding: Finding, level: Level) -> bool:
    """Whether a finding is at least as severe as `level`."""
    return LEVELS.index(finding.severity) >= LEVELS.index(level)
