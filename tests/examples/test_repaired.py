"""The loop on the examples: that "repaired" is another text, and a better one."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from deburr.engine import languages, scan
from deburr.model import Source
from deburr.surfaces.cli.review import review_command
from tests.examples.listing import fences, python_of
from tests.examples.repaired import original_text, repaired_text
from tests.examples.test_expected import EXPECTED

FEWEST_CHANGED = 15


def is_changed(path: str) -> bool:
    return repaired_text(path) != original_text(path)


def principles(path: str, text: str) -> Counter[str]:
    """How often the text breaks each principle, doubts and fine points included."""
    report = scan(Source(text, f"examples/{path}", languages.of(path)))
    assert [skipped.why for skipped in report.skipped] == []
    return Counter(found.principle for found in report.findings)


def test_most_examples_are_changed() -> None:
    assert len([path for path in EXPECTED if is_changed(path)]) >= FEWEST_CHANGED


@pytest.mark.parametrize("path", EXPECTED)
def test_a_repair_removes_findings_and_adds_none(path: str) -> None:
    before, after = principles(path, original_text(path)), principles(path, repaired_text(path))
    assert after - before == Counter()
    assert (after.total() < before.total()) is is_changed(path)


@pytest.mark.parametrize("path", [path for path in EXPECTED if path.endswith((".py", ".ipynb", ".md"))])
def test_the_repaired_text_is_still_python(path: str) -> None:
    text = repaired_text(path)
    for code in fences(text) if path.endswith(".md") else [python_of(path, text)]:
        ast.parse(code)


@pytest.mark.parametrize("path", EXPECTED)
def test_it_is_what_the_command_line_writes(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "examples" / path
    file.parent.mkdir(parents=True)
    file.write_text(original_text(path), "utf-8")
    (tmp_path / "pyproject.toml").write_bytes((Path(__file__).parents[2] / "pyproject.toml").read_bytes())
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(review_command, [str(file), "--write"], standalone_mode=False)
    assert file.read_text("utf-8") == repaired_text(path)
