"""A text taken out of another text, with the map from its bytes back to the bytes it came from.

The one invariant: whatever is reported or edited in a Part can be said in the file's own bytes, or it is not said.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Literal

from deburr.engine.text import Lines
from deburr.model import Edit, Source, Span

Kind = Literal["code", "text"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a part and the stretch of the file it stands for."""

    start: int
    end: int
    raw_start: int
    raw_end: int

    same: bool = True
    """Whether the two are equal byte for byte; else the part's bytes stand for all of the file's as one."""


@dataclass(frozen=True)
class Part:
    """One text in one language, taken out of another text."""

    language: str
    text: str
    source: Source
    """The text it was taken from."""

    kind: Kind = "code"
    """What it is to be read for: "code" for every principle, "text" (outputs, prose) for secrets only."""

    runs: tuple[Run, ...] = ()
    """Ascending; what no run covers was added by us and stands nowhere in the file."""

    cells: tuple[tuple[int, int], ...] = ()
    """In a notebook, (byte offset in the part, number of the cell that begins there), ascending."""

    file: str = ""
    """In a patch, the file that the part will be in."""

    added: tuple[tuple[int, int], ...] | None = None
    """The bytes of which findings are spoken, ascending; None stands for all."""

    starts: tuple[tuple[int, int], ...] = ()
    """In a patch, (byte offset in the part, line of `file` that begins there), ascending."""

    problem: str = ""
    """Why the file could not be read as what it claims to be; the part is then its whole text."""

    line: int = 0
    """Where the problem is."""

    written: Callable[[str], str] = str
    """How a new piece of text has to be written in the file: as it is, or as the inside of a JSON string."""

    @cached_property
    def data(self) -> bytes:
        """The text in UTF-8; every offset counts in it."""
        return self.text.encode("utf-8", "surrogatepass")

    def raw(self, offset: int, *, end: bool = False) -> int:
        """The byte of the file that byte `offset` of the part stands for; with `end`, the one after its last."""
        index = bisect_right(self._starts, offset - end) - 1
        run = self.runs[max(index, 0)]
        if not end and offset >= run.end and index + 1 < len(self.runs):
            return self.runs[index + 1].raw_start
        if offset >= run.end:
            return run.raw_end
        if not run.same:
            return run.raw_end if end else run.raw_start
        return run.raw_start + max(offset - run.start, 0)

    def back(self, offset: int) -> int | None:
        """The byte of the part that byte `offset` of the file became, or None if it is not in the part."""
        index = bisect_right(self._raw_starts, offset) - 1
        if index < 0:
            return None
        run = self._by_raw[index]
        if offset > run.raw_end:
            return None
        return run.start + (min(offset - run.raw_start, run.end - run.start) if run.same else 0)

    def span(self, start: int, end: int) -> Span:
        """The bytes `start:end` of the part as a place in the file."""
        from_line, from_column = self.place(self.raw(start))
        to_line, to_column = self.place(self.raw(end, end=True) if end > start else self.raw(start))
        return Span(from_line, from_column, to_line, to_column)

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of a byte of the file."""
        return self._file.line(offset), self._file.column(offset)

    def offset(self, line: int, column: int) -> int:
        """The byte of the file at a line and column."""
        begin, end = self._file.bounds(min(line, self._file.count))
        return begin + len(self._file.data[begin:end].decode("utf-8", "replace")[: column - 1].encode())

    def cell(self, offset: int) -> tuple[int, int] | None:
        """The cell and the line in it, both from 1, where a byte of the part stands; None outside notebooks."""
        index = bisect_right([start for start, _ in self.cells], offset) - 1
        if index < 0:
            return None
        start, number = self.cells[index]
        return number, self.data.count(b"\n", start, offset) + 1

    def inside(self, offset: int) -> tuple[str, int] | None:
        """The file that a patch changes and the line there, where a byte of the part will stand."""
        index = bisect_right(self._firsts, offset) - 1
        if index < 0:
            return None
        start, line = self.starts[index]
        return self.file, line + self.data.count(b"\n", start, offset)

    def speaks(self, start: int, end: int) -> bool:
        """Whether the bytes `start:end` touch what findings are spoken of."""
        if self.added is None:
            return True
        index = bisect_right(self._ends, start)
        return index < len(self.added) and self.added[index][0] < max(end, start + 1)

    def edit(self, edit: Edit) -> Edit | None:
        """The same edit in the bytes of the file; None where it would touch what does not stand in the file."""
        if edit.start == edit.end:
            at = self._gap(edit.start)
            return None if at is None else Edit(at, at, self.written(edit.new))
        if not self._stands(edit.start, edit.end):
            return None
        return Edit(self.raw(edit.start), self.raw(edit.end, end=True), self.written(edit.new))

    def _gap(self, offset: int) -> int | None:
        """The byte of the file before which text can be put that is to stand before `offset` of the part."""
        index = bisect_right(self._starts, offset) - 1
        for run in self.runs[max(index, 0) : index - 2 if index > 1 else None : -1]:
            if run.same and run.start <= offset <= run.end:
                return run.raw_start + offset - run.start
            if offset in (run.start, run.end):
                return run.raw_start if offset == run.start else run.raw_end
        return None

    def _stands(self, start: int, end: int) -> bool:
        """Whether all of `start:end` stands in the file, in one cell, and no stretch is cut that counts as one."""
        touched = [run for run in self.runs if run.start < end and start < run.end]
        if not touched or touched[0].start > start or touched[-1].end < end:
            return False
        if any(not run.same and (run.start < start or end < run.end) for run in touched):
            return False
        if any(start < begin < end for begin, _ in self.cells):
            return False
        return all(one.end == two.start for one, two in pairwise(touched))

    @cached_property
    def _starts(self) -> list[int]:
        return [run.start for run in self.runs]

    @cached_property
    def _firsts(self) -> list[int]:
        return [start for start, _ in self.starts]

    @cached_property
    def _ends(self) -> list[int]:
        return [end for _, end in self.added or ()]

    @cached_property
    def _by_raw(self) -> list[Run]:
        return sorted(self.runs, key=lambda run: run.raw_start)

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [run.raw_start for run in self._by_raw]

    @property
    def _file(self) -> Lines:
        return _lines(self.source.text)


@lru_cache(1)
def _lines(text: str) -> Lines:
    """The lines of the file: a file may have thousands of parts."""
    return Lines(text.encode("utf-8", "surrogatepass"))
