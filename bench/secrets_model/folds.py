"""The classifier with projects held out: each project of the labeled set in turn, with a part of the crater's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bench.secrets_model.fit import Model, fit
from bench.secrets_model.sample import Sample

Guess = tuple[Sample, float]
"""A sample that the training did not see, and its chance."""


@dataclass(frozen=True)
class Fold:
    """A model and the projects that it has not seen."""

    out: frozenset[str]
    model: Model


def labeled(found: Collection[Sample]) -> list[str]:
    """The projects whose lines carry labels."""
    return sorted({s.origin for s in found if "/" in s.origin and not s.origin.startswith("crater/")})


def folds(found: Collection[Sample]) -> Iterator[Fold]:
    """One fold for each labeled project; every project of the crater is held out in one of them."""
    names = labeled(found)
    crater = sorted({s.origin for s in found if s.origin.startswith("crater/")})
    for at, name in enumerate(names):
        out = frozenset({name, *crater[at :: len(names)]})
        yield Fold(out, fit([s for s in found if s.origin not in out]))


def guesses(found: Sequence[Sample], made: Collection[Fold] | None = None) -> list[Guess]:
    """The chance of each held-out sample."""
    pairs = folds(found) if made is None else made
    return [(s, fold.model.chance(s.facts)) for fold in pairs for s in found if s.origin in fold.out]


def without(found: Sequence[Sample], left_out: Callable[[str], bool]) -> list[Sample]:
    """The samples without some of their facts."""
    return [replace(s, facts=tuple(fact for fact in s.facts if not left_out(fact))) for s in found]


@dataclass(frozen=True)
class Score:
    """What is shown of the held-out projects."""

    recall: float
    precision: float
    noise: int
    """False ones in the crater, which are counted apart."""


def score(pairs: Collection[Guess], shown: Callable[[Sample, float], bool]) -> Score:
    """Recall and precision over the labeled projects, and what is shown of the crater that is not true."""
    kept = [(s, shown(s, chance)) for s, chance in pairs]
    own = [(s, seen) for s, seen in kept if not s.origin.startswith("crater/")]
    true = sum(s.true and seen for s, seen in own)
    flagged = sum(seen for _, seen in own)
    noise = sum(seen and not s.true for s, seen in kept if s.origin.startswith("crater/"))
    return Score(true / max(1, sum(s.true for s, _ in own)), true / max(1, flagged), noise)
