"""When a fact can matter at all: by the confidence and the persona of the principles that it leads to."""

from __future__ import annotations

from collections.abc import Iterator

from deburr.engine.rulebook import Facts, Rule, Rulebook

ALWAYS, FROM_OUTSIDE, THOROUGH = 0, 1, 2
"""When a word matters: always; only in a text that takes something in from outside; only for the thorough profiles."""
_NAMED = frozenset({"secret", "password"})
_OUTSIDE = frozenset({"remote", "model"})
QUIET_SOURCES = frozenset({"remote", "local", "stored", "model", "parameter", "secret", "exception"})
"""Kinds of source that are no trigger by themselves."""


class Weights:
    """When each fact matters, by the confidence and the persona of the principles that it can lead to."""

    def __init__(self, rulebook: Rulebook, facts: Facts) -> None:
        self._rulebook, self._facts = rulebook, facts
        self._own = {kind for kinds in facts.sources.values() for kind in kinds} - QUIET_SOURCES

    def name(self, name: str, *, secret: bool = False) -> int:
        """When a fact of this name matters; with `secret`, for principles about values named as credentials."""
        facts, book = self._facts, self._rulebook
        rules = [rule for fact in facts.sinks.get(name, ()) for rule in book.by_sink.get(fact["kind"], ())]
        weights = [self._sink(rule) for rule in rules if (rule.source in _NAMED) is secret]
        if secret:
            return min(weights, default=THOROUGH)
        for table in (facts.misuses, facts.reads, facts.assigns):
            weights += [
                self.misuse(rule) for fact in table.get(name, ()) for rule in book.by_misuse.get(fact["kind"], ())
            ]
        if name in facts.sources:
            kinds = set(facts.sources[name])
            weights += [self._source(rule) for rule in book.rules.values() if rule.source in kinds]
        if name in facts.handlers:
            weights.append(ALWAYS)
        return min(weights, default=THOROUGH)

    def misuse(self, rule: Rule) -> int:
        """When a principle matters that needs no flow."""
        return ALWAYS if rule.persona == "regular" and rule.confidence.get("") != "low" else THOROUGH

    def _sink(self, rule: Rule) -> int:
        if rule.persona != "regular":
            return THOROUGH
        if rule.source in self._own:
            return THOROUGH  # its sources are triggers themselves
        return self._source(rule)

    def _source(self, rule: Rule) -> int:
        """When the sources of a principle matter."""
        if rule.persona != "regular":
            return THOROUGH
        if rule.source in _OUTSIDE:
            return FROM_OUTSIDE
        if rule.source != "untrusted":
            return ALWAYS if rule.confidence.get(rule.source, "medium") != "low" else THOROUGH
        shown = {worth for worth, confidence in rule.confidence.items() if confidence != "low"}
        return ALWAYS if shown - _OUTSIDE else FROM_OUTSIDE if shown else THOROUGH

    def entrances(self) -> Iterator[tuple[str, bool]]:
        """The names with which a text takes something in, and whether that comes from outside."""
        for name, kinds in self._facts.sources.items():
            if not name.startswith("any."):
                yield name, not _OUTSIDE.isdisjoint(kinds)
        for name, fact in self._facts.handlers.items():
            yield name, fact.get("params", "remote") in _OUTSIDE
        yield "event.context", True
