"""The value of an Authorization header, known by the word for its scheme.

What comes in: the text and the place where a gate opened, eight characters into the value. What goes out: Secrets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deburr.engine.secrets import gate
from deburr.engine.secrets.checks import decoded
from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.values import generated, placeholder
from deburr.model import Confidence

_SCHEME = re.compile(rb"(?P<scheme>" + gate.SCHEMES.encode() + rb")[ \t]+$", re.I)
_GIVEN = re.compile(rb"\w[\"']?\s?[:=]\s?[\"'`]?$")
_HEADER_VALUE = re.compile(rb"[0-9A-Za-z+/=_.\-~:]+")


def header(data: bytes, end: int, _code: bool) -> Iterator[Secret]:
    """`Authorization: Basic …`, `"Bearer …"`."""
    start = end - 8
    scheme = _SCHEME.search(data[max(0, start - 20) : start])
    found = _HEADER_VALUE.match(data, start, min(len(data), start + 2048))
    if scheme is None or found is None or len(found[0]) < 8:
        return
    value, word = found[0].decode("ascii"), scheme["scheme"].lower()
    if word == b"basic":
        plain = (decoded(value) or b"").decode(errors="replace")
        user, colon, password = plain.partition(":")
        empty = placeholder(password) or placeholder(value)
        if colon and plain.isprintable() and user and len(password) > 2 and not empty:
            sure: Confidence = "high" if generated(password, 8) else "medium"
            yield Secret(start, start + len(value), "basic-authorization", "password", sure, "Authorization", _BASIC)
        return
    named = b"uthorization" in data[max(0, start - 60) : start] or word == b"bearer"
    if not named and len(value) >= 32:
        named = _GIVEN.search(data[max(0, start - 40) : start - len(scheme[0])]) is not None
    if generated(value) and not placeholder(value):
        confidence: Confidence = "high" if named and word == b"bearer" else "medium"
        if named:
            yield Secret(
                start,
                start + len(value),
                "authorization-header",
                "generic-secret",
                confidence,
                "Authorization",
                _BEARER,
            )


_BASIC, _BEARER = "user name and password of HTTP Basic", "token of an Authorization header"
