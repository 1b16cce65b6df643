"""Bytes of a file to text, and what could not be read on the way; a text can be written back as it was."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_COOKIE = re.compile(rb"^[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)")
_HEAD = 8192


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
    """Whether there is a NUL at the beginning and no byte order mark that explains it."""
    return b"\0" in data[:_HEAD] and not any(data.startswith(bom) for bom, _ in _BOMS)


def decode(data: bytes) -> Decoded:
    """The text of a file: by its byte order mark, else by its coding cookie, else as UTF-8."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode(data[len(bom) :], encoding, bom)
    return _decode(data, _cookie(data) or "utf-8", b"")


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
