"""The result of one `deburr review` over many files, and its forms for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from deburr import __version__
from deburr.engine import secrets
from deburr.model import Finding, Outcome, Review, Round, Skipped, Source
from deburr.review.change import patch
from deburr.surfaces.shared import veil
from deburr.surfaces.shared.allowed import Allow
from deburr.surfaces.shared.guidance import advice, pages
from deburr.surfaces.shared.hide import clean, hide, without

OPEN, UNVERIFIED = 1, 3
_SHORTEST = 4
FORMAT = 1
"""Raised when a field changes its meaning or goes; a new field raises nothing."""


@dataclass(frozen=True)
class File:
    """What became of one file."""

    path: str
    source: Source | None = None
    review: Review | None = None
    unread: tuple[Skipped, ...] = ()
    """What of it could not be read."""

    applied: bool = False
    """Whether the repaired text has taken the place of the original."""

    refused: str = ""
    """Why it has not, though it should."""

    named: bool = False
    allowed: tuple[tuple[Finding, Allow], ...] = ()
    """What the allow list covers."""

    @property
    def unchecked(self) -> tuple[Skipped, ...]:
        return (*self.unread, *(self.review.unchecked if self.review else ()))

    @property
    def outcome(self) -> Outcome:
        """The outcome of the review; "unverified" where a part could not be read."""
        return "unverified" if self.review is None or self.unread else self.review.outcome

    @property
    def open(self) -> tuple[Finding, ...]:
        """What the file breaks now that the run is over."""
        if self.review is None:
            return ()
        return self.review.remaining if self.applied else self.review.findings


@dataclass(frozen=True)
class Run:
    """What a whole run gave."""

    files: tuple[File, ...]
    seconds: float
    written: bool = False
    """Whether repairs were to be applied."""

    root: str = "/"
    here: str = "/"
    """The absolute folders that paths are relative to, and that the user is in."""

    @property
    def status(self) -> int:
        """Findings win; then what should have been checked and was not."""
        if any(file.open for file in self.files):
            return OPEN
        if not self.files or any(file.outcome == "unverified" or file.refused for file in self.files):
            return UNVERIFIED
        return 0


def veiled(run: Run) -> Run:
    """The run as it may be told: no message, path, reason or patch in it holds a secret."""
    return replace(run, files=tuple(map(_veiled, run.files)))


def _veiled(file: File) -> File:
    review = file.review
    values: tuple[str, ...] = hide(file.source)[1] if file.source is not None and file.unread else ()
    if review is not None and file.source is not None:
        values = tuple(dict.fromkeys((*hide(file.source)[1], *(hide(review.accepted)[1] if review.accepted else ()))))

        def told(one: Finding) -> Finding:
            return replace(one, message=without(one.message, values))

        review = replace(
            review,
            findings=tuple(map(told, review.findings)),
            remaining=tuple(map(told, review.remaining)),
            rounds=tuple(_told(one, values) for one in review.rounds),
            unchecked=tuple(veil.skipped(replace(one, why=without(one.why, values))) for one in review.unchecked),
        )
    return replace(
        file,
        path=veil.path(file.path),
        review=review,
        unread=tuple(veil.skipped(replace(one, why=without(one.why, values))) for one in file.unread),
        refused=clean(file.refused),
        allowed=tuple((finding, veil.allow(entry)) for finding, entry in file.allowed),
    )


def _told(one: Round, values: tuple[str, ...]) -> Round:
    finding = replace(one.finding, message=without(one.finding.message, values))
    gates = tuple(replace(gate, reason=without(clean(gate.reason), values)) for gate in one.gates)
    return replace(one, finding=finding, gates=gates, patch=_masked(one.patch, values))


def _masked(text: str, values: tuple[str, ...]) -> str:
    """A patch of a text that holds these secrets, with dots for all but the head of each."""
    for value in sorted(values, key=len, reverse=True):
        if len(value) >= _SHORTEST:
            text = text.replace(value, secrets.dots(value))
    return clean(text)


def as_patch(run: Run) -> str:
    """All verified repairs as one patch; what would show a secret is left out, and named on standard error."""
    patches: list[str] = []
    for file in run.files:
        if file.source is None or file.review is None or file.review.accepted is None:
            continue
        whole = patch(file.source, file.review.accepted)
        values = (*hide(file.source)[1], *hide(file.review.accepted)[1])
        if _masked(whole, values) == whole:
            patches.append(whole)
        else:
            name = veil.path(file.path)
            sys.stderr.write(f"deburr: {name}: its patch would show a secret and is left out; --write applies it\n")
    return "".join(patches)


def as_json(run: Run) -> str:
    """The whole result as one JSON object."""
    document = {
        "version": FORMAT,
        "tool": {"name": "deburr", "version": __version__},
        "files": [_file(file) for file in run.files],
        "summary": {"files": len(run.files), "seconds": round(run.seconds, 3), "status": run.status},
    }
    return json.dumps(document, indent=2, ensure_ascii=True) + "\n"


def _file(file: File) -> dict[str, Any]:
    found: dict[str, Any] = {
        "path": file.path,
        "outcome": file.outcome,
        "applied": file.applied,
        "refused": file.refused,
        "unchecked": [asdict(one) for one in file.unchecked],
    }
    if file.review is None or file.source is None:
        return found
    return found | {
        "tiers": list(file.review.tiers),
        "findings": _findings(file.review.findings),
        "remaining": _findings(file.review.remaining),
        "allowed": [
            finding | {"allow": {"reason": by.reason, "expires": by.expires, "file": by.file, "line": by.line}}
            for finding, (_, by) in zip(_findings(one for one, _ in file.allowed), file.allowed, strict=True)
        ],
        "rounds": [_round(one) for one in file.review.rounds],
        "accepted": file.review.accepted is not None,
    }


def _findings(found: Iterable[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "principle": one.principle,
            "message": one.message,
            "severity": one.severity,
            "confidence": one.confidence,
            **asdict(one.span),
            "fingerprint": one.fingerprint,
            "kind": one.kind,
            "revoke": advice(one.kind).revoke if one.kind else "",
            "help": f"deburr explain {pages(one)}",
        }
        for one in found
    ]


def _round(one: Round) -> dict[str, Any]:
    return {
        "principle": one.finding.principle,
        "fingerprint": one.finding.fingerprint,
        "title": one.fix.title,
        "preserves": one.fix.preserves,
        "safe": one.fix.safe,
        "accepted": one.accepted,
        "gates": [asdict(gate) for gate in one.gates],
        "patch": one.patch,
    }
