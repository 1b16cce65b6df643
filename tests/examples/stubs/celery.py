"""A fake of Celery: a task is the function itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Celery:
    """The application."""

    def __init__(self, name: str, **settings: Any) -> None:
        self.name = name
        self.settings = settings
        self.conf: dict[str, Any] = {}

    def task(self, function: Callable[..., Any]) -> Callable[..., Any]:
        return function
