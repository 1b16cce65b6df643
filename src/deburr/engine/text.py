"""Where byte offsets lie in a text: lines, columns and spans."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property

from deburr.model import Span


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
        return len(self.data[start:offset].decode("utf-8", "replace")) + 1

    def span(self, start: int, end: int) -> Span:
        """The stretch of text between two bytes."""
        return Span(self.line(start), self.column(start), self.line(end), self.column(end))
