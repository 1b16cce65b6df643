"""A fake of Streamlit: answers come from `inputs`, and what is shown is kept in `shown`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

inputs: dict[str, Any] = {}
shown: list[tuple[str, Any]] = []
session_state: dict[str, Any] = {}
secrets: dict[str, Any] = {}


def set_page_config(**_: Any) -> None:
    """Has no effect here."""


def cache_resource(function: Callable[..., Any]) -> Callable[..., Any]:
    return function


def text_input(label: str, value: str = "", **_: Any) -> Any:
    return inputs.get(label, value)


def file_uploader(label: str, **_: Any) -> Any:
    return inputs.get(label)


def stop() -> None:
    shown.append(("stop", None))


def metric(label: str, value: Any) -> None:
    shown.append((label, value))


def _show(kind: str) -> Callable[..., None]:
    def show(value: Any, **_: Any) -> None:
        shown.append((kind, value))

    return show


title, info, error, markdown, dataframe = map(_show, ["title", "info", "error", "markdown", "dataframe"])


class sidebar:
    """The same, at the side."""

    text_input = staticmethod(text_input)
    error = staticmethod(error)
