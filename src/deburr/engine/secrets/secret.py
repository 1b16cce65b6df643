"""The noun of this folder."""

from __future__ import annotations

from typing import Literal, NamedTuple

from deburr.model import Confidence, Level

_SHOWN = 4
"""How many characters of a secret are shown at most, so that its owner recognizes it."""


class Secret(NamedTuple):
    """A credential that stands in a text."""

    start: int
    end: int
    """Byte offsets of the value, without quotes; the end is exclusive."""

    kind: str
    """Which one: `aws-access-key-id`, `generic-password`."""

    group: str
    """The word by which a principle's front matter claims it: provider-token, generic-secret, password, private-key,
    url-credentials."""

    confidence: Confidence

    name: str = ""
    """What the text calls it: `DB_PASSWORD`; "" when it has no name there."""

    title: str = ""
    """What it is, for a message: "AWS access key id"."""

    severity: Level | Literal[""] = ""
    """What a stranger can do with it, where its form says so."""

    exact: int = 0
    """How much its form says: the more exact of two that fit the same value is the right one."""


def lowered(confidence: Confidence) -> Confidence:
    """One step less sure."""
    return "medium" if confidence == "high" else "low"


def masked(value: str) -> str:
    """The value as it may be shown: its first characters when it is long enough to keep the rest unknown."""
    shown = value[: min(_SHOWN, len(value) // 5)] if "\n" not in value else ""
    return f"{shown}…" if shown else "…"


def dots(value: str) -> str:
    """The value as it may be shown where columns must stay: all but its head in dots, spaces and line ends kept."""
    head = min(_SHOWN, len(value) // 3)
    return value[:head] + "".join(char if char.isspace() else "•" for char in value[head:])
