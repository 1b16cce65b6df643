"""Code, and what is said about it, as they may be shown: what is secret dotted out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from deburr.engine import embedded, secrets
from deburr.model import Source

_SHOWN = 4
"""How many characters of a secret stay, so that its owner recognizes it."""

_LEAST = 6
"""So many characters of a secret in a row count as the secret, since messages cut long code."""


def hide(source: Source) -> tuple[Source, tuple[str, ...]]:
    """The source with all but the head of each secret replaced by dots, every column kept; and the secrets."""
    data = source.text.encode("utf-8", "surrogatepass")
    parts: list[str] = []
    values: list[str] = []
    at = 0
    for start, end in sorted(_stretches(source, data)):
        if end > at:
            value = _text(data[max(start, at) : end])
            parts += [_text(data[at : max(start, at)]), _dotted(value)]
            values.append(value)
            at = end
    clean = replace(source, text="".join([*parts, _text(data[at:])])) if parts else source
    return clean, tuple(dict.fromkeys(values))


def _stretches(source: Source, data: bytes) -> Iterator[tuple[int, int]]:
    """The bytes that a secret takes, of those as well that only show in a part: a cell, a patched file."""
    language = "json" if source.language == "notebook" else source.language
    for secret in secrets.find(data, language, source.path):
        yield secret.start, secret.end
    for part in embedded.parts(source):
        for secret in secrets.find(part.data, part.language, source.path):
            yield part.raw(secret.start), part.raw(secret.end, end=True)


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
