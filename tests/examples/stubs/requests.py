"""A fake of requests: pages come from `pages`, and what was asked is kept in `asked`."""

from __future__ import annotations

import json
from typing import Any

pages: dict[str, str] = {}
asked: list[tuple[str, dict[str, Any]]] = []


class HTTPError(Exception):
    """A status of 400 or more."""


class Response:
    """A page, or 404."""

    def __init__(self, text: str | None) -> None:
        self.text = text or ""
        self.status_code = 404 if text is None else 200

    def raise_for_status(self) -> None:
        if self.status_code >= 400:
            raise HTTPError(str(self.status_code))

    def json(self) -> Any:
        return json.loads(self.text)


class Session:
    """Headers and proxies, and the same pages."""

    def __init__(self) -> None:
        self.headers: dict[str, str] = {}
        self.proxies: dict[str, str] = {}

    def get(self, url: str, **settings: Any) -> Response:
        return get(url, **settings)


def get(url: str, **settings: Any) -> Response:
    asked.append((url, settings))
    return Response(pages.get(url))
