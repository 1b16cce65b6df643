"""Tables in text: what stands under a credential's name in a column, written as that name and its value.

What comes in: a Part whose text may hold tables. What goes out: one more Part in which each such cell is `name: "cell"`
on the line where it stands, so that it is judged as any other name with a value. Columns may be those of CSV, of SQL
that inserts rows, of frames as they are printed or in HTML, and of tables between bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from deburr.engine.embedded.build import Builder
from deburr.engine.embedded.part import Part, Run
from deburr.engine.secrets import names
from deburr.model import Source

_FAR = 1 << 62
_MOST = 500
"""Rows of one table that are looked at."""

_NAMED = re.compile(rb"(?i)passw|passphrase|pwd|secret|token|api[ _-]?key|access[ _-]?key|credential|private[ _-]?key")
_QUOTED = rb"\"(?:[^\"\n]|\"\")*\""
_SPREAD = re.compile(rb"(?i)insert\s+(?:ignore\s+)?into\s+[^\s(]+\s*\(([^()]{1,4000})\)\s*values\s*")
_COPY = re.compile(rb"(?im)^copy\s+\S+\s*\(([^()]{1,4000})\)\s+from\s+stdin[^\n]*\n")
_SQL = re.compile(rb"\s*((?:[nebx]?'(?:[^'\\]|\\.|'')*'|\"[^\"\n]*\"|[^,()'\n]|\([^()\n]*\))*)\s*([,)])", re.I)
_OPEN = re.compile(rb"[\s,]*\(")
_RULE = re.compile(rb"[ \t|:+=\-]*-{2,}[ \t|:+=\-]*\r?$")
_CELL = re.compile(rb"([^|\n]+)")
_HEAD = re.compile(rb"(?is)<tr[^>]*>(?:\s*<th[^>]*>[^<]*</th>)+\s*</tr>")
_TH = re.compile(rb"(?is)<th[^>]*>([^<]*)</th>")
_TR = re.compile(rb"(?is)\s*(?:</?t(?:head|body)[^>]*>\s*)*<tr[^>]*>(.*?)</tr>")
_TD = re.compile(rb"(?is)<t[hd][^>]*>\s*([^<]*?)\s*</t[hd]>")


class Cell(NamedTuple):
    """A value that stands under a name."""

    name: str
    start: int
    end: int


def of(source: Source) -> Part | None:
    """The same of a whole file."""
    size = len(source.text.encode("utf-8", "surrogatepass"))
    return part(Part(source.language, source.text, source, "text", (Run(0, size, 0, size),)))


def part(whole: Part) -> Part | None:
    """The cells of all tables in a part that stand under a credential's name; None when there are none."""
    if not _NAMED.search(whole.data, 0, whole.data.find(b"\n") % _FAR if whole.language == "csv" else _FAR):
        return None
    data = whole.data
    reader = _READERS.get(whole.language, _printed)
    found = sorted({cell for cell in reader(data) if _worth(data[cell.start : cell.end])}, key=lambda cell: cell.start)
    if not found:
        return None
    into = Builder()
    number, line, at = 0, 1, 0
    for cell in found:
        place = whole.cell(cell.start)
        if place and place[0] != number:
            number, line = place[0], 1
            into.add("\n" if into.at else "")
            into.cell(number)
        wanted = place[1] if place else line + data.count(b"\n", at, cell.start)
        into.add("\n" * (wanted - line))
        _write(into, whole, cell)
        line, at = wanted, cell.start
    into.add("\n")
    return into.part("text", "text", whole.source, whole.written)


def _worth(value: bytes) -> bool:
    return len(value) > 2 and not set(value) & set(b"\"'\n\\")


def _write(into: Builder, whole: Part, cell: Cell) -> None:
    into.add(f'{cell.name}: "')
    text = whole.data[cell.start : cell.end].decode("utf-8", "surrogatepass")
    start, end = whole.raw(cell.start), whole.raw(cell.end, end=True)
    if end - start == cell.end - cell.start:
        into.copy(text, start)
    else:
        into.stand_for(text, start, end)
    into.add('" ')


def _names(fields: list[bytes]) -> dict[int, str]:
    """By column, the names of credentials."""
    found = {}
    for index, field in enumerate(fields):
        text = field.strip(b" \t\r\"'`[]*").decode("utf-8", "replace")
        if 0 < len(text) < 50 and _NAMED.search(field) and names.sort(text) and not text[0].isdigit():
            found[index] = re.sub(r"\W+", "_", text)
    return found


def _csv(data: bytes) -> Iterator[Cell]:
    first, _, _ = data.partition(b"\n")
    mark = max((b",", b";", b"\t", b"|"), key=first.count)
    field = re.compile(rb"(" + _QUOTED + rb"|[^\n" + re.escape(mark) + rb"]*)(" + re.escape(mark) + rb"|\r?\n|$)")
    columns = _names([found[1] for found in _row(field, data, 0)])
    if not columns or mark not in first:
        return
    at = len(first) + 1
    while at < len(data):
        cells = list(_row(field, data, at))
        for index, name in columns.items():
            if index < len(cells):
                yield _trimmed(name, cells[index], data)
        at = max(cells[-1].end(), at + 1)


def _row(field: re.Pattern[bytes], data: bytes, at: int, last: bytes = b"\n") -> Iterator[re.Match[bytes]]:
    while match := field.match(data, at):
        yield match
        at = match.end()
        if not match[2] or match[2].endswith(last):
            return


def _trimmed(name: str, match: re.Match[bytes], data: bytes) -> Cell:
    """The cell without what surrounds its value."""
    start, end = match.span(1)
    while start < end and data[start : start + 1] in b" \t\"'`*":
        start += 1
    while start < end and data[end - 1 : end] in b" \t\r\"'`*":
        end -= 1
    return Cell(name, start, end)


def _sql(data: bytes) -> Iterator[Cell]:
    for insert in _SPREAD.finditer(data):
        columns = _names(insert[1].split(b","))
        at = insert.end()
        while columns and (opened := _OPEN.match(data, at)):
            cells = list(_row(_SQL, data, opened.end(), b")"))
            if not cells:
                break
            for index, name in columns.items():
                if index < len(cells) and cells[index][1][:1] in (b"'", b'"', b"N", b"n", b"E", b"e"):
                    yield _trimmed(name, cells[index], data)
            at = cells[-1].end()
    for copy in _COPY.finditer(data):
        if columns := _names(copy[1].split(b",")):
            end = data.find(b"\n\\.", copy.end())
            for row in _lines(data, copy.end(), end if end > 0 else len(data)):
                yield from _split(columns, data, row, b"\t")


def _lines(data: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = data.find(b"\n", start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1


def _split(columns: dict[int, str], data: bytes, row: tuple[int, int], mark: bytes) -> Iterator[Cell]:
    at = row[0]
    for index, piece in enumerate(data[slice(*row)].split(mark)):
        if index in columns:
            yield Cell(columns[index], at, at + len(piece.rstrip(b"\r")))
        at += len(piece) + len(mark)


def _printed(data: bytes) -> Iterator[Cell]:
    """Frames as they are printed or in HTML, and tables between bars."""
    yield from _html(data)
    busy = 0
    for start, end in _lines(data, 0, len(data)):
        line = data[start:end]
        if start < busy or len(line) > 2000 or b"<" in line or not _NAMED.search(line):
            continue
        read = _bars if b"|" in line else None if b"=" in line or b":" in line else _aligned
        for cell in read(data, start, end) if read else ():
            busy = cell.end
            yield cell


def _bars(data: bytes, start: int, end: int) -> Iterator[Cell]:
    rows = islice(_lines(data, end + 1, len(data)), _MOST)
    rule = next(rows, None)
    columns = _names([match[0] for match in _CELL.finditer(data, start, end)])
    if rule is None or not _RULE.match(data[slice(*rule)]) or not columns:
        return
    for row in rows:
        if b"|" not in data[slice(*row)]:
            return
        cells = list(_CELL.finditer(data, *row))
        for index, name in columns.items():
            if index < len(cells):
                yield _trimmed(name, cells[index], data)


def _aligned(data: bytes, start: int, end: int) -> Iterator[Cell]:
    """A header and rows in which each cell ends, or begins, where its column's name does."""
    text = data[start:end].decode("utf-8", "replace")
    heads = list(re.finditer(r"\S+", text))
    columns = _names([head[0].encode() for head in heads])
    if len(heads) < 2 or not columns or any(not head[0].replace("_", "").isalnum() for head in heads):
        return
    for first, last in islice(_lines(data, end + 1, len(data)), _MOST):
        row = data[first:last].decode("utf-8", "replace")
        cells = list(re.finditer(r"\S+", row))
        if not 0 <= len(cells) - len(heads) <= 1:
            return
        for index, name in columns.items():
            if (cell := _under(heads[index], cells, row)) is not None:
                begin = first + len(row[: cell.start()].encode())
                yield Cell(name, begin, begin + len(cell[0].encode()))


def _under(head: re.Match[str], cells: list[re.Match[str]], row: str) -> re.Match[str] | None:
    """The cell that ends or begins where a column's name does."""
    for cell in cells:
        if cell.end() == head.end() or (cell.start() == head.start() and row[:1] != " "):
            return cell
    return None


def _html(data: bytes) -> Iterator[Cell]:
    for head in _HEAD.finditer(data):
        columns = _names(_TH.findall(head[0]))
        at = head.end()
        for _ in range(_MOST if columns else 0):
            row = _TR.match(data, at)
            if row is None:
                break
            cells = list(_TD.finditer(data, *row.span(1)))
            for index, name in columns.items():
                if index < len(cells):
                    yield Cell(name, *cells[index].span(1))
            at = row.end()


_READERS = {"csv": _csv, "sql": _sql}
