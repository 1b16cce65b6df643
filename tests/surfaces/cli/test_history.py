"""`deburr check --history`: every blob once, every secret once, and nothing run that a repository asks for."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from deburr.engine.scanner import default
from deburr.errors import DeburrError
from deburr.model import Report, Source
from deburr.surfaces.cli.check import check_command
from tests.engine.secrets.made import run as made
from tests.surfaces import fake

DRAW = random.Random(23)
FIRST, SECOND = made(16, DRAW) + "4x", made(16, DRAW) + "9k"
Check = Callable[..., tuple[int, str, str]]


def search(source: Source) -> Report:
    return default().search(source)


def git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    allowed = ["-c", "protocol.file.allow=always"]
    done = subprocess.run(
        ["git", *identity, *allowed, *arguments], cwd=folder, check=True, capture_output=True, input=stdin
    )
    return done.stdout


def commit(folder: Path, message: str, **files: str | bytes | None) -> None:
    for name, text in files.items():
        file = folder / name
        if text is None:
            file.unlink()
        else:
            file.write_bytes(text.encode() if isinstance(text, str) else text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message, "--date", "2024-05-06T07:08:09")


@pytest.fixture
def repository(project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    monkeypatch.setenv("DEBURR_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    git(project, "init", "-q")
    return project


@pytest.fixture
def check(repository: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    assert repository.is_dir()

    def run(*arguments: str, scan: Callable[[Source], Report] = search) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = check_command.main(["--history", *arguments], standalone_mode=False, obj=scan)
        except DeburrError as error:
            return 2, "", str(error)
        return (status, *capsys.readouterr())

    return run


def found(check: Check, *arguments: str) -> dict[str, Any]:
    status, out, err = check(*arguments, "--format", "json")
    assert status in (0, 1), err
    content: dict[str, Any] = json.loads(out)
    return content


def told(content: dict[str, Any]) -> list[tuple[str, int, bool]]:
    return [(one["path"], one["line"], one["history"]["in_head"]) for one in content["findings"]]


def two_versions(folder: Path) -> None:
    commit(folder, "one", app=f"password = '{FIRST}'\n", other="x\n")
    commit(folder, "two", app=f"# moved\npassword = '{FIRST}'\n", other="y\n")
    commit(folder, "three", app=f"password = '{SECOND}'\n", more=f"db_password = '{SECOND}'\n")


def test_each_secret_once_with_the_commit_that_brought_it(repository: Path, check: Check) -> None:
    two_versions(repository)
    content = found(check)
    assert told(content) == [("app", 1, False), ("app", 1, True), ("more", 1, True)]
    one = content["findings"][0]["history"]
    first = git(repository, "rev-list", "--max-parents=0", "HEAD").decode()
    assert one["commit"] == first[:10]
    assert one["date"] == "2024-05-06"
    assert one["guidance"] == "it is in the history: revoke it; deleting the line does not take it out"
    assert content["summary"]["files"] == 6


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github", "markdown"])
def test_every_format_says_it_and_shows_neither_secret_nor_mail(repository: Path, check: Check, form: str) -> None:
    two_versions(repository)
    status, out, _ = check("--format", form)
    assert status == 1
    assert "it is in the history: revoke it" in out.replace("\\", "")
    assert "no longer in HEAD" in out or '"in_head": false' in out
    assert FIRST not in out
    assert "example.org" not in out


def test_a_second_run_looks_again_only_where_something_was_found(repository: Path, check: Check) -> None:
    two_versions(repository)
    before = found(check)
    after = found(check)
    assert told(after) == told(before)
    assert (after["summary"]["files"], after["summary"]["known"]) == (4, 2)
    commit(repository, "four", other="z\n")
    assert found(check)["summary"]["files"] == 5


def test_the_ledger_holds_names_of_blobs_alone(repository: Path, check: Check) -> None:
    two_versions(repository)
    found(check)
    (ledger,) = Path(os.environ["DEBURR_CACHE_DIR"]).glob("history-*")
    rows = ledger.read_text().splitlines()
    assert rows[0] == "deburr history 1"
    assert all(row[0] in "cfb" and len(row) == 41 for row in rows[1:])
    ledger.write_bytes(ledger.read_bytes()[:-30])  # stopped while it was written
    assert found(check)["summary"]["files"] in (4, 5)
    ledger.write_bytes(b"\0nonsense")
    assert found(check)["summary"]["files"] == 6


def test_a_run_that_dies_is_taken_up_again(repository: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    from deburr.surfaces.cli import history

    monkeypatch.setattr(history, "_CHUNK", 2)
    commit(repository, "many", **{f"f{number}": f"{number}\n" for number in range(10)})
    count = 0

    def dying(source: Source) -> Report:
        nonlocal count
        count += 1
        if count > 7:
            raise KeyboardInterrupt
        return search(source)

    with pytest.raises(click.Abort):
        check(scan=dying)
    summary = found(check)["summary"]
    assert (summary["files"], summary["known"]) == (4, 6)


def test_what_is_no_text_or_too_large_is_counted(repository: Path, check: Check) -> None:
    commit(repository, "one", picture=b"\x89PNG\0\0\1", large="x" * 3000, small="x\n")
    content = found(check, "--max-size", "2000")
    assert content["skipped"] == [{"what": "large", "why": "larger than 0.002 MB (0.0 MB)", "line": 0}]
    assert (content["summary"]["files"], content["summary"]["binary"]) == (1, 1)
    assert found(check)["summary"]["files"] == 1


def test_only_since_a_revision(repository: Path, check: Check) -> None:
    two_versions(repository)
    assert told(found(check, "--since", "HEAD~1")) == [("app", 1, True), ("more", 1, True)]
    assert check("--since", "--output=x")[::2] == (2, "--since: '--output=x' is no revision")
    assert check("--since", "gone")[0] == 2


def test_a_merge_that_brings_its_own(repository: Path, check: Check) -> None:
    commit(repository, "one", a="1\n")
    git(repository, "checkout", "-qb", "side")
    commit(repository, "two", b="2\n")
    git(repository, "checkout", "-q", "main")
    commit(repository, "three", c="3\n")
    git(repository, "merge", "-q", "--no-commit", "side")
    commit(repository, "merge", evil=f"password = '{FIRST}'\n")
    assert told(found(check)) == [("evil", 1, True)]


def test_other_branches_stashes_and_tags_of_blobs(repository: Path, check: Check) -> None:
    commit(repository, "one", a="1\n")
    git(repository, "checkout", "-qb", "side")
    commit(repository, "two", b=f"password = '{FIRST}'\n")
    git(repository, "checkout", "-q", "main")
    (repository / "a").write_text(f"password = '{SECOND}'\n")
    git(repository, "stash")
    oid = git(repository, "hash-object", "-w", "--stdin", stdin=f"token_password = '{FIRST}z'\n".encode()).decode()
    git(repository, "tag", "odd", oid.strip())
    assert told(found(check)) == [("a", 1, False), ("b", 1, False), ("refs/tags/odd", 1, False)]


def test_odd_names(repository: Path, check: Check) -> None:
    names = ["a\nb.env", 'q"uote.env', "tab\t.env", ":colon.env", "é.env", "\x01x.env"]
    for name in names:
        (repository / name).write_text(f"DB_PASSWORD={made(14, DRAW)}3\n")
    (repository / "bytes-\udcff.env").write_text(f"DB_PASSWORD={FIRST}\n")
    commit(repository, "odd")
    paths = [path for path, _, _ in told(found(check))]
    assert paths == sorted([*names, "bytes-\ufffd.env"])
    assert check()[0] == 1


def test_bare_empty_shallow_and_sha256(repository: Path, check: Check) -> None:
    status, out, _ = check()
    assert (status, out.split(",")[0]) == (0, "No findings in 0 blobs")
    two_versions(repository)
    git(repository, "clone", "-q", "--bare", ".", "bare.git")
    assert told(found(check, "bare.git")) == [("app", 1, False), ("app", 1, True), ("more", 1, True)]
    git(repository, "clone", "-q", "--depth=1", f"file://{repository}", "shallow")
    content = found(check, "shallow")
    assert told(content) == [("app", 1, True), ("more", 1, True)]
    assert content["skipped"][0]["why"].startswith("a shallow clone")
    other = repository / "long"
    other.mkdir()
    git(other, "init", "-q", "--object-format=sha256")
    commit(other, "one", a=f"password = '{FIRST}'\n")
    assert told(found(check, "long")) == [("a", 1, True)]
    assert found(check, "long")["summary"]["files"] == 1


def test_submodules_are_left_to_their_own_history(repository: Path, check: Check) -> None:
    inner = repository / "inner"
    inner.mkdir()
    git(inner, "init", "-q")
    commit(inner, "one", secret=f"password = '{FIRST}'\n")
    commit(repository, "with it", a="1\n")
    assert found(check)["summary"]["files"] == 1


def test_a_clone_that_lacks_blobs_fetches_none(repository: Path, check: Check) -> None:
    two_versions(repository)
    git(repository, "config", "uploadpack.allowFilter", "true")
    git(repository, "clone", "-q", "--no-checkout", "--filter=blob:none", f"file://{repository}", "partial")
    content = found(check, "partial")
    assert content["summary"]["files"] == 0
    assert {one["why"] for one in content["skipped"]} == {"not in this clone"}


def test_nothing_runs_that_the_repository_configures(repository: Path, check: Check) -> None:
    two_versions(repository)
    (repository / "run.sh").write_text("#!/bin/sh\ntouch ran\ncat\n")
    (repository / "run.sh").chmod(0o755)
    commit(repository, "attributes", **{".gitattributes": "* diff=x filter=x\n"})
    run = str(repository / "run.sh")
    for key in ("diff.x.textconv", "diff.x.command", "diff.external", "core.fsmonitor", "core.pager", "gpg.program"):
        git(repository, "config", key, run)
    git(repository, "config", "log.showSignature", "true")
    git(repository, "config", "core.hooksPath", str(repository))
    found(check)
    assert not (repository / "ran").exists()


def test_in_several_processes(repository: Path, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    from deburr.surfaces.cli import history

    monkeypatch.setattr(history, "_CHUNK", 1)
    commit(repository, "one", **{f"{name}.py": f"weak('{name}')\n" for name in "abcd"})
    _, out, _ = check("--jobs", "2", "--format", "json", scan=fake.scan)
    assert [path for path, _, _ in told(json.loads(out))] == ["a.py", "b.py", "c.py", "d.py"]


def test_what_cannot_be(repository: Path, check: Check) -> None:
    commit(repository, "one", a="1\n")
    assert check("--diff", "HEAD")[2].startswith("--history looks at one repository")
    assert check("gone")[2] == "gone: there is no such file or folder"


def test_outside_of_a_repository(check: Check, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert "not a git repository" in check(str(tmp_path_factory.mktemp("none")))[2]
