"""Detectors: what a principle must look for where data cannot say it. Each is a module named as its principle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit
from deburr.engine.rulebook import Rule
from deburr.model import LEVELS

Resolve = Callable[[ir.Node], str]


def detect(rule: Rule, unit: Unit, resolve: Resolve) -> Iterator[Hit]:
    """The hits of a principle's detector; none is surer than the principle says."""
    module = import_module(f"{__name__}.{rule.id.replace('-', '_')}")
    for hit in module.detect(unit, resolve):
        hit.confidence = min(hit.confidence, rule.confidence[""], key=LEVELS.index)
        yield hit
