"""Texts as they read once pieces are put together and encodings undone, each with the way back to its place.

What comes in: edits of a text, each of which makes a value whole. What goes out: the secrets that stand in the edited
lines and not in the text. The invariant: together the edited lines are not much longer than the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from deburr.engine.secrets.secret import Secret

_BEFORE, _AFTER = 200, 160
_MOST = 2000
"""Nobody writes more values than this in such ways; the others of a text are left as they are."""
_FORMED = frozenset({"provider-token", "private-key"})
_BETWEEN = b"\n\0\n"
"""What no gate reads across."""

Find = Callable[[bytes, Callable[[int], bool]], list[Secret]]
"""Searches a text; of a place it is told whether it is worth making whole once more."""


class Edit(NamedTuple):
    """One stretch of the text that reads otherwise; what it says only then is news."""

    start: int
    end: int
    text: bytes
    parts: tuple[tuple[int, int], ...] = ()
    """What of the stretch holds the value, wherever it stands."""
    plain: bool = False
    """Whether it only makes the line readable, so that a secret beside it is no news."""
    formed: bool = False
    """Whether only a known form counts, since any text may be read like this."""


_OPEN = re.compile(rb"[=(:+]\s{0,4}$")


def led(data: bytes, start: int) -> list[Edit]:
    """Where a value stands on lines of its own: what brings it to the line before, where its name is."""
    begin = data.rfind(b"\n", max(0, start - 120), start)
    if begin <= 0 or data[begin:start].strip():
        return []
    stop = begin - 1 if data[begin - 1 : begin] == b"\r" else begin
    return [Edit(stop, start, b"", plain=True)] if _OPEN.search(data, max(0, stop - 8), stop) else []


class _Segment(NamedTuple):
    """A stretch of the edited text, and where it comes from."""

    at: int
    size: int
    start: int
    end: int
    edit: Edit | None


class _Group:
    """Edits whose lines touch one another."""

    def __init__(self, begin: int, end: int, edits: list[Edit], whole: bool) -> None:
        self.begin, self.end, self.edits, self.whole = begin, end, edits, whole

    def goes_on(self, begin: int, at: int) -> bool:
        """Whether an edit at this place, on a line that begins there, belongs to the same lines."""
        return self.whole and begin <= self.end and self.edits[-1].end <= at <= self.end


class Views:
    """Collects the edits of one text."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._groups: list[_Group] = []

    def add(self, *edits: Edit, whole: bool = True) -> None:
        """Edits that belong together, in the order of the text; unless `whole`, the line ends with the last one."""
        begin, end = self._before(edits[0].start), edits[-1].end
        if whole:
            stop = self._data.find(b"\n", end, end + _AFTER)
            end = stop if stop >= 0 else min(len(self._data), end + _AFTER)
        last = self._groups[-1] if self._groups else None
        if last is not None and whole and last.goes_on(begin, edits[0].start):
            last.edits += edits
            last.end = max(last.end, end)
        else:
            self._groups.append(_Group(begin, end, list(edits), whole))

    @property
    def full(self) -> bool:
        """Whether no more edits are taken."""
        return len(self._groups) >= _MOST

    def _before(self, at: int) -> int:
        """Where the line begins, if that is near."""
        return max(0, at - _BEFORE, self._data.rfind(b"\n", max(0, at - _BEFORE), at) + 1)

    def secrets(self, find: Find) -> list[Secret]:
        """What is found in the edited lines alone."""
        if not self._groups:
            return []
        texts: list[bytes] = []
        maps: list[list[_Segment]] = []
        starts: list[int] = []
        size = 0
        fresh: list[int] = []
        for group in self._groups:
            text, segments = self._edited(group)
            starts.append(size)
            # Lines may stand in several views as what is before a value: there they are not looked into again.
            fresh.append(size if group.whole else size + len(text) - len(group.edits[-1].text) - 2)
            texts.append(text)
            maps.append(segments)
            size += len(text) + len(_BETWEEN)
        buffer = _BETWEEN.join(texts)
        found: list[Secret] = []
        for secret in find(buffer, lambda at: at >= fresh[bisect_right(starts, at) - 1]):
            which = bisect_right(starts, secret.start) - 1
            base, value = starts[which], secret.value or buffer[secret.start : secret.end].decode("utf-8", "replace")
            if secret.end <= base + len(texts[which]):
                found += _returned(secret._replace(value=value), base, maps[which])
        return found

    def _edited(self, group: _Group) -> tuple[bytes, list[_Segment]]:
        data, at = self._data, group.begin
        pieces: list[bytes] = []
        segments: list[_Segment] = []
        size = 0
        for edit in (*group.edits, None):
            stop = group.end if edit is None else edit.start
            if stop > at:
                segments.append(_Segment(size, stop - at, at, stop, None))
                pieces.append(data[at:stop])
                size += stop - at
            if edit is not None:
                segments.append(_Segment(size, len(edit.text), edit.start, edit.end, edit))
                pieces.append(edit.text)
                size += len(edit.text)
                at = edit.end
        return b"".join(pieces), segments


def _returned(secret: Secret, base: int, segments: list[_Segment]) -> Iterable[Secret]:
    """The secret at its place in the text, if the edits had to be made to see it."""
    first, last = secret.start - base, secret.end - base
    low = bisect_right(segments, first, key=lambda one: one.at + one.size)
    touched: list[_Segment] = []
    for one in segments[low:]:
        if one.at >= last:
            break
        touched.append(one)
    if not any(one.edit is not None and not one.edit.plain and (one.size or one.at > first) for one in touched):
        return
    touched = [one for one in touched if one.size or one.at > first]
    if secret.group not in _FORMED and any(one.edit is not None and one.edit.formed for one in touched):
        return
    start = touched[0].start if touched[0].edit else touched[0].start + first - touched[0].at
    end = touched[-1].end if touched[-1].edit else touched[-1].start + last - touched[-1].at
    ranges = [(a - base, b - base) for a, b in secret.parts] or [(first, last)]
    parts = tuple(dict.fromkeys(part for a, b in ranges for part in _parts(touched, a, b)))
    yield secret._replace(start=start, end=end, parts=parts)


def _parts(touched: list[_Segment], first: int, last: int) -> Iterable[tuple[int, int]]:
    """Where the pieces of a stretch of the edited text stand."""
    for one in touched:
        if one.at + one.size <= first or one.at >= last:
            continue
        if one.edit is None:
            yield one.start + max(first - one.at, 0), one.start + min(last - one.at, one.size)
        elif one.size:
            yield from one.edit.parts or ((one.start, one.end),)
