"""What turns placeholders back into secrets: kept only where somebody asks for it.

What comes in: what a redaction took out. What goes out: JSON, and texts with the secrets back in them. The invariant:
what cannot be put back is named, never guessed. Where a vault is kept is not decided here.
"""

from __future__ import annotations

import difflib
import json
import os
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from deburr.engine.secrets.placeholders import standing
from deburr.errors import ConfigError

_VERSION = 1
_WARNING = "This file holds secrets in plain text. Keep it out of version control and delete it when it has served."


@dataclass
class Vault:
    """A key, the secrets that were taken out under it, and which stood in which text."""

    key: bytes = field(default_factory=lambda: os.urandom(32))
    entries: dict[str, str] = field(default_factory=dict)
    """By placeholder, without its brackets: what it stands for."""

    order: dict[str, list[str]] = field(default_factory=dict)
    """By the name of a text, its placeholders as they stood."""

    def to_json(self) -> str:
        """The vault as the text of a file."""
        content = {"warning": _WARNING, "version": _VERSION, "key": self.key.hex()}
        return json.dumps(content | {"secrets": self.entries, "texts": self.order}, indent=1) + "\n"

    @staticmethod
    def from_json(text: str, name: str = "the vault") -> Vault:
        """A vault from the text of its file; raises ConfigError, which quotes nothing of it, when it is none."""
        try:
            content: Any = json.loads(text)
            key, entries, order = bytes.fromhex(content["key"]), content["secrets"], content["texts"]
            right = content["version"] == _VERSION and len(key) >= 16
            right = right and all(isinstance(value, str) for value in entries.values())
            right = right and all(isinstance(one, str) for listed in order.values() for one in listed)
        except (ValueError, TypeError, KeyError, AttributeError):
            right = False
        if not right:
            raise ConfigError(f"{name}: not a vault that deburr wrote")
        return Vault(key, dict(entries), {name: list(listed) for name, listed in order.items()})


class Restored(NamedTuple):
    """A text with its secrets back, and what did not go as it should."""

    text: str
    unknown: tuple[str, ...] = ()
    """Placeholders that the vault does not know; they were left as they are."""

    lost: tuple[str, ...] = ()
    """Placeholders that stood in the redacted text and do so no longer."""

    moved: tuple[str, ...] = ()
    """Placeholders that stand at another place in the order, or more often than they did."""


def restore(text: str, vault: Vault, name: str = "") -> Restored:
    """The text with its secrets back; `name` is what the text was called when it was redacted."""
    parts: list[str] = []
    unknown: list[str] = []
    met: list[str] = []
    at = 0
    for one in standing(text):
        value = vault.entries.get(one.what.id)
        if value is None:
            unknown.append(one.what.id)
            continue
        met.append(one.what.id)
        parts += [text[at : one.start], value]
        at = one.end + _filled(text, one.end, value)
    lost, moved = _compared(vault.order.get(name), met)
    return Restored("".join([*parts, text[at:]]), tuple(dict.fromkeys(unknown)), lost, moved)


def _filled(text: str, end: int, value: str) -> int:
    """How many characters behind a placeholder are the line ends that keep the number of lines."""
    size = 0
    for _ in range(value.count("\n")):
        step = 2 if text.startswith("\r\n", end + size) else 1 if text.startswith("\n", end + size) else 0
        if not step:
            return 0
        size += step
    return size


def _compared(stood: list[str] | None, met: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which placeholders are missing, and which stand elsewhere or are more than they were."""
    if stood is None or stood == met:
        return (), ()
    lost = Counter(stood) - Counter(met)
    blocks = difflib.SequenceMatcher(None, stood, met, autojunk=False).get_matching_blocks()
    kept = {at for block in blocks for at in range(block.b, block.b + block.size)}
    moved = [one for at, one in enumerate(met) if at not in kept]
    return tuple(lost.elements()), tuple(dict.fromkeys(moved))
