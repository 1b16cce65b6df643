"""Attempts to have deburr say a secret it was given, in all that it writes anywhere."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.surfaces.attempts import Secrets, all_files
from tests.surfaces.forked import Forked
from tests.surfaces.planted import git
from tests.surfaces.revealed import Said

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a call is a fork of one process")

ATTEMPTS = all_files()
_HARDCODED = "hardcoded-credential,hardcoded-password,hardcoded-crypto-key,private-key-in-text,credential-named-text"
RUNS = (
    "check --profile audit -v --archives",
    "check --profile audit --format json --secrets rules",
    "check --profile audit --format sarif",
    "check --format github",
    "check --format markdown --alone -j 2",
    f"check --profile audit --format json --ignore {_HARDCODED},random-looking-text,credentials-in-url",
    "check --select shell-injection,code-injection,sql-injection",
    "check --history --format json --profile audit",
    "check --write-baseline --baseline OUT/known.json --profile audit",
    "review --profile audit -v",
    "review --profile audit --format patch",
    "review --format json",
    "redact . --output OUT/copy",
)
_LEAKY = {
    "a password that nothing in the text says is one is not found": (
        "quoted: web token",
        "quoted: salt",
        "quoted: directory",
        "quoted: docstring",
        "file: d/broken.toml",
        "file: d/broken.yaml",
        "key: no head",
    ),
    "a part of a known value": (
        "spelled: most",
        "key: a line of it",
        "spelled: tail",
    ),
    "a known value in pieces": (
        "spelled: zero",
        "spelled: soft",
        "spelled: bom",
        "spelled: spaced",
        "spelled: dashed",
        "spelled: chars",
        "spelled: lines",
        "spelled: pieces",
        "spelled: plus",
    ),
    "a name is not looked at as a text is": (
        "file: names/password=‹p›.py",
        "file: names/word‹t›.py",
        "archive",
    ),
    "what a file tells is a secret is not looked for in its name": (
        "file: names/pct-‹t|quote›-‹p|quote›.py",
        "file: names/‹t|b64›.py",
        "file: names/‹t|hex›.py",
        "file: names/bare-‹p›.py",
    ),
}
"""Attempts that succeed, by the reason."""


class Place(NamedTuple):
    """The project with all attempts in it, and what was said of it."""

    root: Path
    outside: Path
    secrets: dict[str, Secrets]
    deburr: Forked


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A project with a file for each attempt."""
    root, outside = tmp_path_factory.mktemp("attempts"), tmp_path_factory.mktemp("outside")
    secrets = {name: Secrets(name) for name in ATTEMPTS}
    for name, (path, text) in ATTEMPTS.items():
        file = root / secrets[name].fill(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(secrets[name].fill(text).encode("utf-8", "surrogatepass"))
    secrets |= _others(root)
    environment = {}
    for variable, folder in (("DEBURR_CACHE_DIR", "cache"), ("TMPDIR", "tmp"), ("HOME", "home")):
        (outside / folder).mkdir()
        environment[variable] = str(outside / folder)
    (outside / "out").mkdir()
    with Forked(environment) as deburr:
        yield Place(root, outside, secrets, deburr)


def _others(root: Path) -> dict[str, Secrets]:
    """Attempts that are no text of a file: names in archives, targets of links, and what git keeps."""
    found = {name: Secrets(name) for name in ("archive", "link", "message", "branch", "remote", "identity", "removed")}
    found["archive"].used = {"t", "p"}
    with zipfile.ZipFile(root / "a.zip", "w") as archive:
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w") as second:
            second.writestr(found["archive"].fill("‹t›/‹t›.py"), "import os\nos.system(input())\n")
        archive.writestr(found["archive"].fill("‹t›.zip"), inner.getvalue())
        archive.writestr(
            found["archive"].fill("password=‹p›/a.py"),
            found["archive"].fill("import os\nos.system(input()); password='‹p›'\n"),
        )
        archive.writestr(found["archive"].fill("‹t›.bin"), b"\0\1")
        archive.comment = found["archive"].fill("token=‹t›").encode()
    (root / found["link"].fill("link-‹t›.py")).symlink_to(found["link"].fill("/srv/‹t›"))
    git(root, "init", "-q", "-b", found["branch"].fill("b-‹t›"))
    git(root, "remote", "add", "origin", found["remote"].fill("https://bob:‹t›@h.example.net/a.git"))
    (root / "gone.py").write_text(found["removed"].fill("token = '‹t›'\npassword = '‹p›'\n"))
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", found["message"].fill("password: ‹p› token ‹t›"))
    git(root, "tag", found["branch"].fill("v-‹t›"))
    git(root, "rm", "-q", "gone.py")
    git(root, "commit", "-q", "-m", "again", "--author", found["identity"].fill("‹t› <‹p›@h.example.net>"))
    return found


@pytest.fixture(scope="module")
def said(place: Place) -> dict[str, Said]:
    """By run, all that was written anywhere."""
    found = {}
    for arguments in RUNS:
        done = place.deburr.call(
            [one.replace("OUT", str(place.outside / "out")) for one in arguments.split()], place.root
        )
        assert done.status in (0, 1, 2, 3), done.stderr.decode()
        assert b"defect of deburr" not in done.stderr, done.stderr.decode()
        assert done.stdout or done.stderr
        found[arguments] = Said(done.stdout + done.stderr)
    for folder in ("cache", "tmp", "home", "out"):
        paths = sorted((place.outside / folder).rglob("*"))
        data = [path.read_bytes() for path in paths if path.is_file()]
        found[folder] = Said(b"\n".join([*(os.fsencode(path) for path in paths), *data]))
    return found


def _attempts() -> list[object]:
    names = [*ATTEMPTS, "archive", "link", "message", "branch", "remote", "identity", "removed"]
    marks = {name: pytest.mark.xfail(strict=True, reason=why) for why, those in _LEAKY.items() for name in those}
    assert set(marks) <= set(names)
    return [pytest.param(name, marks=marks.get(name, ())) for name in names]


@pytest.mark.parametrize("name", _attempts())
def test_nothing_reveals(place: Place, said: dict[str, Said], name: str) -> None:
    secrets = place.secrets[name]
    text = secrets.fill(ATTEMPTS[name][1]) if name in ATTEMPTS else ""
    assert secrets.used
    shown = {(where, it.reveals(value, text)) for where, it in said.items() for value in secrets.values}
    assert {one for one in shown if one[1]} == set()
