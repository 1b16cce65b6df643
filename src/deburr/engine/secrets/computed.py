"""Values that a program computes from its own constants: joined, reversed, decoded, filled into templates.

What comes in: the text and the gates that opened in it. What goes out: edits that put the value in the expression's
place. The invariant: a text is parsed only where a name or a word promises a value, and constants to make it of.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from deburr.engine import ir
from deburr.engine.islands import Chooser, Islands, Layout
from deburr.engine.secrets import gate
from deburr.engine.secrets.encoded import readable
from deburr.engine.secrets.views import Edit, Views, led

if TYPE_CHECKING:
    from deburr.engine.secrets.constants import Constants, Scope

_LONGEST, _MOST, _NEAR = 2_000_000, 400, 160
_AFTER_NAME = re.compile(
    rb"[\w.]{1,60}(?:\[[^\]\n]{1,40}\])?\s{0,2}(?:[+%]\s{0,2}[\w\"'`(]|\(|\[)|[\w.]{1,60}\s{0,2}\+$"
)
_AFTER_QUOTE = re.compile(
    rb"[^\"'`\n]{0,200}[\"'`]\s{0,2}(?:[+%]\s{0,2}[A-Za-z_(\[]|\.[a-zA-Z]{3,12}\(|\[)|[^\"'`\n]{0,200}\$?\{[A-Za-z_]"
)
_BOUND = re.compile(
    rb"([A-Za-z_$][\w$]{0,60})[\"'`]?\]?(?:\s?:\s?[\w\[\]., ]{1,40})?\s{0,2}(?::|\+?=)\s{0,2}[\[({]{0,2}\s{0,20}"
    rb"[brufBRUF]{0,2}(?:[\"'`]|[0-9])"
)
_WORD = re.compile(rb"[A-Za-z_$][\w$]*")
_LITERAL = re.compile(
    rb"[\"'`][^\s\"'`]{6,}[\"'`]|\d{2,3},\s?\d{2,3},|0x[0-9a-fA-F]{2},|[\"'][^\s\"']{1,12}[\"'],\s{0,20}[\"']|\(\d{2,3}\)\s?\+"
)
_CONTENT = re.compile(rb"(\"\"\"|'''|\"|'|`)((?:[^\\]|\\.){0,16384}?)\1", re.S)


def fold(data: bytes, marks: list[int], language: str, views: Views) -> None:
    """Puts in their place the values of expressions at these places, ascending; at -1 those of all expressions."""
    from deburr.engine import languages
    from deburr.engine.secrets.constants import Constants

    whole = -1 in marks
    marks = sorted(marks)[:_MOST]
    if len(data) > _LONGEST or not (whole or _holds(data, marks)):
        return
    constants = Constants(languages.lower(data, language, None if whole else _Near(data, marks, [], [])))
    end = -1
    for node, scope in constants.places:
        at = bisect_right(marks, node.start)
        if node.start < end or not (whole or (at < len(marks) and marks[at] <= node.end + 1)):
            continue
        edit = _edit(data, constants, node, scope)
        if edit is not None:
            views.add(*led(data, edit.start), edit, whole=False)
            end = node.end


def named(data: bytes, end: int, number: int) -> bool:
    """Whether an expression begins at a value under a credential's name, or is put into an address."""
    if number == gate.QUOTED:
        return _AFTER_QUOTE.match(data, end - 1, end + 260) is not None
    if number == gate.URL:
        return b"{" in data[max(0, end - 120) : end]
    return _AFTER_NAME.match(data, end - 3, end + 120) is not None


def _holds(data: bytes, marks: list[int]) -> bool:
    """Whether something beside one of the marks is a constant, or the name of one."""
    bound: frozenset[bytes] | None = None
    for mark in marks:
        beside = data[max(0, mark - _NEAR, data.rfind(b"\n", 0, mark)) : mark + _NEAR]
        if _LITERAL.search(beside):
            return True
        if bound is None:
            bound = frozenset(_BOUND.findall(data))
        if not bound.isdisjoint(_WORD.findall(beside)):
            return True
    return False


class _Near(Chooser):
    """Chooses the functions around the marks to be read."""

    def __call__(self, layout: Layout) -> Islands:
        marks = self.asked
        read = {
            one.start
            for one in layout.functions
            if bisect_right(marks, one.end + 1) > bisect_right(marks, one.first) or one.name == b"__init__"
        }
        self.islands = Islands(frozenset(), frozenset(read))
        return self.islands


def _edit(data: bytes, constants: Constants, node: ir.Node, scope: Scope) -> Edit | None:
    """The value in the place of the expression, if it has one and no literal holds it whole."""
    if isinstance(node, ir.AugAssign):
        value, node = constants.added(node, scope), node.value
    else:
        value = constants.fold(node, scope)
    text = _text(value)
    if len(text) < 6 or any(_text(used) == text for _, used in constants.used):
        return None
    parts = tuple(dict.fromkeys(part for one, used in constants.used for part in _places(data, one, used, text)))
    mark = b"" if b"\n" in text else next((quote for quote in (b'"', b"'", b"`") if quote not in text), b"")
    return Edit(node.start, node.end, mark + text + mark, parts)


def _text(value: Any) -> bytes:
    return (
        value.encode("utf-8", "replace")
        if isinstance(value, str)
        else readable(value)
        if isinstance(value, bytes)
        else b""
    )


def _places(data: bytes, node: ir.Node, used: Any, text: bytes) -> Iterator[tuple[int, int]]:
    """Where a literal holds a piece of the value, or the value in another alphabet."""
    if isinstance(used, list):
        yield node.start + 1, max(node.start + 1, node.end - 1)
        return
    value = used.encode("utf-8", "replace") if isinstance(used, str) else used if isinstance(used, bytes) else b""
    if not value or (len(value) < 8 and value not in text and value[::-1] not in text):
        return
    piece = data[node.start : node.end]
    literals = [match.span(2) for match in _CONTENT.finditer(piece)] if piece[-1:] in b"\"'`" else []
    for start, end in literals or [(0, len(piece))]:
        if end > start:
            yield node.start + start, node.start + end
