"""Looks whether a text reveals a secret: a long run of it, plain, or in a spelling that anybody reads back."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import math
import re
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import quote

SHARE = 0.6
"""A run of this share of a secret counts as the secret."""

_HASHES = ("md5", "sha1", "sha256", "sha512", "blake2b", "blake2s")


class Said:
    """What a call of deburr wrote."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    @cached_property
    def _lower(self) -> bytes:
        return self._data.lower()

    @cached_property
    def _hashes(self) -> frozenset[bytes]:
        return frozenset(one[:16] for one in re.findall(rb"[0-9a-f]{16,}", self._lower))

    @cached_property
    def _begun(self) -> dict[int, frozenset[bytes]]:
        """By text, each four characters that stand in it: nearly no run of a secret has to be looked for."""
        texts = (self._data, self._lower, self._bare)
        return {id(text): frozenset(text[at : at + 4] for at in range(len(text))) for text in texts}

    @cached_property
    def _bare(self) -> bytes:
        """Letters and digits only: what stands between the pieces of a secret protects nobody."""
        return re.sub(rb"[^A-Za-z0-9]+", b"", self._data)

    def reveals(self, value: str, text: str = "") -> str:
        """What is shown of the secret, or nothing; `text` is where it stands, which no hash may tell."""
        bare = re.sub(r"[^A-Za-z0-9]+", "", value)
        places = [(self._data, one, width) for one, width in _plain(value)]
        places += [(self._lower, one, width) for one, width in _digits(value)]
        places.append((self._bare, bare, 1))
        for data, spelled, width in places:
            if shown := _run(spelled.encode(), data, width, self._begun[id(data)]):
                return shown.decode("utf-8", "replace")
        for name, guess in _guesses(value, text):
            if guess.encode() in self._hashes:
                return f"{name} {guess}"
        return ""


def _plain(value: str) -> Iterator[tuple[str, int]]:
    raw = value.encode()
    yield from dict.fromkeys((one, 1) for one in (value, value[::-1], json.dumps(value)[1:-1], html.escape(value)))
    yield quote(value, safe=""), 1
    for before in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(b"\0" * before + raw)[4 * (before > 0) : (before + len(raw)) // 3 * 4].decode(), 1
    yield base64.b32encode(raw).decode().rstrip("="), 1


def _digits(value: str) -> Iterator[tuple[str, int]]:
    """Spellings by number, and how many characters stand for one."""
    raw = value.encode()
    yield raw.hex(), 2
    yield "".join(f"%{byte:02x}" for byte in raw), 3
    yield "".join(f"\\x{byte:02x}" for byte in raw), 4
    yield "".join(f"\\u{byte:04x}" for byte in raw), 6
    yield "".join(f"\\{byte:03o}" for byte in raw), 4
    yield "".join(f"&#{byte};" for byte in raw), 1


def _run(spelled: bytes, data: bytes, width: int, begun: frozenset[bytes]) -> bytes:
    size = max(math.ceil(len(spelled) / width * SHARE) * width, 1)
    half = max(size // 2, 1)  # a run of this size holds one of the pieces that the value is cut into
    pieces = [spelled[start : start + half] for start in range(0, len(spelled) - half + 1, half)]
    if any(piece in data for piece in pieces if len(piece) < 4 or piece[:4] in begun):
        for start in range(len(spelled) - size + 1):
            if spelled[start : start + size] in data:
                return spelled[start : start + size]
    return b""


def _guesses(value: str, text: str) -> Iterator[tuple[str, str]]:
    """Hashes by which a guess could be proved: of the secret, of its line, of all the text."""
    lines = [line for line in text.split("\n") if value in line]
    for guess in dict.fromkeys([value, text, *lines, *(line.strip() for line in lines)]):
        for name in _HASHES if guess else ():
            yield name, hashlib.new(name, guess.encode("utf-8", "surrogatepass")).hexdigest()[:16]
