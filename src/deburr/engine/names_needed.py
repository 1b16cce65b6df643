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
from deburr.engine.weights import ALWAYS, SIGNS, THOROUGH, Demand, Weights

MODULE = "(module)"
"""The shape that stands before the name of an imported module."""
_SHAPES = {"(sql)": "(statement in quotes)"}
"""Shapes for which comments are taken too easily where any quote can hold several lines."""
_EVERYWHERE = frozenset({"*", "?", "builtins", "str", "bytes", "any", "int", "list", "dict"})


def collect(rulebook: Rulebook, facts: Facts, language: Description) -> Needs:
    """All words that the rules and facts ask for, and what else each of them needs."""
    return _Collector(rulebook, facts, language).collected()


class _Collector:
    def __init__(self, rulebook: Rulebook, facts: Facts, language: Description) -> None:
        self._rulebook, self._facts, self._language = rulebook, facts, language
        self._weights = Weights(rulebook, facts)
        self._found = Needs()
        self._givers = _givers(facts, language)
        self._parameters: dict[str, list[str]] = {}
        for parameter, told in facts.parameters.items():
            self._parameters.setdefault(told.get("type", ""), []).append(parameter)

    def collected(self) -> Needs:
        found, facts = self._found, self._facts
        found.word(MODULE)
        for name in (*fact_names(facts), *(name for name in facts.sources if name.startswith("any."))):
            for demand, how in self._times(name):
                for word in self._words(name, how) if demand.when != ALWAYS else self._signs(name, how):
                    need = self._roots(name)
                    extra = frozenset(found.all([_SHAPES.get(shape, shape)]) for shape in demand.besides)
                    found.add(
                        word,
                        need._replace(when=demand.when, besides=need.besides | extra, varied=demand.varied),
                    )
        for name, bits in self._weights.entrances():
            self._entrance(name, bits)
        for parameter, told in facts.parameters.items():
            if "worth" in told:
                found.entries[found.word(parameter)].append(Need(when=self._weights.bits(told["worth"])))
        for rule in self._rulebook.rules.values():
            for text in rule.triggers if self._language.facts in rule.languages else ():
                found.add(text, Need(when=THOROUGH, flows=False))
                if self._weights.shown(rule):
                    found.add(text, Need(when=ALWAYS, near=rule.near, flows=False))
        return found

    def _entrance(self, name: str, bits: int) -> None:
        """Note by which words a text takes a value in."""
        found = self._found
        if name in SIGNS:
            found.entries[found.word(_SHAPES.get(name, name))].append(Need(when=bits))
            return
        owner, _, last = name.removeprefix("@").rpartition(".")
        for parameter in self._parameters.get(owner, ()):
            for word in (f"{parameter}.{last}", f"= {parameter}"):
                found.entries[found.word(word)].append(Need(when=bits))
        need = self._roots(name)
        given = {found.word(f"{parameter}.") for parameter in self._facts.parameters}
        if need.roots - given or not need.roots:
            for word in self._words(name, ""):
                found.entries[found.word(word)].append(need._replace(roots=need.roots - given, when=bits))

    def _times(self, name: str) -> Iterator[tuple[Demand, str]]:
        """Under which circumstances a fact matters, and whether it is about a call, an assignment, or any mention."""
        facts, weights = self._facts, self._weights
        for fact in facts.sinks.get(name, ()):
            how = "=" if fact["arg"] == "=" else "`"
            yield Demand(THOROUGH), how
            yield from ((demand, how) for demand in weights.sink(fact))
        for table, how in ((facts.misuses, "`"), (facts.reads, ""), (facts.assigns, "=")):
            for fact in table.get(name, ()):
                yield Demand(THOROUGH), how
                yield from ((demand, how) for demand in weights.misuse(fact["kind"]))
        for kind in facts.sources.get(name, ()):
            yield Demand(THOROUGH), ""
            yield from ((demand, "") for demand in weights.source(kind))
        for demand in weights.returned(facts.handlers.get(name, {})):
            yield Demand(THOROUGH), "`"
            yield demand, "`"

    def _words(self, name: str, how: str) -> list[str]:
        """The words of which one is written where a fact applies."""
        plain = re.sub(r"\[.*", "", name)
        parts = plain.split(".")
        if parts[0] in self._language.unwritten:
            return sorted(set(self._keywords(name)))
        if "[" in name:
            return [name.rpartition("[")[2].rstrip("]")]
        if len(parts) == 1:
            return [name]
        if parts[0] == "builtins" and len(parts) == 2 and how == "`":
            return [f"{parts[-1]}("]
        owned = parts[0] in ("*", "any") or (len(parts) > 2 and parts[-2][:1].isupper())
        if len(parts) == 2 and not owned and how == "`" and parts[0] not in self._language.globals_:
            how = "~"
        free = (word for word, full in self._facts.conventions.items() if full == name and word != parts[-1])
        return [f"{'.' if owned else ''}{parts[-1]}{how}", *(f"{word}{how}" for word in free)]

    def _signs(self, name: str, how: str) -> list[str]:
        """The same for a call whose first argument must be a sign, which is always written out."""
        facts = self._facts.misuses.get(name, ())
        asked = [fact.get("when", {}).get("0") for fact in facts]
        signs = [wanted.get("is") if isinstance(wanted, dict) else wanted for wanted in asked]
        if how != "`" or name in self._facts.sinks or not facts or not all(map(_is_sign, signs)):
            return self._words(name, how)
        options = "|".join(re.escape(one) for several in signs for one in (several or ()))
        return [rf"/\b{name.rpartition('.')[2]}\s*\(\s*['\"`](?:{options})/"]

    def _keywords(self, name: str) -> Iterator[str]:
        """The attributes and constants that an element must have for a fact to apply."""
        for table in (self._facts.sinks, self._facts.misuses):
            for fact in table.get(name, ()):
                asked = [key for key, wanted in fact.get("when", {}).items() if not _may_lack(wanted)]
                listed = fact.get("arg", asked)
                named = [str(one).split(".")[0] for one in (listed if isinstance(listed, list) else [listed])]
                named = [one for one in named if not one.isdigit()]
                yield from (f"{one}=" for one in (named if "arg" in fact else named[:1]))

    def _roots(self, name: str) -> Need:
        """The words of which one must stand in a text for a fact of this name to apply there."""
        parts = re.sub(r"\[.*", "", name).split(".")
        root = parts[0]
        if root in self._language.unwritten:
            return Need(besides=frozenset({self._found.all(["(element)"])}))
        if name.startswith("any.Exception."):
            return Need(
                besides=frozenset({self._found.all(["(except)", "failure", "error", "err", "setErrorHandler"])})
            )
        if root in _EVERYWHERE:
            return Need(self._found.all(parts[-2:-1])) if root == "*" and len(parts) > 2 else Need()
        owners = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
        given = {word for owner in owners for word in self._givers.get(owner, ())}
        words = {f"{IMPORTED}{root}", *given}
        if root in self._language.globals_:
            words.add(root)
        free = {word for word, full in self._facts.conventions.items() if full in owners}
        return Need(self._found.all(sorted(words)), self._found.all(sorted({root, *free})))


def _is_sign(wanted: Any) -> bool:
    """Whether a condition asks for one of some texts of no more than two characters."""
    return isinstance(wanted, list) and all(isinstance(one, str) and len(one) < 3 for one in wanted)


def _may_lack(wanted: Any) -> bool:
    """Whether a condition can hold of what is not written."""
    return isinstance(wanted, dict) and bool(wanted.get("missing"))


def _givers(facts: Facts, language: Description) -> dict[str, set[str]]:
    """For each type, the words of which one is written in a text that has something of it."""
    found: dict[str, set[str]] = {}
    for parameter, told in facts.parameters.items():
        found.setdefault(told.get("type", ""), set()).add(f"{parameter}.")
    for word, full in facts.conventions.items():
        if not full.endswith(f".{word}"):
            found.setdefault(full, set()).add(word)
    for _ in range(4):
        for name, full in _made(facts):
            root, owner = name.split(".")[0], name.rpartition(".")[0]
            words = {f"{IMPORTED}{root}"} if root not in _EVERYWHERE else {name.rpartition(".")[2]}
            words |= {root} & language.globals_
            found.setdefault(full, set()).update(words, found.get(owner, ()))
    return found


def _made(facts: Facts) -> Iterable[tuple[str, str]]:
    """Names, and the types that come of them."""
    yield from facts.returns.items()
    for name, handler in facts.handlers.items():
        types: dict[str, Any] = handler.get("types", {})
        yield from ((name, kind) for kind in types.values() if kind)
