"""Code, and what is said about it, as they may be shown: what is secret dotted out."""

from __future__ import annotations

import re
from dataclasses import replace

from deburr.engine import secrets
from deburr.model import Source

_SHOWN = 4
"""How many characters of a secret stay, so that its owner recognizes it."""

_LEAST = 6
"""So many characters of a secret in a row count as the secret, since messages cut long code."""


def hide(source: Source) -> tuple[Source, tuple[str, ...]]:
    """The source with all but the head of each secret replaced by dots, every column kept; and the secrets."""
    data = source.text.encode("utf-8", "surrogatepass")
    language = "json" if source.language == "notebook" else source.language
    parts: list[str] = []
    values: list[str] = []
    at = 0
    for secret in secrets.find(data, language, source.path):
        if secret.start >= at:
            value = _text(data[secret.start : secret.end])
            parts += [_text(data[at : secret.start]), _dotted(value)]
            values.append(value)
            at = secret.end
    clean = replace(source, text="".join([*parts, _text(data[at:])])) if parts else source
    return clean, tuple(dict.fromkeys(values))


def without(message: str, values: tuple[str, ...]) -> str:
    """A message in which no secret stands, whole or cut off at its end."""
    for value in (value for value in values if len(value) >= _SHOWN):
        message = message.replace(value, _dotted(value))
        for size in range(len(value) - 1, _LEAST - 1, -1):
            if value[:size] + "…" in message:
                message = message.replace(value[:size] + "…", _dotted(value[:size]) + "…")
                break
    return message


def _dotted(secret: str) -> str:
    head = min(_SHOWN, len(secret) // 3)
    return secret[:head] + re.sub(r"[^\s]", "•", secret[head:])


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
