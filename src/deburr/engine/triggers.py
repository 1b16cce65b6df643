"""Bytes -> whether any principle could apply, and where: most text ends here.

One hyperscan database holds every word that a fact or a detector needs. A fact can only apply where the last part of
its name occurs together with its module, or with a name by which that module goes.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from deburr.engine.rulebook import Facts, Rulebook
from deburr.engine.weights import ALWAYS, FROM_OUTSIDE, QUIET_SOURCES, THOROUGH, Weights

_EVERYWHERE = frozenset({"*", "builtins", "str", "bytes", "any", "int", "list", "dict"})
_CREDENTIAL = "(credential)"
"""Stands for any name that says credential."""
_IMPORTED = "import "
"""Before a module's name: the text imports it."""
_TAKEN = "from "
"""Before a module's name: the text takes something out of it, or gives it another name."""
_IMPORT = re.compile(
    rb"(?:^|[;:\r])[ \t>]*(?:from[ \t]+([\w.]+)[ \t]+import\b|import[ \t]+((?:[\w., \t]|\\\r?\n)+))"
    rb"|(?:__import__|import_module)\(\s*['\"]([\w.]+)",
    re.MULTILINE,
)
_SETTINGS = (f"{_IMPORTED}django", *"INSTALLED_APPS ALLOWED_HOSTS MIDDLEWARE DATABASES ROOT_URLCONF SECRET_KEY".split())
"""What a module of settings holds."""
_STATEMENT = "(statement)"
"""Stands for any word that an SQL statement begins with, and for some inside it."""


class Need(NamedTuple):
    """What else must occur in a text for a word to matter there."""

    roots: frozenset[int] = frozenset()
    """One of these words, unless there are none."""
    aliases: frozenset[int] = frozenset()
    """Or one of these, in a fragment that imports nothing."""
    also: frozenset[int] = frozenset()
    """And one of these, unless there are none."""
    when: int = ALWAYS

    def met(self, present: frozenset[int], fragment: bool) -> bool:
        if self.also and self.also.isdisjoint(present):
            return False
        if not self.roots and not self.aliases:
            return True
        return not self.roots.isdisjoint(present) or (fragment and not self.aliases.isdisjoint(present))


class Found(NamedTuple):
    """The triggers in a text."""

    words: set[str]
    marks: list[int]
    """The ascending offsets where they end."""
    flows: list[int]
    """Those of them for which values must be followed; the others are for detectors alone."""
    entries: list[int]
    """The ascending offsets of words with which a text takes a value in, from wherever."""


class Triggers:
    """The words of a language's facts, as a compiled database."""

    def __init__(self, rulebook: Rulebook, language: str, compiled: bytes | None = None) -> None:
        self.words: list[str] = []
        self.needs: list[list[Need]] = []
        """For each word, what must occur besides; one of them must be met."""
        self.outside: list[list[Need]] = []
        """The same for words with which a text takes something in from outside."""
        self.entries: list[list[Need]] = []
        """The same for words with which it takes something in from wherever."""
        self._asked: frozenset[int] = frozenset()
        """The words that only detectors ask for."""
        self._index: dict[str, int] = {}
        self._local = threading.local()
        self._compiled: bytes | None = None
        if compiled is None:
            self._collect(rulebook, rulebook.facts.get(language, Facts()))
        else:
            self._restore(compiled)
        self._import, self._dynamic = self._word("import"), self._word("import_module")
        self._numbers = {word: (number,) for word, number in self._index.items()}
        self._needy = frozenset(number for number, needs in enumerate(self.needs) if needs)
        self._entrances = frozenset(number for number, needs in enumerate(self.outside) if needs)

    def _collect(self, rulebook: Rulebook, facts: Facts) -> None:
        """All words that the rules and facts ask for, and what else each of them needs."""
        self._facts = facts
        self._aliases: dict[str, list[str]] = {}
        self._modules: dict[str, list[str]] = {}
        for alias, full in facts.conventions.items():
            module = full.split(".")[0]
            common = full.endswith(f".{alias}") and module.lower() not in alias.lower()
            (self._aliases if common else self._modules).setdefault(module, []).append(alias)
        for full, givers in _givers(facts).items():
            self._modules.setdefault(full, []).extend(f"{_IMPORTED}{root}" for root in givers)
        self._word("import")
        self._word("import_module")
        weigh = Weights(rulebook, facts)
        for name in _names(facts):
            need = self._roots(name)
            if name in facts.sinks and all(fact.get("looks") == "sql" for fact in facts.sinks[name]):
                need = need._replace(also=self._all([_STATEMENT]))
            for word, one in self._words_for(name, need):
                self._need(word, one._replace(when=weigh.name(name)))
                self._need(word, one._replace(when=weigh.name(name, secret=True), also=self._all([_CREDENTIAL])))
        for name, outside in weigh.entrances():
            entry = self._word(_last(name))
            self.entries[entry].append(self._roots(name))
            if outside:
                self.outside[entry].append(self._roots(name))
        for name, handler in facts.handlers.items():
            if "returns" in handler and name[0] == "*":
                self._need(name[2:], Need(also=frozenset({self._word("@")})))
        for rule in rulebook.rules.values():
            for text in rule.triggers:
                known = text in self._index and bool(self.needs[self._index[text]])
                self._need(text, Need(when=weigh.misuse(rule)))
                self._asked |= frozenset() if known else {self._index[text]}

    def _words_for(self, name: str, need: Need) -> Iterator[tuple[str, Need]]:
        """The words by which a text can use a name; a function of a module by itself only where it was imported."""
        parts = name.split(".")
        if parts[0] in _EVERYWHERE and len(parts) == 2 and (keywords := self._keywords(name)):
            yield from ((f"{keyword}=", need._replace(roots=self._all(parts[1:]))) for keyword in keywords)
            return
        if len(parts) != 2 or parts[0] in _EVERYWHERE or "[" in name:
            yield _last(name), need
            return
        plain, taken = self._word(f"{_IMPORTED}{parts[0]}"), self._word(f"{_TAKEN}{parts[0]}")
        yield name, Need(also=need.also)
        yield _last(name), need._replace(roots=(need.roots - {plain}) | {taken})

    def _keywords(self, name: str) -> list[str]:
        """The keywords of which one must be written for the fact to apply: a rarer trigger than the name itself."""
        if name in self._facts.sinks:
            return _named(self._facts.sinks[name])
        return _keywords(self._facts.misuses.get(name, []))

    def _roots(self, name: str) -> Need:
        """The words of which one must stand in a text for a fact of this name to apply there."""
        parts = re.sub(r"\[.*", "", name).split(".")
        if parts[0] not in _EVERYWHERE:
            if parts[1:2] == ["settings"]:
                return Need(also=self._all(_SETTINGS))
            owners = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
            given = [word for owner in owners for word in self._modules.get(owner, ())]
            roots = (f"{_IMPORTED}{parts[0]}", *given)
            return Need(self._all(roots), self._all([parts[0], *self._aliases.get(parts[0], ())]))
        if parts[0] == "*" and len(parts) > 2:
            return Need(self._all(parts[-2:-1]))
        return Need()

    def _all(self, words: Iterable[str]) -> frozenset[int]:
        return frozenset(self._word(word) for word in words)

    def _need(self, word: str, need: Need) -> None:
        needs = self.needs[self._word(word)]
        if need not in needs:
            needs.append(need)

    def _word(self, word: str) -> int:
        if word not in self._index:
            self._index[word] = len(self.words)
            self.words.append(word)
            self.needs.append([])
            self.outside.append([])
            self.entries.append([])
        return self._index[word]

    def _imports(self, data: bytes) -> Iterator[int]:
        """The words that stand for what the text imports."""
        for taken, listed, asked in _IMPORT.findall(data):
            for part in listed.replace(b"\\", b" ").split(b",") if listed else [taken or asked]:
                root = part.split(b".")[0].split()[0:1]
                name = root[0].decode("ascii", "replace") if root else ""
                yield from self._numbers.get(f"{_IMPORTED}{name}", ())
                if taken or asked or b" as " in part:
                    yield from self._numbers.get(f"{_TAKEN}{name}", ())

    @cached_property
    def database(self) -> Any:
        import hyperscan

        if self._compiled is not None:
            return hyperscan.loadb(self._compiled, hyperscan.HS_MODE_BLOCK)
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        searched = [
            (number, word) for number, word in enumerate(self.words) if not word.startswith((_IMPORTED, _TAKEN))
        ]
        database.compile(
            expressions=[_pattern(word) for _, word in searched],
            ids=[number for number, _ in searched],
            elements=len(searched),
            flags=0,
        )
        return database

    @property
    def _scratch(self) -> Any:
        """Room for one search at a time: each thread has its own."""
        scratch = getattr(self._local, "scratch", None)
        if scratch is None:
            import hyperscan

            scratch = self._local.scratch = hyperscan.Scratch(self.database)
        return scratch

    def serialized(self) -> bytes:
        """All of this as bytes, for a cache on the same kind of machine; collecting it again would take 17 ms."""
        import hyperscan

        each = {need: None for needs in (*self.needs, *self.outside, *self.entries) for need in needs}
        at = {need: number for number, need in enumerate(each)}
        head = {
            "words": self.words,
            "each": [[sorted(need.roots), sorted(need.aliases), sorted(need.also), need.when] for need in each],
            "needs": [[at[need] for need in needs] for needs in self.needs],
            "outside": [[at[need] for need in needs] for needs in self.outside],
            "entries": [[at[need] for need in needs] for needs in self.entries],
            "asked": sorted(self._asked),
        }
        compiled: bytes = hyperscan.dumpb(self.database)
        return json.dumps(head).encode() + b"\n" + compiled

    def _restore(self, serialized: bytes) -> None:
        """What `serialized` wrote."""
        line, _, self._compiled = serialized.partition(b"\n")
        head = json.loads(line)
        self.words = head["words"]
        self._index = {word: number for number, word in enumerate(self.words)}
        each = [
            Need(frozenset(roots), frozenset(others), frozenset(also), when)
            for roots, others, also, when in head["each"]
        ]
        self.needs = [[each[number] for number in needs] for needs in head["needs"]]
        self.outside = [[each[number] for number in needs] for needs in head["outside"]]
        self.entries = [[each[number] for number in needs] for needs in head["entries"]]
        self._asked = frozenset(head["asked"])

    def found(self, data: bytes, quick: bool = False) -> Found:
        """The words that matter in `data`; empty when nothing can apply.

        With `quick`, words that only the thorough profiles ask for are left out.
        """
        seen: list[tuple[int, int]] = []

        def note(identity: int, _start: int, end: int, _flags: int, _context: object) -> None:
            seen.append((identity, end))

        if not self.words or not data:
            return Found(set(), [], [], [])
        self.database.scan(data, match_event_handler=note, scratch=self._scratch)
        words = {identity for identity, _ in seen}
        fragment = self._import not in words
        if not fragment or self._dynamic in words:
            words.update(self._imports(data))
        present = frozenset(words)
        most = THOROUGH
        if quick:
            entrances = present & self._entrances
            outside = any(need.met(present, fragment) for word in entrances for need in self.outside[word])
            most = FROM_OUTSIDE if outside else ALWAYS
        live = {
            word
            for word in present & self._needy
            if any(need.when <= most and need.met(present, fragment) for need in self.needs[word])
        }
        if not live:
            return Found(set(), [], [], [])
        flows = {word for word in live if word not in self._asked}
        entries = {word for word in present if any(need.met(present, fragment) for need in self.entries[word])}
        return Found(
            {self.words[word] for word in live},
            sorted([end for word, end in seen if word in live]),
            sorted([end for word, end in seen if word in flows]),
            sorted([end for word, end in seen if word in entries]) if flows else [],
        )


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


def _pattern(word: str) -> bytes:
    if word == _CREDENTIAL:
        return rb"(?i)passw|passphrase|passcode|pwd|secret|token|api_?key|access_?key|private_?key|credential"
    if word == _STATEMENT:
        return rb"(?i)\b(?:select|insert|update|delete|replace|merge|create|drop|alter|where|order|exec|call)\s"
    if word.endswith("=") and word[:-1].isidentifier():
        return rf"\b{word[:-1]}\s*=\s*[^=\s]".encode()
    escaped = re.escape(word)
    front = r"\b" if word[0].isalnum() or word[0] == "_" else ""
    back = r"\b" if word[-1].isalnum() or word[-1] == "_" else ""
    return f"{front}{escaped}{back}".encode()


def _names(facts: Facts) -> list[str]:
    """The names of facts that can by themselves lead to a finding."""
    found = [name for table in (facts.sinks, facts.misuses, facts.reads, facts.assigns) for name in table]
    found += [name for name, kinds in facts.sources.items() if not QUIET_SOURCES.issuperset(kinds)]
    found += [name for name, handler in facts.handlers.items() if "returns" in handler and name[0] != "*"]
    return sorted({name for name in found if not name.startswith("any.")})
