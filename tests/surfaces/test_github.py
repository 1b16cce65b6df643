"""Workflow commands: the text of the code under review starts none of its own."""

from __future__ import annotations

from pathlib import Path

from deburr.surfaces.github import render
from tests.surfaces.sample import checked


def test_annotations(project: Path) -> None:
    assert render(checked(project)).splitlines() == [
        "::error file=src/a b%2Cc%3Ad|`@e`.py,line=2,endLine=2,col=1,endColumn=42,title=sql-injection (high)"
        "::`weak(a, '%250A::error::x ``` | <b>@user \\u202e')` is weak%0Adeburr explain sql-injection",
        "::error file=n.ipynb,line=2,endLine=2,col=1,endColumn=42,title=sql-injection (high)"
        "::`weak(a, '%250A::error::x ``` | <b>@user \\u202e')` is weak (cell 3, line 2)"
        "%0Adeburr explain sql-injection",
        "::warning file=bad é.py,line=2,title=not looked at"
        "::deburr did not look at bad é.py: not valid UTF-8, read with replacements",
        "::warning file=b.bin,title=not looked at::deburr did not look at b.bin: binary",
        "::notice file=gone.py,title=stale baseline entry::2 of sql-injection is in the baseline and no longer found",
        "deburr: 2 findings in 2 files, 2 not looked at",
    ]
