"""When a fact can matter at all: by the confidence and the persona of the principles that it leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from deburr.engine.rulebook import Facts, Rule, Rulebook

THOROUGH, ALWAYS, REMOTE, MODEL, STORED, LOCAL = 1, 2, 4, 8, 16, 32
"""When a word matters, as a set: for the thorough profiles; always; in functions to which a value comes from there."""
SECRET, SENSITIVE, RAISED, WRITTEN = 64, 128, 256, 512
"""In functions where something is called a secret, or must not be guessed; where an exception is caught; where a
statement in SQL is written."""
HANDED = 1024
"""What is taken in is given to functions that are named beside the word."""
FREE = 11
"""The bits from here on stand for what `needs` gives them."""
VALUES = REMOTE | MODEL | STORED | LOCAL
_BITS = {"remote": REMOTE, "model": MODEL, "stored": STORED, "local": LOCAL, "parameter": ALWAYS, "unknown": ALWAYS}
_BITS |= {"secret": SECRET, "password": SECRET, "exception": RAISED}
SIGNS = {"(credential)": SECRET, "(sensitive)": SENSITIVE, "(except)": RAISED, "(sql)": WRITTEN}
"""What is searched for, apart from names of facts, to know where such a value comes in."""
QUIET_SOURCES = frozenset({"remote", "local", "stored", "model", "parameter", "secret", "exception"})
"""Kinds of source that are no trigger by themselves."""
_MARKUP = frozenset({"markup", "markup-format"})


class Demand(NamedTuple):
    """Under which circumstances a fact leads to something that the default profile shows."""

    when: int
    """Where the value must come from."""
    besides: tuple[str, ...] = ()
    """What must be written somewhere in the text; names of what `Needs` searches for."""
    varied: bool = False
    """Whether it is harmless where the first argument is a plain text."""


class Weights:
    """When each fact matters, by the confidence and the persona of the principles that it can lead to."""

    def __init__(self, rulebook: Rulebook, facts: Facts) -> None:
        self._rulebook, self._facts = rulebook, facts
        self._own = {kind for kinds in facts.sources.values() for kind in kinds} - QUIET_SOURCES

    def sink(self, fact: Mapping[str, Any]) -> Iterator[Demand]:
        """When a value that arrives at a sink is shown."""
        kind, first = fact["kind"], str(fact["arg"]).split(":")[0] == "0"
        looks = (f"({fact['looks']})",) if "looks" in fact else ()
        for rule in self._rulebook.by_sink.get(kind, ()):
            for demand in self.reached(rule, kind):
                besides = tuple(dict.fromkeys(demand.besides + looks))
                yield Demand(demand.when, besides, demand.varied and first)
        if kind == "command":
            for rule in self._rulebook.by_sink.get("shell", ()):
                for demand in self.reached(rule, "shell"):
                    yield Demand(demand.when, (*demand.besides, "(script)"), first)

    def reached(self, rule: Rule, kind: str) -> Iterator[Demand]:
        """When a value that arrives at a kind of sink breaks a principle."""
        if rule.persona != "regular" or rule.source in self._own:
            return  # sources of its own are triggers themselves
        if rule.source == "untrusted":
            bits = _shown(rule)
            if kind in _MARKUP and bits & ALWAYS:
                yield Demand(ALWAYS, ("(markup)",), varied=True)
                bits &= ~ALWAYS
            if kind == "sql" and bits & ALWAYS:
                bits = bits & ~ALWAYS | WRITTEN
            if bits:
                yield Demand(bits, varied=True)
        elif rule.confidence.get(rule.source, "medium") != "low":
            yield Demand(_BITS.get(rule.source, ALWAYS), varied=rule.source in _BITS)

    def source(self, kind: str) -> Iterator[Demand]:
        """When a source of its own kind matters: where the places that it must not reach can be."""
        for rule in self._rulebook.rules.values():
            if rule.source != kind or rule.persona != "regular" or rule.confidence.get(kind, "medium") == "low":
                continue
            yield Demand(SENSITIVE if "secret-value" in rule.sinks else ALWAYS)

    def misuse(self, kind: str) -> Iterator[Demand]:
        """When a call that is wrong by itself is shown."""
        if any(self.shown(rule) for rule in self._rulebook.by_misuse.get(kind, ())):
            yield Demand(ALWAYS)

    def shown(self, rule: Rule) -> bool:
        """Whether the default profile shows what a principle without a flow finds."""
        return rule.persona == "regular" and rule.confidence.get("") != "low"

    def returned(self, handler: Mapping[str, Any]) -> Iterator[Demand]:
        """When it matters what the functions return that a framework calls."""
        said = handler.get("returns", [])
        for one in said if isinstance(said, list) else [said]:
            kind = one if isinstance(one, str) else one["kind"]
            for rule in self._rulebook.by_sink.get(kind, ()):
                for demand in self.reached(rule, kind):
                    yield demand._replace(varied=False)

    def bits(self, kind: str) -> int:
        """When a value of a kind comes in."""
        return _BITS.get(kind, 0)

    def entrances(self) -> Iterator[tuple[str, int]]:
        """The names with which a text takes something in, and from where."""
        for name, kinds in self._facts.sources.items():
            if name.startswith("any.Request."):
                yield from ((f"{called}.{name.rpartition('.')[2]}", _all(kinds)) for called in ("request", "req"))
            elif not name.startswith("any."):
                yield name, _all(kinds)
        for name, fact in self._facts.handlers.items():
            decorates = name[0] == "*" and "callback" not in fact
            handed = HANDED if "callback" in fact else 0
            yield f"@{name}" if decorates else name, _all(_handed(fact)) | handed
        yield from SIGNS.items()


def _handed(fact: Mapping[str, Any]) -> list[str]:
    """What a framework hands to the functions that it calls."""
    told = "gives" in fact or ("callback" in fact and ("types" in fact or "worths" in fact))
    return [fact.get("params", "" if told else "remote"), *fact.get("worths", {}).values()]


def _shown(rule: Rule) -> int:
    """From where a value must come for a principle to be shown."""
    return _all([worth for worth, confidence in rule.confidence.items() if confidence != "low"])


def _all(worths: list[str]) -> int:
    bits = 0
    for worth in worths:
        bits |= _BITS.get(worth, 0)
    return bits
