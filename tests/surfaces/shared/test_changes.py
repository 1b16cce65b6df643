"""What a diff says is new."""

from __future__ import annotations

import subprocess
from pathlib import Path

from deburr.surfaces.shared.changes import since


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_new_lines_of_changed_and_unknown_files(project: Path) -> None:
    git(project, "init", "-q")
    (project / "a.py").write_text("1\n2\n3\n4\n")
    (project / "gone.py").write_text("1\n")
    (project / "odd é\tname.py").write_text("1\n")
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    (project / "a.py").write_text("1\n+++ b/x.py\n@@ -0,0 +9 @@\n4\n5")
    (project / "odd é\tname.py").write_text("2\n")
    (project / "gone.py").unlink()
    (project / "new.py").write_text("1\n")
    assert since("HEAD", str(project)) == {
        str(project / "a.py"): frozenset({2, 3, 5}),
        str(project / "odd é\tname.py"): frozenset({1}),
        str(project / "new.py"): None,
    }
