"""The identity of a finding: the same after lines were moved, another when the code itself changed.

sha256 of (principle, path, qualified scope, flagged line without comments and runs of space), then `:` and the
ordinal among equals. Never the line number, and never a secret: its bytes are replaced before, so that no one can
search for a short password by its fingerprint.
"""

from __future__ import annotations

import hashlib
import re

_COMMENT = re.compile(rb"\s+(?:#|//)[^'\"]*$")


def digest(principle: str, path: str, scope: str, line: bytes) -> str:
    """The fingerprint without its ordinal."""
    plain = b" ".join(_COMMENT.sub(b"", line).split())
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
