"""A text of any length, a block at a time: what `find` finds in the whole, in constant memory.

What comes in: pieces of the text, cut anywhere. What goes out: Stretches that together are the text, each with its
secrets. The invariant: a stretch ends where no candidate stands across, and whatever decides about a secret stands
within `AROUND` bytes of it, so that cutting loses none and reports none twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from deburr.engine.secrets.random_text import GROUP as RANDOM
from deburr.engine.secrets.secret import Secret

BLOCK, AROUND = 1 << 21, 1 << 15
_CONTINUED = bytes(range(0x80, 0xC0))

Raw = Callable[[bytes, int, int], list[Secret]]
"""All candidates of a block that begin at an offset or behind it, of random text at most so many."""

Settle = Callable[[list[Secret]], list[Secret]]
"""Those of the candidates that are reported, in the order of their places."""


class Stretch(NamedTuple):
    """A piece of a text with the secrets that stand in it."""

    data: bytes
    secrets: list[Secret]
    """Their places count from the beginning of `data`."""

    offset: int
    """Where it begins in the whole text, in bytes."""

    line: int
    """The line in which it begins, from 1."""

    column: int
    """The column at which it begins, from 1, in code points."""


class Place(NamedTuple):
    """Where a stretch begins: as in Stretch."""

    offset: int = 0
    line: int = 1
    column: int = 1

    def behind(self, data: bytes) -> Place:
        """The place behind these bytes."""
        last = data.rfind(b"\n")
        points = len(data[last + 1 :].translate(None, _CONTINUED))
        column = points + (1 if last >= 0 else self.column)
        return Place(self.offset + len(data), self.line + data.count(b"\n"), column)


def blocks(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in pieces of about `size`, neither much smaller nor larger, but for the last."""
    kept: list[bytes] = []
    length = 0
    for chunk in chunks:
        for at in range(0, len(chunk), size):
            kept.append(chunk[at : at + size])
            length += len(kept[-1])
            if length >= size:
                yield b"".join(kept)
                kept, length = [], 0
    if kept:
        yield b"".join(kept)


def cut(data: bytes, candidates: list[Secret], begin: int, before: int) -> int:
    """The last place up to `before` where nothing stands across: a line end if there is one near."""
    at = before
    for secret in sorted(candidates, key=lambda one: -one.end):
        if secret.start < at < secret.end:
            at = secret.start
    if at <= begin:
        return before  # one stands across the other all the way
    line = data.rfind(b"\n", max(begin, at - AROUND), at) + 1
    return line if line > begin and not any(one.start < line < one.end for one in candidates) else at


def stretches(chunks: Iterable[bytes], raw: Raw, settle: Settle, most: int) -> Iterator[Stretch]:
    """The text again, with its secrets; at most so many of them are of the group that `most` limits."""
    place, buffer, begin = Place(), b"", 0
    whole = blocks(chunks, BLOCK)
    block: bytes | None = next(whole, b"")
    while block is not None:
        buffer += block
        block = next(whole, None)
        found, end = raw(buffer, begin, most), len(buffer)
        if block is not None:
            end = cut(buffer, found, begin, max(begin, len(buffer) - AROUND))
        inside = [one for one in found if one.start < end]
        settled = settle(inside)
        end = max([end, *(one.end for one in settled[-1:])])
        most -= sum(one.group == RANDOM for one in inside)
        data = buffer[begin:end]
        yield Stretch(data, [_moved(one, -begin) for one in settled], *place)
        place = place.behind(data)
        kept = max(0, end - AROUND)
        buffer, begin = buffer[kept:], end - kept


def _moved(secret: Secret, by: int) -> Secret:
    return secret.moved(lambda at: at + by) if by else secret


def joined(found: Iterable[Stretch]) -> list[Secret]:
    """The secrets of all stretches, their places counted from the beginning of the text."""
    return [_moved(secret, stretch.offset) for stretch in found for secret in stretch.secrets]
