"""A result with one of everything, and hostile text in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from deburr.model import Skipped, Source
from deburr.surfaces.shared import principles
from deburr.surfaces.shared.checked import Checked, Entry
from deburr.surfaces.shared.files import Candidate
from deburr.surfaces.shared.run import Setup, look
from tests.surfaces.fake import scan

HOSTILE = "a = enter()\nweak(a, '%0A::error::x ``` | <b>@user \u202e')\nweak(3)  # allow\n"
PATH = "src/a b,c:d|`@e`.py"


def checked(folder: Path) -> Checked:
    """What the fake scan makes of a hostile file."""
    (folder / "hostile.py").write_text(HOSTILE, encoding="utf-8")
    looked = look(Candidate("hostile.py", PATH), Setup(scan))
    other = look(Candidate("hostile.py", "old.py"), Setup(scan))
    in_notebook = replace(looked.shown[0].finding, path="n.ipynb", cell=(3, 2))
    assert Source(HOSTILE).digest
    return Checked(
        shown=(looked.shown[0], looked.shown[0]._replace(finding=in_notebook, fixes=())),
        baselined=other.shown,
        waived=looked.waived,
        skipped=(Skipped("bad é.py", "not valid UTF-8, read with replacements", 2), Skipped("b.bin", "binary")),
        left_out=(Skipped(".git/", "left out: version control"),),
        stale=(Entry("f:0", "sql-injection", "gone.py", 2),),
        hidden=4,
        files=2,
        lines=5,
        secrets_only={"yaml": 1},
        seconds=0.25,
        principles=principles.some(["sql-injection"]),
        root=str(folder),
        here=str(folder),
    )
