"""`deburr redact` and `deburr restore`, as they are called."""

from __future__ import annotations

import io
import os
import random
import re
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from deburr.surfaces.cli.main import main
from tests.engine.secrets import made

_DRAW = random.Random(11)
TOKEN = made.token(_DRAW, "ghp_")
PASSWORD = "tr0ub4dor" + "&Zebra9!x"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(project: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """`deburr` in an empty folder: exit status, standard output, standard error; without the tags."""
    monkeypatch.setenv("DEBURR_CACHE_DIR", os.environ.get("DEBURR_CACHE_DIR", str(project.parent / "cache")))

    def call(*arguments: str, given: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        capfdbinary.readouterr()
        status = main(list(arguments))
        out, err = capfdbinary.readouterr()
        return status, untagged(out.decode()), untagged(err.decode())

    return call


def untagged(text: str) -> str:
    return re.sub(r"(?<=[:_])[0-9a-f]{12}(?!\w)", "#", text)


def test_one_file_goes_to_standard_output(project: Path, run: Run) -> None:
    (project / "a.py").write_bytes(f"x = '{TOKEN}'\r\nä = 1".encode())
    status, out, err = run("redact", "a.py")
    assert (status, out) == (0, "x = '<REDACTED:github-personal-token:#>'\r\nä = 1")
    assert err == "deburr: 1 place redacted in 1 file\n"


def test_standard_input_is_a_text_like_any_other(run: Run) -> None:
    status, out, _ = run("redact", given=f"curl -u me:{PASSWORD} https://h\n".encode())
    assert (status, out) == (0, "curl -u me:<REDACTED:login-password:#> https://h\n")
    status, out, _ = run("redact", "-", "--language", "shell", given=f"T={TOKEN}\n".encode())
    assert (status, out) == (0, "T=\\<REDACTED:github-personal-token:#\\>\n")


def test_what_is_no_text_is_named_and_not_let_through(project: Path, run: Run) -> None:
    (project / "a.bin").write_bytes(b"\0" + TOKEN.encode())
    (project / "b.txt").write_bytes(b"\xe4 " + TOKEN.encode())
    assert run("redact", "a.bin") == (
        2,
        "",
        "deburr: not redacted: a.bin: binary\ndeburr: 0 places redacted in 0 files\n",
    )
    status, out, err = run("redact", ".", "--output", "copy")
    assert (status, out) == (2, "")
    assert "deburr: not redacted: a.bin: binary\n" in err
    assert "deburr: not redacted: b.txt: not valid UTF-8\n" in err
    assert not (project / "copy").exists()
    assert run("redact", given=b"\xff" + TOKEN.encode())[:2] == (2, "")


def test_a_folder_is_copied_and_what_one_file_tells_goes_from_all(project: Path, run: Run) -> None:
    (project / "src" / "deep").mkdir(parents=True)
    (project / "src" / "a.py").write_text(f"password = '{PASSWORD}'\n")
    (project / "src" / "deep" / f"backup-{TOKEN}.md").write_text(f"Try {PASSWORD}.\n")
    assert run("redact", "src")[0] == 2
    status, _, err = run("redact", "src", "--output", "copy")
    assert (status, err) == (0, "deburr: 2 places redacted in 2 files\n")
    found = {
        untagged(str(path.relative_to(project / "copy"))): path
        for path in (project / "copy").rglob("*")
        if path.is_file()
    }
    assert sorted(found) == ["a.py", "deep/backup-REDACTED_github_personal_token_#.md"]
    texts = [found[name].read_text() for name in sorted(found)]
    assert [untagged(text) for text in texts] == [
        "password = '<REDACTED:generic-password:#>'\n",
        "Try <REDACTED:generic-password:#>.\n",
    ]
    assert len({tag for text in texts for tag in re.findall("[0-9a-f]{12}", text)}) == 1


def test_what_git_ignores_is_named(project: Path, run: Run) -> None:
    (project / ".git").mkdir()
    (project / ".gitignore").write_text(".env\n")
    (project / ".env").write_text(f"TOKEN={TOKEN}\n")
    status, _, err = run("redact", ".", "--in-place")
    assert status == 0
    assert "deburr: not redacted: .env: ignored by git\n" in err
    assert run("redact", ".env", "--in-place")[0] == 0
    assert untagged((project / ".env").read_text()) == 'TOKEN="<REDACTED:github-personal-token:#:q>"\n'


def test_a_key_gives_the_same_tags_in_every_run(project: Path, run: Run) -> None:
    (project / "key").write_text("0123456789abcdef\n")
    (project / "short").write_text("secret\n")
    texts = []
    for name in ("a.txt", "b.txt"):
        (project / name).write_text(f"see {TOKEN}\n")
        assert run("redact", name, "--key-file", "key", "--output", f"{name}.out")[0] == 0
        texts.append((project / f"{name}.out").read_text())
    assert texts[0] == texts[1]
    status, _, err = run("redact", "a.txt", "--key-file", "short")
    assert status == 2
    assert "a key needs 16 bytes" in err


def test_a_vault_puts_everything_back(project: Path, run: Run) -> None:
    text = f"x = '{TOKEN}'\r\npassword = '{PASSWORD}'\r\n".encode("utf-16")
    (project / "a.py").write_bytes(text)
    status, _, err = run("redact", "a.py", "--in-place", "--vault", "v.json")
    assert status == 0
    assert "v.json holds the secrets in plain text, readable by you alone" in err
    assert stat.S_IMODE((project / "v.json").stat().st_mode) == 0o600
    assert TOKEN not in (project / "a.py").read_bytes().decode("utf-16")
    assert run("restore", "a.py", "--vault", "v.json", "--in-place") == (0, "", "")
    assert (project / "a.py").read_bytes() == text


def test_restoring_names_what_is_lost_moved_or_unknown(project: Path, run: Run) -> None:
    (project / "a.py").write_text(f"x = '{TOKEN}'\npassword = '{PASSWORD}'\n")
    run("redact", "a.py", "--vault", "v.json", "--output", "b.py")
    first, _ = (project / "b.py").read_text().splitlines()
    (project / "b.py").write_text(f"{first}\ny = '<REDACTED:generic-password:000000000000>'\n")
    status, out, err = run("restore", "b.py", "--vault", "v.json")
    assert (status, out) == (1, f"x = '{TOKEN}'\ny = '<REDACTED:generic-password:#>'\n")
    assert err == (
        "deburr: unknown to the vault: <REDACTED:generic-password:#>\ndeburr: lost: <REDACTED:generic-password:#>\n"
    )


def test_no_vault_is_written_where_git_takes_it(project: Path, run: Run) -> None:
    subprocess.run(["git", "init", "-q", "."], check=True, cwd=project)
    (project / "a.py").write_text(f"x = '{TOKEN}'\n")
    status, out, err = run("redact", "a.py", "--vault", "v.json")
    assert (status, out) == (2, "")
    assert "git would take it" in err
    (project / ".gitignore").write_text("*.json\n")
    assert run("redact", "a.py", "--vault", "v.json")[0] == 0
    subprocess.run(["git", "add", "-f", "v.json"], check=True, cwd=project)
    assert "git tracks this file" in run("redact", "a.py", "--vault", "v.json")[2]


def test_a_second_file_goes_into_the_same_vault(project: Path, run: Run) -> None:
    for name, value in (("a.py", TOKEN), ("b.py", PASSWORD)):
        (project / name).write_text(f"password = '{value}'\n")
        assert run("redact", name, "--in-place", "--vault", "v.json")[0] == 0
    for name, value in (("a.py", TOKEN), ("b.py", PASSWORD)):
        assert run("restore", name, "--vault", "v.json") == (0, f"password = '{value}'\n", "")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["redact", "a.py", "--in-place", "--output", "x"], "--in-place and --output do not go together"),
        (["redact", "--in-place"], "--in-place needs a file"),
        (["redact", "a.py", "-"], "- stands for standard input, and goes alone"),
        (["redact", "nowhere"], "nowhere: there is no such file or folder"),
        (["restore", "a.py", "--vault", "a.py"], "a.py: not a vault that deburr wrote"),
        (["restore", "a.py", "--vault", "no.json"], "no.json: the vault cannot be read (No such file or directory)"),
        (["redact", f"{TOKEN}.py"], f"{TOKEN[:4]}{'•' * (len(TOKEN) - 4)}.py: there is no such file or folder"),
    ],
)
def test_what_cannot_be_is_told(project: Path, run: Run, arguments: list[str], complaint: str) -> None:
    (project / "a.py").write_text("x = 1\n")
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert f"deburr: error: {complaint}\n" in err
