"""The result of one `deburr review` over many files, and its forms for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from deburr import __version__
from deburr.engine import secrets
from deburr.model import Finding, Outcome, Review, Round, Skipped, Source
from deburr.review.change import patch
from deburr.surfaces.shared.allowed import Allow

OPEN, UNVERIFIED = 1, 3
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


def masked(text: str, source: Source) -> str:
    """A text made from the source with all but the head of each secret replaced by dots."""
    data = source.text.encode("utf-8", "surrogatepass")
    language = "json" if source.language == "notebook" else source.language
    for start, end, _ in secrets.pieces(secrets.find(data, language, source.path)):
        for line in data[start:end].decode("utf-8", "surrogatepass").split("\n"):
            whole = line.strip()
            if len(whole) > 3:
                head = min(4, len(whole) // 3)
                text = text.replace(whole, whole[:head] + "•" * (len(whole) - head))
    return text


def as_patch(run: Run) -> str:
    """All verified repairs as one patch, which must hold the original lines and so is not masked."""
    return "".join(
        patch(file.source, file.review.accepted)
        for file in run.files
        if file.source is not None and file.review is not None and file.review.accepted is not None
    )


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
    source, accepted = file.source, file.review.accepted
    return found | {
        "digest": source.digest,
        "tiers": list(file.review.tiers),
        "findings": _findings(file.review.findings),
        "remaining": _findings(file.review.remaining),
        "allowed": [
            finding | {"allow": {"reason": by.reason, "expires": by.expires, "file": by.file, "line": by.line}}
            for finding, (_, by) in zip(_findings(one for one, _ in file.allowed), file.allowed, strict=True)
        ],
        "rounds": [_round(one, source) for one in file.review.rounds],
        "accepted": {"digest": accepted.digest} if accepted is not None else None,
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
            "help": f"deburr explain {one.principle}",
        }
        for one in found
    ]


def _round(one: Round, source: Source) -> dict[str, Any]:
    return {
        "principle": one.finding.principle,
        "fingerprint": one.finding.fingerprint,
        "title": one.fix.title,
        "preserves": one.fix.preserves,
        "safe": one.fix.safe,
        "accepted": one.accepted,
        "gates": [asdict(gate) for gate in one.gates],
        "patch": masked(one.patch, source),
    }
