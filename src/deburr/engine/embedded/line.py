"""One line of text that knows for each stretch of it where it stands in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from deburr.engine.embedded.build import Builder
from deburr.engine.embedded.located_json import Text

_PIECE = re.compile(r"[^\\]+|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|\\", re.S)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `same` when the file writes it as it is, else it stands for `raw_start:raw_end` as one."""

    text: str
    raw_start: int
    raw_end: int
    same: bool


@dataclass(frozen=True)
class Line:
    """Pieces, of which only the last may end with a line feed."""

    pieces: tuple[Piece, ...]

    @cached_property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def write(self, into: Builder) -> None:
        """Adds the line as it is."""
        for piece in self.pieces:
            if piece.same:
                into.copy(piece.text, piece.raw_start)
            else:
                into.stand_for(piece.text, piece.raw_start, piece.raw_end)

    def stand_for(self, into: Builder, text: str) -> None:
        """Adds another text in place of the line."""
        into.stand_for(text, self.pieces[0].raw_start, self.pieces[-1].raw_end)

    def characters(self) -> Iterator[Piece]:
        """The line one character at a time."""
        for piece in self.pieces:
            if not piece.same:
                yield piece
                continue
            at = piece.raw_start
            for character in piece.text:
                end = at + len(character.encode("utf-8", "surrogatepass"))
                yield Piece(character, at, end, same=True)
                at = end

    def cut(self, start: int, end: int) -> Line:
        """The characters `start:end` as a line of their own."""
        return Line(tuple(self.characters())[start:end])


def lines(text: Text, at: int) -> list[Line]:
    """The lines that a JSON string means; its inside begins at byte `at` of the file."""
    found: list[Line] = []
    current: list[Piece] = []
    for match in _PIECE.finditer(text.inside):
        written = match[0]
        end = at + (len(written) if written.isascii() else len(written.encode("utf-8", "surrogatepass")))
        meant = _meant(written)
        current.append(Piece(meant, at, end, same=meant == written))
        at = end
        if meant == "\n":
            found.append(Line(tuple(current)))
            current = []
    if current:
        found.append(Line(tuple(current)))
    return found


def _meant(written: str) -> str:
    """What a stretch of a JSON string means."""
    if not written.startswith("\\"):
        return written
    if written.startswith("\\u") and len(written) > 2:
        codes = [int(part, 16) for part in written.split("\\u")[1:]]
        if len(codes) == 2:
            return chr(0x10000 + (codes[0] - 0xD800) * 0x400 + codes[1] - 0xDC00)
        return chr(codes[0]) if not 0xD800 <= codes[0] < 0xE000 else "\ufffd"
    return _ESCAPES.get(written[1:], written[1:])
