"""The noun of this folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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

    doubtful: bool = False
    """Whether the rules alone would not speak of it."""

    value: str = ""
    """What the place stands for, where it is written in pieces or encoded; "" where the text holds the value itself."""

    parts: tuple[tuple[int, int], ...] = ()
    """Where its pieces stand, none with its quotes: what must be hidden. Empty where that is start and end."""

    def moved(self, way: Callable[[int], int], back: Callable[[int], int] | None = None) -> Secret:
        """The secret in another text, each place as `way` says; `back` says it of ends, where that differs."""
        ends = back or way
        parts = tuple((way(start), ends(end)) for start, end in self.parts)
        return self._replace(start=way(self.start), end=ends(self.end), parts=parts)


def pieces(secrets: Iterable[Secret]) -> list[tuple[int, int, Secret]]:
    """The stretches of a text that hold secrets or pieces of them, in order, none overlapping another."""
    found: list[tuple[int, int, Secret]] = []
    at = 0
    every = [(start, end, secret) for secret in secrets for start, end in secret.parts or ((secret.start, secret.end),)]
    for start, end, secret in sorted(every, key=lambda piece: piece[:2]):
        if end > at:
            found.append((max(start, at), end, secret))
            at = end
    return found


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
