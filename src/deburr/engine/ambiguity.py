"""Which regular expressions take exponential time: those where some text can be split in two ways inside a loop.

The pattern's loops are turned into automata of positions. If from one position the same text leads back to it on two
different ways, every further repetition doubles the work, provided that the match can still fail afterwards.
"""

from __future__ import annotations

import re
import warnings
from importlib import import_module
from typing import Any, NamedTuple

_ENDLESS = 10
"""From this many repetitions on, a loop counts as one without end."""
_MOST_POSITIONS, _MOST_PATTERN = 48, 2000
_ALL = (1 << 257) - 1
_OTHER = 1 << 256
"""The bit of all characters beyond Latin-1."""


class Piece(NamedTuple):
    """A part of a pattern as a position automaton: can it be empty, where does it begin and end, what follows what."""

    empty: bool
    first: frozenset[int]
    last: frozenset[int]


class _TooMuch(Exception):
    """The pattern has a construction that is not analyzed."""


def is_catastrophic(pattern: str, *, whole: bool = False, verbose: bool = False) -> bool:
    """Whether some text makes a backtracking matcher take time exponential in its length."""
    if len(pattern) > _MOST_PATTERN:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = import_module("re._parser").parse(pattern, re.VERBOSE if verbose else 0)
        return _search(list(tree), whole)
    except (re.error, OverflowError, RecursionError, ValueError, _TooMuch):
        return False


def _search(items: list[tuple[Any, Any]], can_fail: bool) -> bool:
    """Whether one of the outermost loops among these is ambiguous, and what comes after it can fail."""
    for index, (op, value) in enumerate(items):
        fails = can_fail or any(_demands(item) for item in items[index + 1 :])
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT") and value[1] >= _ENDLESS:
            if fails and Automaton().loop_is_ambiguous(list(value[2])):
                return True
        elif any(_search(list(inner), fails) for inner in _inside(name, value)):
            return True
    return False


def _inside(name: str, value: Any) -> list[Any]:
    if name == "SUBPATTERN":
        return [value[3]]
    if name == "BRANCH":
        return list(value[1])
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return [value[2]]
    return [value[1]] if name in ("ASSERT", "ASSERT_NOT") else []


def _demands(item: tuple[Any, Any]) -> bool:
    """Whether a part of a pattern can refuse to match."""
    name, value = str(item[0]), item[1]
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        return value[0] > 0 and any(_demands(inner) for inner in value[2])
    if name == "SUBPATTERN":
        return any(_demands(inner) for inner in value[3])
    if name == "BRANCH":
        return all(any(_demands(inner) for inner in branch) for branch in value[1])
    return True


class Automaton:
    """The positions of a loop's body, and how often each can follow each."""

    def __init__(self) -> None:
        self.chars: list[int] = []
        self.follow: list[dict[int, int]] = []

    def loop_is_ambiguous(self, body: list[tuple[Any, Any]]) -> bool:
        piece = self._sequence(body)
        self._link(piece.last, piece.first)
        return any(count > 1 for edges in self.follow for count in edges.values()) or self._splits()

    def _splits(self) -> bool:
        """Whether two different walks over the same text lead from one position back to it."""
        size = range(len(self.chars))
        steps: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for a in size:
            for b in size:
                steps[a, b] = [(c, d) for c in self.follow[a] for d in self.follow[b] if self.chars[c] & self.chars[d]]
        return any(self._returns(steps, start) for start in size)

    @staticmethod
    def _returns(steps: dict[tuple[int, int], list[tuple[int, int]]], start: int) -> bool:
        """Whether a walk from (start, start) comes back to it by way of two different positions."""
        seen: set[tuple[tuple[int, int], bool]] = set()
        stack = [((start, start), False)]
        while stack:
            pair, parted = stack.pop()
            for after in steps[pair]:
                state = (after, parted or after[0] != after[1])
                if state == ((start, start), True):
                    return True
                if state not in seen:
                    seen.add(state)
                    stack.append(state)
        return False

    def _link(self, sources: frozenset[int], targets: frozenset[int]) -> None:
        for a in sources:
            for b in targets:
                self.follow[a][b] = self.follow[a].get(b, 0) + 1

    def _position(self, chars: int) -> Piece:
        if len(self.chars) >= _MOST_POSITIONS:
            raise _TooMuch
        self.chars.append(chars)
        self.follow.append({})
        here = frozenset({len(self.chars) - 1})
        return Piece(False, here, here)

    def _sequence(self, items: list[tuple[Any, Any]]) -> Piece:
        whole = Piece(True, frozenset(), frozenset())
        for op, value in items:
            piece = self._piece(str(op), value)
            self._link(whole.last, piece.first)
            whole = Piece(
                whole.empty and piece.empty,
                whole.first | piece.first if whole.empty else whole.first,
                whole.last | piece.last if piece.empty else piece.last,
            )
        return whole

    def _piece(self, name: str, value: Any) -> Piece:
        if name in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            return self._position(characters(name, value))
        if name == "SUBPATTERN":
            return self._sequence(list(value[3]))
        if name == "BRANCH":
            pieces = [self._sequence(list(branch)) for branch in value[1]]
            return Piece(
                any(piece.empty for piece in pieces),
                frozenset().union(*(piece.first for piece in pieces)),
                frozenset().union(*(piece.last for piece in pieces)),
            )
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            low, high, body = value
            piece = self._sequence(list(body))
            if high >= _ENDLESS:
                self._link(piece.last, piece.first)
            return Piece(piece.empty or low == 0, piece.first, piece.last)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            return Piece(True, frozenset(), frozenset())
        raise _TooMuch


def characters(name: str, value: Any) -> int:
    """The set of characters that one element matches, a bit for each."""
    if name == "ANY":
        return _ALL & ~(1 << ord("\n"))
    if name in ("LITERAL", "NOT_LITERAL"):
        found = 1 << value if value < 256 else _OTHER
        return found if name == "LITERAL" else _ALL & ~(found & ~_OTHER)
    found, negated = 0, False
    for op, inner in value:
        kind = str(op)
        negated |= kind == "NEGATE"
        if kind == "LITERAL":
            found |= characters(kind, inner)
        elif kind == "RANGE":
            found |= sum(1 << code for code in range(inner[0], min(inner[1], 255) + 1))
            found |= _OTHER if inner[1] > 255 else 0
        elif kind == "CATEGORY":
            found |= _category(str(inner))
    return _ALL & ~(found & ~_OTHER) if negated else found


def _category(name: str) -> int:
    test = {"DIGIT": str.isdigit, "SPACE": str.isspace}.get(name.rpartition("_")[2], lambda c: c.isalnum() or c == "_")
    found = sum(1 << code for code in range(128) if test(chr(code)))
    return _ALL & ~found if "_NOT_" in name else found
