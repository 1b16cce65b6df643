"""Which functions of a text can matter: those that hold a trigger and can be reached from where a value enters.

What comes in: where the functions of a text stand, where triggers occurred, and where the text takes values in. What
goes out: the functions that are to be run as the outside calls them; whatever else they call is read when it is called.
The one invariant: leaving a function out loses no finding. Functions are known to one another by name alone, which errs
on the side of reading too much.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from deburr.engine.weights import ALWAYS, HANDED, THOROUGH, VALUES, WRITTEN

Places = list[tuple[int, int]]
"""Ascending offsets, each with a set of bits of `weights`."""
_WORD = re.compile(rb"[A-Za-z_\x80-\xff][\w\x80-\xff]*")
_SET = re.compile(rb"\b(?:self|this)\.([\w\x80-\xff]+)\s*(?:,|=(?!=)|:[^=\n]+=)")
_BINDS = re.compile(rb"\A(?:class[ \t]+)?([A-Za-z_\x80-\xff][\w\x80-\xff]*)")
_RENAMES = re.compile(rb"\bas[ \t]+([A-Za-z_\x80-\xff][\w\x80-\xff]*)")
_DECLARING = (b"const ", b"let ", b"var ")
"""With what statements begin that give names before an equals sign."""
_BESIDE = 300
"""How far from a word the functions are named that it hands over."""
_LONGEST = 50
"""How many lines a statement of the top level is followed back."""


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
    body: int = 0
    """Where its body begins; 0 when that is not known."""
    words: frozenset[bytes] = frozenset()
    sets: frozenset[bytes] = frozenset()
    """The attributes that it gives to `self`."""
    hot: int = 0
    """For which sources a trigger in it matters."""
    takes: int = 0
    """From where it takes something in."""

    @property
    def names(self) -> frozenset[bytes]:
        """What a text must mention to use it."""
        return (
            frozenset({self.name, self.owner}) if self.owner and self.name.startswith(b"__") else frozenset({self.name})
        )


class Layout(NamedTuple):
    """What stands where in a text."""

    functions: list[Outline]
    """In the order of the text, those inside others too."""
    prose: list[tuple[int, int]]
    """Texts of several lines, which hold no code: ascending, none inside another."""


@dataclass(slots=True)
class Islands:
    """What was chosen of a text."""

    entered: frozenset[int] = frozenset()
    """The functions to run as the outside calls them, by the byte at which each begins."""
    read: frozenset[int] = frozenset()
    """Those whose bodies are read in any case: these, and what detectors look at."""
    follow: bool = True
    """Whether values must be followed at all."""

    @property
    def idle(self) -> bool:
        """Whether nothing in the text can lead to a finding."""
        return not self.follow and not self.read


@dataclass(slots=True)
class Chooser:
    """Chooses the islands of one text; given to the lowering, which knows where the functions stand."""

    data: bytes
    asked: list[int]
    """Ascending offsets at which detectors are to look."""
    flows: Places
    """Where values must be followed, and for which sources."""
    entries: Places
    """Where the text takes values in, and from where."""
    islands: Islands | None = field(default=None)
    """What was chosen; None when all functions are to be taken."""

    def __call__(self, layout: Layout) -> Islands:
        """The functions to run and to read."""
        functions, top = layout.functions, Outline(-1, -1, -1, b"")
        everything = [*functions, top]
        code = _without(self.data, layout.prose)
        self.flows = [place for place in self.flows if not within(layout.prose, place[0])]
        for one in functions:
            piece = code[one.first : one.end]
            one.words = frozenset(_WORD.findall(piece))
            one.sets = frozenset(_SET.findall(piece)) if one.owner else frozenset()
            one.hot, one.takes = _within(one, self.flows), _within(one, self.entries)
        outer = _outer(functions)
        top.words = frozenset(_WORD.findall(_outside(code, outer)))
        hot, takes = self._bound(outer, self.flows), self._bound(outer, self.entries)
        for one in everything:
            one.hot |= _mentioned(one, hot)
            one.takes |= _mentioned(one, takes) | takes[b""] & WRITTEN
        top.hot, top.takes = hot.pop(b"", 0), takes.pop(b"", 0)
        for mark, bits in self.entries:
            if bits & HANDED:
                named = frozenset(_WORD.findall(code, mark, mark + _BESIDE))
                for one in functions:
                    one.takes |= bits if one.name in named else 0
        entered = _entered(everything)
        entered |= _inside(functions, entered)
        asked = {i for i, one in enumerate(everything) if _holds(one, self.asked)}
        if self.asked:
            asked.add(len(functions))
        starts = [one.start for one in everything]
        self.islands = Islands(
            frozenset(starts[i] for i in entered), frozenset(starts[i] for i in entered | asked), bool(entered)
        )
        return self.islands

    def _bound(self, outer: list[tuple[int, int]], places: Places) -> dict[bytes, int]:
        """The names that the top level gives to what stands outside of functions, and under b"" all of that."""
        found: dict[bytes, int] = {b"": 0}
        for mark, bits in places:
            at = bisect_left(outer, (mark, 0)) - 1
            if at >= 0 and mark <= outer[at][1]:
                continue
            found[b""] |= bits
            start, stop = self._statement(mark), self.data.find(b"\n", mark)
            whole = self.data[start : stop if stop >= 0 else None]
            if whole.startswith(_DECLARING) or (whole.startswith(b"import") and b" from " in whole):
                names = _WORD.findall(whole.split(b"=")[0])
            elif self.data.startswith((b"from", b"import"), start):
                names = _RENAMES.findall(self.data[start : stop if stop >= 0 else None])
            else:
                line = self.data.rfind(b"\n", 0, mark) + 1
                names = _BINDS.findall(self.data[start:mark]) + _BINDS.findall(self.data[line:mark].lstrip())
            for name in names:
                found[name] = found.get(name, 0) | bits
        return found

    def _statement(self, offset: int) -> int:
        """Where the statement of the top level begins that holds a byte."""
        start = self.data.rfind(b"\n", 0, offset) + 1
        for _ in range(_LONGEST):
            if not start or self.data[start : start + 1] not in (b" ", b"\t", b")", b"]", b"}"):
                break
            start = self.data.rfind(b"\n", 0, start - 1) + 1
        return start


def within(spans: list[tuple[int, int]], offset: int) -> int:
    """Where the stretch ends that holds a byte; 0 when none does."""
    at = bisect_right(spans, (offset, 1 << 62)) - 1
    return spans[at][1] if at >= 0 and offset < spans[at][1] else 0


def _without(data: bytes, spans: list[tuple[int, int]]) -> bytes:
    """The same bytes in the same places, but blanks in some stretches."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [data[at:start], b" " * (end - start)]
        at = end
    return b"".join([*pieces, data[at:]]) if spans else data


def _mentioned(one: Outline, bound: dict[bytes, int]) -> int:
    """The bits of all names that a function mentions, or of its class."""
    bits = 0
    for name, more in bound.items():
        if name in one.words or (name and name == one.owner):
            bits |= more
    return bits


def _within(one: Outline, places: Places) -> int:
    """All bits of the places in a function."""
    bits = 0
    for _, more in places[bisect_right(places, (one.first, 1 << 30)) : bisect_right(places, (one.end, 1 << 30))]:
        bits |= more
    return bits


def _holds(one: Outline, marks: list[int]) -> bool:
    return bisect_left(marks, one.first) < bisect_right(marks, one.end)


def _entered(functions: list[Outline]) -> set[int]:
    """What is to be run: for each kind of source, what leads to a trigger and can get a value from there."""
    found: set[int] = set()
    kinds = 0
    for one in functions:
        kinds |= one.hot
    for bit in (1 << shift for shift in range(kinds.bit_length()) if kinds >> shift & 1):
        hot = {i for i, one in enumerate(functions) if one.hot & bit}
        if bit in (ALWAYS, THOROUGH):
            wanted = VALUES if bit == ALWAYS else THOROUGH
            found |= _callers(functions, hot, {i for i, one in enumerate(functions) if one.takes & wanted})
            continue
        taking = {i for i, one in enumerate(functions) if one.takes & bit}
        getting = _above(functions, taking) if taking else set()
        if getting:
            found |= _callers(functions, hot, taking) & getting
    return found


def _above(functions: list[Outline], of: set[int]) -> set[int]:
    """These and all that call them, however far up, or read attributes that they set."""
    above, fresh = set(of), of
    while fresh:
        names = frozenset().union(*(functions[i].names for i in fresh))
        sets = frozenset().union(*(functions[i].sets for i in fresh))
        owners = {functions[i].owner for i in fresh if functions[i].sets}
        fresh = {
            i
            for i, one in enumerate(functions)
            if i not in above and (one.words & names or (one.owner in owners and one.words & sets))
        }
        above |= fresh
    return above


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


def _inside(functions: list[Outline], found: set[int]) -> set[int]:
    """The functions without a name inside others: whoever runs those may run these."""
    spans = _outer(functions[i] for i in found if i < len(functions))
    return {i for i, one in enumerate(functions) if not one.name and within(spans, one.first)} if spans else set()


def _outer(functions: Iterable[Outline]) -> list[tuple[int, int]]:
    """Where the functions stand that are not inside others."""
    found: list[tuple[int, int]] = []
    for one in sorted(functions, key=lambda one: one.first):
        if not found or one.first >= found[-1][1]:
            found.append((one.first, one.end))
    return found


def _outside(data: bytes, outer: list[tuple[int, int]]) -> bytes:
    """The text without its functions."""
    pieces, at = [], 0
    for first, end in outer:
        pieces.append(data[at:first])
        at = end
    return b"\n".join([*pieces, data[at:]])
