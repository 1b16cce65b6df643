"""Text in, Report out: pure and offline, and no code under review makes it raise.

The stages, in order: triggers (most text ends there), parse, lower, names, taint, match, secrets, suppress, repair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deburr.engine.project import Project
    from deburr.engine.scanner import Engine
    from deburr.model import Report, Source

__all__ = ["Engine", "Project", "scan"]


def scan(source: Source, *, repairs: bool = True, quick: bool = False, project: Project | None = None) -> Report:
    """All that breaks a principle in one text.

    Without `repairs` no fixes are worked out; with `quick`, what the default profile does not show need not be found.
    With a `project`, values are followed into and out of the other files that the text imports from.
    """
    from deburr.engine import scanner

    return scanner.scan(source, repairs=repairs, quick=quick, project=project)


def __getattr__(name: str) -> object:
    """The classes Engine and Project, imported when they are first asked for."""
    if name == "Engine":
        from deburr.engine.scanner import Engine

        return Engine
    if name == "Project":
        from deburr.engine.project import Project

        return Project
    raise AttributeError(f"module 'deburr.engine' has no attribute {name!r}")
