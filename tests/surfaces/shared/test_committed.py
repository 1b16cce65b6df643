"""What git has of the secrets that are found, and what is said of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from deburr.model import Span
from deburr.surfaces.shared.committed import committed
from deburr.surfaces.shared.guidance import advice
from tests.surfaces.conftest import Run
from tests.surfaces.shared.test_baseline import made, put, real

__all__ = ["real"]


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def told(real: Run, *arguments: str) -> dict[str, bool | None]:
    found = json.loads(real(*arguments, "--format", "json")[1])["findings"]
    return {f"{one['path']}:{one['line']}": one["secret"]["committed"] for one in found}


def test_what_is_committed_and_what_is_not(project: Path, real: Run) -> None:
    one, other = made(14), made(14)
    put(project, "a.py", f'password = "{one}"')
    put(project, ".gitignore", "local.py")
    assert told(real) == {"a.py:1": None}, "no repository"
    git(project, "init", "-q")
    assert told(real) == {"a.py:1": False}, "no commit"
    git(project, "add", ".")
    assert told(real) == {"a.py:1": False}, "staged is not committed"
    git(project, "commit", "-qm", "first")
    put(project, "a.py", "", "", f'db_password = "{one}"', f'password = "{other}"')
    put(project, "new.py", f'password = "{one}"')
    put(project, "local.py", f'password = "{one}"')
    assert told(real) == {"a.py:3": True, "a.py:4": False, "new.py:1": False}
    assert told(real, "local.py") == {"local.py:1": None}, "git will not take it"


def test_a_repository_below_the_files_and_names_of_every_kind(project: Path, real: Run) -> None:
    inner = project / "a é"
    inner.mkdir()
    git(inner, "init", "-q")
    put(inner, "b c.py", f'password = "{made(14)}"')
    git(inner, "add", ".")
    git(inner, "commit", "-qm", "first")
    assert told(real, "a é") == {"b c.py:1": True}


def test_it_is_said_in_every_format(project: Path, real: Run) -> None:
    git(project, "init", "-q")
    put(project, "a.py", f'password = "{made(14)}"')
    words = "not committed yet: take it out before you commit"
    for form in ("text", "json", "sarif", "github", "markdown"):
        out = " ".join(real("--format", form)[1].split())
        assert words in out, form
        assert advice("generic-password").revoke in out.replace("&#45;", "-"), form
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    for form in ("text", "json", "sarif", "github", "markdown"):
        assert "already committed" in " ".join(real("--format", form)[1].split()), form


def test_nothing_of_the_repository_runs(project: Path) -> None:
    git(project, "init", "-q")
    put(project, "a.py", f'password = "{made(14)}"')
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    for name in ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "diff.x.textconv", "core.pager"):
        git(project, "config", name, "touch ran; cat")
    put(project, ".gitattributes", "* filter=x diff=x")
    known = committed({"a.py": [Span(1, 13, 1, 27)], "../b.py": [Span(1, 1, 1, 2)]}, str(project))
    assert list(known.values()) == [True]
    assert not (project / "ran").exists()


@pytest.mark.parametrize("head", ["ref: refs/heads/gone", "nonsense", ""])
def test_a_broken_repository_says_nothing_wrong(project: Path, head: str) -> None:
    git(project, "init", "-q")
    put(project, "a.py", f'password = "{made(14)}"')
    (project / ".git" / "HEAD").write_text(head)
    assert True not in committed({"a.py": [Span(1, 13, 1, 27)]}, str(project)).values()


@pytest.mark.parametrize("kind", ["generic-password", "url-password", "no-such-kind", "../../x", ""])
def test_every_kind_has_words(kind: str) -> None:
    known = advice(kind)
    assert known.opens
    assert known.revoke.endswith(".")
