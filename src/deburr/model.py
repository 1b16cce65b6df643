"""The nouns that pass between the stages: text goes in as a Source, and frozen values come out.

Nothing here imports more than the standard library, nothing is ever changed in place, and every value
can be compared, hashed and sent to another process.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

Level = Literal["low", "medium", "high", "critical"]
Confidence = Literal["low", "medium", "high"]
RANK: dict[Confidence, int] = {"low": 0, "medium": 1, "high": 2}
Persona = Literal["regular", "pedantic", "auditor"]
Tier = Literal["rules", "judge"]
Author = Literal["principle", "judge", "human"]
Answer = Literal["violated", "upheld", "unsure"]
Outcome = Literal["unverified", "rejected", "findings", "revised", "clean"]
GateResult = Literal["pass", "fail", "not_run", "not_applicable"]

LEVELS: tuple[Level, ...] = ("low", "medium", "high", "critical")


@dataclass(frozen=True, slots=True)
class Source:
    """One text to look at."""

    text: str

    path: str = "<text>"
    """Relative to the project, with `/`; used in fingerprints and shown to people."""

    language: str = "python"
    """A name from `deburr.engine.languages`: what grammar reads the text; "text" when none does."""

    @property
    def digest(self) -> str:
        """The sha256 of the UTF-8 text, in hex: what "this was reviewed" refers to."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text; lines and columns count from 1, columns in code points, the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    path: str = ""
    """Of the file, when it is another than that of the finding which this is a step to."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One principle broken at one place."""

    principle: str
    """Its id, which is also its file name and the address of its page."""

    message: str
    """What is wrong here, in one plain sentence that names the code; never holds a whole secret."""

    path: str
    """The path of the Source."""

    span: Span
    """The text that breaks it: what an editor underlines."""

    severity: Level
    confidence: Confidence
    persona: Persona = "regular"
    """Who wants to hear of it: everyone, the pedantic, or only an auditor."""

    flow: tuple[Span, ...] = ()
    """From where the value enters to where it does harm: `span`, or what the call at `span` does in another file."""

    fingerprint: str = ""
    """Stable identity: survives moved lines, see `deburr.engine.fingerprint`."""

    tier: Tier = "rules"

    kind: str = ""
    """Which secret it is, where it is one: the id of a format of `deburr.providers`, or `generic-password` and such."""

    cell: tuple[int, int] | None = None
    """In a notebook, the cell and the line within it, both from 1; `span` is then the place in the file."""

    inside: tuple[str, int] | None = None
    """In a patch, the file that it changes and the line there; `span` is then the place in the patch."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes `start:end` of the UTF-8 text by `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A proposed correction of one finding: edits of one exact text. A proposal, until the gates have passed it."""

    fingerprint: str
    """The finding it is meant to remove."""

    edits: tuple[Edit, ...]
    """Ascending and without overlap."""

    digest: str
    """The text it applies to."""

    title: str
    """What it does, as an imperative: "Bind the value as a parameter"."""

    preserves: str
    """What is claimed to stay as it was."""

    safe: bool = False
    """Whether it may be applied without a person; unsafe unless shown safe."""

    by: Author = "principle"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was not looked at, and why; never counted as clean."""

    what: str
    """A path, a line range or the name of a stage."""

    why: str

    line: int = 0
    """Where it begins, or 0 for all of it."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that a suppression comment silenced."""

    finding: Finding
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that the engine can say about one Source."""

    source: Source
    digest: str
    """The sha256 of the text that was looked at."""

    findings: tuple[Finding, ...] = ()
    fixes: tuple[Fix, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    waived: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of the code that a judge quotes."""

    line: int
    quote: str
    role: Literal["source", "sink", "guard", "context"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judge's answer to one principle's question about one Source."""

    principle: str
    answer: Answer
    evidence: tuple[Evidence, ...] = ()
    scenario: str = ""
    skipped: str = ""
    """Why there is no answer; a skipped verdict is never "upheld"."""

    model: str = ""
    prompt: str = ""
    """The digest of the prompt that was sent."""

    tokens: int = 0


@dataclass(frozen=True, slots=True)
class Gate:
    """What one acceptance gate said of a candidate, and on what evidence."""

    name: str
    result: GateResult
    reason: str


@dataclass(frozen=True, slots=True)
class Round:
    """One candidate of the revise loop: the finding it was for, the patch that was tried, and every gate's word."""

    finding: Finding
    fix: Fix
    gates: tuple[Gate, ...]
    accepted: bool
    patch: str = ""
    """The candidate against the text it started from, as a unified diff."""


@dataclass(frozen=True, slots=True)
class Review:
    """The result of check, repair and verify for one Source."""

    source: Source
    findings: tuple[Finding, ...]
    """What the original text breaks."""

    outcome: Outcome
    verdicts: tuple[Verdict, ...] = ()
    rounds: tuple[Round, ...] = ()
    accepted: Source | None = None
    """The corrected text, if a candidate passed every gate."""

    remaining: tuple[Finding, ...] = ()
    """What `accepted`, or else the original, still breaks."""

    tiers: tuple[Tier, ...] = ("rules",)
    unchecked: tuple[Skipped, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with a finding or a sample, by whom and why."""

    subject: str
    """A fingerprint, or the id of a sample."""

    action: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Reward:
    """What a trainer sees of one completion."""

    total: float
    """In [-1, 1]."""

    functional: float
    """The share of the task's own tests that pass."""

    secure: float | None
    """1.0 or 0.0; None on a task with nothing to secure."""

    joint: float
    """1.0 if it works and is secure, else 0.0."""

    findings: tuple[Finding, ...] = ()
    exploits: tuple[str, ...] = ()
    status: str = "ok"
