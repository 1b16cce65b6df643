"""The baseline accepts a secret, not its line, and holds nothing that gives the secret away."""

from __future__ import annotations

import hashlib
import json
import random
import string
from pathlib import Path

import pytest

from deburr.engine import scan
from deburr.errors import DeburrError
from deburr.surfaces.cli.check import check_command
from deburr.surfaces.shared import identity
from tests.surfaces.conftest import Run

FILE = "deburr-baseline.json"


def made(size: int) -> str:
    letters = [random.choice(string.ascii_lowercase), random.choice(string.ascii_uppercase), random.choice("2345679")]
    return "".join([*letters, *(random.choice(string.ascii_letters + string.digits) for _ in range(size - 3))])


@pytest.fixture
def real(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`deburr check` with the engine."""
    assert project.is_dir()

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = check_command.main(list(arguments), standalone_mode=False, obj=scan)
        except DeburrError as error:
            return 2, "", str(error)
        return (status, *capsys.readouterr())

    return run


def put(folder: Path, name: str, *lines: str) -> None:
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_secret_may_move_and_not_be_replaced(project: Path, real: Run) -> None:
    one, other = made(14), made(14)
    put(project, "a.py", f'password = "{one}"')
    assert real("--write-baseline")[2] == f"deburr: {FILE} now accepts 1 finding\n"
    assert real("--baseline", FILE)[0] == 0
    put(project, "a.py", "import os", "", "def connect():", f'    db_password = "{one}"', "    return db_password")
    assert real("--baseline", FILE)[0] == 0
    put(project, "a.py", f'password = "{other}"')
    status, out, _ = real("--baseline", FILE)
    assert status == 1
    assert "stale baseline entry: 1 of hardcoded-password in a.py no longer found" in out
    put(project, "a.py", f'password = "{one}"')
    put(project, "b.py", f'password = "{one}"')
    assert real("--baseline", FILE, "--format", "github")[1].startswith("::error file=b.py,")


def test_the_file_holds_neither_a_secret_nor_its_plain_hash(project: Path, real: Run) -> None:
    values = [made(9), made(16), "ghp_" + made(36)]
    put(project, "a.py", *(f'password_{index} = "{value}"' for index, value in enumerate(values)))
    real("--write-baseline", "--profile", "audit")
    text = (project / FILE).read_text()
    assert len(json.loads(text)["entries"]) >= 2
    for value in values:
        plain = [h(value.encode()).hexdigest() for h in (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.blake2b)]
        assert not any(piece in text for piece in (value, value[:8], *(digest[:12] for digest in plain)))


def test_the_salt_stays_and_identities_are_comparable(project: Path, real: Run) -> None:
    put(project, "a.py", f'password = "{made(14)}"')
    real("--write-baseline")
    first = json.loads((project / FILE).read_text())
    assert len(first["salt"]) == 32
    real("--write-baseline", "--baseline", FILE)
    assert json.loads((project / FILE).read_text()) == first
    shown = json.loads(real("--baseline", FILE, "--format", "json")[1])["baselined"]
    assert shown[0]["secret"]["identity"] == first["entries"][0]["identity"]
    alone = [json.loads(real("--format", "json")[1])["findings"][0]["secret"]["identity"] for _ in range(2)]
    assert len({*alone, shown[0]["secret"]["identity"]}) == 3, "without a salt an identity is good for one run"


def test_an_old_baseline_is_read_and_said_to_be_one(project: Path, real: Run) -> None:
    put(project, "a.py", f'password = "{made(14)}"')
    real("--write-baseline")
    old = json.loads((project / FILE).read_text())
    del old["salt"], old["entries"][0]["identity"]
    (project / FILE).write_text(json.dumps(old))
    status, _, err = real("--baseline", FILE)
    assert status == 0
    assert err == f"deburr: {FILE} has no salt, so it knows a secret by its line only; --write-baseline renews it\n"
    assert real("--write-baseline")[2] == f"deburr: {FILE} now accepts 1 finding (0 new, 0 gone)\n"
    assert json.loads((project / FILE).read_text())["entries"][0]["identity"]


def test_what_came_and_what_went(project: Path, real: Run) -> None:
    put(project, "a.py", f'password = "{made(14)}"')
    put(project, "b.py", f'password = "{made(14)}"')
    real("--write-baseline")
    put(project, "a.py", f'password = "{made(15)}"')
    assert real("--write-baseline", "a.py")[2] == f"deburr: {FILE} now accepts 2 findings (1 new, 1 gone)\n"
    (project / "b.py").unlink()
    assert real("--write-baseline", "a.py")[2] == f"deburr: {FILE} now accepts 1 finding (0 new, 1 gone)\n"


def test_a_baseline_that_may_not_grow(project: Path, real: Run) -> None:
    put(project, "a.py", f'password = "{made(14)}"')
    put(project, "b.py", f'password = "{made(14)}"')
    real("--write-baseline")
    put(project, "a.py", f'password = "{made(15)}"')
    status, out, err = real("--write-baseline", "--no-grow", "--baseline", FILE)
    assert (status, err) == (1, f"deburr: {FILE} now accepts 1 finding (0 new, 1 gone)\n")
    assert "a.py:1:13" in out
    assert [entry["path"] for entry in json.loads((project / FILE).read_text())["entries"]] == ["b.py"]
    assert real("--no-grow")[0] == 2


@pytest.mark.parametrize(
    "content",
    ["[]", "{}", '{"entries": [], "salt": "zz"}', '{"entries": [], "salt": 7}', '{"entries": [7]}', "\xff", "[" * 9999],
)
def test_what_is_no_baseline(project: Path, real: Run, content: str) -> None:
    put(project, "a.py", "x = 1")
    (project / FILE).write_text(content, encoding="latin-1")
    status, _, err = real("--baseline", FILE)
    assert (status, err.startswith(f"{FILE}: not a baseline that deburr wrote")) == (2, True)


def test_one_secret_at_five_places_is_one(project: Path, real: Run) -> None:
    same, other = made(14), made(16)
    for name in "abcde":
        put(project, f"{name}.py", f'password = "{same}"')
    put(project, "f.py", f'password = "{other}"')
    _, out, _ = real()
    assert "secrets: 6 findings of 2 different secrets: 2 generic-password" in " ".join(out.split())
    assert "= same:    this secret stands at b.py:1, c.py:1, d.py:1 and 1 more as well" in out
    summary = json.loads(real("--format", "json")[1])["summary"]["secrets"]
    assert summary == {"findings": 6, "distinct": 2, "by_kind": {"generic-password": {"findings": 6, "distinct": 2}}}
    assert "6 findings (6 of 2 different secrets) in 6 files" in real("--format", "github")[1]
    assert "6 findings of 2 different secrets: 2 <code>generic" in real("--format", "markdown")[1]
    run = json.loads(real("--format", "sarif")[1])["runs"][0]
    assert run["properties"]["secrets"]["all"] == {"findings": 6, "distinct": 2}
    assert len({result["properties"]["identity"] for result in run["results"]}) == 2


def test_more_passwords_than_a_run_hashes_are_known_by_their_lines(
    project: Path, real: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(project, "a.py", *(f'password_{index} = "{made(14)}"' for index in range(4)))
    real("--write-baseline")
    monkeypatch.setattr(identity, "MOST", 2)
    monkeypatch.setattr(identity, "_spent", {})
    monkeypatch.setattr(identity, "_known", {})
    assert real("--baseline", FILE)[0] == 0
