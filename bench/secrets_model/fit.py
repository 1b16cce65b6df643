"""Logistic regression over sparse facts, in plain Python: AdaGrad steps with a shrinking pull to zero.

The same samples and seed give the same weights.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import exp, sqrt

from bench.secrets_model.sample import Sample

_LEAST = 6
"""A fact that fewer samples show is left out."""


@dataclass(frozen=True)
class Model:
    """A weight for each fact."""

    bias: float
    weights: dict[str, float]

    def chance(self, facts: Iterable[str]) -> float:
        score = self.bias + sum(self.weights.get(fact, 0.0) for fact in facts)
        return 1 / (1 + exp(-max(-30.0, min(30.0, score))))


def fit(given: Collection[Sample], *, rounds: int = 12, step: float = 0.25, pull: float = 2e-4, seed: int = 7) -> Model:
    """The weights that tell the true samples from the others."""
    known = Counter(fact for sample in given for fact in set(sample.facts))
    index = {fact: at for at, fact in enumerate(sorted(fact for fact, n in known.items() if n >= _LEAST))}
    rows = [([index[f] for f in s.facts if f in index], 1.0 if s.true else 0.0, s.weight) for s in given]
    weights, slopes = [0.0] * len(index), [1.0] * len(index)
    bias = 0.0
    draw = random.Random(seed)
    for turn in range(rounds):
        draw.shuffle(rows)
        speed = step / (1 + 0.3 * turn)
        for facts, wanted, share in rows:
            score = bias + sum(weights[at] for at in facts)
            off = (1 / (1 + exp(-max(-30.0, min(30.0, score)))) - wanted) * share
            bias -= 0.02 * speed * off
            for at in facts:
                slope = off + pull * weights[at]
                slopes[at] += slope * slope
                weights[at] -= speed * slope / sqrt(slopes[at])
    return Model(bias, {fact: weights[at] for fact, at in index.items()})
