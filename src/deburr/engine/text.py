"""Where byte offsets lie in a text: lines, columns and spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from deburr.model import Span

_BLOCK = 1024
_CONTINUED = bytes(range(0x80, 0xC0))


def _count(data: bytes) -> int:
    """How many code points begin in a piece of UTF-8."""
    return len(data.translate(None, _CONTINUED))


class Lines:
    """The lines of a text in UTF-8."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self.data.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.data.find(b"\n", at + 1)
        return starts

    @property
    def count(self) -> int:
        return len(self._starts)

    def line(self, offset: int) -> int:
        """The number of the line that holds a byte, from 1."""
        return bisect_right(self._starts, offset)

    def bounds(self, line: int) -> tuple[int, int]:
        """The first byte of a line and the one after its last, line end left out."""
        start = self._starts[line - 1]
        end = self._starts[line] - 1 if line < len(self._starts) else len(self.data)
        return start, end

    def column(self, offset: int) -> int:
        """The column of a byte in code points, from 1."""
        start = self._starts[self.line(offset) - 1]
        return self._points(offset) - self._points(start) + 1

    def _points(self, offset: int) -> int:
        """How many code points begin before a byte."""
        if self._ascii:
            return offset
        block = min(offset, len(self.data)) // _BLOCK
        return self._before[block] + _count(self.data[block * _BLOCK : offset])

    @cached_property
    def _ascii(self) -> bool:
        return self.data.isascii()

    @cached_property
    def _before(self) -> list[int]:
        """For each block of the text, how many code points begin before it."""
        counts = (_count(self.data[at : at + _BLOCK]) for at in range(0, len(self.data), _BLOCK))
        return list(accumulate(counts, initial=0))

    def span(self, start: int, end: int) -> Span:
        """The stretch of text between two bytes."""
        return Span(self.line(start), self.column(start), self.line(end), self.column(end))


PACKED = 1500
"""A line of so many bytes was written by a program: bundled code, or data."""


def bundled(data: bytes, places: Sequence[int]) -> bool:
    """Whether nine in ten of these places are on such lines; takes the same time however long the lines are."""
    short = 0
    for place in places:
        begin = data.rfind(b"\n", max(0, place - PACKED), place)
        end = data.find(b"\n", place, place + PACKED)
        before = place - begin if begin >= 0 or place < PACKED else PACKED
        after = end - place if end >= 0 else min(PACKED, len(data) - place)
        short += before + after <= PACKED
        if short * 10 > len(places):
            return False
    return True
