"""Where the functions of a Python text stand, by its lines alone: nothing is parsed.

What is said here is checked by the parse of what was chosen: where the two disagree, the whole text is read.
"""

from __future__ import annotations

import re
from functools import cache

from deburr.engine.islands import Layout, Outline, within

_HEADER = re.compile(
    rb"^([ \t]*)(?:(class)[ \t]+([\w\x80-\xff]+)|(?:async[ \t]+)?def[ \t]+([\w\x80-\xff]+)[ \t]*\()", re.MULTILINE
)
_STRING = re.compile(
    rb'#[^\n]*|"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|'
    rb"'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'",
    re.DOTALL,
)
_FORMATTED = re.compile(rb"[fFtT][rR]?$")
_COLON = re.compile(rb":[ \t]*(?:#[^\n]*)?\r?\n")
_MOST_HEADER, _MOST_DECORATORS = 20, 50
"""How many lines with a colon at their end are tried for the end of a header; how many lines decorators may take."""


def outline(data: bytes) -> Layout:
    """The functions and methods, and the texts of several lines."""
    texts = _texts(data)
    found: list[Outline] = []
    around: list[tuple[int, bytes]] = []
    for match in _HEADER.finditer(data):
        if within(texts, match.start()):
            continue
        while around and around[-1][0] <= match.start():
            around.pop()
        start, width = match.end(1), match.end(1) - match.start(1)
        end = _end(data, match.end(), width, texts)
        if match[2]:
            around.append((end, match[3]))
            continue
        owner = around[-1][1] if around else b""
        found.append(Outline(start, _first(data, match.start(), width), end, match[4], owner, _body(data, match, end)))
        around.append((end, b""))
    return Layout(found, [span for span in texts if not _FORMATTED.search(data, max(span[0] - 2, 0), span[0])])


def _texts(data: bytes) -> list[tuple[int, int]]:
    """The literals that go over several lines."""
    if b'"""' not in data and b"'''" not in data:
        return []
    return [match.span() for match in _STRING.finditer(data) if b"\n" in match[0]]


@cache
def _dedent(width: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n[ \t]{0,%d}(?=[^\s#)\]}])" % width)


def _end(data: bytes, at: int, width: int, texts: list[tuple[int, int]]) -> int:
    """Where what a header begins has ended: at the first line that is indented no deeper."""
    pattern = _dedent(width)
    while (match := pattern.search(data, at)) is not None:
        inside = within(texts, match.end())
        if not inside:
            return match.start() + 1
        at = inside
    return len(data)


def _first(data: bytes, start: int, width: int) -> int:
    """Where the first decorator above a header begins, or the header itself."""
    first, at = start, start
    for _ in range(_MOST_DECORATORS):
        if not at:
            break
        line = data.rfind(b"\n", 0, at - 1) + 1
        text = data[line:at].lstrip(b" \t")
        inner = at - line - len(text) > width or text[:1] in (b")", b"]", b"}")
        if text[:1] == b"@" and not inner:
            first = line
        elif not text.strip() or not (inner or text[:1] == b"#"):
            break
        at = line
    return first + width if first < start else start + width


def _body(data: bytes, match: re.Match[bytes], end: int) -> int:
    """Where the body begins on a line of its own; 0 when that is not sure."""
    at, start = match.end(), match.start()
    for _ in range(_MOST_HEADER):
        colon = _COLON.search(data, at, end)
        if colon is None:
            return 0
        if data.count(b"(", start, colon.start()) == data.count(b")", start, colon.start()):
            return colon.end()
        at = colon.end()
    return 0
