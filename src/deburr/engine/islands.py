"""Which functions of a text can matter: those that hold a trigger, all that may call them, and all that these use.

What comes in: where the functions of a text stand, and where triggers occurred. What goes out: the functions whose
bodies are to be lowered, and those of them that are to be run as the outside calls them. The one invariant: a function
left out holds no trigger and calls none that does, so leaving it out loses no finding. Functions are known to one
another by name alone, which errs on the side of reading too much.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_SET = re.compile(rb"\bself\.([\w\x80-\xff]+)\s*(?:,|=(?!=)|:[^=\n]+=)")
_BINDS = re.compile(rb"\A(?:class[ \t]+)?([A-Za-z_\x80-\xff][\w\x80-\xff]*)")
_RENAMES = re.compile(rb"\bas[ \t]+([A-Za-z_\x80-\xff][\w\x80-\xff]*)")
_LONGEST = 50
"""How many lines a statement of the top level is followed back."""
_FEW = 3
"""With no more functions than this, all are taken."""


@dataclass(slots=True)
class Outline:
    """Where one function stands, decorators included, what it is called, and the class it belongs to."""

    start: int
    """Of its `def`: what the node of the function begins with."""
    first: int
    """Of its first decorator, else the same."""
    end: int
    name: bytes
    owner: bytes = b""
    words: frozenset[bytes] = frozenset()
    sets: frozenset[bytes] = frozenset()
    """The attributes that it gives to `self`."""

    @property
    def names(self) -> frozenset[bytes]:
        """What a text must mention to use it."""
        return (
            frozenset({self.name, self.owner}) if self.owner and self.name.startswith(b"__") else frozenset({self.name})
        )


@dataclass(slots=True)
class Islands:
    """The functions to lower and those to enter, by the byte at which each begins."""

    lowered: frozenset[int] = frozenset()
    entered: frozenset[int] = frozenset()


@dataclass(slots=True)
class Chooser:
    """Chooses the islands of one text; given to the lowering, which knows where the functions stand."""

    data: bytes
    marks: list[int]
    """Ascending offsets at which triggers occurred."""
    flows: list[int]
    """Those of them for which values must be followed."""
    entries: list[int]
    """Where the text takes values in."""
    islands: Islands | None = field(default=None)
    """What was chosen; None when all functions are to be taken."""

    def __call__(self, functions: list[Outline]) -> frozenset[int] | None:
        """The functions to lower, or None for all."""
        if len(functions) <= _FEW:
            return None
        for one in functions:
            piece = self.data[one.first : one.end]
            one.words = frozenset(_WORD.findall(piece))
            one.sets = frozenset(_SET.findall(piece)) if one.owner else frozenset()
        names = self._bound(functions)
        hot = {i for i, one in enumerate(functions) if _holds(one, self.flows) or one.words & names}
        entered = _callers(functions, hot, {i for i, one in enumerate(functions) if _holds(one, self.entries)})
        used = _used(functions, set(entered), frozenset(_WORD.findall(_outside(self.data, functions))))
        used |= {i for i, one in enumerate(functions) if _holds(one, self.marks)}
        starts = [one.start for one in functions]
        self.islands = Islands(frozenset(starts[i] for i in used), frozenset(starts[i] for i in entered))
        return self.islands.lowered

    def _bound(self, functions: list[Outline]) -> frozenset[bytes]:
        """The names that the top level gives to what holds a trigger: a class that derives from it, an alias."""
        found = set()
        for mark in self.flows:
            if not any(one.first < mark <= one.end for one in functions):
                start, stop = self._statement(mark), self.data.find(b"\n", mark)
                if self.data.startswith((b"from", b"import"), start):
                    found.update(_RENAMES.findall(self.data[start : stop if stop >= 0 else None]))
                else:
                    found.update(_BINDS.findall(self.data[start:mark]))
        return frozenset(found)

    def _statement(self, offset: int) -> int:
        """Where the statement of the top level begins that holds a byte."""
        start = self.data.rfind(b"\n", 0, offset) + 1
        for _ in range(_LONGEST):
            if not start or self.data[start : start + 1] not in (b" ", b"\t", b")", b"]", b"}"):
                break
            start = self.data.rfind(b"\n", 0, start - 1) + 1
        return start


def _holds(one: Outline, marks: list[int]) -> bool:
    return bisect_left(marks, one.first) < bisect_right(marks, one.end)


def _callers(functions: list[Outline], hot: set[int], taking: set[int]) -> set[int]:
    """The hot ones, what calls them, and what takes a value in and calls them however far down.

    What only hands on its own parameters adds nothing to what is known when the hot one is entered by itself. With each
    come the methods that set the attributes it reads.
    """
    above, fresh = set(hot), hot
    direct: set[int] = set()
    while fresh:
        names = frozenset().union(*(functions[i].names for i in fresh))
        fresh = {i for i, one in enumerate(functions) if i not in above and one.words & names}
        direct = direct or set(fresh)
        above |= fresh
    found = hot | direct | (above & taking)
    owners = {functions[i].owner for i in found} - {b""}
    read = frozenset().union(*(functions[i].words for i in found))
    return found | {i for i, one in enumerate(functions) if one.owner in owners and one.sets & read}


def _used(functions: list[Outline], found: set[int], outside: frozenset[bytes]) -> set[int]:
    """Those, all that they mention, and all that the top level mentions."""
    mentioned = outside.union(*(functions[i].words for i in found))
    while True:
        fresh = {i for i, one in enumerate(functions) if i not in found and one.names & mentioned}
        if not fresh:
            return found
        found |= fresh
        mentioned = frozenset().union(*(functions[i].words for i in fresh))


def _outside(data: bytes, functions: Iterable[Outline]) -> bytes:
    """The text without its functions."""
    pieces, at = [], 0
    for one in sorted(functions, key=lambda one: one.first):
        if one.first >= at:
            pieces.append(data[at : one.first])
            at = one.end
    return b"\n".join([*pieces, data[at:]])
