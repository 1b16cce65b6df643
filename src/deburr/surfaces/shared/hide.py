"""Code as it may be shown: what is secret in it dotted out."""

from __future__ import annotations

import re
from dataclasses import replace

from deburr.engine import secrets
from deburr.model import Source

_SHOWN = 4
"""How many characters of a secret stay, so that its owner recognizes it."""


def hide(source: Source) -> Source:
    """The source with all but the head of each secret replaced by dots; every line and column stays."""
    data = source.text.encode("utf-8", "surrogatepass")
    language = "json" if source.language == "notebook" else source.language
    parts: list[str] = []
    at = 0
    for secret in secrets.find(data, language, source.path):
        if secret.start >= at:
            parts += [_text(data[at : secret.start]), _dotted(_text(data[secret.start : secret.end]))]
            at = secret.end
    return replace(source, text="".join([*parts, _text(data[at:])])) if parts else source


def _dotted(secret: str) -> str:
    head = min(_SHOWN, len(secret) // 3)
    return secret[:head] + re.sub(r"[^\s]", "•", secret[head:])


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
