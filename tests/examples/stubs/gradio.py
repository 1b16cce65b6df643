"""A fake of Gradio: components and interfaces only remember what they were given."""

from __future__ import annotations

from typing import Any


class Error(Exception):
    """Shown to the user."""


class _Remembers:
    def __init__(self, *args: Any, **settings: Any) -> None:
        self.args = args
        self.settings = settings


class Interface(_Remembers):
    """One tab: `fn` with its inputs and outputs."""


class TabbedInterface(_Remembers):
    """Several tabs."""


Audio = Textbox = File = Slider = _Remembers
