"""What a diff says is new."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path

import pytest

from deburr.engine.scanner import default
from deburr.model import Report, Source
from deburr.surfaces.cli.check import check_command
from deburr.surfaces.shared.changes import since
from tests.engine.secrets.made import run as made


def test_what_git_takes_for_binary_is_new_as_a_whole(project: Path) -> None:
    git(project, "init", "-q")
    (project / "wide.sql").write_bytes("select 1;\n".encode("utf-16"))
    (project / "same.sql").write_bytes("select 1;\n".encode("utf-16"))
    (project / "gone.bin").write_bytes(b"\0\1")
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    (project / "wide.sql").write_bytes("select 2;\n".encode("utf-16"))
    (project / "gone.bin").unlink()
    assert since("HEAD", str(project)) == {str(project / "wide.sql"): None, str(project / "gone.bin"): None}


def test_no_filter_runs_that_the_repository_configures(project: Path) -> None:
    git(project, "init", "-q")
    (project / "a.py").write_text("1\n")
    (project / ".gitattributes").write_text("* filter=x diff=y\n")
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    for key in ("filter.x.clean", "filter.x.smudge", "diff.y.textconv", "diff.y.command", "core.fsmonitor"):
        git(project, "config", key, f"touch {project}/ran; cat")
    git(project, "config", "filter.x.required", "true")
    (project / "a.py").write_text("1\n2\n")
    assert since("HEAD", str(project)) == {str(project / "a.py"): frozenset({2})}
    assert not (project / "ran").exists()


def search(source: Source) -> Report:
    return default().search(source)


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


def secrets_of(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, int]]:
    capsys.readouterr()
    check_command.main(["--format", "json", *arguments], standalone_mode=False, obj=search)
    return [(one["path"], one["line"]) for one in json.loads(capsys.readouterr().out)["findings"]]


def test_secrets_on_added_lines_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draw = random.Random(61)
    old, new = (made(14, draw) + "6h" for _ in range(2))
    source = ["import os\n", f"old_password = '{old}'\n", "x = 1\n"]
    document = {"cells": [{"cell_type": "code", "source": source, "outputs": [], "metadata": {}}], "nbformat": 4}
    git(project, "init", "-q")
    (project / "a.py").write_text(f"old_password = '{old}'\nx = 1\n")
    (project / "study.ipynb").write_text(json.dumps(document, indent=1))
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    assert secrets_of("--diff", "HEAD", capsys=capsys) == []
    (project / "a.py").write_text(f"old_password = '{old}'\nx = 1\ndb_password = '{new}'\n")
    (project / "new.env").write_text(f"A=1\nDB_PASSWORD={new}\n")
    source.append(f"db_password = '{new}'\n")
    text = json.dumps(document, indent=1)
    (project / "study.ipynb").write_text(text)
    line = text[: text.index("db_password")].count("\n") + 1
    wanted = [("a.py", 3), ("new.env", 2), ("study.ipynb", line)]
    assert secrets_of("--diff", "HEAD", capsys=capsys) == wanted
