"""Values that are written in another alphabet: base64, hexadecimal, reversed, rotated, escaped.

What comes in: the text and the place where a gate opened. What goes out: edits with the plain value in its stead, and
how far the text has been dealt with. The invariant: what does not decode to a readable text stays as it is.
"""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from html import unescape

from deburr.engine.secrets.checks import decoded
from deburr.engine.secrets.views import Edit, Views

_LONGEST, _BACK = 16_384, 4096
_RUN = re.compile(rb"[0-9A-Za-z+/=_\-]+")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2}){4,}")
_PADDED = re.compile(rb"[0-9A-Za-z+/_\-]+={0,2}")


def readable(value: bytes | None) -> bytes:
    """The text that was decoded, b"" when no person could have written it."""
    if not value or len(value) < 4:
        return b""
    if value[1::2].count(0) * 2 == len(value):
        value = value[::2]
    try:
        text = value.decode().rstrip("\n\0")
    except UnicodeDecodeError:
        return b""
    return text.encode() if text.replace("\n", "").replace("\r", "").replace("\t", "").isprintable() else b""


def from_base64(value: bytes) -> bytes:
    """What base64 in either alphabet stands for, b"" when that is no text."""
    return readable(decoded(value.decode("ascii", "replace"))) if _PADDED.fullmatch(value) else b""


def from_hex(value: bytes) -> bytes:
    """What pairs of hexadecimal digits stand for, b"" when that is no text."""
    return readable(binascii.unhexlify(value)) if _HEX.fullmatch(value) else b""


def rotated(value: bytes) -> bytes:
    """Every letter 13 places further."""
    return codecs.encode(value.decode("ascii", "replace"), "rot13").encode()


def run(data: bytes, end: int, views: Views, _language: str) -> int:
    """A run of characters that begins like an encoded credential."""
    start, stop = _around(data, end)
    value = data[start:stop]
    text = from_hex(value) or from_base64(value)
    if text:
        views.add(Edit(start, stop, text))
    return max(stop, end)


_MADE = re.compile(rb"[0-9]|[a-z][A-Z]|[A-Z]{8}")
"""What a name written with underscores has not, and the rest of a credential has."""


def mirrored(data: bytes, end: int, views: Views, _language: str) -> int:
    """A run of characters that reads like a credential backwards, or with every letter 13 places further."""
    start, stop = _around(data, end)
    if 12 <= stop - start <= _LONGEST and _MADE.search(data, start, stop):
        views.add(Edit(start, stop, data[start:stop][::-1], formed=True), whole=False)
        views.add(Edit(start, stop, rotated(data[start:stop]), formed=True), whole=False)
    return max(stop, end)


def _around(data: bytes, at: int) -> tuple[int, int]:
    """The run of characters before and after a place; an empty one where it is too long."""
    back = _RUN.match(data[max(0, at - _BACK) : at][::-1])
    ahead = _RUN.match(data, at, at + _LONGEST)
    start = at - len(back[0]) if back else at
    stop = ahead.end() if ahead else at
    return (at, stop) if at - start == _BACK or stop - start > _LONGEST else (start, stop)


_CALLED = re.compile(
    rb"(?P<way>base_?64|b64|atob|hex|rot_?13|decode|pack)[\w.:!]{0,24}(?:\(\)\.\w{0,16})?\([ \t]{0,4}"
    rb"(?:\w{1,16}[:=]\s?)?[a-z@]{0,2}[\"'`](?P<value>[0-9A-Za-z+/=_\-]{8,4000})[\"'`]",
    re.I,
)
_TOLD = re.compile(
    rb"(?P<quote>[\"'`]?)(?:\.encode\(\))?\s{0,3}[,|]\s{0,4}[\"']?(?P<way>base64|hex|rot_?13|xxd|openssl|rev)\b", re.I
)
_CALLS = re.compile(
    rb"[a-z@]{0,2}(?:\s?[:=]\w{1,16})?(?:\s{0,4}\([\w.:&!\[\]]{0,40}(?:\.?\)\([\w.:&!\[\]]{1,40})?){1,3}", re.I
)
"""The calls around a literal, read backwards."""
_AFTER_CALL = re.compile(
    rb"[^\"'`\n()]{0,40}(?:\"[^\"\n]{0,12}\"|'[^'\n]{0,12}')?[^\"'`\n()]{0,8}\)(?:[)?!]|\.\w{1,24}\([^()\n]{0,24}\)){0,4}"
)


def call(data: bytes, end: int, views: Views, _language: str) -> int:
    """A literal in the hands of a function that decodes."""
    found = next((m for m in _CALLED.finditer(data, max(0, end - 120), end + _LONGEST) if m.end() >= end), None)
    if found is None:
        return end
    _decoded(data, found.span("value"), found["way"].lower(), views)
    return found.end()


def call_named(data: bytes, end: int, views: Views, _language: str) -> int:
    """A literal, and after it the word that says how to decode it."""
    told = next((m for m in _TOLD.finditer(data, max(0, end - 60), end + 24) if m.end() >= end - 14), None)
    if told is not None:
        start = _around(data, told.start())[0]
        _decoded(data, (start, told.start()), told["way"].lower(), views)
    return end


_ECHOED = re.compile(rb"\$\(\s{0,2}(?:echo|printf)(?:\s-\w{1,3})?\s{1,4}$")


def _decoded(data: bytes, place: tuple[int, int], way: bytes, views: Views) -> None:
    """Puts what the literal stands for in the place of the calls that decode it."""
    start, stop = place
    text = _plain(data[start:stop], way)
    if not text:
        return
    quoted = data[start - 1 : start] in (b'"', b"'", b"`")
    first, last = start - quoted, stop + quoted
    left = data[max(0, first - 140) : first]
    calls, echoed = _CALLS.match(left[::-1]), _ECHOED.search(left[-40:])
    after = _AFTER_CALL.match(data, last, last + 160) if calls else None
    first -= len(calls[0] if calls else echoed[0] if echoed else b"")
    marks = b"" if b"\n" in text else b"'" if b'"' in text else b'"'
    edit = Edit(first, after.end() if after else last, marks + text + marks, ((start, stop),))
    views.add(edit, whole=False)


def _plain(value: bytes, way: bytes) -> bytes:
    """What is encoded in a way that a word tells."""
    if b"rot" in way:
        return rotated(value)
    if way == b"rev":
        return value[::-1]
    if b"hex" in way or b"xxd" in way:
        return from_hex(value)
    return from_base64(value) or from_hex(value)


_ESCAPE = re.compile(
    rb"\\x([0-9a-f]{2})|\\u00([0-9a-f]{2})|\\u\{0*([0-9a-f]{2})\}|%([2-7][0-9a-f])|\\([01][0-7]{2})"
    rb"|(&#?\w{1,8};)|(?:\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf|\xc2\xad)",
    re.I,
)


def escaped(data: bytes, end: int, views: Views, _language: str) -> int:
    """Characters that are written as numbers, or that nobody sees, in the middle of a value."""
    at = max(0, end - 12)
    edits: list[Edit] = []
    while found := _ESCAPE.search(data, at, (edits[-1].end if edits else end) + 48):
        if edits and data.find(b"\n", edits[-1].end, found.start()) >= 0:
            break
        edits.append(Edit(found.start(), found.end(), _character(found)))
        at = found.end()
        if len(edits) >= _LONGEST:
            break
    if edits:
        views.add(*edits)
        return edits[-1].end
    return end


def _character(found: re.Match[bytes]) -> bytes:
    """What an escape stands for; what would end a literal stays out of it."""
    for group, base in ((1, 16), (2, 16), (3, 16), (4, 16), (5, 8)):
        if found[group]:
            code = int(found[group], base)
            return bytes([code]) if 32 < code < 127 and code not in b"\"'`\\" else b"\0"
    if found[6]:
        text = unescape(found[6].decode()).encode()
        return text if len(text) == 1 and text not in (b'"', b"'", b"<", b">") else found[6]
    return b""


_DATA = re.compile(rb"[\"']?(?:data|stringData)[\"']?[ \t]*:")
_ENTRY = re.compile(
    rb"[\"']?([\w.\-]{1,80})[\"']?[ \t]*:[ \t]*[\"']?([0-9A-Za-z+/]{4,}={0,2})[\"']?[ \t]*(?=[\r\n,}]|$)"
)
_MANIFEST = 65_536


def manifest(data: bytes, end: int, views: Views, _language: str) -> int:
    """The entries of a Secret of a cluster, each in base64."""
    begin = max(0, end - _MANIFEST, data.rfind(b"\n---", 0, end))
    stop = data.find(b"\n---", end, end + _MANIFEST)
    stop = min(len(data), end + _MANIFEST) if stop < 0 else stop
    for start, last, text in _entries(data, begin, stop):
        marks = b"" if b"\n" in text else b"'" if b'"' in text else b'"'
        views.add(Edit(start, last, marks + text + marks, ((start, last),)), whole=False)
    return stop


def _entries(data: bytes, begin: int, stop: int) -> Iterator[tuple[int, int, bytes]]:
    opened = _DATA.search(data, begin, stop)
    if opened is None:
        return
    for entry in _ENTRY.finditer(data, opened.end(), stop):
        text = from_base64(entry[2])
        if text:
            yield (*entry.span(2), text)
