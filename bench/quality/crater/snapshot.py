"""One file per project: the archive, and every finding with its judgement. Read, written and compared here."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "projects"
JUDGEMENTS = ("true", "debatable", "false")
"""It does what the principle warns of; it does, and is meant to, or who is harmed depends on who calls; it does not."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding in a project, and what a person said of it."""

    file: str
    line: int
    """Where it stands now; no part of its identity."""

    principle: str
    fingerprint: str
    judgement: str = ""
    """One of JUDGEMENTS; empty when nobody has judged it."""

    why: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What stays the same when lines are moved."""
        return self.file, self.principle, self.fingerprint


@dataclass(frozen=True, slots=True)
class First:
    """What the first look at a project gave, before any rule could have been improved on it."""

    findings: int
    true: int
    debatable: int
    false: int


@dataclass(frozen=True, slots=True)
class Project:
    """A pinned archive with what is known of it."""

    name: str
    version: str
    kind: str
    archive: str
    sha256: str
    lines: int = 0
    """Lines of Python."""

    first: First | None = None
    """None for a project that rules had been improved on before anyone counted."""

    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """How a scan differs from what is kept."""

    new: tuple[Finding, ...]
    vanished: tuple[Finding, ...]
    unjudged: tuple[Finding, ...]
    """Those that are kept without a judgement, and still there."""


def read(file: Path) -> Project:
    """The project that a file describes; raises ValueError when a judgement is no JUDGEMENT or has no reason."""
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    first = First(**data.pop("first")) if "first" in data else None
    findings = tuple(_finding(row, file.name) for row in data.pop("finding", []))
    return Project(**data, first=first, findings=findings)


def _finding(row: dict[str, str], name: str) -> Finding:
    path, _, line = row["at"].rpartition(":")
    one = Finding(path, int(line), row["principle"], row["fingerprint"], row["judgement"], row["why"])
    if one.judgement and (one.judgement not in JUDGEMENTS or not one.why):
        raise ValueError(f"{name}: {row['at']}: a judgement is one of {', '.join(JUDGEMENTS)}, with a reason")
    return one


def load(folder: Path = FOLDER) -> list[Project]:
    """All projects, by name."""
    return [read(file) for file in sorted(folder.glob("*.toml"))]


def write(project: Project, folder: Path = FOLDER) -> None:
    """Keep a project, its findings in the order of their places."""
    plain = ("name", "version", "kind", "archive", "sha256", "lines")
    parts = ["\n".join(f"{name} = {_value(getattr(project, name))}" for name in plain)]
    if project.first:
        first = project.first
        parts.append(
            f"[first]\nfindings = {first.findings}\ntrue = {first.true}\n"
            f"debatable = {first.debatable}\nfalse = {first.false}"
        )
    parts += [_row(one) for one in sorted(project.findings, key=lambda one: (one.file, one.line, one.identity))]
    (folder / f"{project.name}.toml").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _row(one: Finding) -> str:
    fields = {"at": f"{one.file}:{one.line}", "principle": one.principle, "fingerprint": one.fingerprint}
    fields |= {"judgement": one.judgement, "why": one.why}
    return "[[finding]]\n" + "\n".join(f"{name} = {_value(value)}" for name, value in fields.items())


def _value(value: str | int) -> str:
    return json.dumps(value, ensure_ascii=False)


def compare(project: Project, found: Iterable[Finding]) -> Changes:
    """What is new, what is gone, and what nobody has judged."""
    kept = {one.identity: one for one in project.findings}
    now = {one.identity: one for one in found}
    return Changes(
        tuple(one for key, one in now.items() if key not in kept),
        tuple(one for key, one in kept.items() if key not in now),
        tuple(one for key, one in kept.items() if key in now and not one.judgement),
    )


def updated(project: Project, found: Iterable[Finding], lines: int) -> Project:
    """The project with what a scan gave; a judgement stays with its finding, and what is new has none yet."""
    kept = {one.identity: one for one in project.findings}
    findings = [_judged(one, kept.get(one.identity)) for one in found]
    return replace(project, lines=lines, findings=tuple(findings))


def _judged(found: Finding, kept: Finding | None) -> Finding:
    return replace(found, judgement=kept.judgement, why=kept.why) if kept else found


def count(findings: Iterable[Finding]) -> First:
    """How many findings there are, and how many of each judgement."""
    every = Counter(one.judgement for one in findings)
    return First(every.total(), *(every[judgement] for judgement in JUDGEMENTS))
