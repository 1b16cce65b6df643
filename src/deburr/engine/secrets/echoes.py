"""A secret that was found once, in all the other places where it stands: copied, encoded, escaped.

What comes in: the values that were found in a text. What goes out: the stretches that spell one of them again. The
invariant: a value that could be an ordinary word is looked for as it is and as a word only, so that no prose is torn.
"""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import quote, quote_plus, unquote_to_bytes

from deburr.engine.secrets.values import common_password, made_up, placeholder, words_only

_SHORTEST, _WORD, _ANYWHERE = 6, 8, 16
"""A value of fewer bytes is not looked for; one of words needs so many; with so many, a longer run may hold it."""
_FEW = 200
_LINE = re.compile(rb"[0-9A-Za-z+/=_-]{24,}")
_ESCAPED = re.compile(rb"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[\"'\\/bfnrt])")


class Value(NamedTuple):
    """A secret's value, to be looked for."""

    raw: bytes
    kind: str
    sure: bool = True
    """Whether it was found with more than low confidence."""


class Echo(NamedTuple):
    """A stretch that spells a value."""

    start: int
    end: int
    kind: str
    word: bool = False
    """Whether the value could be an ordinary word."""


class _Spelling(NamedTuple):
    raw: bytes
    kind: str
    bounded: bool
    word: bool


class Echoes:
    """Values that are looked for in any number of texts."""

    def __init__(self, values: Iterable[Value]) -> None:
        self._wanted: dict[bytes, _Spelling] = {}
        for value in dict.fromkeys(values):
            for spelling in _spellings(value):
                self._wanted.setdefault(spelling.raw, spelling)
        self._texts = sorted(self._wanted, key=lambda text: (-len(text), text))
        self._begun: dict[bytes, list[bytes]] = {}
        self._width = 0

    def __call__(self, data: bytes) -> Iterator[Echo]:
        """Where the text spells one of the values, the places where they were found included."""
        for start, raw in self._places(data):
            spelling, end = self._wanted[raw], start + len(raw)
            if not spelling.bounded or _bounded(data, start, end):
                yield Echo(start, end, spelling.kind, spelling.word)

    def _places(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Each place of each text; many texts are told by how they begin, all at once."""
        if len(self._texts) <= _FEW:
            for text in self._texts:
                at = data.find(text)
                while at >= 0:
                    yield at, text
                    at = data.find(text, at + 1)
            return
        if not self._begun:
            self._width = len(self._texts[-1])
            for text in self._texts:
                self._begun.setdefault(text[: self._width], []).append(text)
        width, begun = self._width, self._begun.get
        for at in range(len(data) - width + 1):
            for text in begun(data[at : at + width]) or ():
                if data.startswith(text, at):
                    yield at, text


def _bounded(data: bytes, start: int, end: int) -> bool:
    """Whether the stretch is not a piece of a longer word."""
    before, after = data[start - 1 : start] if start else b"", data[end : end + 1]
    escape = before in (b"n", b"r", b"t") and data[start - 2 : start - 1] == b"\\"
    left = _inner(before) and _inner(data[start : start + 1]) and not escape
    return not left and not (_inner(after) and _inner(data[end - 1 : end]))


def _inner(char: bytes) -> bool:
    return char.isalnum() or char == b"_"


def _spellings(value: Value) -> Iterator[_Spelling]:
    raw, kind = value.raw.strip(), value.kind
    for plain in dict.fromkeys((raw, *_unwrapped(raw))):
        text = plain.decode("utf-8", "replace")
        if len(plain) < _SHORTEST or placeholder(text):
            continue
        if not made_up(text) or words_only(text) or common_password(text):
            if value.sure and len(plain) >= _WORD and not common_password(text):
                yield _Spelling(plain, kind, True, True)
            continue
        for spelled in _escaped(plain):
            yield _Spelling(spelled, kind, len(plain) < _ANYWHERE, False)
        for spelled in (*_encoded(plain), *(_by_number(plain) if len(plain) >= _WORD else ())):
            yield _Spelling(spelled, kind, len(spelled) < _ANYWHERE, False)
        if b"\n" in plain:
            lines = _LINE.findall(plain)
            for line in (*lines, b"".join(lines)):
                if line:
                    yield _Spelling(line, kind, False, False)


def _unwrapped(raw: bytes) -> Iterator[bytes]:
    """What the value is without the escapes in which it is written."""
    if b"\\" in raw:
        yield _ESCAPED.sub(_unescaped, raw)
    if b"%" in raw:
        yield unquote_to_bytes(raw)
    if b"&" in raw:
        yield html.unescape(raw.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


_SHORT = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}


def _unescaped(match: re.Match[bytes]) -> bytes:
    body = match[0][1:]
    if body[:1] in (b"u", b"x"):
        return chr(int(body[1:], 16)).encode("utf-8", "surrogatepass")
    return _SHORT.get(body, body)


def _escaped(plain: bytes) -> Iterator[bytes]:
    """The value as other texts would write it: as it is, in JSON, in an address, in markup."""
    yield plain
    try:
        text = plain.decode()
    except UnicodeDecodeError:
        return
    written = json.dumps(text)[1:-1]
    found = {written, json.dumps(text, ensure_ascii=False)[1:-1], written.replace("/", "\\/"), repr(text)[1:-1]}
    percent = {quote(text, safe=""), quote(text), quote_plus(text)}
    found |= percent | {re.sub("%..", lambda match: match[0].lower(), one) for one in percent}
    found |= {html.escape(text), html.escape(text, quote=False), text.replace("&", "&amp;")}
    for one in sorted(found - {text}):
        yield one.encode()


def _encoded(plain: bytes) -> Iterator[bytes]:
    """The value in base64, alone or inside something longer, and in hexadecimal digits."""
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for padded in dict.fromkeys((encode(plain), encode(plain + b"\n"))):
            yield padded
            yield padded.rstrip(b"=")
        if len(plain) >= 9:
            # Inside something longer the value may begin at any of three places of a group; the groups it fills stay.
            for before in (1, 2):
                whole = (before + len(plain)) // 3 * 4
                yield encode(b"\0" * before + plain)[4:whole]
            yield encode(plain)[: len(plain) // 3 * 4]


def _by_number(plain: bytes) -> Iterator[bytes]:
    """The value character by character, as who hides it from a search writes it: by numbers, backwards, in base32."""
    for form in ("\\x%02x", "\\u%04x", "\\%03o", "%%%02x", "&#%d;", "&#x%x;"):
        spelled = "".join(form % byte for byte in plain)
        yield spelled.encode()
        yield re.sub("%..|[0-9a-f]{2,}", lambda match: match[0].upper(), spelled).encode()
    yield quote(quote(plain, safe=""), safe="").encode()
    yield plain[::-1]
    yield base64.b32encode(plain).rstrip(b"=")
