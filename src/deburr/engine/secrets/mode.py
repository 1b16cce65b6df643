"""Who decides about what is found by its name alone: the rules and the classifier, or the rules.

It holds for the process; who starts another one hands it over.
"""

from __future__ import annotations

from typing import Literal, get_args

Mode = Literal["both", "rules"]
MODES: tuple[Mode, ...] = get_args(Mode)

_mode: list[Mode] = ["both"]


def use(mode: Mode) -> None:
    """From now on."""
    _mode[0] = mode


def current() -> Mode:
    """The one that holds."""
    return _mode[0]
