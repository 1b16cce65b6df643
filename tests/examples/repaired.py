"""What `deburr review --write` makes of an example: the original where nothing was accepted."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from deburr.engine import languages
from deburr.model import Review, Source
from deburr.review import Tools, revise
from deburr.surfaces.cli import reviewing
from deburr.surfaces.cli.options import Options, settle

EXAMPLES = Path(__file__).parents[2] / "examples"


def original_text(path: str) -> str:
    """The text of the example as it stands in the repository; `path` counts from `examples/`."""
    return (EXAMPLES / path).read_text("utf-8")


@cache
def tools() -> Tools:
    """What `deburr review examples` gives to the loop."""
    return reviewing.tools(settle(Options(paths=(str(EXAMPLES),))))


@cache
def reviewed(path: str) -> Review:
    """The review of the example, as the command line makes it."""
    return revise(Source(original_text(path), f"examples/{path}", languages.of(path)), tools())


def repaired_text(path: str) -> str:
    """The text of the example after the loop has accepted what it can."""
    accepted = reviewed(path).accepted
    return original_text(path) if accepted is None else accepted.text
