"""`deburr review`: what a person sees of a repair, what is written, and the exit status."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deburr.errors import DeburrError
from deburr.surfaces.cli import writing
from deburr.surfaces.cli.declared import declared
from deburr.surfaces.cli.review import review_command
from deburr.surfaces.shared.files import Candidate, Loaded, load
from tests.surfaces.fake import scan

Run = Callable[..., tuple[int, str, str]]
WEAK = "def f(name):\n    weak(name)\n    return name\n"
STRONG = WEAK.replace("weak", "strong")


@pytest.fixture
def review(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`deburr review` with the fake scan: exit status, standard output, standard error."""
    assert project.is_dir()

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = review_command.main(list(arguments), standalone_mode=False, obj=scan)
        except DeburrError as error:
            return 2, "", str(error)
        out, err = capsys.readouterr()
        return status, out, err

    return run


def test_a_repair_is_shown_with_every_gate(review: Run, project: Path) -> None:
    (project / "app.py").write_text(WEAK)
    status, out, _ = review("app.py")
    assert status == 1
    assert (
        _timeless(out)
        == """app.py: repaired

  high[sql-injection]: `weak(name)` is weak
  --> app.py:2:5
  repaired: Make it strong
  keeps: what it returns
    @@ -1,3 +1,3 @@
     def f(name):
    -    weak(name)
    +    strong(name)
         return name
  ✓ parses, untouched lines, interface kept, no evasion, defenses kept, second opinion, target gone,
    nothing new
  - behavior: no tests are given

1 file in 0.00 s: 1 repaired
1 finding: 1 repaired and verified, 0 open
--write applies the repairs of 1 file; --format patch prints them
"""
    )
    assert (project / "app.py").read_text() == WEAK


def _timeless(text: str) -> str:
    import re

    return re.sub(r"in \d+\.\d\d s", "in 0.00 s", text)


def test_write(review: Run, project: Path) -> None:
    (project / "app.py").write_text(WEAK)
    os.chmod(project / "app.py", 0o750)
    status, out, _ = review("--write", ".")
    assert status == 0
    assert (project / "app.py").read_text() == STRONG
    assert os.stat(project / "app.py").st_mode & 0o777 == 0o750
    assert out.endswith("1 file written\n")
    assert os.listdir(project) == ["app.py"]
    status, out, _ = review(".")
    assert (status, _timeless(out)) == (0, "1 file in 0.00 s: 1 clean (rules only)\n")


ENCODINGS = {
    "windows": WEAK.replace("\n", "\r\n").encode(),
    "byte order mark": b"\xef\xbb\xbf" + WEAK.encode(),
    "utf-16": b"\xff\xfe" + WEAK.encode("utf-16-le"),
    "cookie": ("# coding: latin-1\n" + WEAK + "x = '\xe9'").encode("latin-1"),
}


@pytest.mark.parametrize("data", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_every_other_byte_stays(review: Run, project: Path, data: bytes) -> None:
    (project / "app.py").write_bytes(data)
    weak, strong = ("weak".encode("utf-16-le"), "strong".encode("utf-16-le")) if b"\0" in data else (b"weak", b"strong")
    assert review("--write", "app.py")[0] == 0
    assert (project / "app.py").read_bytes() == data.replace(weak, strong)


def test_a_link_stays_a_link(review: Run, project: Path) -> None:
    (project / "real.py").write_text(WEAK)
    os.symlink("real.py", project / "link.py")
    assert review("--write", "link.py")[0] == 0
    assert (project / "link.py").is_symlink()
    assert (project / "real.py").read_text() == STRONG


def test_bytes_that_are_no_text_are_not_written(review: Run, project: Path) -> None:
    data = WEAK.encode() + b"# \xff\n"
    (project / "app.py").write_bytes(data)
    status, out, _ = review("--write", "app.py")
    assert status == 1
    assert "  not written: not valid UTF-8; its bytes could not be kept\n" in out
    assert (project / "app.py").read_bytes() == data


def test_a_file_that_changed_meanwhile_is_left(project: Path) -> None:
    file = project / "app.py"
    file.write_text(WEAK)
    loaded = load(Candidate(str(file), "app.py"))
    assert isinstance(loaded, Loaded)
    file.write_text(WEAK + "# edited\n")
    assert writing.replace_file(str(file), loaded, STRONG) == "the file has changed since it was reviewed"
    assert file.read_text() == WEAK + "# edited\n"
    file.unlink()
    assert writing.replace_file(str(file), loaded, STRONG) == "cannot be written (No such file or directory)"


def test_patch_can_be_applied(review: Run, project: Path) -> None:
    (project / "app.py").write_text(WEAK.rstrip("\n"))
    status, out, _ = review("--format", "patch", "app.py")
    assert status == 1
    assert (
        out
        == """--- a/app.py
+++ b/app.py
@@ -1,3 +1,3 @@
 def f(name):
-    weak(name)
+    strong(name)
     return name
\\ No newline at end of file
"""
    )


def test_json(review: Run, project: Path) -> None:
    (project / "app.py").write_text(WEAK)
    (project / "odd.py").write_text("# odd\n")
    status, out, _ = review("--format", "json")
    assert status == 1
    first, second = json.loads(out)["files"]
    assert (first["path"], first["outcome"], first["applied"]) == ("app.py", "revised", False)
    assert [(g["name"], g["result"]) for g in first["rounds"][0]["gates"]][-1] == ("behavior", "not_applicable")
    assert [(f["principle"], f["line"]) for f in first["findings"]] == [("sql-injection", 2)]
    assert first["remaining"] == []
    assert (second["outcome"], second["unchecked"]) == (
        "unverified",
        [{"what": "odd.py", "why": "a line is odd", "line": 2}],
    )


def test_what_was_not_checked_has_its_own_status(review: Run, project: Path) -> None:
    (project / "odd.py").write_text("x = 1  # odd\n")
    status, out, _ = review("odd.py")
    assert status == 3
    assert out.startswith("odd.py: not everything was checked\n  not checked, line 2: a line is odd\n")
    (project / "odd.py").write_bytes(b"\0\1\2")
    assert review("odd.py")[0] == 3


def test_a_failure_of_the_engine_is_not_clean(review: Run, project: Path) -> None:
    (project / "a.py").write_text("crash\n")
    (project / "b.py").write_text(WEAK)
    status, out, _ = review("--write", ".")
    assert status == 3
    assert "not checked: deburr failed on it: ZeroDivisionError: by nothing" in out
    assert (project / "b.py").read_text() == STRONG


def test_a_finding_without_a_passing_repair_stays_open(review: Run, project: Path) -> None:
    (project / "app.py").write_text("strong = f\nx = [weak(1), weak(1)]\n")
    status, out, _ = review("--ignore", "path-traversal", "app.py")
    assert status == 1
    assert "✗" in out or "repaired" in out


def test_selection_and_usage(review: Run, project: Path) -> None:
    (project / "app.py").write_text(WEAK)
    assert review("--ignore", "sql-injection", "app.py")[0] == 0
    assert review("--select", "nothing", "app.py")[0] == 2
    assert review("missing.py")[0] == 2


def test_standard_input(review: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, expected in ((("-",), 1), (("-", "--write"), 0)):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(WEAK.encode())))
        status, out, err = review(*arguments)
        assert status == expected
        if "--write" in arguments:
            assert out == STRONG
            assert "1 finding: 1 repaired and verified, 0 open" in err
        else:
            assert "--> <stdin>:2:5" in out


def test_secrets_are_not_shown(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = "hunter" + "2" * 3 + "-Of-A-Test"
    (project / "app.py").write_text(f'password = "{value}"\n')
    capsys.readouterr()
    status = review_command.main(["app.py"], standalone_mode=False)
    out = capsys.readouterr().out
    assert status == 1
    assert value not in out
    assert '+password = os.environ["PASSWORD"]' in out


def test_declared_packages(project: Path) -> None:
    (project / "requirements.txt").write_text("defusedxml>=0.7\n# no\n-r other.txt\nPyYAML\nFlask-SQLAlchemy==3\n")
    (project / "pyproject.toml").write_text(
        '[project]\ndependencies = ["nh3"]\n[project.optional-dependencies]\na = ["python-ldap"]\n'
        '[dependency-groups]\nd = ["pytest", {include-group = "x"}]\n[tool.poetry.dependencies]\nhttpx = "*"\n'
    )
    assert declared(str(project)) == {"defusedxml", "yaml", "flask_sqlalchemy", "nh3", "ldap", "pytest", "httpx"}
    assert declared(str(project / "none")) == frozenset()
