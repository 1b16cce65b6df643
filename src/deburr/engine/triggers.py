"""Bytes -> whether any principle could apply: most text ends here.

One hyperscan database holds every word that a fact or a detector needs. A fact can only apply where the last part of
its name occurs together with its module, or with a name by which that module goes.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from deburr.engine.rulebook import Facts, Rulebook

_EVERYWHERE = frozenset({"*", "builtins", "str", "bytes", "any", "int", "list", "dict"})
_QUIET_SOURCES = frozenset({"remote", "local", "stored", "model", "parameter", "secret", "exception"})


class Triggers:
    """The words of a language's facts, as a compiled database."""

    def __init__(self, rulebook: Rulebook, language: str, compiled: bytes | None = None) -> None:
        facts = rulebook.facts.get(language, Facts())
        self.words: list[str] = []
        self._index: dict[str, int] = {}
        self._aliases: dict[str, list[str]] = {}
        for alias, full in facts.conventions.items():
            self._aliases.setdefault(full.split(".")[0], []).append(alias)
        for other, full in facts.returns.items():
            if (root := other.split(".")[0]) != full.split(".")[0]:
                self._aliases.setdefault(full.split(".")[0], []).append(root)
        self.needs: list[list[frozenset[int]]] = []
        for name in _names(facts):
            asked = facts.misuses.get(name, [])
            needed = _keywords(asked) if asked and name not in facts.sinks else []
            self._add(name, needed)
        for name, handler in facts.handlers.items():
            if "returns" in handler and name[0] == "*":
                self._need(name[2:], frozenset({self._word("@")}))
        for rule in rulebook.rules.values():
            for text in rule.triggers:
                self._need(text, frozenset())
        self._compiled = compiled

    def _add(self, name: str, keywords: list[str]) -> None:
        parts = re.sub(r"\[.*", "", name).split(".")
        roots = frozenset[int]()
        if parts[0] not in _EVERYWHERE:
            roots = frozenset(self._word(root) for root in (parts[0], *self._aliases.get(parts[0], ())))
        elif parts[0] == "*" and len(parts) > 2:
            roots = frozenset({self._word(parts[-2])})
        elif keywords:
            roots = frozenset(self._word(keyword) for keyword in keywords)
        self._need(parts[-1] if parts[-1] not in ("__setitem__", "__getitem__") else parts[-2], roots)

    def _need(self, word: str, roots: frozenset[int]) -> None:
        self.needs[self._word(word)].append(roots)

    def _word(self, word: str) -> int:
        if word not in self._index:
            self._index[word] = len(self.words)
            self.words.append(word)
            self.needs.append([])
        return self._index[word]

    @cached_property
    def database(self) -> Any:
        import hyperscan

        if self._compiled is not None:
            return hyperscan.loadb(self._compiled, hyperscan.HS_MODE_BLOCK)
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(
            expressions=[_pattern(word) for word in self.words],
            ids=list(range(len(self.words))),
            elements=len(self.words),
            flags=hyperscan.HS_FLAG_SINGLEMATCH,
        )
        return database

    @cached_property
    def _scratch(self) -> Any:
        import hyperscan

        return hyperscan.Scratch(self.database)

    def serialized(self) -> bytes:
        """The compiled database, for a cache on the same kind of machine."""
        import hyperscan

        compiled: bytes = hyperscan.dumpb(self.database)
        return compiled

    def found(self, data: bytes) -> set[str]:
        """The words in `data` that some fact asks for and whose module occurs too; empty when nothing can apply."""
        seen: list[int] = []

        def note(identity: int, _start: int, _end: int, _flags: int, _context: object) -> None:
            seen.append(identity)

        if not self.words:
            return set()
        self.database.scan(data, match_event_handler=note, scratch=self._scratch)
        present = frozenset(seen)
        return {
            self.words[word]
            for word in seen
            if any(not roots or not roots.isdisjoint(present) for roots in self.needs[word])
        }


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
    escaped = re.escape(word)
    front = r"\b" if word[0].isalnum() or word[0] == "_" else ""
    back = r"\b" if word[-1].isalnum() or word[-1] == "_" else ""
    return f"{front}{escaped}{back}".encode()


def _names(facts: Facts) -> list[str]:
    """The names of facts that can by themselves lead to a finding."""
    found = [name for table in (facts.sinks, facts.misuses, facts.reads, facts.assigns) for name in table]
    found += [name for name, kinds in facts.sources.items() if not _QUIET_SOURCES.issuperset(kinds)]
    found += [name for name, handler in facts.handlers.items() if "returns" in handler and name[0] != "*"]
    return sorted({name for name in found if not name.startswith("any.")})
