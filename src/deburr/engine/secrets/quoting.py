"""How a placeholder must be spelled at a place so that the text around it still parses.

What comes in: a text, its language, and a place in it. What goes out: a Form. The invariant: no parser is asked; a text
is cut into its quoted stretches, its comments and the rest, in time linear in its size.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from deburr.engine.secrets.placeholders import Form

_PLAIN = frozenset("text markdown rst yaml ini properties make batch csv notebook-code".split())
_MARKUP = frozenset({"xml", "html"})
_HASH = frozenset(
    "python ruby perl r julia elixir toml powershell php shell dockerfile graphql terraform env json".split()
)
_DASHES = frozenset({"sql", "lua"})
_NOT_SLASHES = (_HASH | _DASHES) - {"php", "terraform", "json", "graphql"}
_TRIPLE = frozenset("python kotlin scala java swift julia elixir toml dart groovy graphql csharp".split())
_BACKTICK = frozenset("javascript typescript go".split())
_ONE_LINE_ONLY = frozenset({"shell", "dockerfile"})
_QUOTES = (b'"', b"'", b"`")


class Quoting:
    """Knows of a text what is quoted or a comment in it."""

    def __init__(self, data: bytes, language: str) -> None:
        self._data = data
        self._language = "json" if language == "notebook" else "javascript" if language in ("jsx", "tsx") else language
        self._ends: list[int] | None = None
        self._starts: list[int] = []

    def form(self, start: int, end: int) -> Form:
        """How a placeholder is spelled that takes the place of these bytes."""
        language = self._language
        if language in _PLAIN:
            return "plain"
        if language in _MARKUP:
            return "entity"
        if self.inside(start, end):
            return "plain"
        if language in ("json", "toml"):
            return "quoted"
        if language == "env":
            return "quoted" if self._whole_word(start, end) else "escaped"
        if language in _ONE_LINE_ONLY:
            return "escaped"
        # A piece of a word would make a name that nobody can tell from the rest of the word.
        return "plain" if _inner(self._data[start - 1 : start]) or _inner(self._data[end : end + 1]) else "name"

    def inside(self, start: int, end: int) -> bool:
        """Whether the place is in what a program only carries: quoted texts and comments."""
        return self._between_quotes(start, end) or self._inside(start, end)

    def _between_quotes(self, start: int, end: int) -> bool:
        before = self._data[start - 1 : start]
        return before in _QUOTES and self._data[end : end + 1] == before and self._data[start - 2 : start - 1] != b"\\"

    def _whole_word(self, start: int, end: int) -> bool:
        before, after = self._data[max(start - 1, 0) : start], self._data[end : end + 1]
        return before in (b"=", b" ", b"\t", b"\n", b"") and after in (b"", b"\r", b"\n", b" ", b"\t")

    def _inside(self, start: int, end: int) -> bool:
        """Whether the place is inside a quoted text or a comment."""
        if self._ends is None:
            found = [match.span() for match in _pieces(self._language).finditer(self._data)]
            self._starts, self._ends = [first for first, _ in found], [last for _, last in found]
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._ends[index]


def _inner(char: bytes) -> bool:
    return char.isalnum() or char == b"_"


@lru_cache(64)
def _pieces(language: str) -> re.Pattern[bytes]:
    """What is quoted or a comment in a language."""
    parts: list[bytes] = []
    if language in _TRIPLE:
        parts += [rb'"""(?:[^\\]|\\.)*?(?:"""|\Z)']
    if language in _TRIPLE & {"python", "toml", "dart", "groovy"}:
        parts += [rb"'''(?:[^\\]|\\.)*?(?:'''|\Z)"]
    if language in _BACKTICK:
        parts += [rb"`(?:[^`\\]|\\.)*(?:`|\Z)"]
    if language not in _NOT_SLASHES:
        parts += [rb"//[^\n]*", rb"/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)"]
    if language in _HASH:
        parts += [rb"(?:(?<=\s)|^)#[^\n]*" if language in _ONE_LINE_ONLY | {"env"} else rb"#[^\n]*"]
    if language in _DASHES:
        parts += [rb"--[^\n]*"]
    parts += [rb'"(?:[^"\\\n]|\\.)*"', rb"'(?:[^'\\\n]|\\.)*'"]
    return re.compile(b"|".join(parts), re.DOTALL | re.MULTILINE)
