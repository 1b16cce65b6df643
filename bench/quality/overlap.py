"""Whether our own examples repeat text of the held-out sets, which would make the figures worthless."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

LINES = 4
"""As many lines in a row are no accident."""

CHARACTERS = 90
"""Shorter runs are boilerplate: imports, a route, a return."""


def shared(texts: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Of each text that repeats a run of lines of a set: its name and the first such run."""
    ours = {run: name for name, text in texts.items() for run in runs(text)}
    found: dict[str, str] = {}
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as rows:
            for row in rows:
                for run in runs(json.loads(row)["code_text"]):
                    if run in ours:
                        found.setdefault(ours[run], run)
    return found


def runs(text: str) -> Iterator[str]:
    """Every run of LINES lines that say something: no imports, no blanks, no marks, no indentation."""
    lines = [line.split("  # ")[0].strip() for line in text.splitlines()]
    telling = [line for line in lines if line and not line.startswith(("import ", "from ", "#", "@"))]
    for at in range(len(telling) - LINES + 1):
        run = "\n".join(telling[at : at + LINES])
        if len(run) >= CHARACTERS:
            yield run
