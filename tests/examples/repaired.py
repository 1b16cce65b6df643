"""What `deburr review` makes of an example: the text after the loop, or the original where nothing was accepted."""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"


def original_text(path: str) -> str:
    """The text of the example as it stands in the repository; `path` counts from `examples/`."""
    return (EXAMPLES / path).read_text("utf-8")


def loop() -> Any:
    """The function that reviews one Source, composed as the command line composes it; None while it is not written."""
    name = "deburr.surfaces.cli.review"
    if importlib.util.find_spec(name) is None:
        return None
    return getattr(importlib.import_module(name), "review_source", None)


@cache
def repaired_text(path: str) -> str:
    """The text of the example after the loop has accepted what it can."""
    text = original_text(path)
    review_source = loop()
    if review_source is None:
        return text
    from deburr.engine import languages
    from deburr.model import Source

    accepted = review_source(Source(text, f"examples/{path}", languages.of(path))).accepted
    return text if accepted is None else str(accepted.text)
