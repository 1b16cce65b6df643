"""A text too large to be scanned whole: searched for secrets only, a stretch at a time.

What comes in: its bytes as they come, and what looks at a piece. What goes out: Looked, as of any other text. The
invariant: memory does not grow with the text, and each finding is the one that the whole text would give.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from deburr.engine import languages, secrets
from deburr.engine.embedded import HOLDERS
from deburr.engine.secrets.streaming import Place, Stretch
from deburr.model import Finding, Skipped, Source, Span
from deburr.surfaces.shared.checked import Looked, Shown
from deburr.surfaces.shared.decode import Decoded, Recoded
from deburr.surfaces.shared.files import Loaded, changed
from deburr.surfaces.shared.view import View

MOST = 1000
"""So many findings of one text are kept; one that has more is not searched to its end."""

_CHUNK, _MARGIN, _PIECE = 1 << 20, 2048, 1 << 14

Look = Callable[[Loaded, int], Looked]
"""Looks at a piece of a text for secrets; the number says how many lines stand before it."""


class Reading:
    """The bytes that a file holds when it is opened, and afterwards what became of the file meanwhile."""

    def __init__(self, file: str) -> None:
        self.file, self.problem = file, ""

    def __iter__(self) -> Iterator[bytes]:
        try:
            with open(self.file, "rb", buffering=0) as handle:
                before = os.fstat(handle.fileno())
                left = before.st_size
                while left > 0 and (chunk := handle.read(min(_CHUNK, left))):
                    left -= len(chunk)
                    yield chunk
                self.problem = changed(self.file, before, os.fstat(handle.fileno()))
        except OSError as error:
            self.problem = f"could not be read to its end ({error.strerror})"


class _Wide(NamedTuple):
    """A stretch with its surroundings."""

    place: Place
    """Where `data` begins."""

    data: bytes
    before: int
    """How many bytes of it stand before the stretch."""

    stretch: Stretch


class Piece(NamedTuple):
    """A few lines of a text with the secrets that stand close together in them."""

    text: str
    line: int
    column: int
    """Where it begins in the whole text, from 1."""

    first: tuple[int, int]
    last: tuple[int, int]
    """The lines and columns, in the piece, at which its first and its last secret begin."""


def searched(chunks: Iterable[bytes], path: str, why: str, look: Look, spoken: str = "") -> Looked:
    """What the secrets of the text give; `why` says that it is too large for more, `spoken` its language if known."""
    text = Recoded(chunks)
    head = text.head.decode("utf-8", "replace")[:256]
    spoken = spoken or languages.of(path, head)
    language = ("json" if spoken == "notebook" else "text") if spoken in HOLDERS else spoken
    found = Looked(path, spoken, skipped=(Skipped(path, why),), whole=spoken not in languages.GRAMMARS | HOLDERS)
    seen: Counter[str] = Counter()
    lines = 0
    for wide in _beside(secrets.stream(text, language, path)):
        lines = wide.place.line - 1 + wide.data.count(b"\n") + (wide.data[-1:] not in (b"", b"\n"))
        for piece in _pieces(wide):
            source = Source(piece.text, path, language)
            found = _with(found, look(Loaded(source, Decoded(piece.text)), piece.line - 1), piece, seen)
        if len(found.shown) > MOST:
            reason = f"holds more than {MOST} secrets: from line {lines + 1} on it was not searched"
            return found._replace(skipped=(*found.skipped, Skipped(path, reason, lines)), lines=lines, whole=False)
    problem = (Skipped(path, f"{text.problem}, read with replacements", text.line),) if text.problem else ()
    return found._replace(lines=lines, skipped=(*found.skipped, *problem))


def _beside(found: Iterable[Stretch]) -> Iterator[_Wide]:
    """Each stretch with what stands right before and behind it."""
    place, before, last = Place(), b"", None
    for stretch in found:
        if last is not None:
            data = before + last.data
            yield _Wide(place, data + stretch.data[:_MARGIN], len(before), last)
            place, before = place.behind(data[:-_MARGIN]), data[-_MARGIN:]
        last = stretch
    if last is not None:
        yield _Wide(place, before + last.data, len(before), last)


def _pieces(wide: _Wide) -> Iterator[Piece]:
    """The surroundings of each secret or group of secrets, so that no secret is in two groups."""
    starts = [one.start + wide.before for one in wide.stretch.secrets]
    at = 0
    while at < len(starts):
        end = bisect_left(starts, starts[at] + _PIECE, at + 1)
        begin = _begin(wide.data, starts[at])
        text = wide.data[begin : wide.stretch.secrets[end - 1].end + wide.before + _MARGIN]
        first, last = (Place().behind(wide.data[begin:start])[1:] for start in (starts[at], starts[end - 1]))
        _, line, column = wide.place.behind(wide.data[:begin])
        yield Piece(text.decode("utf-8", "replace"), line, column, first, last)
        at = end


def _begin(data: bytes, start: int) -> int:
    """Where a piece begins so that what decides about a secret stands in it: at a line if one is near."""
    far = max(0, start - _MARGIN)
    line = data.find(b"\n", far, start) + 1 if far else 0
    if line or not far:
        return line
    while far < start and 0x80 <= data[far] < 0xC0:  # not inside a letter
        far += 1
    return far


def _with(found: Looked, part: Looked, piece: Piece, seen: Counter[str]) -> Looked:
    """The result with that of a piece, whose places now count from the beginning of the text."""
    shown = [_placed(one, piece, seen) for one in part.shown if _inside(one.finding, piece)]
    waived = [
        replace(one, finding=_shifted(one.finding, piece, seen), line=one.line + piece.line - 1)
        for one in part.waived
        if _inside(one.finding, piece)
    ]
    failed = tuple(one for one in part.skipped if part.failed)
    return found._replace(
        shown=(*found.shown, *shown),
        waived=(*found.waived, *waived),
        hidden=found.hidden + part.hidden,
        skipped=(*found.skipped, *failed),
        failed=found.failed or part.failed,
    )


def _inside(finding: Finding, piece: Piece) -> bool:
    """Whether it is one of the secrets that the piece was made for."""
    return piece.first <= (finding.span.line, finding.span.column) <= piece.last


def _placed(one: Shown, piece: Piece, seen: Counter[str]) -> Shown:
    rows = tuple(
        row._replace(label=str(row.order + piece.line - 1), order=row.order + piece.line - 1) for row in one.view.rows
    )
    view = View(rows, one.view.marks, one.view.reported)
    return one._replace(finding=_shifted(one.finding, piece, seen), view=view)


def _shifted(finding: Finding, piece: Piece, seen: Counter[str]) -> Finding:
    """The finding where it stands in the whole text; its fingerprint is numbered among all of its kind."""
    digest = finding.fingerprint.rpartition(":")[0]
    seen[digest] += 1
    span = finding.span
    more = piece.column - 1
    moved = Span(
        span.line + piece.line - 1,
        span.column + (more if span.line == 1 else 0),
        span.end_line + piece.line - 1,
        span.end_column + (more if span.end_line == 1 else 0),
    )
    return replace(finding, span=moved, fingerprint=f"{digest}:{seen[digest] - 1}")
