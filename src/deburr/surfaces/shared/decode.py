"""Bytes of a file to text, and what could not be read on the way; a text can be written back as it was."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COOKIE = re.compile(rb"^[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")
HEAD = 8192
_MOSTLY, _ENOUGH = 0.9, 32
_TYPED = bytes((*range(0x20, 0x7F), *b"\t\n\r\f", *range(0xA0, 0x100)))
_WIDE = (("utf-32-le", 0, 4), ("utf-32-be", 3, 4), ("utf-16-le", 0, 2), ("utf-16-be", 1, 2))
"""Encodings that write a Latin letter as one byte of several: which of them, of how many."""


class Decoded(NamedTuple):
    """A text with what is needed to write it back."""

    text: str
    encoding: str = "utf-8"
    bom: bytes = b""
    problem: str = ""
    """What was replaced because it is no text in this encoding."""

    line: int = 0
    """The line of the first such place."""

    def encode(self, text: str) -> bytes:
        """Another text in the encoding of this one."""
        return self.bom + text.encode(self.encoding)


def is_binary(data: bytes) -> bool:
    """Whether there is a NUL at the beginning and neither a byte order mark nor an encoding that explains it."""
    return b"\0" in data[:HEAD] and not any(data.startswith(bom) for bom, _ in _BOMS) and not _wide(data)


def decode(data: bytes) -> Decoded:
    """The text of a file: by its byte order mark, else by its coding cookie, else as UTF-8."""
    encoding, bom = _encoding(data)
    return _decode(data[len(bom) :], encoding, bom)


def _encoding(data: bytes) -> tuple[str, bytes]:
    """The encoding of a text that begins so, and its byte order mark."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding, bom
    return _wide(data) or _cookie(data) or "utf-8", b""


def _wide(data: bytes) -> str:
    """The encoding of several bytes for a letter, where a text has no mark and all but one of them are NUL."""
    for encoding, at, size in _WIDE if b"\0" in data[:HEAD] else ():
        head = data[: min(HEAD, len(data) // size * size)]
        filled = head[at::size]
        empty = len(head) - len(filled)
        if len(head) >= _ENOUGH and not filled.translate(None, _TYPED) and head.count(0) > _MOSTLY * empty:
            return encoding
    return ""


def _decode(data: bytes, encoding: str, bom: bytes) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, bom)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        return Decoded(data.decode(encoding, "replace"), encoding, bom, f"not valid {encoding.upper()}", line)


def _cookie(data: bytes) -> str:
    """The encoding that the first two lines declare (PEP 263), if there is such a text encoding."""
    for line in data[:400].split(b"\n")[:2]:
        if match := _COOKIE.match(line):
            name = match[1].decode("ascii", "replace")
            try:
                "".encode(name)
                b"a".decode(name)
            except (LookupError, ValueError):
                return ""
            return codecs.lookup(name).name
    return ""


class Recoded:
    """The pieces of a file as pieces of UTF-8: what `decode` makes of the whole."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.head = b""
        """The beginning, as it stands in the file."""
        for chunk in self._chunks:
            self.head += chunk
            if len(self.head) >= HEAD:
                break
        self.problem, self.line = "", 0
        """As in Decoded, when all has been read."""

    def __iter__(self) -> Iterator[bytes]:
        encoding, bom = _encoding(self.head)
        self._encoding, self._line = encoding, 1
        self._decoder = codecs.getincrementaldecoder(encoding)()
        for chunk in chain([self.head[len(bom) :]], self._chunks, [b""]):
            same = encoding == "utf-8" and chunk.isascii() and not self._decoder.getstate()[0]
            piece = chunk if same else self._decoded(chunk).encode()
            self._line += piece.count(b"\n")
            yield piece

    def _decoded(self, chunk: bytes) -> str:
        """The text of the next piece, of the last when it is empty; what is no text is replaced from now on."""
        try:
            return self._decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            good = str(error.object[: error.start], self._encoding, "replace")
            self.problem, self.line = f"not valid {self._encoding.upper()}", self._line + good.count("\n")
        waiting = self._decoder.getstate()[0]
        self._decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        return self._decoder.decode(waiting + chunk, final=not chunk)
