"""A text that is still being written: looked at again only when what was added can matter.

What comes in: pieces of text, in order. What goes out: after each piece a Report of the whole lines so far, and at the
end that of the whole text. The one invariant: the last Report is the one that `scan` gives of the whole text; those
before it lag behind by a few lines, more of them in a longer text, and where a line changes what an earlier one means.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deburr.engine import languages, secrets
from deburr.model import Report, Source

if TYPE_CHECKING:
    from deburr.engine.project import Project
    from deburr.engine.scanner import Engine

_SAYS = re.compile(rb"\b(?:return|yield)\b|=>|</|deburr:|-----")
"""What can matter besides the words of the facts: what a function gives, markup, a waiver, a key in several lines."""
_LAG = 24
"""For every so many lines that there are, a new one may wait for one more before it is looked at."""
_BEGINS = re.compile(rb"^[^\s)\]}#]", re.MULTILINE)
"""Something new at the top level, so that what stood before is closed."""
_OPEN, _CLOSED = re.compile(rb"[(\[{]"), re.compile(rb"[)\]}]")


class Growing:
    """One text that grows at its end."""

    def __init__(self, engine: Engine, source: Source, *, quick: bool = False, project: Project | None = None) -> None:
        """`source` is how the text begins, mostly empty; `quick` and `project` are as in `Engine.scan`."""
        self._engine, self._start, self._quick, self._project = engine, source, quick, project
        self._pieces = [source.text]
        self._rest = source.text.rpartition("\n")[2]
        """The last line, as long as it has no end."""
        self._count = self._waiting = 0
        """How many whole lines there are, and how many of them came since one that can matter."""
        self._level = 0
        """How many brackets are open."""
        self._report = self._scan(source.text)

    @property
    def text(self) -> str:
        """All that has come."""
        self._pieces = ["".join(self._pieces)]
        return self._pieces[0]

    def feed(self, more: str) -> Report:
        """The Report of the whole lines so far, as far as they can matter, after `more` was added."""
        self._pieces.append(more)
        lines, ended, self._rest = (self._rest + more).rpartition("\n")
        if ended and self._due((lines + ended).encode("utf-8", "surrogatepass")):
            text = self.text
            self._report = self._scan(text[: len(text) - len(self._rest)])
        return self._report

    def finish(self) -> Report:
        """The Report of the whole text."""
        self._report = self._scan(self.text)
        return self._report

    def _scan(self, text: str) -> Report:
        source = Source(text, self._start.path, self._start.language)
        return self._engine.scan(source, repairs=False, quick=self._quick, project=self._project)

    def _due(self, lines: bytes) -> bool:
        """Whether it is time to look again, now that these lines have come."""
        count = lines.count(b"\n")
        self._count += count
        if not self._waiting and not self._matters(lines):
            return False
        self._waiting += count
        lag = self._count // _LAG
        if self._waiting <= lag and not (self._waiting > max(count, lag // 2) and _BEGINS.search(lines)):
            return False
        self._waiting = 0
        return True

    def _matters(self, lines: bytes) -> bool:
        """Whether lines can change what was found."""
        language = self._start.language
        inside = self._level > 0
        self._level = max(self._level + len(_OPEN.findall(lines)) - len(_CLOSED.findall(lines)), 0)
        if language not in languages.GRAMMARS:
            return True
        triggers = self._engine.triggers[languages.describe(language).facts]
        return (
            inside
            or bool(_SAYS.search(lines))
            or triggers.could_matter(lines, self._quick)
            or any(True for _ in secrets.find(lines, language, self._start.path))
        )
