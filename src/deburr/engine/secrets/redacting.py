"""A text without its secrets: found, looked for again in every other spelling, and replaced so that the text parses.

What comes in: a text and its language. What goes out: the text with placeholders, or with dots of the same width. The
invariants: what was found stands nowhere in the result; redacting the result again changes nothing; line numbers stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from deburr.engine.embedded import HOLDERS, as_written
from deburr.engine.secrets.echoes import Echoes, Value
from deburr.engine.secrets.generic import is_code
from deburr.engine.secrets.placeholders import Tags, blanked, stretches
from deburr.engine.secrets.quoting import Quoting
from deburr.engine.secrets.secret import Secret, dots
from deburr.engine.secrets.vault import Vault
from deburr.engine.secrets.weigh import guessed
from deburr.errors import DeburrError
from deburr.model import RANK, Confidence, Source, Span

Find = Callable[[bytes, str], list[Secret]]

_ROUNDS = 8
_LINE_END = re.compile(rb"\r?\n")
_LONE = re.compile(rb"\s*(?:-----[ A-Z0-9]+-----|[0-9A-Za-z+/=]*|[\w-]+: [\w, .:/+=-]*)\s*")
"""A line of a key that stands in no program: of a block, not of a text that is put together."""
_RUN = re.compile(
    rb"\\.|(?P<run>-----[ A-Z0-9]+-----|[^\s\"'`\\,;#()\[\]{}<>+&|]{4,}(?:\+[^\s\"'`\\,;#()]+)*)", re.DOTALL
)


class Spot(NamedTuple):
    """A stretch of a text that is to be replaced."""

    start: int
    end: int
    kind: str


class Redacted(NamedTuple):
    """A text without its secrets."""

    text: str
    spans: tuple[Span, ...] = ()
    """Where they stood."""

    values: tuple[str, ...] = ()
    """What was taken out, as it was written."""


@dataclass
class Redactor:
    """Takes secrets out of texts; equal ones get equal placeholders in all of them."""

    find: Find
    key: bytes = b""
    least: Confidence = "low"
    """From which confidence on a secret is taken out."""

    vault: Vault | None = None
    """Where they are kept, if they are to be put back; its key is used."""

    def __post_init__(self) -> None:
        self._known: dict[bytes, Value] = {}
        self._elsewhere: Echoes | None = None
        self._tags = Tags(self.vault.key if self.vault is not None else self.key)
        if self.vault is not None:
            self._tags.given |= {one: _bytes(value) for one, value in self.vault.entries.items()}

    def learn(self, text: str, language: str) -> None:
        """Finds the secrets of a text, so that they are taken out of the others as well."""
        data = _bytes(text)
        for value in _values(data, self._found(data, language, _Taken(stretches(data)))):
            if value.raw not in self._known:
                self._known[value.raw] = value
                self._elsewhere = None

    def redact(self, text: str, language: str = "text", name: str = "") -> Redacted:
        """The text with a placeholder for each secret; `name` is what the vault calls it."""
        data = _bytes(text)
        spots, parts, ids = self._settled(data, language)
        if self.vault is not None:
            self.vault.order[name] = ids
            self.vault.entries |= {one: _text(self._tags.given[one]) for one in ids}
        if not spots:
            return Redacted(text)
        return Redacted(_text(_joined(data, spots, parts)), _spans(data, spots), _taken(data, spots))

    def dotted(self, text: str, language: str = "text") -> Redacted:
        """The text with dots for all but the head of each secret, every column kept."""
        data = _bytes(text)
        spots = self._settled(data, language)[0]
        if not spots:
            return Redacted(text)
        parts = [_bytes(dots(_text(data[spot.start : spot.end]))) for spot in spots]
        return Redacted(_text(_joined(data, spots, parts)), _spans(data, spots), _taken(data, spots))

    def named(self, path: str) -> str:
        """A path without the secrets in its names; what stands for them may stand in a path."""
        data = _bytes(path)
        spots = self._look(data, "text")
        names = [self._tags.placeholder(spot.kind, data[spot.start : spot.end]).spelled("name") for spot in spots]
        return _text(_joined(data, spots, [name.encode() for name in names]))

    def spots(self, data: bytes, language: str) -> list[Spot]:
        """What is to be replaced, in order, none overlapping another."""
        return self._settled(data, language)[0]

    def _settled(self, data: bytes, language: str) -> tuple[list[Spot], list[bytes], list[str]]:
        """What is to be replaced, by what, and the placeholders in that."""
        spots = self._look(data, language)
        quoting = Quoting(data, language)
        for _ in range(_ROUNDS):
            parts, ids = self._parts(data, spots, quoting)
            # What is left must look innocent without what was taken out.
            more = self._look(_joined(data, spots, parts), language) if spots else []
            if not more:
                return spots, parts, ids
            way = _Way(spots, parts)
            back = [Spot(way.start(one.start), way.end(one.end), one.kind) for one in more]
            spots = _merged([*spots, *back], _Taken(()))
        raise DeburrError("a text could not be redacted: each look at it finds another secret")

    def _found(self, data: bytes, language: str, taken: _Taken) -> list[Secret]:
        found = self._sure(data, language)
        if language in HOLDERS:
            for part in as_written(Source(_text(data), "", language)):
                for one in self._sure(part.data, part.language):
                    found.append(one.moved(part.raw, partial(part.raw, end=True)))
        return [one for one in found if not all(taken.touch(spot.start, spot.end) for spot in _pieces(one))]

    def _sure(self, data: bytes, language: str) -> list[Secret]:
        """The secrets of a text as far as they are sure enough."""
        data = blanked(data)
        least = RANK[self.least]
        found = self.find(data, "json" if language == "notebook" else language)
        if is_code(language):
            # What stands in a comment or a text of a program need not follow the program's grammar.
            quoting, sure = Quoting(data, language), max(least, RANK["medium"])
            more = [one for one in self.find(data, "text") if RANK[one.confidence] >= sure]
            found = [*found, *(one for one in more if one not in found and quoting.inside(one.start, one.end))]
        return [one for one in found if RANK[one.confidence] >= least]

    def _look(self, data: bytes, language: str) -> list[Spot]:
        """The secrets of a text, and wherever they or known ones stand in it once more."""
        taken = _Taken(stretches(data))
        found = self._found(data, language, taken)
        values = _values(data, found)
        spots = [spot for one in found for spot in _pieces(one)]
        for echo in Echoes(values)(data) if values else ():
            # An ordinary word among the names of a program is one of them.
            if not echo.word or Quoting(data, language).form(echo.start, echo.end) != "name":
                spots.append(Spot(echo.start, echo.end, echo.kind))
        if self._known:
            self._elsewhere = self._elsewhere or Echoes(self._known.values())
            spots += [Spot(echo.start, echo.end, echo.kind) for echo in self._elsewhere(data) if not echo.word]
        named = {value.raw: value.kind for value in reversed(values)}
        spots = [spot._replace(kind=named.get(data[spot.start : spot.end], spot.kind)) for spot in spots]
        return _merged([_whole(spot, data) for spot in spots], taken)

    def _parts(self, data: bytes, spots: list[Spot], quoting: Quoting) -> tuple[list[bytes], list[str]]:
        """What takes the place of each spot, and the placeholders in it."""
        parts: list[bytes] = []
        ids: list[str] = []
        for spot in spots:
            value = data[spot.start : spot.end]
            out, at = bytearray(), 0
            for start, end in [(0, len(value))] if _plain(value) else _runs(value):
                one = self._tags.placeholder(spot.kind, value[start:end])
                form = quoting.form(spot.start + start, spot.start + end)
                out += value[at:start] + one.spelled(form).encode() + b"".join(_LINE_END.findall(value, start, end))
                ids.append(one.id)
                at = end
            parts.append(bytes(out + value[at:]))
        return parts, ids


class _Taken:
    """The stretches of a text that hold placeholders already."""

    def __init__(self, stretches: Sequence[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in stretches]
        self._ends = [end for _, end in stretches]

    def touch(self, start: int, end: int) -> bool:
        """Whether the place overlaps one of them."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._ends[index] > start


class _Way:
    """From places in a text with placeholders back to places in the text itself."""

    def __init__(self, spots: list[Spot], parts: list[bytes]) -> None:
        self._begins: list[int] = []
        self._spots = spots
        self._sizes = [len(part) for part in parts]
        shift = 0
        for spot, part in zip(spots, parts, strict=True):
            self._begins.append(spot.start + shift)
            shift += len(part) - (spot.end - spot.start)

    def start(self, offset: int) -> int:
        """Where a stretch began; inside of what was replaced, with all of it."""
        return self._back(offset, 0)

    def end(self, offset: int) -> int:
        """Where a stretch ended; inside of what was replaced, with all of it."""
        return self._back(offset, 1)

    def _back(self, offset: int, last: int) -> int:
        index = bisect_right(self._begins, offset - last) - 1
        if index < 0:
            return offset
        spot, beyond = self._spots[index], offset - self._begins[index] - self._sizes[index]
        if beyond >= 0:
            return spot.end + beyond
        return spot.end if last else spot.start


def _values(data: bytes, found: Iterable[Secret]) -> list[Value]:
    """The values to look for again, known forms before guesses."""
    ordered = sorted(found, key=lambda one: (guessed(one), one.start))
    raw = (_bytes(one.value) or data[one.start : one.end] for one in ordered)
    return [Value(value, one.kind, one.confidence != "low") for value, one in zip(raw, ordered, strict=True)]


def _taken(data: bytes, spots: list[Spot]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_text(data[spot.start : spot.end]) for spot in spots))


def _pieces(secret: Secret) -> list[Spot]:
    """The stretches that hold a secret."""
    return [Spot(start, end, secret.kind) for start, end in secret.parts or ((secret.start, secret.end),)]


def _whole(spot: Spot, data: bytes) -> Spot:
    """The spot, ending between two characters."""
    start, end = spot.start, spot.end
    while start > 0 and data[start] & 0xC0 == 0x80:
        start -= 1
    while end < len(data) and data[end] & 0xC0 == 0x80:
        end += 1
    return Spot(start, end, spot.kind)


def _merged(spots: Iterable[Spot], taken: _Taken) -> list[Spot]:
    """The spots in order, those that overlap as one; none that touches what is already replaced."""
    merged: list[Spot] = []
    for spot in sorted(spots, key=lambda one: (one.start, -one.end)):
        if spot.start >= spot.end or taken.touch(spot.start, spot.end):
            continue
        if merged and spot.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = last._replace(end=max(last.end, spot.end))
        else:
            merged.append(spot)
    return merged


def _plain(value: bytes) -> bool:
    """Whether one placeholder can take the place of the whole value."""
    lines = value.split(b"\n")
    patch = len(lines) > 2 and len({line[:1] for line in lines[1:]} & {b"+", b"-"}) == len(
        {line[:1] for line in lines[1:]}
    )
    return len(lines) == 1 or (not patch and all(_LONE.fullmatch(line) for line in lines))


def _runs(value: bytes) -> list[tuple[int, int]]:
    """The pieces of a value that is put together over several lines, without what holds them together."""
    return [match.span("run") for match in _RUN.finditer(value) if match["run"]]


def _joined(data: bytes, spots: list[Spot], parts: list[bytes]) -> bytes:
    out: list[bytes] = []
    at = 0
    for spot, part in zip(spots, parts, strict=True):
        out += [data[at : spot.start], part]
        at = spot.end
    return b"".join([*out, data[at:]])


def _spans(data: bytes, spots: list[Spot]) -> tuple[Span, ...]:
    """Where the spots are, in lines and columns."""
    found: list[Span] = []
    line, at = 1, 0
    for spot in spots:
        line, at = line + data.count(b"\n", at, spot.start), spot.start
        ends = line + data.count(b"\n", spot.start, spot.end)
        found.append(Span(line, _column(data, spot.start), ends, _column(data, spot.end)))
    return tuple(found)


def _column(data: bytes, offset: int) -> int:
    begin = data.rfind(b"\n", 0, offset) + 1
    return len(data[begin:offset].decode("utf-8", "replace")) + 1


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
