"""Which words of a text each fact needs, and what must occur besides for it to matter there.

What comes in: a rulebook and one language's facts. What goes out: Needs, plain data that can be kept as JSON. The
thorough profiles ask for every place where a fact can apply at all; the default profile only for those where it leads
to something that is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from deburr.engine.rulebook import Facts, Rulebook
from deburr.engine.shapes import written
from deburr.engine.weights import ALWAYS, FREE, QUIET_SOURCES, REMOTE, THOROUGH, Demand, Weights

IMPORTED = "import "
"""Before a module's name: the text imports it."""
TAKEN = "from "
"""Before a module's name: the text takes something out of it, or gives it another name."""
_EVERYWHERE = frozenset({"*", "builtins", "str", "bytes", "any", "int", "list", "dict"})
_SETTINGS = (f"{IMPORTED}django", *"INSTALLED_APPS ALLOWED_HOSTS MIDDLEWARE DATABASES ROOT_URLCONF SECRET_KEY".split())
"""What a module of settings holds."""
_WITH_VIEWS = ("django", "rest_framework")
"""Frameworks that know a handler by its place, and not by what is written at it."""
_SHORT = 4
"""Texts no longer than this stand in too many places to tell anything."""
_USUAL = 5
"""Arguments at later positions are given by their names."""


class Need(NamedTuple):
    """What else must occur in a text for a word to matter there."""

    roots: frozenset[int] = frozenset()
    """One of these words, unless there are none."""
    aliases: frozenset[int] = frozenset()
    """Or one of these, in a fragment that imports nothing."""
    besides: frozenset[frozenset[int]] = frozenset()
    """And of each of these sets one word."""
    when: int = ALWAYS
    """In which profile, or where the text must take something in."""
    varied: bool = False
    """Whether the word does not matter where a plain text is the first argument of what it names."""
    flows: bool = True
    """Whether values must be followed; no when a detector asks."""
    near: str = ""
    """A regular expression that must match around the word."""
    given: str = ""
    """A regular expression that must match in what follows the word, up to the end of the call."""

    def met(self, present: frozenset[int], fragment: bool) -> bool:
        if any(words.isdisjoint(present) for words in self.besides):
            return False
        if not self.roots and not self.aliases:
            return True
        return not self.roots.isdisjoint(present) or (fragment and not self.aliases.isdisjoint(present))


class Needs:
    """The words of a language's facts, and for each what it needs."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.needs: list[list[Need]] = []
        """For each word, what must occur besides; one of them must be met."""
        self.entries: list[list[Need]] = []
        """The same for words with which a text takes something in; `when` says from where."""
        self.index: dict[str, int] = {}

    def word(self, word: str) -> int:
        """The number of a word."""
        if word not in self.index:
            self.index[word] = len(self.words)
            self.words.append(word)
            self.needs.append([])
            self.entries.append([])
        return self.index[word]

    def all(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(self.word(word) for word in words)

    def add(self, word: str, need: Need) -> None:
        needs = self.needs[self.word(word)]
        if need not in needs:
            needs.append(need)


def collect(rulebook: Rulebook, facts: Facts) -> Needs:
    """All words that the rules and facts ask for, and what else each of them needs."""
    return _Collector(rulebook, facts).collected()


class _Collector:
    def __init__(self, rulebook: Rulebook, facts: Facts) -> None:
        self._rulebook, self._facts, self._weights = rulebook, facts, Weights(rulebook, facts)
        self._found = Needs()
        self._signs: dict[frozenset[int], int] = {}
        self._aliases: dict[str, list[str]] = {}
        self._modules: dict[str, list[str]] = {}
        self._called: dict[str, list[str]] = {}
        """By full name, by what names it goes where nothing else is said."""
        for alias, full in facts.conventions.items():
            module = full.split(".")[0]
            common = full.endswith(f".{alias}") and module.lower() not in alias.lower()
            (self._aliases if common else self._modules).setdefault(module, []).append(alias)
            for what in {full, facts.returns.get(full, full)}:
                self._called.setdefault(what, []).append(alias)
        quiet = {name for name, kinds in facts.sources.items() if QUIET_SOURCES.issuperset(kinds)}
        set_ = {name for name, given in facts.sinks.items() if any(fact["arg"] == "=" for fact in given)}
        self._mentioned = quiet | set_ | facts.reads.keys() | facts.assigns.keys() | facts.handlers.keys()
        """Names that matter where they are written, whether they are called or not."""
        self._givers = {full: [f"{IMPORTED}{root}" for root in roots] for full, roots in _givers(facts).items()}

    def collected(self) -> Needs:
        found, weights = self._found, self._weights
        for shape in ("(import)", "(from)", "(dynamic)"):
            found.word(shape)
        for name in fact_names(self._facts):
            self._thorough(name)
            self._quick(name)
        for name, bits in weights.entrances():
            self._entrance(name, bits)
        views = found.all(f"{IMPORTED}{one}" for one in _WITH_VIEWS)
        found.entries[found.word("(view)")].append(Need(views, when=REMOTE))
        for shape in ("(typed view)", "(event)"):
            found.entries[found.word(shape)].append(Need(when=REMOTE))
        for name, handler in self._facts.handlers.items():
            if "returns" in handler and name[0] == "*":
                found.add(f"@{name}", Need(when=THOROUGH))
                for demand in weights.returned(handler):
                    found.add(f"@{name}", Need(when=demand.when))
        for rule in self._rulebook.by_sink.get("markup-text", ()):
            for demand in weights.reached(rule, "markup-text"):
                found.add("(markup)", Need(when=demand.when))
        for rule in self._rulebook.rules.values():
            for text in rule.triggers if "python" in rule.languages else ():
                found.add(text, Need(when=THOROUGH, flows=False))
                if weights.shown(rule):
                    found.add(text, Need(when=ALWAYS, near=rule.near, flows=False))
        return found

    def _entrance(self, name: str, bits: int) -> None:
        """Note how a text takes something in from a place."""
        entries, word = self._found.entries, self._found.word
        if name.startswith(("request.", "req.", "(", "@")):
            entries[word(name)].append(Need(when=bits if name[0] == "(" else bits | THOROUGH))
            return
        entries[word(_last(name))].append(self._roots(name, loose=True)._replace(when=THOROUGH))
        for tight, need in self._tight(name, self._roots(name)._replace(when=bits), {}):
            entries[word(tight)].append(need)

    def _thorough(self, name: str) -> None:
        """Note what a fact needs to apply at all."""
        need = self._roots(name, loose=True)._replace(when=THOROUGH)
        if name in self._facts.sinks and all(fact.get("looks") == "sql" for fact in self._facts.sinks[name]):
            need = need._replace(besides=frozenset({self._found.all(["(statement)"])}))
        for word, one in self._loose(name, need):
            self._found.add(word, one)

    def _loose(self, name: str, need: Need) -> Iterator[tuple[str, Need]]:
        """The words by which a text can use a name; a function of a module by itself only where it was imported."""
        parts = name.split(".")
        if parts[0] in _EVERYWHERE and len(parts) == 2 and (keywords := self._keywords(name)):
            yield from ((f"{key}=", need._replace(roots=self._found.all(parts[1:]))) for key in keywords)
        elif len(parts) != 2 or parts[0] in _EVERYWHERE or "[" in name:
            yield _last(name), need
        else:
            plain, taken = (self._found.word(f"{start}{parts[0]}") for start in (IMPORTED, TAKEN))
            yield name, need._replace(roots=frozenset(), aliases=frozenset())
            yield _last(name), need._replace(roots=(need.roots - {plain}) | {taken})

    def _keywords(self, name: str) -> list[str]:
        """The keywords of which one must be written for the fact to apply: a rarer trigger than the name itself."""
        if name in self._facts.sinks:
            return _named(self._facts.sinks[name])
        return _keywords(self._facts.misuses.get(name, []))

    def _roots(self, name: str, loose: bool = False) -> Need:
        """The words of which one must stand in a text for a fact of this name to apply there."""
        parts = re.sub(r"\[.*", "", name).split(".")
        if parts[0] not in _EVERYWHERE:
            if parts[1:2] == ["settings"]:
                return Need(besides=frozenset({self._found.all(_SETTINGS)}))
            owners = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
            given = [word for owner in owners for word in self._givers.get(owner, ())]
            free = [word for owner in owners for word in self._modules.get(owner, ())]
            common = [parts[0], *self._aliases.get(parts[0], ())]
            if not loose:
                return Need(self._found.all([f"{IMPORTED}{parts[0]}", *given]), self._found.all([*common, *free]))
            return Need(self._found.all([f"{IMPORTED}{parts[0]}", *given, *free]), self._found.all(common))
        if parts[0] == "*" and len(parts) > 2:
            return Need(self._found.all(parts[-2:-1]))
        return Need()

    def _quick(self, name: str) -> None:
        """Note what a fact needs to lead to something that the default profile shows."""
        facts, weights = self._facts, self._weights
        for fact in facts.sinks.get(name, ()):
            for demand in weights.sink(fact):
                self._demand(name, demand, fact)
        for table in (facts.misuses, facts.reads, facts.assigns):
            for fact in table.get(name, ()):
                for demand in weights.misuse(fact["kind"]):
                    self._demand(name, demand, fact)
        for kind in facts.sources.get(name, ()):
            for demand in weights.source(kind):
                self._demand(name, demand, {})
        for demand in weights.returned(facts.handlers.get(name, {})) if name[0] != "*" else ():
            self._demand(name, demand, {})

    def _demand(self, name: str, demand: Demand, fact: dict[str, Any]) -> None:
        made = name.rpartition(".")[2][:1].isupper()  # a class, of which others may be made
        need = self._roots(name)._replace(when=demand.when, varied=demand.varied)
        need = need._replace(given="" if made else "".join(f"(?=.*(?:{'|'.join(one)}|\\*\\*))" for one in _given(fact)))
        besides = [[one] for one in demand.besides] + (
            [[f"/{key}/" for key in one] for one in _given(fact)] if made else []
        )
        for words in [*besides, *_written(name, fact, self._facts)]:
            if need.when == ALWAYS:
                need = need._replace(when=self._sign(words))
            else:
                need = need._replace(besides=need.besides | {self._found.all(words)})
        for word, one in self._tight(name, need, fact):
            self._found.add(word, one)

    def _sign(self, words: list[str]) -> int:
        """The bit that stands for places where one of these words occurs."""
        wanted = self._found.all(words)
        if wanted not in self._signs:
            self._signs[wanted] = 1 << FREE + len(self._signs)
            for word in wanted:
                self._found.entries[word].append(Need(when=self._signs[wanted]))
        return self._signs[wanted]

    def _tight(self, name: str, need: Need, fact: dict[str, Any]) -> Iterator[tuple[str, Need]]:
        """The words by which a text can use a name, as narrow as can be."""
        parts, last = name.split("."), _last(name)
        called = "" if name in self._mentioned else "()"
        if "[" in name:
            yield _key(name), need._replace(roots=need.roots | need.aliases)
        elif parts[0] == "builtins":
            yield f"{last}(", need
        elif parts[0] in _EVERYWHERE:
            keywords = _named([fact]) if "arg" in fact else _keywords([fact])
            if len(parts) == 2 and keywords:
                values = {key: value for key, value in fact.get("when", {}).items() if isinstance(value, bool)}
                roots = self._found.all(parts[1:])
                for key in keywords:
                    yield f"{key}={values.get(key, '')}", need._replace(roots=roots, given="")
            else:
                assigned = fact.get("arg") == "=" or "=" in fact.get("when", {})
                yield last if assigned else f".{'.'.join(parts[1:])}{called}", need._replace(roots=frozenset())
        elif len(parts) == 2:
            yield name, need._replace(roots=frozenset(), aliases=frozenset())
            taken = frozenset({self._found.word(f"{TAKEN}{parts[0]}")})
            yield f"~{last}" if called else last, need._replace(roots=taken)
            if others := need.roots - self._found.all([f"{IMPORTED}{parts[0]}"]):
                yield f".{last}{called}", need._replace(roots=others)
        else:
            method = parts[-2][:1].isupper() and not parts[-2].isupper() and parts[-1][:1].islower()
            yield f".{last}{called}" if method else last, need
        for free in self._free(name) if "[" not in name else ():
            yield free, need._replace(roots=frozenset(), aliases=frozenset())
        if len(parts) > 2 and parts[0] in self._called:
            roots = self._found.all(f"{alias}." for alias in self._called[parts[0]])
            yield f".{last}{called}", need._replace(roots=roots, aliases=frozenset())

    def _free(self, name: str) -> Iterator[str]:
        """How a name is written in a text that uses what it belongs to without saying where it is from."""
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            for alias in self._called.get(".".join(parts[:end]), ()):
                yield ".".join([alias, *parts[end:]]) if end < len(parts) else f"{alias}()"


def _written(name: str, fact: dict[str, Any], facts: Facts) -> Iterator[list[str]]:
    """What must be written in a text for the conditions of a fact to hold, each time one of several words."""
    for selector, wanted in fact.get("when", {}).items():
        tests = wanted if isinstance(wanted, dict) else {"is": wanted}
        if tests.get("missing"):
            continue
        said: Any = tests.get("is")
        options = said if isinstance(said, list) else [said]
        if selector == "=" and all(isinstance(option, bool) for option in options):
            yield [f"{_key(name)}={option}" for option in options]
        if all(isinstance(option, str) and len(option) > _SHORT for option in options):
            yield list(options)
        for key in ("type", "name"):
            names = tests.get(key, [])
            names = [names] if isinstance(names, str) else names
            if names and all("." in name for name in names):
                made = [full for full, kind in facts.returns.items() if kind in names]
                yield [_last(name) for name in (*names, *made)]
        if isinstance(pattern := tests.get("matches"), str) and (start := _beginning(pattern)):
            yield [f"/{start}/"]


def _given(fact: dict[str, Any]) -> Iterator[list[str]]:
    """Regular expressions for the keywords that a call must have to meet the conditions of a fact."""
    for selector, wanted in fact.get("when", {}).items():
        tests = wanted if isinstance(wanted, dict) else {"is": wanted}
        position, _, keyword = selector.rpartition(":")
        if (
            tests.get("missing")
            or not keyword.isidentifier()
            or keyword == "self"
            or (position and int(position) < _USUAL)
        ):
            continue
        said: Any = tests.get("is")
        yield [written(keyword, option) for option in (said if isinstance(said, list) else [said])]


def _beginning(pattern: str) -> str:
    """What a text must hold for a regular expression to match: all before its first condition on what follows."""
    flags, body = ("(?i)", pattern[4:]) if pattern.startswith("(?i)") else ("", pattern)
    body = body.split("(?!")[0].split("(?=")[0].removeprefix("^").removesuffix("$")
    whole = body.count("(") == body.count(")") and "|" not in re.sub(r"\([^()]*\)", "", body)
    return flags + body if len(body) > _SHORT and whole and "^" not in body and "[^" not in body else ""


def _key(name: str) -> str:
    """What is written before the value in an assignment of this name."""
    return re.split(r"[.\[]", name.rstrip("]"))[-1]


def _last(name: str) -> str:
    parts = re.sub(r"\[.*", "", name).split(".")
    return parts[-1] if parts[-1] not in ("__setitem__", "__getitem__", "__getattr__") else parts[-2]


def _givers(facts: Facts) -> dict[str, set[str]]:
    """For each type, the modules of other libraries from which a text may have got it, without naming its own."""
    found: dict[str, set[str]] = {}
    while True:
        before = sum(map(len, found.values()))
        for name, full in facts.returns.items():
            root, owner = name.split(".")[0], name.rpartition(".")[0]
            if root not in _EVERYWHERE:
                found.setdefault(full, set()).update({root} - {full.split(".")[0]}, found.get(owner, ()))
        if sum(map(len, found.values())) == before:
            return found


def _named(facts: list[dict[str, Any]]) -> list[str]:
    """The keywords of which one must be written for a value to reach any of these sinks; none if one needs none."""
    selectors = [one for fact in facts for one in (fact["arg"] if isinstance(fact["arg"], list) else [fact["arg"]])]
    return selectors if all(isinstance(one, str) and one.isidentifier() and one != "self" for one in selectors) else []


def _keywords(facts: list[dict[str, Any]]) -> list[str]:
    """The keywords of which one must be written for any of these misuses to be met; none if one needs no keyword."""
    found: list[str] = []
    for fact in facts:
        named = [
            selector
            for selector, wanted in fact.get("when", {}).items()
            if selector.isidentifier() and not (isinstance(wanted, dict) and wanted.get("missing"))
        ]
        if not named:
            return []
        found += named
    return found


def fact_names(facts: Facts) -> list[str]:
    """The names of facts that can by themselves lead to a finding."""
    found = [name for table in (facts.sinks, facts.misuses, facts.reads, facts.assigns) for name in table]
    found += [name for name, kinds in facts.sources.items() if not QUIET_SOURCES.issuperset(kinds)]
    found += [name for name, handler in facts.handlers.items() if "returns" in handler and name[0] != "*"]
    return sorted({name for name in found if not name.startswith("any.")})
