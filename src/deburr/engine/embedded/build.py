"""Puts a Part together piece by piece, counting bytes on both sides."""

from __future__ import annotations

from collections.abc import Callable

from deburr.engine.embedded.part import Kind, Part, Run
from deburr.model import Source


class Builder:
    """A Part in the making."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.runs: list[Run] = []
        self.cells: list[tuple[int, int]] = []
        self.at = 0
        """How many bytes the part has so far."""

    def copy(self, text: str, raw_start: int) -> None:
        """Text that stands in the file just so, from byte `raw_start` on."""
        size = len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
        self._run(text, size, raw_start, raw_start + size, same=True)

    def stand_for(self, text: str, raw_start: int, raw_end: int) -> None:
        """Text that the file writes in another way at `raw_start:raw_end`."""
        self._run(text, len(text.encode("utf-8", "surrogatepass")), raw_start, raw_end, same=False)

    def add(self, text: str) -> None:
        """Text that stands nowhere in the file."""
        if not text:
            return
        self.text.append(text)
        self.at += len(text.encode("utf-8", "surrogatepass"))

    def cell(self, number: int) -> None:
        """From here on the part is cell `number`."""
        self.cells.append((self.at, number))

    def part(self, language: str, kind: Kind, source: Source, written: Callable[[str], str] = str) -> Part:
        """What was put together."""
        return Part(
            language=language,
            text="".join(self.text),
            kind=kind,
            runs=tuple(self.runs),
            cells=tuple(self.cells),
            source=source,
            written=written,
        )

    def _run(self, text: str, size: int, raw_start: int, raw_end: int, *, same: bool) -> None:
        if not text:
            return
        last = self.runs[-1] if self.runs else None
        if same and last and last.same and last.end == self.at and last.raw_end == raw_start:
            self.runs[-1] = Run(last.start, last.end + size, last.raw_start, raw_end)
        else:
            self.runs.append(Run(self.at, self.at + size, raw_start, raw_end, same))
        self.text.append(text)
        self.at += size
