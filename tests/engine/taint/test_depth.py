"""What the interpreter must follow, and what it must leave alone: small programs in pairs, by topic, in `depth/`.

Each stands after a line `### its name`: what is around a request handler, a line `---`, and the handler's body, in
which `q` is untrusted. A line ends in `# finding: name` where something is found, in `# missed: name` where it is known
that it should be, and in `# false: name` where it is known that it should not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import pytest

from deburr.engine import scan
from deburr.model import Source
from tests.engine.seen import HEAD, VIEW

FOLDER = Path(__file__).parent / "depth"
MARK = re.compile(r"  # (finding|missed|false): (.+)$", re.MULTILINE)


def programs() -> Iterator[tuple[str, str]]:
    """The name and the marked text of each program."""
    for file in sorted(FOLDER.glob("*.txt")):
        for part in re.split(r"^### ", file.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, _, code = part.strip("\n").partition("\n")
            around, _, body = f"\n{code}".rpartition("\n---\n")
            yield f"{file.stem}: {name}", HEAD + around.strip("\n") + "\n" + VIEW + indent(body, "    ") + "\n"


def told(text: str) -> list[str]:
    """What a marked text says is found, line by line."""
    lines = [(number, MARK.search(line)) for number, line in enumerate(text.split("\n"), 1)]
    return [f"{number} {one}" for number, mark in lines if mark and mark[1] != "missed" for one in mark[2].split(", ")]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in programs()])
def test_a_program_in_depth(text: str) -> None:
    findings = scan(Source(MARK.sub("", text), "app.py")).findings
    shown = [one for one in findings if one.persona == "regular" and one.confidence != "low"]
    assert sorted({f"{one.span.line} {one.principle}" for one in shown}) == sorted(told(text))
