"""Machine-made text that opens nothing by itself as a rule: UUIDs, nonces, signatures, request and account ids.

What comes in: the text and the place where a gate opened. What goes out: Secrets of the least confidence, for a reader
who wants to see every such text (a UUID is now and then a license key, a session or a password).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.values import generated, placeholder, sequence, strange, words_only

GROUP = "random-text"
MOST = 200
"""A text of data rows holds thousands; a reader has seen enough after these."""

_UUID = re.compile(rb"(?i)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_UUID_SIZE = 36
_NAME = re.compile(rb"[\w.\- ]+$")
_MARK = re.compile(rb"\\?[\"']?\s*[:=]\s*\\?[\"'`]?$")
_VALUE = re.compile(rb"[0-9A-Za-z+/=_\-]{8,200}")
_DIFFERENT = 8
_COUNTED = 2
"""A value with fewer digits is mostly a word."""


def uuids(data: bytes, end: int) -> Iterator[Secret]:
    """The UUID that ends here, if it is a real one: not all alike, not `12345678-1234-…`."""
    start = end - _UUID_SIZE
    if start < 0 or not _UUID.fullmatch(data, start, end):
        return
    beside = (data[start - 1 : start] if start else b"") + data[end : end + 1]
    if beside.isalnum() or b"-" in beside or b"_" in beside:
        return
    digits = data[start:end].replace(b"-", b"").decode("ascii").lower()
    if len(set(digits)) < _DIFFERENT or sequence(digits):
        return
    yield _made("uuid", start, end, "", "UUID")


def named(data: bytes, end: int) -> Iterator[Secret]:
    """A value that only a machine makes, under the name of a nonce, a signature or an id."""
    start = end - 8
    left = data[max(0, start - 60) : start]
    mark = _MARK.search(left)
    found = _VALUE.match(data, start)
    if mark is None or found is None or (found.end() < len(data) and data[found.end()] in b"(.[<%{"):
        return
    value = found[0].decode("ascii")
    name = _NAME.search(left[: mark.start()])
    if name and _random(value):
        said = name[0].decode("utf-8", "replace").split()
        yield _made("random-looking-text", start, found.end(), said[-1] if said else "", "random text")


def _made(kind: str, start: int, end: int, name: str, title: str) -> Secret:
    return Secret(start, end, kind, GROUP, "low", name, title)


def _random(value: str) -> bool:
    digits = sum(c.isdigit() for c in value)
    if digits < _COUNTED or digits == len(value) or placeholder(value) or sequence(value) or value[:2] in ("0x", "0X"):
        return False
    if words_only(value) or value.isupper():
        return False
    switches = sum(a.isdigit() != b.isdigit() for a, b in pairwise(value))
    return generated(value) or strange(value) or switches > _COUNTED
