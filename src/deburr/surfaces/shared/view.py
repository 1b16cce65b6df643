"""The lines of code that show a finding, and where in them its steps are marked.

A view is self-contained: it can be sent between processes and rendered without the file. It holds no secret whole.
"""

from __future__ import annotations

from collections.abc import Callable
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
    path: str = ""
    """Of its file, when it is another than the finding's."""


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
    reported: int = 0
    """The step that is the finding itself, when that is not the last."""


Place = tuple[int, int, int, int]
"""A line and column and the end, in whatever lines are shown; all from 1."""


Others = Callable[[str], Source | None]
"""Gives another file by its path, secrets already taken out of it."""


def view(finding: Finding, source: Source, others: Others = lambda _: None) -> View:
    """The lines of `source`, secrets already taken out of it, and of other files, that a reader has to see."""
    way = steps(finding)
    reported = way.index(finding.span) + 1
    rows: list[Row] = []
    marks: list[Mark] = []
    for path in dict.fromkeys(span.path for span in way):
        spans = [(step, span) for step, span in enumerate(way, 1) if span.path == path]
        text = others(path) if path else source
        if text is None:
            continue
        shown, marked = _page(text, spans, finding, reported)
        marks += [mark._replace(first=mark.first + len(rows), last=mark.last + len(rows)) for mark in marked]
        rows += shown
    return View(tuple(rows), tuple(sorted(marks)), reported if reported < len(way) else 0)


def steps(finding: Finding) -> list[Span]:
    """Each different place on the way, in order: the finding is the last of its own file."""
    way: list[Span] = []
    for span in finding.flow:
        if span != finding.span and (not way or span != way[-1]):
            way.append(span)
    away = len(way)
    while away and way[away - 1].path:
        away -= 1
    if not finding.flow or finding.flow[-1].path == "":
        return [*way, finding.span]
    if away and way[away - 1].line == finding.span.line:
        way[away - 1] = finding.span
        return way
    return [*way[:away], finding.span, *way[away:]]


def _page(
    source: Source, spans: list[tuple[int, Span]], finding: Finding, reported: int
) -> tuple[list[Row], list[Mark]]:
    """What is to be seen of one file, the marks in its rows."""
    path = spans[0][1].path
    if finding.cell and not path:
        from deburr.surfaces.shared.cells import places

        lines, label, shown = places(source, [span for _, span in spans])
        spans = spans[len(spans) - len(shown) :]
    else:
        lines, label = source.text.split("\n"), str
        shown = [(span.line, span.column, span.end_line, span.end_column) for _, span in spans]
    wanted = {place[0] for place in shown}
    for (step, _), place in zip(spans, shown, strict=True):
        if step == reported:
            end = min(max(place[2], place[0]), place[0] + _MOST_LINES - 1)
            wanted.update(range(place[0], end + 1))
    wanted = {number for number in wanted if 1 <= number <= len(lines)}
    for number in sorted(wanted):
        if number + 2 in wanted:
            wanted.add(number + 1)
    numbers = sorted(wanted)
    rows = [Row(label(number), lines[number - 1].rstrip("\r"), number, path) for number in numbers]
    index = {number: at for at, number in enumerate(numbers)}
    pairs = zip(spans, shown, strict=True)
    return rows, [_mark(step, place, tuple(rows), index) for (step, _), place in pairs if place[0] in index]


def _mark(step: int, place: Place, rows: tuple[Row, ...], index: dict[int, int]) -> Mark:
    line, column, end_line, end_column = place
    first = last = index[line]
    if end_line == line:
        return Mark(step, first, column - 1, first, max(end_column - 1, column))
    while last + 1 < len(rows) and rows[last + 1].order <= min(end_line, rows[last].order + 1):
        last += 1
    return Mark(step, first, column - 1, last, len(rows[last].text.rstrip()))
