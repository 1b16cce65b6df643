"""JSON read so that every string still knows where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

_TOKEN = re.compile(r'[ \t\r\n]*(?:("(?:[^"\\\x00-\x1f]+|\\.)*+")|([{}\[\],:])|([^\s{}\[\],:"]+))')
_LITERALS = {"true": True, "false": False, "null": None}
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Text:
    """A string: its inside as the file writes it, and the character of the file where the inside begins."""

    inside: str
    start: int

    @property
    def plain(self) -> bool:
        """Whether it means exactly what is written."""
        return "\\" not in self.inside


Value: TypeAlias = "dict[str, Value] | list[Value] | Text | float | bool | None"


class Unreadable(ValueError):
    """The text is not JSON; `at` is the character where that shows."""

    def __init__(self, problem: str, at: int) -> None:
        self.problem, self.at = problem, at
        super().__init__(problem)


def read(text: str) -> Value:
    """The value that `text` says; raises Unreadable."""
    reader = _Reader(text)
    value = reader.value(0)
    if text[reader.at :].strip():
        raise Unreadable("something follows the end of the JSON", reader.at)
    return value


class _Reader:
    """One pass over the text; depth is bounded, so that no input can exhaust the stack."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def value(self, depth: int) -> Value:
        string, mark, literal = self._next()
        if string:
            return Text(string[1:-1], self.at - len(string) + 1)
        if mark == "{" and depth < _DEEPEST:
            return self._object(depth + 1)
        if mark == "[" and depth < _DEEPEST:
            return self._array(depth + 1)
        if literal in _LITERALS:
            return _LITERALS[literal]
        try:
            return float(literal)
        except ValueError:
            problem = "nested too deeply" if mark in ("{", "[") and mark else "a value is missing"
            raise Unreadable(problem, self.at) from None

    def _object(self, depth: int) -> dict[str, Value]:
        found: dict[str, Value] = {}
        if self._closed("}"):
            return found
        while True:
            key, _, _ = self._next()
            if not key:
                raise Unreadable("a key is missing", self.at)
            self._expect(":")
            found[key[1:-1]] = self.value(depth)
            if self._expect(",}") == "}":
                return found

    def _array(self, depth: int) -> list[Value]:
        found: list[Value] = []
        if self._closed("]"):
            return found
        while True:
            found.append(self.value(depth))
            if self._expect(",]") == "]":
                return found

    def _next(self) -> tuple[str, str, str]:
        match = _TOKEN.match(self.text, self.at)
        if not match:
            raise Unreadable("the text ends too early" if not self.text[self.at :].strip() else "not JSON", self.at)
        self.at = match.end()
        string, mark, literal = match.groups("")
        return string, mark, literal

    def _closed(self, mark: str) -> bool:
        match = _TOKEN.match(self.text, self.at)
        if match and match[2] == mark:
            self.at = match.end()
            return True
        return False

    def _expect(self, marks: str) -> str:
        _, mark, _ = self._next()
        if not mark or mark not in marks:
            raise Unreadable(f"expected {' or '.join(marks)}", self.at)
        return mark
