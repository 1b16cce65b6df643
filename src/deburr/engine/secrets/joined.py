"""Values that are written in pieces: literals side by side, lines that go on, blocks of lines, arrays of characters.

What comes in: the text and the place where a gate opened. What goes out: edits that make the value whole, and how far
the text has been dealt with. The invariant: what is read around a place is bounded, or is never read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from deburr.engine.secrets import names
from deburr.engine.secrets.views import Edit, Views, led

_LINE, _LONGEST, _MOST, _LINES = 2000, 4000, 4096, 64
_LITERAL = (
    rb"\"[^\"\\\n]{0,4000}+(?:\\.[^\"\\\n]{0,4000}+){0,999}+\"|'[^'\\\n]{0,4000}+(?:\\.[^'\\\n]{0,4000}+){0,999}+'|"
    rb"`[^`\\]{0,4000}+`"
)
_GLUE = rb"(?:[\s\\]{0,80}(?:\+|\.\.?|&|\|\||<>|~)[\s\\]{0,80}|[\s\\]{1,80}|(?=[\"'`]|$))"
_NEXT = re.compile(rb"(" + _GLUE + rb")([A-Za-z@$]{0,2})(" + _LITERAL + rb")")
_BACK = re.compile(  # the same, and the end of the literal before, read backwards
    rb"[A-Za-z@$]{0,2}(?:[\s\\]{0,80}(?:\+|\.\.?|&|\|\||><|~)[\s\\]{0,80}|[\s\\]{1,80}|)[\"'`]"
)
_FIRST = re.compile(_LITERAL)
_ARGUMENTS = frozenset("shell dockerfile make batch powershell yaml properties env".split())
"""Where words side by side are apart, unless nothing at all stands between them."""


def seam(data: bytes, end: int, views: Views, language: str) -> int:
    """Literals that stand side by side, or with an operator between them."""
    second = end - 2  # the gate ends with the first character of the second literal
    back = _BACK.match(data[max(0, second - 170) : second][::-1])
    if back is None:
        return end
    closing = second - back.end()
    start = _opening(data, closing)
    first = _FIRST.match(data, start) if start >= 0 else None
    if first is None or first.end() != closing + 1:
        return end
    seams = list(_chain(data, first, language))
    if not seams:
        return end
    if _worth(data, first.start(), seams):
        last = [Edit(at - 1, at, quote, plain=True) for at, quote in _ended(data, first, seams[-1][1])]
        views.add(*led(data, first.start()), *(Edit(a, b, b"") for a, b in seams), *last)
    return seams[-1][1]


_WORDS = (
    b"pass",
    b"pw",
    b"secret",
    b"token",
    b"key",
    b"auth",
    b"cred",
    b"login",
    b"conn",
    b"dsn",
    b"jwt",
    b"bearer",
    b"basic",
    b"begin ",
    b"://",
)
_ABOUT = re.compile(rb"pass(?!ed|ing|es\b)|pwd|pw\b|secret|token|key(?![a-rt-z])|auth(?!or)|cred|login|conn|dsn|jwt")
_SAID = re.compile(
    rb"(?:pass\w{0,8}|pwd|pw|secret|token|key|auth\w{0,10}|creds?)[\"'\\\]]{0,3}\s{0,2}[=:]|bearer |basic |begin |://"
)
_SPACES = 8
"""A text with more of them is no password."""
_RUN = re.compile(rb"[0-9A-Za-z_+/=\\\-]{16,}+")
_SCRAMBLED = re.compile(rb"[0-9]|[A-Z]{2}[a-z]|[a-z][A-Z][a-z]?[A-Z]|[A-Z]{16}")


def _worth(data: bytes, start: int, seams: list[tuple[int, int]]) -> bool:
    """Whether what is joined stands beside a word for credentials, says one, or holds a long run that is no word."""
    low = data[max(0, start - 100) : start].lower()
    inside = bytearray()
    for a, b in seams:
        inside += data[start:a]
        start = b
    if inside.count(b" ") <= _SPACES and any(word in low for word in _WORDS) and _ABOUT.search(low):
        return True
    inside += data[start : start + 64]
    low = bytes(inside.lower())
    if any(word in low for word in _WORDS) and _SAID.search(low):
        return True
    return any(_SCRAMBLED.search(inside, run.start(), run.end()) for run in _RUN.finditer(inside))


def _opening(data: bytes, closing: int) -> int:
    """Where the literal begins that ends with this quote; -1 when that is not on the line."""
    quote, at = data[closing : closing + 1], closing
    begin = max(0, closing - _LINE, data.rfind(b"\n", max(0, closing - _LINE), closing) + 1)
    while True:
        at = data.rfind(quote, begin, at)
        if at < 0 or data[at - 1 : at] != b"\\":
            return at


def _chain(data: bytes, first: re.Match[bytes], language: str) -> Iterator[tuple[int, int]]:
    """What stands between the first literal and the others, with the quotes around."""
    at = first.end()
    while found := _NEXT.match(data, at):
        begin = found.start(3)
        if not data[at:begin].strip(b"\\\r\n \tABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz@$"):
            glue = found[1]
            if (
                data[at - 1 : at] == data[begin : begin + 1]
                if not glue
                else language in _ARGUMENTS and b"\n" not in glue
            ):
                return
        yield at - 1, begin + 1
        at = found.end()


def _ended(data: bytes, first: re.Match[bytes], at: int) -> Iterator[tuple[int, bytes]]:
    """Where the last literal ends with another quote than the first, and that of the first."""
    last = _FIRST.match(data, at - 1)
    quote = data[first.start() : first.start() + 1]
    if last is not None and data[at - 1 : at] != quote:
        yield last.end(), quote


_CONTINUED = re.compile(rb"\\\r?\n[ \t]{0,80}")


def continued(data: bytes, end: int, views: Views, _language: str) -> int:
    """A line that ends with a backslash in the middle of a value."""
    at = data.rfind(b"\\", max(0, end - 90), end)
    found = _CONTINUED.match(data, at) if at >= 0 else None
    if found is None:
        return end
    views.add(Edit(found.start(), found.end(), b""))
    return found.end()


_OPENED = re.compile(
    rb"(?:(?P<yaml>[|>])[+\-\d]{0,2}|(?:\$\(cat\s{1,4})?<<[\-~]?\s?[\"']?(?P<word>\w{1,20})[\"']?;?|(?P<quote>\"\"\"|'''|`|\"|')\\?)"
    rb"[ \t]{0,4}\r?\n[ \t]{0,40}(?=\S)"
)
_TOKENS = re.compile(rb"[!-~]+")


def block(data: bytes, end: int, views: Views, _language: str) -> int:
    """A value on lines of its own: folded, in a here-document, or in a text of several lines."""
    low = max(0, end - 140)
    opened = next((m for m in _OPENED.finditer(data, low, end + 4) if m.end() >= end - 8), None)
    if opened is None or not _of_credential(data, opened.start()):
        return end
    limit = opened.end() + _LONGEST
    if opened["yaml"]:
        lines = list(islice(_indented(data, opened.end(), limit), _LINES + 1))
    elif opened["word"]:
        word = re.compile(rb"[ \t]*" + opened["word"] + rb"\b")
        lines = list(islice(_lines_until(data, opened.end(), word, limit), _LINES + 1))
    else:
        stop = data.find(opened["quote"], opened.end(), limit)
        lines = _split(data, opened.end(), stop) if stop >= 0 else []
    values = [data[a:b] for a, b in lines]
    if not values or len(values) > _LINES or (len(values) > 1 and not all(map(_TOKENS.fullmatch, values))):
        return end
    value = b"".join(values)
    quote = b"'" if b'"' in value else b'"'
    views.add(Edit(opened.start(), lines[-1][1], quote + value + quote, tuple(lines)), whole=False)
    return lines[-1][1]


_NAMED = re.compile(rb"[\s(]*(?:[:=]|>=|=:)[ \t]*[\"'\]]{0,2}([\w.\-]{2,80})")


def _of_credential(data: bytes, at: int) -> bool:
    """Whether what opens here is given to a credential's name."""
    named = _NAMED.match(data[max(0, at - 120) : at][::-1])
    return named is not None and names.sort(named[1][::-1].decode("ascii", "replace")) != ""


def _split(data: bytes, start: int, stop: int) -> list[tuple[int, int]]:
    """The lines of a stretch that hold something, without the blanks around."""
    found = (match.span() for match in re.finditer(rb"[^\s](?:[^\n]*[^\s])?", data[start:stop]))
    return [(start + a, start + b) for a, b in found]


def _indented(data: bytes, start: int, limit: int) -> Iterator[tuple[int, int]]:
    """The lines from here that are indented as deep as the first."""
    width = start - data.rfind(b"\n", 0, start) - 1
    while width and start < limit:
        stop = data.find(b"\n", start, limit)
        stop = min(len(data), limit) if stop < 0 else stop
        yield from _split(data, start, stop)
        if data[stop + 1 : stop + 1 + width].strip(b" \t") or stop + 1 + width >= len(data):
            return
        start = stop + 1 + width


def _lines_until(data: bytes, start: int, word: re.Pattern[bytes], limit: int) -> Iterator[tuple[int, int]]:
    while start < min(limit, len(data)) and not word.match(data, start):
        stop = data.find(b"\n", start, limit)
        if stop < 0:
            return
        yield from _split(data, start, stop)
        start = stop + 1


_BRACKETS = re.compile(rb"[({\[]")
_CHARACTER = re.compile(
    rb"\s*(?:\([\w ]{1,15}\)\s?)?(?:0x([0-9a-f]{2})|(\d{1,3})|[bLu]?'([^'\\\n])'|\"([^\"\\\n])\")[ul]?"
    rb"\s*(?:,|(?=[)}\]]))",
    re.I,
)
_BEFORE_ARRAY = re.compile(rb"(?:\bnew\s{1,4})?(?:&\s?)?(?:[\w.:!<>*&\[\]]{0,40}\s?[({\[]\s{0,8}){0,3}$")
_SIZED = re.compile(rb"\s?\[\w*\]\s{0,4}=\s{0,4}$")
_AFTER_ARRAY = re.compile(rb"[)}\]\s]{0,8}(?:\.\w{1,24}\([^()\n]{0,24}\)|\)){0,3}")


def array(data: bytes, end: int, views: Views, _language: str) -> int:
    """Characters one by one, as numbers or in quotes."""
    opening, value, stop = 0, b"", 0
    for bracket in _BRACKETS.finditer(data, max(0, end - 260), end):
        value, stop = _characters(data, bracket.end())
        if stop >= end - 2:
            opening = bracket.start()
            break
    else:
        return end
    value = value.rstrip(b"\0")
    if len(value) < 6 or any(not 32 < code < 127 for code in value) or b'"' in value:
        return max(end, stop)
    add(views, data, opening, stop, value)
    return max(end, stop)


def add(views: Views, data: bytes, start: int, stop: int, value: bytes) -> None:
    """The call or the array that stands for a value, with what is wrapped around it."""
    left = data[max(0, start - 160) : start + 1]
    wrapped = _BEFORE_ARRAY.search(left)
    begin = start + 1 - (len(left) - wrapped.start()) if wrapped else start
    begin += len(data[begin:stop]) - len(data[begin:stop].lstrip())
    after = _AFTER_ARRAY.match(data, stop)
    edit = Edit(begin, after.end() if after else stop, b'"' + value + b'"', ((start + 1, stop),))
    sized = _SIZED.search(data, max(0, begin - 60), begin)
    if sized:
        views.add(Edit(sized.start(), begin, b" = ", plain=True), edit, whole=False)
    else:
        views.add(edit, whole=False)


def _characters(data: bytes, at: int) -> tuple[bytes, int]:
    """The characters that are listed from here on, and where the list ends; a long one is nobody's secret."""
    codes: list[int] = []
    while (found := _CHARACTER.match(data, at)) and len(codes) < _MOST:
        text = found[1] or found[2]
        codes.append((int(text, 16 if found[1] else 10) & 255) if text else (found[3] or found[4])[0])
        at = found.end()
    closed = data[at : at + 20].lstrip()[:1] in (b")", b"]", b"}")
    return (bytes(codes), at) if closed else (b"", at)
