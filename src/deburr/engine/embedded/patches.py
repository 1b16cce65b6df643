"""Patches: what each of them leaves of a file's text, as a Part in that file's own language.

What comes in: a unified diff, one that combines several parents, or a mail around one. What goes out: one Part for each
file, made of unchanged and added lines; of what is found in it only what touches an added line is spoken of.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from deburr.engine import languages
from deburr.engine.embedded.build import Builder
from deburr.engine.embedded.part import Part
from deburr.model import Source

_HUNK = re.compile(r"(@@+)((?: -\d+(?:,\d+)?)+) \+(\d+)(?:,(\d+))? (@@+)")
_OLD = re.compile(r"-\d+(?:,(\d+))?")
_FRAGMENTS = {"notebook": "json"}
"""Languages that only a whole file can be read in, and what a piece of it is read as."""


@dataclass(slots=True)
class _Hunk:
    """How many lines of each side are still to come."""

    new: int
    old: list[int]

    @property
    def over(self) -> bool:
        return self.new <= 0 and all(count <= 0 for count in self.old)

    def take(self, marks: str) -> bool:
        """Counts a line by its marks, one for each parent; whether it stands in the new text."""
        kept = "-" not in marks
        self.new -= kept
        for index, mark in enumerate(marks):
            self.old[index] -= mark == (" " if kept else "-")
        return kept


@dataclass(slots=True)
class _File:
    """One file's new text in the making."""

    path: str
    into: Builder = field(default_factory=Builder)
    added: list[tuple[int, int]] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)

    def part(self, source: Source) -> Part:
        language = languages.of(self.path, "".join(self.into.text[:1])[:256])
        made = self.into.part(_FRAGMENTS.get(language, language), "code", source)
        return replace(made, file=self.path, added=tuple(self.added), starts=tuple(self.starts))


def files(source: Source) -> list[Part]:
    """The files that a patch changes; the whole text, and why, when it is no patch."""
    binary: list[Part] = []
    found = [one.part(source) for one in _files(source.text, binary, source) if one.added]
    if found or binary or not source.text.strip() or _HUNK.search(source.text) or "diff --git " in source.text:
        return [*found, *binary]
    whole = Builder()
    whole.copy(source.text, 0)
    return [replace(whole.part("text", "text", source), problem="not a patch: no line is added or taken away", line=1)]


def _files(text: str, binary: list[Part], source: Source) -> Iterator[_File]:
    current = _File("")
    hunk = _Hunk(0, [])
    named = ""
    for number, (line, at) in enumerate(_rows(text), 1):
        if not hunk.over and _take(line, at, hunk, current):
            continue
        if line.startswith(("diff ", "Index: ", "--- ")):
            hunk = _Hunk(0, [])
            named = _of_header(line) if line.startswith("diff --") else named
        elif line.startswith("+++ "):
            yield current
            current, hunk = _File(_name(line[4:])), _Hunk(0, [])
        elif line.startswith(("GIT binary patch", "Binary files ")):
            where = f" of {named}" if named else ""
            binary.append(Part("text", "", source, "text", problem=f"binary{where}", line=number))
        elif match := _HUNK.match(line):
            old = [int(count or 1) for count in _OLD.findall(match[2])]
            hunk = _Hunk(int(match[4] or 1), old)
            current.starts.append((current.into.at, int(match[3])))
    yield current


def _take(line: str, at: int, hunk: _Hunk, current: _File) -> bool:
    """Adds a line of a hunk to its file; False when the hunk ends before its count says so."""
    width = len(hunk.old)
    marks = line[:width] if line.strip("\r\n") else " " * width  # mailers cut spaces at the end of a line
    if line.startswith("\\"):
        return True
    if len(marks) < width or marks.strip(" +-"):
        hunk.new, hunk.old = 0, []
        return False
    if hunk.take(marks):
        start = current.into.at
        inside = line[width:] if line.strip("\r\n") else line
        current.into.copy(inside, at + len(line) - len(inside) if inside is line else at + width)
        if "+" in marks:
            current.added.append((start, current.into.at))
    return True


def _rows(text: str) -> Iterator[tuple[str, int]]:
    """Each line with its end, and the byte at which it begins."""
    at = 0
    for match in re.finditer(r"[^\n]*\n|[^\n]+", text):
        yield match[0], at
        at += len(match[0]) if match[0].isascii() else len(match[0].encode("utf-8", "surrogatepass"))


def _of_header(line: str) -> str:
    """The path in `diff --git a/PATH b/PATH` or `diff --cc PATH`, as it can be read from there."""
    rest = line.rstrip("\r\n").split(" ", 2)[-1]
    return _name(rest[rest.rfind(" b/") + 1 :] if " b/" in rest else rest)


def _name(text: str) -> str:
    """The path after `+++`; empty for a deleted file."""
    text = text.rstrip("\r\n").split("\t", 1)[0].rstrip() if not text.startswith('"') else text.rstrip()
    if text.startswith('"'):
        raw = codecs.escape_decode(text.strip('"').encode("utf-8", "surrogateescape"))[0]
        text = raw.decode("utf-8", "replace")
    return "" if text == "/dev/null" else re.sub(r"^[abiwco]/", "", text)
