"""`deburr check` as its user meets it: what is printed and what the exit status is."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from deburr.engine.secrets import mode
from tests.surfaces.conftest import Run


def put(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")


def places(out: str) -> list[str]:
    return [f"{one['path']}:{one['line']}:{one['column']}" for one in json.loads(out)["findings"]]


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_a_clean_file(project: Path, check: Run) -> None:
    put(project, good="x = 1\n")
    status, out, err = check("good.py")
    assert (status, err) == (0, "")
    assert out.startswith("No findings in 1 file, 1 line, 0.")


def test_a_finding_with_its_way(project: Path, check: Run) -> None:
    put(project, app="a = enter()\nb = 2\nc = 3\n\tweak(a)\n")
    status, out, _ = check("app.py")
    assert status == 1
    assert out.startswith(
        "high[sql-injection]: `weak(a)` is weak\n"
        " --> app.py:4:2\n"
        "  │\n"
        "1 │ a = enter()\n"
        "  │     ------- 1 enters here\n"
        "  ┆\n"
        "4 │     weak(a)\n"
        "  │     ^^^^^^^ 2 used here\n"
        "  │\n"
        "  = why:     "
    )
    assert "  = fix:     Make it strong (a proposal, to be reviewed)\n" in out
    assert "  = help:    deburr explain sql-injection  (CWE-89)\n" in out
    assert "\n1 finding (1 high) in 1 file, 4 lines, " in out


def test_the_why_is_told_once(project: Path, check: Run) -> None:
    put(project, app="weak(1)\nweak(2)\n")
    _, out, _ = check(".")
    assert out.count("= why:") == 1
    assert out.count("= help:") == 2


def test_a_missing_path_is_an_error(project: Path, check: Run) -> None:
    put(project, app="weak(1)\n")
    assert check("app.py", "gone.py") == (2, "", "gone.py: there is no such file or folder")


def test_looking_at_nothing_is_an_error(project: Path, check: Run) -> None:
    assert project
    status, out, err = check()
    assert status == 2
    assert out.startswith("Looked at no file\n")
    assert err == "deburr: error: looked at no file\n"


def test_a_skipped_file_is_said_loudly_and_is_no_error(project: Path, check: Run) -> None:
    put(project, good="x = 1\n")
    (project / "data.bin").write_bytes(b"\0\1\2")
    status, out, _ = check()
    assert status == 0
    assert "not looked at: data.bin: binary\n" in out
    assert "  not looked at: 1 binary\n" in out


def test_a_named_file_that_is_skipped_is_an_error(project: Path, check: Run) -> None:
    put(project, good="x = 1\n", bad="weak(1)\n")
    (project / "data.bin").write_bytes(b"\0\1\2")
    assert check("good.py", "data.bin")[0] == 2
    assert check("bad.py", "data.bin")[0] == 1


def test_an_engine_that_fails_is_no_pass(project: Path, check: Run) -> None:
    put(project, app="crash\n", good="x\n")
    status, out, err = check()
    assert status == 2
    assert "not looked at: app.py: deburr failed on it: ZeroDivisionError: by nothing\n" in out
    assert err == "deburr: error: not everything that was asked for could be looked at\n"


def test_what_the_engine_skipped_is_told_with_its_line(project: Path, check: Run) -> None:
    put(project, app="odd\n")
    assert "not looked at: app.py:2: a line is odd\n" in check()[1]


def test_profiles(project: Path, check: Run) -> None:
    put(project, app="weak(1)  # unsure\n")
    status, out, _ = check()
    assert status == 0
    assert "  not shown in this profile: at least 1; --profile strict or audit shows more\n" in out
    assert check("--profile", "strict")[0] == 1


def test_select_and_ignore(project: Path, check: Run) -> None:
    put(project, app="weak(1)\n")
    assert check("--ignore", "sql-injection")[0] == 0
    assert check("--select", "sql-injection,shell-injection")[0] == 1
    assert check("--select", "shell-injection")[0] == 0
    status, _, err = check("--select", "sql-injecton")
    assert status == 2
    assert err.startswith("--select: there is no principle 'sql-injecton'; did you mean sql-injection")


def test_fail_on(project: Path, check: Run) -> None:
    put(project, app="weak(1)\n")
    assert check("--fail-on", "high")[0] == 1
    status, out, _ = check("--fail-on", "critical")
    assert status == 0
    assert "1 finding (1 high)" in out


def test_several_processes_give_the_same(project: Path, check: Run) -> None:
    put(project, **{f"m{number:02}": f"weak({number})\n" for number in range(12)})
    one, two = check("--format", "json", "-j", "1"), check("--format", "json", "-j", "2")
    assert places(one[1]) == places(two[1]) == [f"m{number:02}.py:1:1" for number in range(12)]


def test_standard_input(project: Path, check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project
    for arguments, path in (((), "<stdin>"), (("--stdin-filename", "pkg/a.py"), "pkg/a.py")):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(b"weak(1)\n")))
        status, out, _ = check("-", "--format", "json", *arguments)
        assert (status, places(out)) == (1, [f"{path}:1:1"])
    status, _, err = check("-", "--language", "pithon")
    assert (status, err) == (2, "--language: unknown language 'pithon'; did you mean python?")
    assert check("--language", "python")[0] == 2


def test_only_what_changed(project: Path, check: Run) -> None:
    git(project, "init", "-q")
    put(project, a="weak(1)\nx = enter()\ny = 1\nweak(x)\n", b="weak(2)\n")
    git(project, "add", ".")
    git(project, "commit", "-qm", "first")
    assert check("--diff", "HEAD")[0] == 0
    put(project, a="weak(1)\nx = enter(2)\ny = 1\nweak(x)\n", new="weak(3)\nweak(4)  # allow\n")
    status, out, _ = check("--diff", "HEAD", "--format", "json")
    assert status == 1
    assert places(out) == ["a.py:4:1", "new.py:1:1", "new.py:2:1"]
    assert json.loads(out)["waived"] == []
    assert check("--diff", "nowhere")[0] == 2
    assert check("--diff", "--output=x")[0] == 2


def test_diff_needs_a_repository(project: Path, check: Run) -> None:
    put(project, a="x\n")
    assert check("--diff", "HEAD")[2] == "--diff needs a git repository, and this folder is in none"


def test_a_baseline_absorbs_exactly_what_it_says(project: Path, check: Run) -> None:
    put(project, app="weak(1)\nweak(1)\nweak(2)\n")
    status, _, err = check("--write-baseline")
    assert (status, err) == (0, "deburr: deburr-baseline.json now accepts 3 findings\n")
    use = ("--baseline", "deburr-baseline.json")
    status, out, _ = check(*use)
    assert status == 0
    assert "  in the baseline: 3\n" in out
    put(project, app="weak(1)\nweak(1)\nweak(1)\n")
    status, out, _ = check(*use)
    assert status == 1
    assert "stale baseline entry: 1 of sql-injection in app.py no longer found\n" in out
    assert "1 finding (1 high)" in out
    (project / "deburr-baseline.json").write_text('{"entries": [{}]}')
    assert check(*use)[0] == 2


def test_configuration(project: Path, check: Run) -> None:
    (project / "sub").mkdir()
    put(project, app="weak(1)\n")
    put(project / "sub", app="weak(1)\n", gen_pb2="weak(1)\n")
    (project / "pyproject.toml").write_text(
        '[tool.deburr]\nexclude = ["*_pb2.py"]\n[tool.deburr.per-path-ignores]\n"app.py" = ["sql-injection"]\n'
    )
    status, out, _ = check("--format", "json", ".", "sub")
    assert (status, places(out)) == (1, ["sub/app.py:1:1"])
    assert {"what": "sub/gen_pb2.py", "why": "excluded by configuration", "line": 0} in json.loads(out)["left_out"]
    assert check("sub/gen_pb2.py")[0] == 1
    assert check("--force-exclude", "sub/gen_pb2.py", "app.py")[0] == 0


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("fail_on = 'high'\n", "unknown key 'fail_on'; did you mean fail-on?"),
        ("profile = 'strikt'\n", "profile must be one of default, strict, audit, not 'strikt'; did you mean strict?"),
        ("select = 'x'\n", "select must be a list of texts"),
        ("ignore = ['sql']\n", "ignore: there is no principle 'sql'"),
        ("= 1\n", "Invalid statement (at line 1, column 1)"),
    ],
)
def test_wrong_configuration(project: Path, check: Run, text: str, complaint: str) -> None:
    put(project, app="x\n")
    (project / "deburr.toml").write_text(text)
    status, _, err = check()
    assert status == 2
    assert err.startswith(f"{project / 'deburr.toml'}: {complaint}")


def test_output_to_a_file(project: Path, check: Run) -> None:
    put(project, app="weak(1)\n")
    status, out, _ = check("--output", "report.txt", "--color", "auto")
    assert (status, out) == (1, "")
    assert (project / "report.txt").read_text(encoding="utf-8").startswith("high[sql-injection]: `weak(1)` is weak\n")


def test_everything_is_named_when_asked(project: Path, check: Run) -> None:
    put(project, app="weak(1)  # allow\n")
    (project / "node_modules").mkdir()
    out = check("-v")[1]
    assert "left out: node_modules/: installed packages\n" in out
    assert "waived: app.py:1: sql-injection: it is meant so\n" in out
    assert "  waived by a comment: 1\n" in out


def test_paths_can_be_opened_from_where_the_user_is(project: Path, check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    git(project, "init", "-q")
    (project / "sub").mkdir()
    put(project / "sub", app="weak(1)\n")
    monkeypatch.chdir(project / "sub")
    assert " --> app.py:1:1\n" in check()[1]
    assert places(check("--format", "json")[1]) == ["sub/app.py:1:1"]


def test_a_named_file_that_was_only_read_in_part_is_no_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from deburr.surfaces.cli.main import main

    broken = tmp_path / "broken.ipynb"
    broken.write_text('{"cells": [')
    assert main(["check", str(broken), "--color", "never"]) == 2
    told = capsys.readouterr()
    assert "not a notebook: the text ends too early" in told.out
    assert told.err == "deburr: error: not everything that was asked for could be looked at\n"


def test_large_texts_are_searched_for_secrets(project: Path, check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "x = 1\n" * 3000 + 'password = "Xk3q9v' + 'Q2mPz"\n'
    (project / "a.log").write_text(text)
    status, out, _ = check("a.log", "--max-size", "1KB", "--format", "json")
    assert status == 0  # the fake finds nothing, and of a log there is no more to be looked at
    assert json.loads(out)["skipped"] == [
        {"what": "a.log", "why": "larger than 1000 bytes (18025 bytes): searched for secrets only", "line": 0}
    ]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    status, out, err = check("-", "--max-size", "1KB", "--format", "json")
    assert (status, err) == (2, "deburr: error: not everything that was asked for could be looked at\n")
    assert [one["why"] for one in json.loads(out)["skipped"]] == ["larger than 1000 bytes: searched for secrets only"]


def test_who_decides_about_secrets(project: Path, check: Run) -> None:
    put(project, app="x\n")
    (project / "deburr.toml").write_text('secrets = "rules"\n')
    check()
    assert mode.current() == "rules"
    check("--secrets", "both")
    assert mode.current() == "both"
    (project / "deburr.toml").write_text('secrets = "rule"\n')
    assert check()[0] == 2
