"""Which secret a finding is about: equal values have equal identities, and no identity tells the value.

What comes in: the text of a secret and a Key. What goes out: sixteen hexadecimal digits, or none. The one invariant:
never a plain hash. Under a salt that stands in a file, a value that could be guessed costs scrypt for every guess;
a value without a form is taken to be one that can.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import NamedTuple

from deburr.model import Finding, Source, Span

_COST, _BLOCK = 1 << 14, 8
"""Of scrypt: 16 MB and about 50 ms for one guess."""
MOST = 500
"""How many guessable values one process hashes slowly; what comes after them has no identity."""
_SURE, _MIXED = 20, 10
"""A token of a known form with so many characters, so many of them different, is beyond guessing."""
_IN_PIECES = re.compile(r"[\"'`+\[(]")
_GUESSED = ("generic", "password", "url", "basic", "literal", "hardcoded")
"""Words in the kinds of secrets that people may have thought up."""


class Key(NamedTuple):
    """What identities are made with."""

    salt: bytes
    kept: bool = False
    """Whether the salt stands in a file, where whoever wants to guess finds it."""


def fresh() -> Key:
    """A key that nobody has and that is gone with the run: identities under it cannot be compared with another's."""
    return Key(os.urandom(16))


def of_salt(salt: str) -> Key:
    """The key of a salt as files hold it."""
    return Key(bytes.fromhex(salt), kept=True)


def new_salt() -> str:
    """A salt for a file."""
    return os.urandom(16).hex()


def identities(findings: list[Finding], source: Source, key: Key) -> dict[int, str]:
    """By the index of each finding of a secret, the identity of what it is about."""
    found = {index: one for index, one in enumerate(findings) if one.kind}
    if not found:
        return {}
    lines = source.text.split("\n")
    values = {one.span: value_at(one.span, lines) for one in found.values()}
    if any(map(_IN_PIECES.search, values.values())):
        values |= _joined(source)
    return {index: of(values[one.span], one.kind, key) for index, one in found.items()}


def _joined(source: Source) -> dict[Span, str]:
    """By place, what those secrets are that the text holds in pieces."""
    from deburr.engine import secrets
    from deburr.engine.text import Lines

    data = source.text.encode("utf-8", "surrogatepass")
    lines = Lines(data)
    found = secrets.find(data, source.language, source.path)
    return {lines.span(one.start, one.end): one.value for one in found if one.value}


def value_at(span: Span, lines: list[str]) -> str:
    """The text of a span."""
    if span.end_line > len(lines):
        return ""
    rows = lines[span.line - 1 : span.end_line]
    rows[-1] = rows[-1][: span.end_column - 1]
    rows[0] = rows[0][span.column - 1 :]
    return "\n".join(rows)


_known: dict[tuple[Key, str], str] = {}


def of(value: str, kind: str, key: Key) -> str:
    """The identity of a value; empty when there is none, or when too many had to be hashed slowly before it."""
    if "-----BEGIN" in value:
        value = "".join(value.replace("\\n", "\n").split())  # a key is the same on one line and on many
    if not value:
        return ""
    if (key, value) not in _known:
        slow = key.kept and _guessable(value, kind)
        if slow and _spent.get(key, 0) >= MOST:
            return ""
        _spent[key] = _spent.get(key, 0) + slow
        _known[key, value] = _slow(value, key) if slow else _quick(value, key)
    return _known[key, value]


_spent: dict[Key, int] = {}


def _guessable(value: str, kind: str) -> bool:
    if any(word in kind for word in _GUESSED):
        return True
    return len(value) < _SURE or len(set(value)) < _MIXED


def _slow(value: str, key: Key) -> str:
    data = value.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(data, salt=key.salt, n=_COST, r=_BLOCK, p=1, dklen=8).hex()


def _quick(value: str, key: Key) -> str:
    return hashlib.blake2b(value.encode("utf-8", "surrogatepass"), key=key.salt, digest_size=8).hexdigest()
