"""The comment on a pull request: code under review cannot act in it."""

from __future__ import annotations

from pathlib import Path

from deburr.surfaces.markdown import render
from deburr.surfaces.shared.checked import Checked
from tests.surfaces.sample import checked


def test_a_table_then_the_findings(project: Path) -> None:
    lines = render(checked(project)).splitlines()
    assert lines[:5] == [
        "### deburr: 2 findings in 2 files",
        "",
        "| Severity | Where | What | Principle |",
        "| --- | --- | --- | --- |",
        "| high | <code>src/a b,c:d\\|\\`@<!-- -->e\\`.py:2</code> | "
        "\\`weak\\(a, '%0A::error::x \\`\\`\\` \\| &lt;b&gt;@<!-- -->user \\\\u202e'\\)\\` is weak | "
        "<code>sql\\-injection</code> |",
    ]
    start = lines.index("````text")
    assert lines[start : start + 4] == [
        "````text",
        "1  a = enter()",
        "2  weak(a, '%0A::error::x ``` | <b>@user \\u202e')",
        "````",
    ]
    assert "**Not looked at (2):**" in lines
    assert "- <code>b.bin</code>: binary" in lines


def test_nothing_found() -> None:
    assert render(Checked(files=1)) == "### deburr: no findings in 1 file\n"


def test_a_comment_is_never_too_long_for_github(project: Path) -> None:
    one = checked(project)
    text = render(one._replace(shown=one.shown * 1000))
    assert len(text) < 65_536
    assert " more are not told in full here.\n" in text
