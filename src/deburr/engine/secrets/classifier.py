"""How likely a candidate is a credential: a logistic regression over the facts of `features`.

What comes in: facts. What goes out: a chance, calibrated on projects that the training did not see. The invariant: the
same facts give the same chance; the weights, which bench.secrets_model trains, are read when the first candidate comes.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp


@cache
def _weights() -> tuple[float, dict[str, float]]:
    kept = json.loads(files(__package__).joinpath("classifier.json").read_bytes())
    return kept["bias"] / 100, {fact: weight / 100 for fact, weight in kept["weights"].items()}


def chance(facts: list[str]) -> float:
    """The chance that a candidate of which these facts hold is a credential."""
    bias, weights = _weights()
    return 1 / (1 + exp(-sum((weights.get(fact, 0.0) for fact in facts), bias)))
