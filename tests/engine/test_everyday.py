"""Whole programs of every day: what must be found, what must not, and what is known to be judged wrongly.

They stand as Markdown in `everyday/`, marked as the examples of the constitution are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deburr.constitution import Example, example
from deburr.engine import scan
from deburr.model import Source
from tests.marks import path_of, problems

FOLDER = Path(__file__).parent / "everyday"
FENCES = {"```python", "```javascript", "```typescript"}


def cases(file: Path) -> Iterator[tuple[str, Example]]:
    """The title and the program of each section."""
    lines = file.read_text("utf-8").split("\n")
    title, begin, language = "", 0, ""
    for number, line in enumerate(lines):
        if line.startswith("## "):
            title = line[3:]
        elif line in FENCES:
            begin, language = number + 1, line[3:]
        elif line == "```":
            yield title, example("\n".join(lines[begin:number]), language, begin + 1)


def wrong(program: Example) -> list[str]:
    report = scan(Source(program.code, path_of(program), program.language))
    return [f"{program.line - 1 + line}: {what}" for line, what in problems(program, report.findings)]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(one, id=f"{file.name}: {title}")
        for file in sorted(FOLDER.glob("*.md"))
        for title, one in cases(file)
    ],
)
def test_a_program_of_every_day(program: Example) -> None:
    assert wrong(program) == []
