"""Formats and their compiled database in one piece of bytes, so that a start reads no TOML.

What comes in: what `providers` says and what `gate` compiled. What goes out: the same again. The invariant: the order
of the formats is that in which the database numbers them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from deburr.providers import Format

_NEEDED = Format._fields.index("severity") + 1
"""How many fields the search needs; the texts for people after them stay in their files."""


class Packed(NamedTuple):
    """What a SecretScanner is made of."""

    formats: tuple[Format, ...]
    database: bytes

    def to_bytes(self) -> bytes:
        """Both, the formats first, their length before them."""
        head = json.dumps([one[:_NEEDED] for one in self.formats], separators=(",", ":")).encode()
        return len(head).to_bytes(4, "big") + head + self.database


def unpack(data: bytes) -> Packed:
    """What `to_bytes` made; raises ValueError on anything else."""
    end = 4 + int.from_bytes(data[:4], "big")
    return Packed(tuple(Format(*row) for row in json.loads(data[4:end])), data[end:])


def all_formats() -> Iterable[Format]:
    """The formats of every provider."""
    from deburr import providers

    return (one for provider in providers.load() for one in provider.formats)
