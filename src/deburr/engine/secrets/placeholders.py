"""Text without its secrets: each becomes a typed placeholder that stays the same within the process.

What comes in: text. What goes out: the text with placeholders, and where the secrets stood. The invariant: the same
secret gives the same placeholder under the same key, and nothing of it can be read back.
"""

from __future__ import annotations

import hashlib
import os

from deburr.engine.secrets.secret import Secret
from deburr.model import Span

_KEY = os.urandom(16)


def placeholder(secret: Secret, value: bytes, key: bytes = b"") -> str:
    """`<REDACTED:aws-access-key-id:3f2a>`; without a key of the caller's, one drawn at random for this process."""
    mark = hashlib.blake2b(value, digest_size=2, key=key or _KEY).hexdigest()
    return f"<REDACTED:{secret.kind}:{mark}>"


def replace(data: bytes, secrets: list[Secret], key: bytes = b"") -> bytes:
    """The text with a placeholder for each secret."""
    parts: list[bytes] = []
    at = 0
    for secret in secrets:
        value = data[secret.start : secret.end]
        parts += [data[at : secret.start], placeholder(secret, value, key).encode()]
        at = secret.end
    return b"".join([*parts, data[at:]])


def spans(data: bytes, secrets: list[Secret]) -> tuple[Span, ...]:
    """Where the secrets stand, in lines and columns."""
    found: list[Span] = []
    line, at = 1, 0
    for secret in secrets:
        line, at = line + data.count(b"\n", at, secret.start), secret.start
        ends = line + data.count(b"\n", secret.start, secret.end)
        found.append(Span(line, _column(data, secret.start), ends, _column(data, secret.end)))
    return tuple(found)


def _column(data: bytes, offset: int) -> int:
    begin = data.rfind(b"\n", 0, offset) + 1
    return len(data[begin:offset].decode("utf-8", "replace")) + 1
