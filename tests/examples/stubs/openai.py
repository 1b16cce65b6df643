"""A fake of the OpenAI client: the model says what `replies` holds, one after the other."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

replies: list[str] = []
requests: list[dict[str, Any]] = []


class OpenAI:
    """The client."""

    def __init__(self, api_key: str, base_url: str = "") -> None:
        self.api_key = api_key
        self.base_url = base_url
        self.chat = SimpleNamespace(completions=self)

    def create(self, *, model: str, messages: list[Any], temperature: float = 1) -> Any:
        requests.append({"model": model, "messages": [dict(message) for message in messages], "t": temperature})
        return SimpleNamespace(choices=[SimpleNamespace(message=SimpleNamespace(content=replies.pop(0)))])
