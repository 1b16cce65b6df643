"""Code, and what is said about it, as they may be shown: what is secret dotted out."""

from __future__ import annotations

from dataclasses import replace

from deburr.engine import secrets
from deburr.errors import DeburrError
from deburr.model import Confidence, Source

_SHORTEST = 4
_LEAST = 6
"""So many characters of a secret in a row count as the secret, since messages cut long code."""


def hide(source: Source) -> tuple[Source, tuple[str, ...]]:
    """The source with all but the head of each secret replaced by dots, every column kept; and the secrets."""
    done = secrets.redactor().dotted(source.text, source.language)
    if not done.spans:
        return source, ()
    lines = [line.strip() for value in done.values for line in value.split("\n")]
    return replace(source, text=done.text), tuple(dict.fromkeys(line for line in lines if line))


def clean(text: str, least: Confidence = "medium") -> str:
    """What is said to anyone, a path or a complaint, with dots for the secrets in it."""
    try:
        return secrets.redactor(least=least).dotted(text).text
    except DeburrError:
        return "(withheld: it could not be redacted)"


def without(message: str, values: tuple[str, ...]) -> str:
    """A message in which no secret stands, whole or cut off at its end."""
    for value in values:
        if len(value) < _SHORTEST or value[:_LEAST] not in message:
            continue
        if value in message:
            message = message.replace(value, secrets.dots(value))
        for size in range(len(value) - 1 if "…" in message else 0, _LEAST - 1, -1):
            if value[:size] + "…" in message:
                message = message.replace(value[:size] + "…", secrets.dots(value[:size]) + "…")
                break
    return message
