"""What the default profile reports of the examples, against what a careful reviewer says is there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from deburr import constitution
from deburr.engine import languages, scan
from deburr.model import Source
from tests.examples.repaired import EXAMPLES, original_text

TABLE = Path(__file__).with_name("expected.txt")


class Row(NamedTuple):
    """One line of the table."""

    line: int
    principles: frozenset[str]
    word: str
    fragment: str

    def __str__(self) -> str:
        return f"{self.line} {'|'.join(sorted(self.principles))}: {self.fragment}"


def read(text: str) -> dict[str, list[Row]]:
    """The rows of the table by file; a row is indented, the file's name above it is not."""
    table: dict[str, list[Row]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        if not line.startswith(" "):
            rows = table.setdefault(line, [])
            continue
        at, names, rest = line.split(maxsplit=2)
        word, _, fragment = rest.partition("  ") if rest.startswith(("missed  ", "also  ")) else ("", "", rest)
        rows.append(Row(int(at), frozenset(names.split("|")), word, fragment))
    return table


EXPECTED = read(TABLE.read_text("utf-8"))


@cache
def reported(path: str) -> frozenset[tuple[int, str]]:
    """(line, principle) of what the default profile shows."""
    found = scan(Source(original_text(path), f"examples/{path}", languages.of(path))).findings
    return frozenset((f.span.line, f.principle) for f in found if f.confidence != "low" and f.persona == "regular")


def is_reported(path: str, row: Row) -> bool:
    return any((row.line, name) in reported(path) for name in row.principles)


@pytest.mark.parametrize("path", EXPECTED)
def test_the_row_names_its_line(path: str) -> None:
    lines = original_text(path).split("\n")
    assert [str(row) for row in EXPECTED[path] if row.fragment not in lines[row.line - 1]] == []


@pytest.mark.parametrize("path", EXPECTED)
def test_what_is_there_is_reported(path: str) -> None:
    assert [str(row) for row in EXPECTED[path] if not row.word and not is_reported(path, row)] == []


@pytest.mark.parametrize("path", EXPECTED)
def test_a_missed_one_is_still_missed(path: str) -> None:
    assert [str(row) for row in EXPECTED[path] if row.word == "missed" and is_reported(path, row)] == []


@pytest.mark.parametrize("path", EXPECTED)
def test_nothing_else_is_reported(path: str) -> None:
    known = {(row.line, name) for row in EXPECTED[path] for name in row.principles}
    assert sorted(reported(path) - known) == []


def test_files_without_rows_are_clean() -> None:
    files = {path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*") if path.is_file()}
    rest = sorted(path for path in files - set(EXPECTED) if "__pycache__" not in path)
    assert rest == ["helpdesk/__init__.py", "helpdesk/models.py", "helpdesk/urls.py"]
    assert {path: sorted(reported(path)) for path in rest if reported(path)} == {}


def test_every_row_can_be_met() -> None:
    known = {principle.id for principle in constitution.load()}
    rows = [row for rows in EXPECTED.values() for row in rows if not row.word]
    assert [str(row) for row in rows if not row.principles & known] == []


def test_many_principles_are_shown() -> None:
    rows = [row for rows in EXPECTED.values() for row in rows if row.word != "also"]
    assert len({min(row.principles) for row in rows}) >= 30
