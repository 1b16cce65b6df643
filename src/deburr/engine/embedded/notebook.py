"""Jupyter notebooks: all code cells as one Part, since names flow between them, and all other text as another.

What IPython adds to Python (`!command`, `%magic`) is rewritten as the calls that IPython makes of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from deburr.engine.embedded import ipython, tables
from deburr.engine.embedded.build import Builder
from deburr.engine.embedded.line import Line, Piece, lines
from deburr.engine.embedded.located_json import Text, Unreadable, Value, read
from deburr.engine.embedded.part import Part, Run
from deburr.model import Source

_BINARY = re.compile(
    r"(?:image|audio|video|font)/(?!svg)|application/(?:pdf|octet-stream|zip|vnd\.jupyter\.widget-view)"
    r"|(?:png|jpe?g|gif|pdf)$"
)
_NAME = re.compile(r"[A-Za-z][\w.\- ]{0,60}")
_STRUCTURE = frozenset("text html data name source traceback ename evalue stream model_name model_module".split())
"""Keys of the notebook format itself: they say nothing of the text under them."""

_ANSI = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07\x1b]*(?:\x07|\x1b\\))")
"""What colors a terminal; it stands between a name and its value."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell: its number from 1, what it is, its text and everything else in it."""

    number: int
    kind: str
    source: tuple[Text, ...]
    rest: tuple[tuple[str, Text], ...]
    """Each with the key that it stands under, where that is a name."""


def cells(source: Source, *, rewrite: bool = True) -> list[Part]:
    """The code of a notebook as one Part and its outputs and prose as another; the whole text if it is no notebook.

    Without `rewrite`, what is not Python in the code stays as it is written.
    """
    try:
        notebook = read(source.text)
    except Unreadable as error:
        return [_whole(source, f"not a notebook: {error.problem}", source.text.count("\n", 0, error.at) + 1)]
    if not isinstance(notebook, dict):
        return [_whole(source, "not a notebook: no object at the top", 1)]
    found = list(_cells(notebook))
    if not found and "cells" not in notebook and "worksheets" not in notebook:
        return [_whole(source, "not a notebook: it has no cells", 1)]
    offsets = _Offsets(source.text)
    code, other = Builder(), Builder()
    language = _language(notebook)
    for cell in found:
        _take(cell, (code, language if rewrite else ""), other, offsets)
    for name, text in _named(notebook.get("metadata")):
        _append(other, name, lines(text, offsets.byte(text.start)))
    parts = [code.part(language, "code", source, _written)] if code.at else []
    if other.at:
        parts.append(other.part("text", "text", source, _written))
        table = tables.part(parts[-1])
        parts += [table] if table is not None else []
    return parts


def _written(text: str) -> str:
    """A text as the inside of a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _whole(source: Source, problem: str, line: int) -> Part:
    size = len(source.text.encode("utf-8", "surrogatepass"))
    runs = (Run(0, size, 0, size),)
    return Part("text", source.text, source, "text", runs, problem=problem, line=line)


def _language(notebook: dict[str, Value]) -> str:
    """The language of the kernel; Python when the notebook does not say."""
    metadata = notebook.get("metadata")
    for place, key in (("language_info", "name"), ("kernelspec", "language")):
        table = metadata.get(place) if isinstance(metadata, dict) else None
        name = table.get(key) if isinstance(table, dict) else None
        if isinstance(name, Text) and name.inside:
            return "python" if "python" in name.inside.lower() else name.inside.lower()
    return "python"


def _cells(notebook: dict[str, Value]) -> Iterator[_Cell]:
    """The cells in order, of format 4 (`cells`) and of format 3 (`worksheets`)."""
    groups = [notebook.get("cells")]
    sheets = notebook.get("worksheets")
    groups += [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)] if isinstance(sheets, list) else []
    number = 0
    for group in groups:
        for cell in group if isinstance(group, list) else []:
            number += 1
            if isinstance(cell, dict):
                yield _cell(cell, number)


def _cell(cell: dict[str, Value], number: int) -> _Cell:
    kind = cell.get("cell_type")
    key = "source" if "source" in cell else "input"
    rest = [pair for name, value in cell.items() if name not in (key, "cell_type", "id") for pair in _named(value)]
    return _Cell(
        number=number,
        kind=kind.inside if isinstance(kind, Text) else "",
        source=tuple(_strings(cell.get(key))),
        rest=tuple(rest),
    )


def _strings(value: Value | None) -> Iterator[Text]:
    """Every string in a text or a list of them."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Text):
            yield item


def _named(value: Value | None, key: str = "") -> Iterator[tuple[str, Text]]:
    """Every string in a value, in order and without binary data, with the key that it stands under."""
    if isinstance(value, Text):
        yield key, value
    elif isinstance(value, list):
        for item in value:
            yield from _named(item)
    elif isinstance(value, dict):
        encoded = value.get("encoding")
        packed = isinstance(encoded, Text) and encoded.inside == "base64"
        label = value.get("description")  # of a widget's value
        for name, item in value.items():
            if name == "output_type" or _BINARY.match(name) or (packed and name == "data"):
                continue
            called = label.inside.strip(" :") if name == "value" and isinstance(label, Text) else name
            yield from _named(item, called if _NAME.fullmatch(called) and name not in _STRUCTURE else "")


def _take(cell: _Cell, into_code: tuple[Builder, str], other: Builder, offsets: _Offsets) -> None:
    """Adds a cell's text to the part it belongs to; code is given with the language it is to be read in."""
    code, language = into_code
    text = [line for piece in cell.source for line in lines(piece, offsets.byte(piece.start))]
    text = list(_joined(text))
    is_code = cell.kind == "code"
    if is_code and language == "python":
        text, is_code = ipython.body(text)
    into = code if is_code else other
    if text:
        into.cell(cell.number)
        if is_code and language == "python":
            ipython.write(into, text)
        else:
            for line in text:
                line.write(into)
        _end_line(into)
    if cell.rest:
        other.cell(cell.number)
        for name, piece in cell.rest:
            _append(other, name, lines(piece, offsets.byte(piece.start)))


def _joined(pieces: list[Line]) -> Iterator[Line]:
    """Pieces that do not end a line are put together with what follows."""
    held: list[Piece] = []
    for line in pieces:
        held += line.pieces
        if line.text.endswith("\n"):
            yield Line(tuple(held))
            held = []
    if held:
        yield Line(tuple(held))


def _append(into: Builder, name: str, found: list[Line]) -> None:
    """Adds a text without what colors it; one on a single line after its name."""
    named = name if len(found) == 1 and "\n" not in found[0].text and '"' not in found[0].text else ""
    into.add(f'"{named}": "' if named else "")
    for line in found:
        _plain(line).write(into)
    into.add('"\n' if named else "")
    _end_line(into)


def _plain(line: Line) -> Line:
    """The line without what a terminal obeys and does not show."""
    if "\x1b" not in line.text:
        return line
    characters = list(line.characters())
    kept: list[Piece] = []
    at = 0
    for match in _ANSI.finditer(line.text):
        kept += characters[at : match.start()]
        at = match.end()
    return Line(tuple(kept + characters[at:]))


def _end_line(into: Builder) -> None:
    """What follows begins on a line of its own."""
    if into.text and not into.text[-1].endswith("\n"):
        into.add("\n")


class _Offsets:
    """Characters of a text to bytes of it; quick when asked in ascending order."""

    def __init__(self, text: str) -> None:
        self._text, self._ascii = text, text.isascii()
        self._char = self._byte = 0

    def byte(self, char: int) -> int:
        if self._ascii:
            return char
        if char < self._char:
            self._char = self._byte = 0
        self._byte += len(self._text[self._char : char].encode("utf-8", "surrogatepass"))
        self._char = char
        return self._byte
