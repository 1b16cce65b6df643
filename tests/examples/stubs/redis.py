"""A fake of redis: lists in memory."""

from __future__ import annotations

from typing import Any, Self


class Redis:
    """One server."""

    def __init__(self) -> None:
        self.lists: dict[str, list[bytes]] = {}

    @classmethod
    def from_url(cls, _url: str, **_: Any) -> Self:
        return cls()

    def rpush(self, name: str, value: bytes | str) -> None:
        self.lists.setdefault(name, []).append(value.encode() if isinstance(value, str) else value)

    def lpop(self, name: str) -> bytes | None:
        return self.lists[name].pop(0) if self.lists.get(name) else None
