"""A text that is sliced by byte offsets, whatever characters are in it."""

from __future__ import annotations

from typing import Protocol


class Text(Protocol):
    """The text, to be sliced by byte offsets."""

    def __getitem__(self, where: slice, /) -> str: ...


class Utf8:
    """Bytes that are sliced as text; for sources in which characters and bytes differ."""

    __slots__ = ("data",)

    def __init__(self, data: bytes) -> None:
        self.data = data

    def __getitem__(self, where: slice, /) -> str:
        return self.data[where].decode("utf-8", "replace")
