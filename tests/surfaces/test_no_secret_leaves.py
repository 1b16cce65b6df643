"""No secret leaves in anything that deburr writes: each command, format and profile, as a program of its own."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.secrets import made
from tests.surfaces.forked import Forked
from tests.surfaces.planted import Planted, everywhere, git, leaks

Run = Callable[..., dict[str, bytes]]
FORMATS = ("text", "json", "sarif", "github", "markdown")
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a call is a fork of one process")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    """The project, committed but for what was changed last."""
    root = tmp_path_factory.mktemp("planted")
    it = everywhere(root)
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "all")
    changed = it.secret("a change")
    it.write("app/new.py", f"import os\npassword = '{changed}'; os.system('x {it.token('a change')} ' + input())\n")
    return it


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where everything lies that deburr writes."""
    outside = tmp_path_factory.mktemp("outside")
    for name in ("cache", "tmp", "home", "out"):
        (outside / name).mkdir()
    return outside


@pytest.fixture(scope="module")
def run(project: Planted, outside: Path) -> Iterator[Run]:
    """Runs deburr in the project; gives all that it wrote anywhere."""
    environment = {"DEBURR_CACHE_DIR": "cache", "TMPDIR": "tmp", "HOME": "home"}
    with Forked({name: str(outside / folder) for name, folder in environment.items()}) as deburr:

        def call(*arguments: str, given: bytes = b"") -> dict[str, bytes]:
            command = [one.replace("OUT", str(outside / "out")) for one in arguments]
            done = deburr.call(command, project.root, given)
            assert done.status in (0, 1, 2, 3), done.stderr.decode()
            assert b"defect of deburr" not in done.stderr
            paths = [path for path in outside.rglob("*") if outside / "cache" not in path.parents]
            written = {str(path): path.read_bytes() for path in paths if path.is_file()}
            names = "\n".join(str(path.relative_to(outside)) for path in paths).encode()
            return {"stdout": done.stdout, "stderr": done.stderr, "names": names, **written}

        yield call


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("more", [(), ("--profile", "audit", "-v")], ids=["default", "audit"])
def test_no_report_shows_a_secret(project: Planted, run: Run, format: str, more: tuple[str, ...]) -> None:
    if more and format != "text":
        more = more[:2]
    written = run("check", "--format", format, *more)
    assert written["stdout"]
    assert leaks(written, project.values) == []


@pytest.mark.parametrize(
    "arguments",
    [
        "check --diff HEAD --profile audit",
        "check --history --profile audit",
        "check --output OUT/report.txt -v --color always",
        "check --write-baseline --baseline OUT/known.json",
        "check --baseline OUT/known.json -v --format json",
        "check --alone -j 2 app web",
        "check --max-size 500 --profile audit",
        "review --profile audit -v",
        "review --format json --profile audit",
        "review --format patch --profile audit",
        "redact . --output OUT/copy",
    ],
)
def test_no_other_output_does(project: Planted, run: Run, arguments: str) -> None:
    assert leaks(run(*arguments.split()), project.values) == []


def test_no_value_of_any_known_form_does(project: Planted, run: Run) -> None:
    it = Planted(project.root)
    it.every_format()
    for arguments in (
        "check --profile audit -v formats",
        "check --format json formats",
        "redact formats --output OUT/f",
    ):
        assert leaks(run(*arguments.split()), it.values) == []


def test_repairs_are_written_and_say_nothing(project: Planted, run: Run) -> None:
    it = Planted(project.root)
    it.write("mend/a.py", f'import os\nprint(os.getpid())\nTOKEN = "{it.token("to be repaired")}"\n')
    written = run("review", "--write", "mend", "--format", "json")
    assert "os.environ" in (project.root / "mend" / "a.py").read_text()
    assert leaks(written, it.values) == []


def test_standard_input_says_nothing(project: Planted, run: Run) -> None:
    text = (project.root / "app" / "web.py").read_bytes()
    for arguments in ("check - --profile audit", "review -", "redact - --language python"):
        assert leaks(run(*arguments.split(), given=text), project.values) == []


@pytest.mark.parametrize(
    "arguments",
    [
        "check {t}",
        "check --select {t}",
        "check --format {t}",
        "check --config {t}.toml",
        "check --config bad.toml",
        "check --config worse.toml",
        "check --diff {t}",
        "check --baseline {t}.json",
        "check --{t}",
        "check - --language {t}",
        "explain {t}",
        "principles {t}",
        "{t}",
        "redact {t}",
        "redact a.txt --key-file {t}",
        "redact a.txt --vault {t}/x",
        "restore a.txt --vault {t}",
        "review --select {t}",
        "allow app/web.py:5 --reason token={t} --expires 30d",
    ],
)
def test_no_complaint_repeats_a_secret(project: Planted, run: Run, arguments: str) -> None:
    token = made.token(random.Random(arguments), "ghp_")
    project.write("bad.toml", f'profile = "{token}"\n')
    project.write("worse.toml", f'exclude = "x"\n{token} = 1\n')
    project.write("a.txt", "nothing\n")
    written = run(*arguments.format(t=token).split())
    assert written["stderr"]
    assert leaks(written, {token: arguments}) == []


def test_what_is_kept_for_the_next_run_holds_none(project: Planted, run: Run, outside: Path) -> None:
    run("check", "--history")
    kept = {str(path): path.read_bytes() for path in (outside / "cache").rglob("*") if path.is_file()}
    assert len(kept) > 3
    assert leaks(kept, project.values) == []


def test_the_search_for_leaks_can_fail(project: Planted) -> None:
    value = "K" + made.run(15, random.Random(0))
    for text in (f"x {value} y", f"cut {value[:10]}…", f'{{"a": "{value}"}}'):
        assert leaks({"a": text.encode()}, {value: "b"})
    assert leaks({"a": value[:4].encode()}, {value: "b"}) == []
    assert len(project.values) > 60
    assert not re.search(r"[^ -~]", "".join(project.values))
