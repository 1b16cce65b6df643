"""`deburr allow`, and what its entries do to `deburr check` and `deburr review`."""

from __future__ import annotations

import datetime
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from deburr.engine import scan
from deburr.errors import DeburrError
from deburr.surfaces.cli.allow import allow_command
from deburr.surfaces.cli.review import review_command
from tests.surfaces.conftest import Run
from tests.surfaces.shared.test_baseline import made, put, real

__all__ = ["real"]
FILE = "deburr-allow.toml"
SHELL = """\
import subprocess
from flask import request


def f():
    subprocess.run(request.args["x"], shell=True)
""".splitlines()


@pytest.fixture
def allow(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return _command(allow_command, project, capsys)


@pytest.fixture
def review(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return _command(review_command, project, capsys)


def _command(command: Callable[..., int], project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    assert project.is_dir()

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = command.main(list(arguments), standalone_mode=False, obj=scan)  # type: ignore[attr-defined]
        except DeburrError as error:
            return 2, "", str(error)
        return (status, *capsys.readouterr())

    return run


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def day(ahead: int) -> str:
    return str(datetime.date.today() + datetime.timedelta(ahead))


def test_a_finding_is_allowed_until_a_day(project: Path, real: Run, allow: Run) -> None:
    put(project, "a.py", *SHELL)
    print_ = json.loads(real("--format", "json")[1])["findings"][0]["fingerprint"]
    status, out, _ = allow(print_, "--reason", 'It is "fine"', "--expires", "30d", "--owner", "@infra")
    assert status == 0
    assert f'fingerprints = ["{print_}"]\nreason = "It is \\"fine\\""\nowner = "@infra"\nexpires = {day(30)}\n' in out
    status, out, _ = real("-v")
    assert status == 0
    assert f'allowed: a.py:6: shell-injection: It is "fine" (until {day(30)}; owner @infra; {FILE}:1)\n' in out
    assert "allowed: 1 (until" in out
    content = json.loads(real("--format", "json")[1])
    assert content["allowed"][0]["allow"]["reason"] == 'It is "fine"'
    result = json.loads(real("--format", "sarif")[1])["runs"][0]["results"][0]
    assert result["suppressions"][0]["kind"] == "external"
    assert "It is" in result["suppressions"][0]["justification"]
    assert "0 findings, 1 allowed" in real("--format", "github")[1]
    assert "**Allowed (1):**" in real("--format", "markdown")[1]


def test_a_secret_is_allowed_by_its_identity(project: Path, real: Run, allow: Run) -> None:
    value = made(14)
    put(project, "a.py", f'password = "{value}"')
    assert allow("a.py:1", "--reason", "of a demo", "--expires", day(10))[0] == 0
    text = (project / FILE).read_text()
    assert value not in text
    assert text.startswith('salt = "')
    assert "fingerprints" not in text
    put(project, "a.py", "", f'db_password = "{value}"')
    assert real()[0] == 0, "it may move"
    put(project, "a.py", f'password = "{made(14)}"')
    status, out, _ = real()
    assert status == 1, "another one may not take its place"
    assert f"allow list: {FILE}:3: this entry allows nothing that profile default finds\n" in out
    assert real("--write-baseline")[0] == 0
    assert json.loads((project / "deburr-baseline.json").read_text())["salt"] in text


def test_an_entry_that_expired(project: Path, real: Run, allow: Run) -> None:
    put(project, "a.py", *SHELL)
    allow("a.py:6", "--reason", "r", "--expires", "1d")
    text = (project / FILE).read_text()
    (project / FILE).write_text(text.replace(day(1), day(-1)))
    status, out, _ = real()
    assert status == 1
    assert f"allow list: {FILE}:1: this entry expired on {day(-1)}; 1 finding is back\n" in out
    assert json.loads(real("--format", "json")[1])["allow_list"][0]["line"] == 1
    assert (
        "::notice file=deburr-allow.toml,line=1,title=allow list::this entry expired" in real("--format", "github")[1]
    )


def test_a_change_cannot_allow_itself(project: Path, real: Run, allow: Run) -> None:
    put(project, "b.py", "x = 1")
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    put(project, "a.py", *SHELL)
    allow("a.py:6", "--reason", "r", "--expires", "1d")
    status, out, _ = real("--diff", "HEAD")
    assert status == 1
    assert f"{FILE}:1: this entry comes with the change and allows nothing yet; it would hide 1 finding\n" in out
    git(project, "add", FILE)
    git(project, "commit", "-qm", "allowed")
    status, out, _ = real("--diff", "HEAD")
    assert status == 0
    assert "comes with the change" not in out
    (project / FILE).unlink()
    assert real("--diff", "HEAD")[0] == 0, "what the base revision says counts"
    assert real("--diff", "HEAD~1")[0] == 1


def test_a_change_cannot_bring_its_own_baseline(project: Path, real: Run) -> None:
    put(project, "b.py", "x = 1")
    git(project, "init", "-q")
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    put(project, "a.py", *SHELL)
    real("--write-baseline")
    use = ("--baseline", "deburr-baseline.json")
    assert real(*use)[0] == 0
    status, _, err = real("--diff", "HEAD", *use)
    assert (status, err) == (1, "deburr: deburr-baseline.json comes with the change and accepts nothing yet\n")
    git(project, "add", "deburr-baseline.json")
    git(project, "commit", "-qm", "accepted")
    assert real("--diff", "HEAD", *use)[0] == 0
    put(project, ".gitignore", "mine.json")
    (project / "deburr-baseline.json").rename(project / "mine.json")
    assert real("--diff", "HEAD", "--baseline", "mine.json")[0] == 0, "what git does not keep is no part of a change"


def test_review_leaves_alone_what_is_allowed(project: Path, allow: Run, review: Run) -> None:
    value = made(14)
    put(project, "a.py", f'password = "{value}"', *SHELL)
    allow("a.py:1", "--reason", "of a demo", "--expires", "9d")
    _, out, _ = review("a.py", "--write")
    assert f"allowed: line 1: hardcoded-password: of a demo (until {day(9)}; {FILE}:3)" in out
    assert value in (project / "a.py").read_text()
    found = json.loads(review("a.py", "--format", "json")[1])["files"][0]
    assert found["allowed"][0]["allow"]["reason"] == "of a demo"
    assert [one["principle"] for one in found["findings"] if one["line"] == 1] == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("beef:0",), "beef:0: there is no such finding in this project"),
        (("a.py:5",), "a.py:5: there is no such finding"),
        (("a.py:6", "--expires", "181d"), "--expires: "),
        (("a.py:6", "--expires", "2020-01-01"), "--expires: 2020-01-01 is not between today and"),
        (("a.py:6", "--expires", "soon"), "--expires: 'soon' is no day; 2027-02-01 and 90d are"),
        (("a.py:6", "--expires", "9999d"), "--expires: "),
    ],
)
def test_what_cannot_be_allowed(project: Path, allow: Run, arguments: tuple[str, ...], complaint: str) -> None:
    put(project, "a.py", *SHELL)
    given = arguments if "--expires" in arguments else (*arguments, "--expires", "9d")
    status, _, err = allow(*given, "--reason", "r")
    assert (status, err.startswith(complaint)) == (2, True), err
    assert not (project / FILE).exists()


def test_salts_that_differ_are_an_error(project: Path, real: Run, allow: Run) -> None:
    put(project, "a.py", f'password = "{made(14)}"')
    allow("a.py:1", "--reason", "r", "--expires", "9d")
    (project / "deburr-baseline.json").write_text(json.dumps({"salt": "ab" * 16, "entries": []}))
    status, _, err = real("--baseline", "deburr-baseline.json")
    assert (status, err) == (2, f"{FILE}: its salt is not the baseline's, so one of them knows no secret")
    text = (project / FILE).read_text()
    (project / FILE).write_text("\n".join(text.split("\n")[1:]))
    assert real()[2].startswith(f"{FILE}:2: an identity means nothing without a salt")


def test_review_says_how_to_revoke_what_it_took_out(project: Path, review: Run) -> None:
    put(project, "a.py", f'password = "{made(14)}"')
    out = " ".join(review("a.py")[1].split())
    assert "repaired: Read the credential from the environment" in out
    assert "revoke: Change the password wherever it is used" in out
    found = json.loads(review("a.py", "--format", "json")[1])["files"][0]["findings"][0]
    assert (found["kind"], found["revoke"][:19]) == ("generic-password", "Change the password")
