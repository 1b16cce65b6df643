"""How likely a candidate is a credential: a logistic regression over the facts of `features`.

What comes in: facts. What goes out: a chance, calibrated on projects that the training did not see. The invariant: the
same facts give the same chance; the weights, which bench.secrets_model trains, are read when the first candidate comes.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from math import exp

Weights = tuple[float, dict[str, float]]
"""What holds for all, and what each fact adds."""

_others: list[Weights] = []


def use(weights: Weights | None) -> None:
    """Judge with these weights from now on, None: with those of the package again."""
    _others[:] = [weights] if weights else []


@cache
def _kept() -> Weights:
    kept = json.loads(files(__package__).joinpath("classifier.json").read_bytes())
    return kept["bias"] / 100, {fact: weight / 100 for fact, weight in kept["weights"].items()}


def chance(facts: list[str]) -> float:
    """The chance that a candidate of which these facts hold is a credential."""
    bias, weights = _others[0] if _others else _kept()
    score = sum([weights[fact] for fact in facts if fact in weights], bias)
    return 1 / (1 + exp(-max(-30.0, min(30.0, score))))
