"""Which words of a text each fact needs, for languages in which arguments have no keywords and some names no import.

What comes in: a rulebook, the facts about a language and its description. What goes out: Needs, as `needs` makes them.
A fact can apply where the last part of its name is written, in a text that holds its module or global, a module that
gives its type, or a parameter that is taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from deburr.engine.languages.description import Description
from deburr.engine.needs import IMPORTED, Need, Needs, fact_names
from deburr.engine.rulebook import Facts, Rulebook
from deburr.engine.weights import ALWAYS, THOROUGH, Weights

MODULE = "(module)"
"""The shape that stands before the name of an imported module."""
_EVERYWHERE = frozenset({"*", "?", "builtins", "str", "bytes", "any", "int", "list", "dict"})


def collect(rulebook: Rulebook, facts: Facts, language: Description) -> Needs:
    """All words that the rules and facts ask for, and what else each of them needs."""
    return _Collector(rulebook, facts, language).collected()


class _Collector:
    def __init__(self, rulebook: Rulebook, facts: Facts, language: Description) -> None:
        self._rulebook, self._facts, self._language = rulebook, facts, language
        self._weights = Weights(rulebook, facts)
        self._found = Needs()
        self._givers = _givers(facts)

    def collected(self) -> Needs:
        found, facts = self._found, self._facts
        found.word(MODULE)
        for name in fact_names(facts):
            for when, besides in self._times(name):
                for word in self._words(name):
                    need = self._roots(name)
                    extra = frozenset(found.all([shape]) for shape in besides)
                    found.add(word, need._replace(when=when, besides=need.besides | extra))
        for name, bits in self._weights.entrances():
            for word in self._words(name):
                found.entries[found.word(word)].append(self._roots(name)._replace(when=bits))
        for parameter, told in facts.parameters.items():
            if "worth" in told:
                found.entries[found.word(parameter)].append(Need(when=self._weights.bits(told["worth"])))
        for rule in self._rulebook.rules.values():
            for text in rule.triggers if self._language.facts in rule.languages else ():
                found.add(text, Need(when=THOROUGH, flows=False))
                if self._weights.shown(rule):
                    found.add(text, Need(when=ALWAYS, near=rule.near, flows=False))
        return found

    def _times(self, name: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """In which profile a fact matters, or where the text must take something in; and what must stand besides."""
        facts, weights = self._facts, self._weights
        yield THOROUGH, ()
        for fact in facts.sinks.get(name, ()):
            yield from ((demand.when, demand.besides) for demand in weights.sink(fact))
        for table in (facts.misuses, facts.reads, facts.assigns):
            for fact in table.get(name, ()):
                yield from ((demand.when, demand.besides) for demand in weights.misuse(fact["kind"]))
        for kind in facts.sources.get(name, ()):
            yield from ((demand.when, demand.besides) for demand in weights.source(kind))
        yield from ((demand.when, demand.besides) for demand in weights.returned(facts.handlers.get(name, {})))

    def _words(self, name: str) -> list[str]:
        """The words of which one is written where a fact applies."""
        plain = re.sub(r"\[.*", "", name)
        if plain.split(".")[0] in self._language.unwritten:
            return sorted(set(self._keywords(name)))
        if "[" in name:
            return [name.rpartition("[")[2].rstrip("]")]
        return [plain.rpartition(".")[2]]

    def _keywords(self, name: str) -> Iterator[str]:
        """The attributes and constants that an element must have for a fact to apply."""
        for table in (self._facts.sinks, self._facts.misuses):
            for fact in table.get(name, ()):
                listed = fact.get("arg", list(fact.get("when", {})))
                for one in listed if isinstance(listed, list) else [listed]:
                    yield str(one).split(".")[0]

    def _roots(self, name: str) -> Need:
        """The words of which one must stand in a text for a fact of this name to apply there."""
        parts = re.sub(r"\[.*", "", name).split(".")
        root = parts[0]
        if root in _EVERYWHERE or root in self._language.unwritten:
            return Need(self._found.all(parts[-2:-1])) if root == "*" and len(parts) > 2 else Need()
        owners = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
        given = {word for owner in owners for word in self._givers.get(owner, ())}
        words = {f"{IMPORTED}{root}", *given}
        if root in self._language.globals_:
            words.add(root)
        return Need(self._found.all(sorted(words)), self._found.all([root]))


def _givers(facts: Facts) -> dict[str, set[str]]:
    """For each type, the words of which one is written in a text that has something of it."""
    found: dict[str, set[str]] = {}
    for parameter, told in facts.parameters.items():
        found.setdefault(told.get("type", ""), set()).add(parameter)
    for word, full in facts.conventions.items():
        found.setdefault(full, set()).add(word)
    for _ in range(4):
        for name, full in _made(facts):
            root, owner = name.split(".")[0], name.rpartition(".")[0]
            words = {f"{IMPORTED}{root}"} if root not in _EVERYWHERE else {name.rpartition(".")[2]}
            found.setdefault(full, set()).update(words, found.get(owner, ()))
    return found


def _made(facts: Facts) -> Iterable[tuple[str, str]]:
    """Names, and the types that come of them."""
    yield from facts.returns.items()
    for name, handler in facts.handlers.items():
        types: dict[str, Any] = handler.get("types", {})
        yield from ((name, kind) for kind in types.values() if kind)
