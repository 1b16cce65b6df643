"""Byte offsets as lines and columns."""

from __future__ import annotations

import pytest

from deburr.engine.text import Lines
from deburr.model import Span


@pytest.mark.parametrize(
    ("text", "piece", "place"),
    [
        ("ab\ncd", "c", (2, 1)),
        ("äb\ncd", "b", (1, 2)),
        ("a\n😀é x", "x", (2, 4)),
        ("a\r\nbc", "c", (2, 2)),
        ("\ufeffa", "a", (1, 2)),
        ("x" * 5000 + "é" * 5000 + "z", "z", (1, 10_001)),
        ("é" * 3000 + "\n" + "é" * 3000 + "z", "z", (2, 3001)),
    ],
)
def test_where_a_piece_stands(text: str, piece: str, place: tuple[int, int]) -> None:
    data = text.encode()
    lines, at = Lines(data), data.index(piece.encode())
    assert (lines.line(at), lines.column(at)) == place


def test_spans_end_behind_the_last_character() -> None:
    assert Lines("a = 'é'\nb".encode()).span(4, 8) == Span(1, 5, 1, 8)
    assert Lines(b"a\nb").span(0, 3) == Span(1, 1, 2, 2)


def test_lines_without_their_end() -> None:
    lines = Lines(b"a\nbc\n\n")
    assert [lines.bounds(n) for n in range(1, lines.count + 1)] == [(0, 1), (2, 4), (5, 5), (6, 6)]


def test_half_a_surrogate_is_one_column() -> None:
    assert Lines("\ud800x".encode("utf-8", "surrogatepass")).column(3) == 2
