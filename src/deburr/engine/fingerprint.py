"""The identity of a finding: the same after lines were moved, another when the code itself changed.

sha256 of (principle, path, qualified scope, flagged line without comments and runs of space), then `:` and the
ordinal among equals. Never the line number, and never a secret: its bytes are replaced before, so that no one can
search for a short password by its fingerprint.
"""

from __future__ import annotations

import hashlib
import re

_PIECE = re.compile(rb"'(?:\\.|[^'\\])*'?|\"(?:\\.|[^\"\\])*\"?|\s(?P<comment>#|//)")
"""A text in quotes, closed or not, or the start of a comment; every text it is searched in takes linear time."""
_LONGEST = 1000


def plain(line: bytes) -> bytes:
    """A line without its comment and runs of space; of a very long one, what identifies it."""
    for piece in _PIECE.finditer(line):
        if piece["comment"]:
            line = line[: piece.start()]
            break
    words = b" ".join(line.split())
    return words if len(words) <= _LONGEST else hashlib.sha256(words).digest()


def digest(principle: str, path: str, scope: str, plain: bytes) -> str:
    """The fingerprint without its ordinal, of a finding on a line that `plain` has made plain."""
    content = "\0".join((principle, path, scope)).encode("utf-8", "surrogatepass") + b"\0" + plain
    return hashlib.sha256(content).hexdigest()[:24]


def number(digests: list[str]) -> list[str]:
    """The fingerprints in the order of their findings, each with its ordinal among equals."""
    seen: dict[str, int] = {}
    numbered = []
    for one in digests:
        numbered.append(f"{one}:{seen.get(one, 0)}")
        seen[one] = seen.get(one, 0) + 1
    return numbered
