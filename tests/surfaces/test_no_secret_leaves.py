"""No secret leaves in anything that deburr writes: each command, format and profile, as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.surfaces.planted import Planted, everywhere, git, leaks

Run = Callable[..., dict[str, bytes]]
FORMATS = ("text", "json", "sarif", "github", "markdown")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The project, committed but for what was changed last."""
    root = tmp_path_factory.mktemp("planted")
    it = everywhere(root)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "all")
    it.write(
        "app/new.py",
        f"import os\npassword = '{it.secret('a change')}'; os.system('x {it.token('a change')} ' + input())\n",
    )
    return it


@pytest.fixture(scope="module")
def run(project: Planted, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs deburr in the project; gives all that it wrote anywhere."""
    outside = tmp_path_factory.mktemp("outside")
    places = {name: outside / name for name in ("cache", "tmp", "home", "out")}
    for place in places.values():
        place.mkdir()

    def call(*arguments: str, given: bytes = b"") -> dict[str, bytes]:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "DEBURR_"))},
            "DEBURR_CACHE_DIR": str(places["cache"]),
            "TMPDIR": str(places["tmp"]),
            "HOME": str(places["home"]),
            "OUT": str(places["out"]),
            "PYTHONWARNINGS": "error",
        }
        command = [sys.executable, "-m", "deburr", *(one.replace("OUT", str(places["out"])) for one in arguments)]
        done = subprocess.run(command, cwd=project.root, env=environment, input=given, capture_output=True, check=False)
        assert done.returncode in (0, 1, 2, 3), done.stderr.decode()
        assert b"defect of deburr" not in done.stderr
        written = {str(path): path.read_bytes() for path in outside.rglob("*") if path.is_file()}
        written |= {str(path.relative_to(outside)) + " (its name)": str(path).encode() for path in outside.rglob("*")}
        return {"stdout": done.stdout, "stderr": done.stderr, **written}

    return call


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("more", [(), ("--profile", "audit", "-v")], ids=["default", "audit"])
def test_no_report_shows_a_secret(project: Planted, run: Run, format: str, more: tuple[str, ...]) -> None:
    written = run("check", "--format", format, *more)
    assert written["stdout"]
    assert leaks(written, project.values) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--diff", "HEAD", "--profile", "audit"),
        ("check", "--history", "--profile", "audit"),
        ("check", "--output", "OUT/report.txt", "-v", "--color", "always"),
        ("check", "--write-baseline", "--baseline", "OUT/known.json"),
        ("check", "--baseline", "OUT/known.json", "-v", "--format", "json"),
        ("check", "--alone", "-j", "2", "app", "web"),
        ("review", "--profile", "audit", "-v"),
        ("review", "--format", "json", "--profile", "audit"),
        ("review", "--format", "patch", "--profile", "audit"),
        ("redact", ".", "--output", "OUT/copy"),
    ],
    ids=" ".join,
)
def test_no_other_output_does(project: Planted, run: Run, arguments: tuple[str, ...]) -> None:
    assert leaks(run(*arguments), project.values) == []
