"""Secrets that no stretch of the text holds as they are: in pieces, encoded or computed.

What comes in: the text and the gates that opened in it. What goes out: Secrets with the value they fold to. The
invariant: what is made whole is searched like any text, so a value is judged alike however it was written.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from deburr.engine.languages import GRAMMARS
from deburr.engine.secrets import computed, encoded, fold_gates, gate, joined
from deburr.engine.secrets.promising import Promising
from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.views import Find, Views
from deburr.engine.secrets.words import wordlike
from deburr.model import RANK

DEEPEST = 3
"""How many layers are taken off a value."""

_READERS: dict[int, Callable[[bytes, int, Views, str], int]] = {
    fold_gates.SEAM: joined.seam,
    fold_gates.CONTINUED: joined.continued,
    fold_gates.LINES: joined.block,
    fold_gates.ARRAY: joined.array,
    fold_gates.CALL: encoded.call,
    fold_gates.CALL_NAMED: encoded.call_named,
    fold_gates.ENCODED: encoded.run,
    fold_gates.MIRRORED: encoded.mirrored,
    fold_gates.ESCAPED: encoded.escaped,
    fold_gates.MANIFEST: encoded.manifest,
}

_COMPUTED = (fold_gates.HEAD, fold_gates.ARGUMENT, fold_gates.RECEIVER, fold_gates.OPERAND)
GATES = frozenset((*_READERS, *_COMPUTED))
_HEAD, _MARKS = 28, 400
_SHORT = re.compile(rb"[\"'`]([\w\-]+)(?:[\"'`]|\$?\{)$")
"""The beginning of a credential, and little more."""
_NAMED = frozenset({gate.QUOTED, gate.BARE, gate.URL})
"""The gates of names and addresses, behind which an expression may stand."""
WATCHED = GATES | _NAMED


def _worded(text: bytes) -> bool:
    """Whether a text that begins like a credential is a name of several words."""
    *before, last = re.split(rb"[_-]+", text)
    return (
        bool(before)
        and last.isalpha()
        and last.islower()
        and all(map(bytes.isalpha, before))
        and wordlike(last.decode())
    )


class Wrapped:
    """Collects where a text may hold secrets that are not written as they are."""

    def __init__(self, data: bytes, language: str) -> None:
        self._data, self._language = data, language
        self._pieces: list[tuple[int, int]] = []
        self._marks: list[int] = []
        self._parsed = language in GRAMMARS
        self._promising: Promising | None = None

    @property
    def any(self) -> bool:
        """Whether there is anything to make whole."""
        return bool(self._pieces or self._marks)

    def note(self, end: int, number: int) -> None:
        """A gate opened."""
        if number in _READERS:
            self._pieces.append((number, end))
        elif self._parsed and number == fold_gates.HEAD:
            short = _SHORT.search(self._data, max(0, end - _HEAD), end) if len(self._marks) < _MARKS else None
            if short is not None and not _worded(short[1]):
                self._marks.append(-1)
        elif self._parsed and len(self._marks) < _MARKS:
            if self._promising is None:
                self._promising = Promising(self._data)
            if self._promising(end, number):
                self._marks.append(end)

    def secrets(self, find: Find, known: list[Secret]) -> list[Secret]:
        """What is found once the text is made whole; `find` searches a text, `known` stand in it as they are."""
        views = Views(self._data)
        done: dict[int, int] = {}
        for number, end in sorted(self._pieces):
            if end > done.get(number, 0) and not views.full:
                done[number] = _READERS[number](self._data, end, views, self._language)
        found = views.secrets(find)
        if self._marks:
            views = Views(self._data)
            computed.fold(self._data, self._marks, self._language, views)
            found += news(views.secrets(find), [*known, *found], self._data)
        return found


def news(more: list[Secret], known: list[Secret], data: bytes) -> list[Secret]:
    """Of secrets made of several literals, those of which no literal is known as the secret already."""
    places = sorted((one.start, one.end, RANK[one.confidence]) for one in known)
    return [one for one in more if not any(_said(one, place, data) for place in _beside(one, places))]


def _beside(secret: Secret, places: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """The places that overlap a part of the secret."""
    for start, end in secret.parts:
        at = max(0, bisect_left(places, (start,)) - 4)
        for place in places[at : at + 12]:
            if place[0] < end and start < place[1]:
                yield place


def _said(secret: Secret, place: tuple[int, int, int], data: bytes) -> bool:
    start, end, rank = place
    whole = (end - start) * 5 >= len(secret.value) * 4
    return whole and rank >= RANK[secret.confidence] and data[start:end].decode("utf-8", "replace") in secret.value
