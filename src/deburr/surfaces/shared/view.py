"""The lines of code that show a finding, and where in them its steps are marked.

A view is self-contained: it can be sent between processes and rendered without the file. It holds no secret whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from deburr.model import Finding, Source, Span

_MOST_LINES = 8
"""Of one span; what is longer is cut."""


class Row(NamedTuple):
    """One line of code; `order` tells whether it directly follows the row before."""

    label: str
    """Its number; in a notebook "cell:line"."""

    text: str
    order: int


class Mark(NamedTuple):
    """A stretch of the rows with its place on the way; columns count from 0 and ends are exclusive."""

    step: int
    """From 1, in the order in which the value travels; the last is the finding itself."""

    first: int
    column: int
    last: int
    end: int


class View(NamedTuple):
    """Rows in order, and marks in the order of the steps; the last mark is what is reported."""

    rows: tuple[Row, ...] = ()
    marks: tuple[Mark, ...] = ()


Place = tuple[int, int, int, int]
"""A line and column and the end, in whatever lines are shown; all from 1."""


def view(finding: Finding, source: Source) -> View:
    """The lines of `source`, secrets already taken out of it, that a reader has to see."""
    spans = list(_steps(finding))
    if finding.cell:
        from deburr.surfaces.shared.cells import places

        lines, label, shown = places(source, spans)
    else:
        lines, label = source.text.split("\n"), str
        shown = [(span.line, span.column, span.end_line, span.end_column) for span in spans]
    return _view(lines, label, shown)


def _steps(finding: Finding) -> Iterator[Span]:
    """Each different place on the way, in order, the finding last."""
    last: Span | None = None
    for span in finding.flow:
        if span not in (last, finding.span):
            yield span
            last = span
    yield finding.span


def _view(lines: list[str], label: Callable[[int], str], places: list[Place]) -> View:
    wanted: set[int] = set()
    for place in places[:-1]:
        wanted.add(place[0])
    start, end = places[-1][0], min(max(places[-1][2], places[-1][0]), places[-1][0] + _MOST_LINES - 1)
    wanted.update(range(start, end + 1))
    wanted = {number for number in wanted if 1 <= number <= len(lines)}
    for number in sorted(wanted):
        if number + 2 in wanted:
            wanted.add(number + 1)
    numbers = sorted(wanted)
    rows = tuple(Row(label(number), lines[number - 1].rstrip("\r"), number) for number in numbers)
    index = {number: at for at, number in enumerate(numbers)}
    marks = [_mark(step, place, rows, index) for step, place in enumerate(places, 1) if place[0] in index]
    return View(rows, tuple(marks))


def _mark(step: int, place: Place, rows: tuple[Row, ...], index: dict[int, int]) -> Mark:
    line, column, end_line, end_column = place
    first = last = index[line]
    if end_line == line:
        return Mark(step, first, column - 1, first, max(end_column - 1, column))
    while last + 1 < len(rows) and rows[last + 1].order <= min(end_line, rows[last].order + 1):
        last += 1
    return Mark(step, first, column - 1, last, len(rows[last].text.rstrip()))
