"""Text in, Report out: pure and offline, and no code under review makes it raise.

The stages, in order: triggers (most text ends there), parse, lower, names, taint, match, secrets, suppress, repair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deburr.engine.scanner import Engine
    from deburr.model import Report, Source

__all__ = ["Engine", "scan"]


def scan(source: Source, *, repairs: bool = True, quick: bool = False) -> Report:
    """All that breaks a principle in one text.

    Without `repairs` no fixes are worked out; with `quick`, what the default profile does not show need not be found.
    """
    from deburr.engine import scanner

    return scanner.scan(source, repairs=repairs, quick=quick)


def __getattr__(name: str) -> object:
    """The class Engine, imported when it is first asked for."""
    if name == "Engine":
        from deburr.engine.scanner import Engine

        return Engine
    raise AttributeError(f"module 'deburr.engine' has no attribute {name!r}")
