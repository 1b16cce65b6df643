"""A fake of transformers: a model knows its name and how it was asked for."""

from __future__ import annotations

from typing import Any


class AutoModel:
    """One model."""

    def __init__(self, name: str, settings: dict[str, Any]) -> None:
        self.name = name
        self.settings = settings

    @classmethod
    def from_pretrained(cls, name: str, **settings: Any) -> AutoModel:
        return cls(name, settings)
