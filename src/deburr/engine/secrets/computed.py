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
from deburr.engine.secrets.encoded import readable
from deburr.engine.secrets.generic import packed
from deburr.engine.secrets.views import Edit, Views, led

if TYPE_CHECKING:
    from deburr.engine.secrets.constants import Constants, Scope

_LONGEST, _MOST = 300_000, 400
"""A larger program, and a line that a program wrote, would take longer to parse than all else takes together."""
_CONTENT = re.compile(rb"(\"\"\"|'''|\"|'|`)((?:[^\\]|\\.){0,16384}?)\1", re.S)


def fold(data: bytes, marks: list[int], language: str, views: Views) -> None:
    """Puts in their place the values of expressions around these places; at -1 those of all expressions."""
    from deburr.engine import languages
    from deburr.engine.secrets.constants import Constants

    whole = -1 in marks
    marks = [mark for mark in sorted(marks)[:_MOST] if mark < 0 or not packed(data, mark)]
    if not marks or len(data) > _LONGEST:
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
