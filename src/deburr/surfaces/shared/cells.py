"""A finding in a notebook, shown in the lines of its cell and not in the JSON that the file is made of."""

from __future__ import annotations

from collections.abc import Callable

from deburr.engine.embedded import Part, as_written
from deburr.model import Source, Span

Place = tuple[int, int, int, int]


def places(source: Source, spans: list[Span]) -> tuple[list[str], Callable[[int], str], list[Place]]:
    """The lines of the part that holds the finding, how each is called, and the spans in those lines."""
    for part in as_written(source):
        found = [_place(part, span) for span in spans]
        if found[-1] is not None:
            lines = part.text.split("\n")
            return lines, _label(part, lines), [place for place in found if place]
    lines = source.text.split("\n")
    return lines, str, [(span.line, span.column, span.end_line, span.end_column) for span in spans]


def _place(part: Part, span: Span) -> Place | None:
    """A place of the file in the lines of the part."""
    start = part.back(part.offset(span.line, span.column))
    end = part.back(part.offset(span.end_line, span.end_column))
    if start is None or end is None:
        return None
    return (*_position(part.data, start), *_position(part.data, max(end, start)))


def _position(data: bytes, offset: int) -> tuple[int, int]:
    begin = data.rfind(b"\n", 0, offset) + 1
    return data.count(b"\n", 0, offset) + 1, len(data[begin:offset].decode("utf-8", "replace")) + 1


def _label(part: Part, lines: list[str]) -> Callable[[int], str]:
    """What to call a line of the part: its cell and the line in it."""
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.encode("utf-8", "surrogatepass")) + 1

    def label(number: int) -> str:
        cell = part.cell(starts[number - 1])
        return f"{cell[0]}:{cell[1]}" if cell else str(number)

    return label
