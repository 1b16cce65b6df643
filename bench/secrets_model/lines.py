"""The search for secrets on the labeled files, line by line, with the weights of a fold or the kept ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.secrets_model.folds import Fold
from bench.secrets_model.sets import marked, rows
from deburr.engine import secrets
from deburr.engine.secrets import classifier
from deburr.engine.secrets.random_text import GROUP as RANDOM

_MACHINE_MADE = frozenset({"UUID", "Nonce", "Auth:Nonce"})


@dataclass
class Count:
    """Marked lines and those found, flagged lines and the true ones among them."""

    marked: int = 0
    found: int = 0
    flagged: int = 0
    true: int = 0

    def add(self, other: Count) -> None:
        for name in ("marked", "found", "flagged", "true"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def recall(self) -> float:
        return self.found / max(1, self.marked)

    @property
    def precision(self) -> float:
        return self.true / max(1, self.flagged)


def count(row: dict[str, Any], *, audit: bool, machine_made: bool = True) -> Count:
    """One file; without machine-made text, its marks and findings on them are left out."""
    data = row["code_text"].encode("utf-8", "surrogatepass")
    found = secrets.find(data, row["language"], row["file_name"])
    shown = [s for s in found if audit or (s.confidence != "low" and s.group != RANDOM)]
    flagged = {data.count(b"\n", 0, s.start) + 1 for s in shown}
    bad = marked(row, "bad")
    marks = [m for m in row["marks"] if m["kind"] == "bad"]
    if not machine_made:
        others = [m for m in marks if m["category"] in _MACHINE_MADE]
        marks = [m for m in marks if m not in others]
        flagged -= {n for m in others for n in range(m["line"], m.get("end", m["line"]) + 1)}
    hit = sum(any(n in flagged for n in range(m["line"], m.get("end", m["line"]) + 1)) for m in marks)
    return Count(len(marks), hit, len(flagged), len(flagged & bad))


def by_project(sets: Path, folds: Iterable[Fold] = (), **how: bool) -> dict[str, Count]:
    """The counts of every project, each with the weights of the fold that has not seen it."""
    models = {name: fold.model for fold in folds for name in fold.out}
    totals: dict[str, Count] = {}
    for row in rows(sets, "creddata_subset"):
        model = models.get(row["source"])
        classifier.use((model.bias, model.weights) if model else None)
        totals.setdefault(row["source"], Count()).add(count(row, audit=how["audit"], machine_made=how["machine_made"]))
    classifier.use(None)
    return totals


def total(counts: Iterable[Count]) -> Count:
    """All of them together."""
    whole = Count()
    for one in counts:
        whole.add(one)
    return whole
