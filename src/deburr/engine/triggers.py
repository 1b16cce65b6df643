"""Bytes -> whether any principle could apply, and where: most text ends here.

One hyperscan database holds every word that a fact or a detector needs; `needs` says which, and what must occur
besides. What is left is which of the places where a word occurs can matter.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, NamedTuple

from deburr.engine import languages, names_needed
from deburr.engine.languages.description import Description
from deburr.engine.names_needed import MODULE
from deburr.engine.needs import IMPORTED, TAKEN, Need, Needs, collect
from deburr.engine.rulebook import Facts, Rulebook
from deburr.engine.shapes import SHAPES, written
from deburr.engine.weights import ALWAYS, SIGNS, THOROUGH

_IMPORTS = ("(import)", "(from)", "(dynamic)", MODULE)
_MODULE = re.compile(rb"(?:node:)?@?([\w$-]+)")
_SEVERAL = frozenset({*_IMPORTS, *SIGNS, "(markup)", "(view)", "(typed view)", "(event)"})
"""What is searched for wherever it occurs, and not only once in a text."""
_LISTED = re.compile(rb"(?:[\w., \t]|\\\r?\n)+")
_TAKEN = re.compile(rb"[ \t]*([\w.]+)[ \t]+import\b")
_QUOTED = re.compile(rb"\s*['\"]([\w.]+)")
_IMPORT_LINE = re.compile(rb"[ \t]*(?:from|import)[ \t](?!.*\bas\b)")
_PLAIN = re.compile(
    rb"\s*(?:[rRbBuU]{0,2}(?:"
    rb'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?!"")(?:[^"\\\n]|\\.)*"|'
    rb"'''(?:[^'\\]|\\.|'(?!''))*'''|'(?!'')(?:[^'\\\n]|\\.)*'|`(?:[^`\\$]|\\.)*`"
    rb")\s*)*[,)]",
    re.DOTALL,
)
"""The first argument of a call, when that is a plain text, or the end of a call without any."""
_OPENING = re.compile(rb"\s*\(")
_HANDED = ("request.", "req.")
"""How words begin that stand for what a function is handed by whoever calls it."""
_LONGEST_CALL = 2000
_BRACKET = re.compile(rb"[()\[\]{}]")
_BEFORE, _AFTER = 200, 600
"""How much of the text around a word is looked at."""


class Found(NamedTuple):
    """The triggers in a text."""

    words: set[str]
    asked: list[int]
    """The ascending offsets where those end for which a detector looks."""
    flows: list[tuple[int, int]]
    """Those for which values must be followed, with the sources for which they matter."""
    entries: list[tuple[int, int]]
    """Those of words with which a text takes a value in, with where it comes from."""


class Survey(NamedTuple):
    """The words of a text, whether they matter or not."""

    data: bytes
    words: frozenset[int]
    seen: list[tuple[int, int]]
    """(word, where it ends)."""
    fragment: bool
    """Whether it imports nothing."""


_NOTHING = Found(set(), [], [], [])


class Triggers:
    """The words of a language's facts, as a compiled database."""

    def __init__(self, rulebook: Rulebook, language: str, compiled: bytes | None = None) -> None:
        self._local = threading.local()
        self._compiled: bytes | None = None
        if compiled is None:
            self.table = _collected(rulebook, languages.describe(language))
        else:
            self.table = self._restore(compiled)
        self._imports = [self.table.index.get(shape, -1) for shape in _IMPORTS]
        self._needy = frozenset(number for number, needs in enumerate(self.table.needs) if needs)
        self._entrances = frozenset(number for number, needs in enumerate(self.table.entries) if needs)

    def _imported(self, data: bytes, seen: list[tuple[int, int]]) -> Iterator[int]:
        """The words that stand for what the text imports."""
        plain, taken, dynamic, module = self._imports
        index = self.table.index
        for number, end in seen:
            if number == plain:
                found = _LISTED.match(data, end)
                parts = found[0].replace(b"\\", b" ").split(b",") if found else []
            elif number in (taken, dynamic):
                found = (_TAKEN if number == taken else _QUOTED).match(data, end)
                parts = [found[1]] if found else []
            elif number == module:
                found = _MODULE.match(data, end)
                parts = [found[1]] if found else []
            else:
                continue
            for part in parts:
                root = part.split(b".")[0].split()[0:1]
                name = root[0].decode("ascii", "replace") if root else ""
                words = (f"{IMPORTED}{name}", f"{TAKEN}{name}" if number != plain or b" as " in part else "")
                yield from (index[word] for word in words if word in index)

    @cached_property
    def database(self) -> Any:
        import hyperscan

        if self._compiled is not None:
            return hyperscan.loadb(self._compiled, hyperscan.HS_MODE_BLOCK)
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        words = enumerate(self.table.words)
        searched = [(number, word) for number, word in words if not word.startswith((IMPORTED, TAKEN))]
        once = hyperscan.HS_FLAG_SINGLEMATCH
        database.compile(
            expressions=[_pattern(word) for _, word in searched],
            ids=[number for number, _ in searched],
            elements=len(searched),
            flags=[
                hyperscan.HS_FLAG_MULTILINE | (once if word in SHAPES and word not in _SEVERAL else 0)
                for _, word in searched
            ],
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

        table = self.table
        each = {need: None for needs in (*table.needs, *table.entries) for need in needs}
        at = {need: number for number, need in enumerate(each)}
        head = {
            "words": table.words,
            "each": [[sorted(n.roots), sorted(n.aliases), sorted(map(sorted, n.besides)), *n[3:]] for n in each],
            "needs": [[at[need] for need in needs] for needs in table.needs],
            "entries": [[at[need] for need in needs] for needs in table.entries],
        }
        compiled: bytes = hyperscan.dumpb(self.database)
        return json.dumps(head).encode() + b"\n" + compiled

    def _restore(self, serialized: bytes) -> Needs:
        """What `serialized` wrote."""
        line, _, self._compiled = serialized.partition(b"\n")
        head = json.loads(line)
        each = [
            Need(frozenset(roots), frozenset(aliases), frozenset(map(frozenset, besides)), *rest)
            for roots, aliases, besides, *rest in head["each"]
        ]
        table = Needs()
        table.words = head["words"]
        table.index = {word: number for number, word in enumerate(table.words)}
        table.needs = [[each[number] for number in needs] for needs in head["needs"]]
        table.entries = [[each[number] for number in needs] for needs in head["entries"]]
        return table

    def found(self, data: bytes, quick: bool = False) -> Found:
        """The words that matter in `data`; empty when nothing can apply.

        With `quick`, words that only the thorough profiles ask for are left out.
        """
        seen = self._search(data)
        if self._needy.isdisjoint([word for word, _ in seen]):
            return _NOTHING
        return self.judge(self._survey(data, seen), quick)

    def could_matter(self, data: bytes, quick: bool) -> bool:
        """Whether a piece of a text holds a word that can matter, whatever stands around it."""
        words = {word for word, _ in self._search(data)}
        when = ~THOROUGH if quick else -1
        return not self._entrances.union(self._imports).isdisjoint(words) or any(
            need.when & when for word in words & self._needy for need in self.table.needs[word]
        )

    def _search(self, data: bytes) -> list[tuple[int, int]]:
        seen: list[tuple[int, int]] = []

        def note(identity: int, _start: int, end: int, _flags: int, _context: object) -> None:
            seen.append((identity, end))

        if self.table.words and data:
            self.database.scan(data, match_event_handler=note, scratch=self._scratch)
        return seen

    def survey(self, data: bytes) -> Survey:
        """All words of a text, whether they matter or not."""
        return self._survey(data, self._search(data))

    def _survey(self, data: bytes, seen: list[tuple[int, int]]) -> Survey:
        words = {identity for identity, _ in seen}
        fragment = words.isdisjoint((*self._imports[:2], self._imports[3]))
        words.update(self._imported(data, seen))
        return Survey(data, frozenset(words), seen, fragment)

    def judge(self, survey: Survey, quick: bool, around: frozenset[int] = frozenset(), given: int = 0) -> Found:
        """Which words of a text matter, if it also had the words `around` it, and took in what is `given` to it."""
        present = survey.words | around if around else survey.words
        entries = self.entries(survey, present)
        when = ALWAYS | given if quick else THOROUGH
        for bits in entries.values() if quick else ():
            when |= bits & ~THOROUGH
        met = {
            word: needs
            for word in survey.words & self._needy
            if (needs := [n for n in self.table.needs[word] if n.when & when and n.met(present, survey.fragment)])
        }
        return self._placed(survey.data, survey.seen, met, entries) if met else _NOTHING

    def entries(self, survey: Survey, present: frozenset[int]) -> dict[int, int]:
        """The words with which a text takes values in, and from where; `present` is what counts as written in it."""
        return {word: self._taken_in(word, survey, present) for word in survey.words & self._entrances}

    def given(self, survey: Survey) -> dict[int, int]:
        """The words with which the functions of a file can take values in by themselves, and from where."""
        whole = survey._replace(fragment=False)
        found = {word: self._taken_in(word, whole, survey.words) for word in survey.words & self._entrances}
        return {word: bits for word, bits in found.items() if not self.table.words[word].startswith(_HANDED)}

    def harmful(self, survey: Survey, present: frozenset[int], when: int) -> list[int]:
        """The places of a text where values from there may do harm."""
        met = {
            word: needs
            for word in survey.words & self._needy
            if (needs := [n for n in self.table.needs[word] if n.flows and n.when & when and n.met(present, False)])
        }
        return [end for end, _ in self._placed(survey.data, survey.seen, met, {}).flows]

    def roots(self, words: Iterable[str]) -> frozenset[int]:
        """The libraries, as words, of which one makes these words matter."""
        return frozenset(
            root for word in words for need in self.table.needs[self.table.index[word]] for root in need.roots
        )

    @cached_property
    def libraries(self) -> frozenset[int]:
        """The words that stand for the import of any library."""
        return frozenset(n for n, word in enumerate(self.table.words) if word.startswith((IMPORTED, TAKEN)))

    def library(self, module: str) -> Iterator[int]:
        """The words that stand for an import of a library."""
        root = module.split(".")[0]
        words = (f"{IMPORTED}{root}", f"{TAKEN}{root}")
        yield from (self.table.index[word] for word in words if word in self.table.index)

    def _taken_in(self, word: int, survey: Survey, present: frozenset[int]) -> int:
        """From where a word takes something in."""
        bits = 0
        for need in self.table.entries[word]:
            near = not need.near or any(_fits(need, survey.data, end) for one, end in survey.seen if one == word)
            if near and need.met(present, survey.fragment):
                bits |= need.when
        return bits

    def _placed(
        self, data: bytes, seen: list[tuple[int, int]], met: dict[int, list[Need]], entries: dict[int, int]
    ) -> Found:
        """The places at which a word can matter."""
        found = Found(set(), [], [], [])
        for word, end in sorted(seen, key=_place):
            bits, asked = 0, False
            for need in met.get(word, ()):
                if _fits(need, data, end):
                    found.words.add(self.table.words[word])
                    bits |= need.when if need.flows else 0
                    asked = asked or not need.flows
            if bits:
                found.flows.append((end, bits))
            if asked:
                found.asked.append(end)
            if bits := entries.get(word, 0):
                found.entries.append((end, bits))
        return found


_place = itemgetter(1)


def _collected(rulebook: Rulebook, language: Description) -> Needs:
    """The words of a language's facts; those of names that need no import are only looked for by name."""
    facts = rulebook.facts.get(language.facts, Facts())
    return names_needed.collect(rulebook, facts, language) if language.globals_ else collect(rulebook, facts)


def _fits(need: Need, data: bytes, end: int) -> bool:
    """Whether what stands around a word is what a need asks for."""
    if need.varied and _plain(data, end):
        return False
    if need.given and not _compiled(need.given).match(data, end, _call_end(data, _named_until(data, end))):
        return False
    return not need.near or _compiled(need.near).search(data, max(end - _BEFORE, 0), end + _AFTER) is not None


def _named_until(data: bytes, end: int) -> int:
    """Where the name ends of which a word ends here, which may hold the parenthesis after it."""
    return end - 1 if data[end - 1 : end] == b"(" else end


def _call_end(data: bytes, start: int) -> int:
    """About where the call ends whose name ends here: where as many parentheses are closed as were opened."""
    depth, last = 0, start + _LONGEST_CALL
    for match in _BRACKET.finditer(data, start, last):
        depth += 1 if match[0] in b"([{" else -1
        if depth <= 0:
            return match.end()
    return last


@cache
def _compiled(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode(), re.DOTALL)


def _plain(data: bytes, end: int) -> bool:
    """Whether what is called by a word that ends here is given a plain text, or is only imported or defined."""
    opening = _OPENING.match(data, _named_until(data, end))
    if opening is not None and _PLAIN.match(data, opening.end()):
        return True
    start = data.rfind(b"\n", 0, end) + 1
    return bool(_IMPORT_LINE.match(data, start)) or data[start:end].lstrip().startswith(b"def ")


_START = r"\b"
_AFTER_NAME = {"`": r"(?:\?\.)?[(`,)]", "~": r"(?:(?:\?\.)?[(`,)};:]| as )", "=": r"\+?=[^=]"}
"""What follows a name that is called, perhaps with a template; called or given another name; assigned."""


def _pattern(word: str) -> bytes:
    if word in SHAPES:
        return SHAPES[word].encode()
    if len(word) > 2 and word[0] == word[-1] == "/":
        return word[1:-1].encode()  # from a fact's `matches`
    key, sign, value = word.partition("=")
    if sign and key.isidentifier():
        return written(key, value).encode()
    if word[:3] == "@*.":
        return rf"@[\w.]+\.{word[3:]}\s*\(".encode()
    if word[-2:] == "()":
        name = re.escape(word[:-2])
        if word[0] == ".":
            return rf"{name}\s*\(".encode()
        return rf"(?:^|[^.\w]){name}\s*\(".encode()
    if word[0] == "~":
        return rf"\b{word[1:]}\s*(?:\(|\bas\b)|[(=]\s*{word[1:]}\s*[,)]".encode()
    if word[-1] == "(":
        before = r"(?:^|[^.\w])" if word[0] != "." else ""
        return rf"{before}{re.escape(word[:-1])}\s*[(,)]".encode()
    if word[-1] in _AFTER_NAME:
        after = _AFTER_NAME[word[-1]]
        return rf"{'' if word[0] in '.$' else _START}{re.escape(word[:-1])}\s*{after}".encode()
    escaped = re.escape(word)
    front = r"\b" if word[0].isalnum() or word[0] == "_" else ""
    back = r"\b" if word[-1].isalnum() or word[-1] == "_" else ""
    return f"{front}{escaped}{back}".encode()
