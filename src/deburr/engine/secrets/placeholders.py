"""What stands in a text instead of a secret: `<REDACTED:aws-access-key-id:3f2a9c01b4d5>`, and its other spellings.

What comes in: a kind and the bytes of a value. What goes out: a placeholder that tells the kind, and by its tag whether
two values are the same. The invariant: the same value gives the same tag under one key, and nothing of it can be read
from the tag without the key.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_KEY = os.urandom(32)
_SIZES = (6, 8, 12, 16, 32)
"""How many bytes of digest a tag shows. Two would make one pair in 300 secrets alike; six do so for one in 500 corpora
of a million secrets, without any memory of what was seen. The rest is for that one."""

Form = Literal["plain", "entity", "quoted", "escaped", "name"]
"""How a place takes a placeholder: as it is; in markup; with quotes of its own, where a value stood bare; with
backslashes, in a shell; as a name, among the names of a program."""

_FOUND = re.compile(
    r'"<REDACTED:(?P<quoted>[a-z0-9-]+:[0-9a-f]{4,64}):q>"'
    r"|\\<REDACTED:(?P<escaped>[a-z0-9-]+:[0-9a-f]{4,64})\\>"
    r"|&lt;REDACTED:(?P<entity>[a-z0-9-]+:[0-9a-f]{4,64})&gt;"
    r"|<REDACTED:(?P<plain>[a-z0-9-]+:[0-9a-f]{4,64})(?::q)?>"
    r"|(?<![0-9A-Za-z])REDACTED_(?P<name>[a-z0-9_]+_[0-9a-f]{12,64})(?![0-9A-Za-z_])"
)
_ODD = re.compile(r"[^a-z0-9]+")
_WORD = b"REDACTED"


class Placeholder(NamedTuple):
    """A placeholder, however it is spelled."""

    kind: str
    tag: str

    @property
    def id(self) -> str:
        """What all its spellings have in common."""
        return f"{self.kind}:{self.tag}"

    def spelled(self, form: Form) -> str:
        """It as it stands in a text."""
        if form == "name":
            return f"REDACTED_{self.kind.replace('-', '_')}_{self.tag}"
        if form == "quoted":
            return f'"<REDACTED:{self.id}:q>"'
        left, right = {"entity": ("&lt;", "&gt;"), "escaped": ("\\<", "\\>")}.get(form, ("<", ">"))
        return f"{left}REDACTED:{self.id}{right}"


class Standing(NamedTuple):
    """A placeholder in a text, its ends in characters."""

    start: int
    end: int
    what: Placeholder


def standing(text: str) -> Iterator[Standing]:
    """The placeholders in a text, in order."""
    if "REDACTED" not in text:
        return
    for match in _FOUND.finditer(text):
        spelled = match[match.lastgroup or 0]
        if match.lastgroup == "name":
            kind, _, tag = spelled.rpartition("_")
            spelled = f"{kind.replace('_', '-')}:{tag}"
        kind, _, tag = spelled.partition(":")
        yield Standing(match.start(), match.end(), Placeholder(kind, tag))


def stretches(data: bytes) -> list[tuple[int, int]]:
    """Where placeholders stand in the bytes of a text."""
    if _WORD not in data:
        return []
    # Each byte as one character: a placeholder is ASCII, so that its place is the same.
    return [(one.start, one.end) for one in standing(data.decode("latin-1"))]


def blanked(data: bytes) -> bytes:
    """The text with every placeholder, spelled as it may be, so blank that nobody looks into it; nothing moves."""
    out = bytearray(data)
    for start, end in stretches(data):
        out[start:end] = b"<" + b"." * (end - start - 2) + b">"
    return bytes(out)


class Tags:
    """Gives out placeholders under one key; two values never get the same one."""

    def __init__(self, key: bytes = b"") -> None:
        """Without a key, one that was drawn at random for this process."""
        self._key = hashlib.blake2b(key).digest() if len(key) > 64 else key or _KEY
        self.given: dict[str, bytes] = {}
        """What each placeholder stands for, by its id."""

    def placeholder(self, kind: str, value: bytes) -> Placeholder:
        """The placeholder of a value."""
        whole = hashlib.blake2b(value, digest_size=_SIZES[-1], key=self._key).hexdigest()
        kind = _ODD.sub("-", kind.lower()).strip("-") or "secret"
        for size in _SIZES:
            one = Placeholder(kind, whole[: 2 * size])
            if self.given.setdefault(one.id, value) == value:
                break
        return one
