"""The command itself: quick answers, clear errors, no traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deburr import __version__
from deburr.surfaces.cli.main import main
from deburr.surfaces.cli.table import COMMANDS, SAYS

START = "import sys; from deburr.surfaces.cli.main import main; sys.exit(main())"
SRC = str(Path(__file__).parents[3] / "src")


def deburr(*arguments: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": SRC}
    command = [sys.executable, "-c", START, *arguments]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, env=environment, check=False)


def test_the_version_is_quick(tmp_path: Path) -> None:
    done = deburr("--version", cwd=tmp_path)
    assert done.stdout.decode() == f"deburr {__version__}\n"
    code = f"import sys, time; sys.argv = ['deburr', '--version']\n{START.replace('sys.exit(main())', 'main()')}"
    code += "\nassert 'click' not in sys.modules\nprint(time.process_time())"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SRC)
    assert float(run.stdout.split()[-1]) < 0.1


def test_the_overview(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert "Usage: deburr [OPTIONS] COMMAND [ARGS]..." in out
    assert "  check       Find weaknesses in files and folders.\n" in out
    assert list(SAYS) == list(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["chek"], "no command 'chek'; did you mean check?"),
        (["xyz"], "no command 'xyz'; there are check, review, redact, restore, allow, explain, principles"),
        (["check", "--profil", "x"], "--profil"),
        (["check", "gone"], "gone: there is no such file or folder"),
        (["check", "--max-size", "none"], "'none' is no size; 500KB and 20MB are"),
        (["check", "--output", "no/where", "."], "no/where: No such file or directory"),
        (["check", "--since", "HEAD", "."], "--since says where --history is to begin; give both, or --diff"),
        (["check", "--history", "--archives"], "--history does not look into archives; leave out --archives"),
        (["restore", ".", "--vault", "a.txt"], "not a vault that deburr wrote"),
        (["redact", ".", "--output", "."], ".: the copies would take the place of the files; --in-place does that"),
        (["allow", "a.txt:1", "--reason", " ", "--expires", "9d"], "--reason: say why it may stay"),
        (["explain", "sql-injecton"], "kind of secret; did you mean sql-injection"),
        (["explain", "generic-pasword"], "and no such kind of secret; did you mean generic-password"),
        (["redact", "a.txt", "--language", "yaml"], "--language is for standard input, which is not among the paths"),
        (
            ["redact", "a.txt", "--vault", "no/where"],
            "no/where: the vault cannot be written (No such file or directory)",
        ),
    ],
)
def test_errors_are_one_line_and_status_2(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    (project / "a.txt").write_text("x")
    assert main(arguments) == 2
    err = capsys.readouterr().err
    assert problem in err.splitlines()[-1]
    assert err.splitlines()[-1].startswith("deburr: error: ")
    assert "Traceback" not in err


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -c '{START}' principles | head -1"
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, env={**os.environ, "PYTHONPATH": SRC}, capture_output=True, check=False
    )
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1


def test_the_real_engine_on_standard_input(tmp_path: Path) -> None:
    code = b"import os\nfrom flask import request\n\n\ndef f():\n    os.system(request.args['x'])\n"
    done = deburr("check", "-", "--format", "json", "--select", "shell-injection", cwd=tmp_path, stdin=code)
    assert done.returncode == 1, done.stderr.decode()
    (found,) = json.loads(done.stdout)["findings"]
    assert (found["principle"], found["line"], found["column"]) == ("shell-injection", 6, 5)


def test_explain_tells_a_principle(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert main(["explain", "sql-injection"]) == 0
    out = capsys.readouterr().out
    assert "\nWhy\n  " in out
    assert "\n  >     cursor.execute(f\"SELECT id, email FROM users WHERE username = '{username}'\")\n" in out
    assert "# finding" not in out
    assert [line for line in out.splitlines() if line in ("Why", "Flagged", "Allowed", "Fix", "Question")] == [
        "Why",
        "Flagged",
        "Allowed",
        "Fix",
        "Question",
    ]


def test_the_table_of_principles(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["principles", "--format", "json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["sql-injection"]["cwe"] == ["CWE-89"]
    assert rows["sql-injection"]["severity"] == "high"
    assert main(["principles"]) == 0
    out = capsys.readouterr().out
    assert any(line.split()[:3] == ["high", "sql-injection", "CWE-89"] for line in out.splitlines())


def test_check_without_options_is_the_same_as_with_the_defaults_written_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("app.py").write_text(
        "import hashlib\n\n\ndef stamp(password):\n    return hashlib.md5(password).hexdigest()\n"
    )
    shown = []
    for options in ([], ["--format", "text", "--jobs", "0", "--color", "auto"]):
        status = main(["check", *options, "app.py"])
        shown.append((status, re.sub(r"[\d.]+ s\b", "", capsys.readouterr().out)))
    assert shown[0] == shown[1]
    assert shown[0][0] == 1


def test_check_without_options_loads_no_parser_of_options() -> None:
    code = f"import sys; sys.argv = ['deburr', 'check', 'missing.py']\n{START.replace('sys.exit(main())', 'main()')}"
    end = "\nprint('click' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code + end], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"


def test_explain_tells_a_kind_of_secret(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "aws-access-key-id"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("AWS access key id\naws-access-key-id · ")
    assert "deburr explain hardcoded-credential" in out


@pytest.mark.parametrize(
    ("kind", "principle"),
    [
        ("generic-password", "hardcoded-password"),
        ("netrc-password", "hardcoded-password"),
        ("service-credential", "hardcoded-credential"),
        ("openssh-private-key", "private-key-in-text"),
        ("url-password", "credentials-in-url"),
        ("uuid", "random-looking-text"),
    ],
)
def test_explain_tells_a_kind_that_is_no_providers(
    capsys: pytest.CaptureFixture[str], kind: str, principle: str
) -> None:
    assert main(["explain", kind]) == 0
    out = capsys.readouterr().out
    assert f"\n{kind} · of any service\n" in out
    assert out.endswith(f"  deburr explain {principle}\n")
