"""The crater on a small project of our own: nothing is fetched, everything else is as in a real run."""

from __future__ import annotations

import hashlib
import io
import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from bench.quality.crater import pages, snapshot
from bench.quality.crater.__main__ import look
from bench.quality.crater.archive import Missing, chosen, unpacked
from bench.quality.crater.snapshot import Finding, First, Project

APP = """\
import subprocess

from flask import request


def run():
    subprocess.run(request.args["command"], shell=True)


def ask():
    return eval(request.args["question"])
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A source archive in a cache, as pip would have put it there."""
    archive = tmp_path / "cache/shop-1.0.tar.gz"
    archive.parent.mkdir()
    with tarfile.open(archive, "w:gz") as packed:
        for name, text in (("shop-1.0/shop/app.py", APP), ("shop-1.0/README", "A shop.\n")):
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            packed.addfile(entry, io.BytesIO(text.encode()))
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    return Project("shop", "1.0", "web application", archive.name, digest)


def seen(text: str) -> list[str]:
    return [re.sub(r" +", " ", line) for line in text.splitlines()]


def test_what_is_new_is_told_kept_and_then_judged(project: Project, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = ["new shop: shop/app.py:7 shell-injection", "new shop: shop/app.py:11 code-injection"]
    assert seen(look(project, cache, update=True, kept=tmp_path)) == first
    kept = snapshot.read(tmp_path / "shop.toml")
    assert kept.lines == 11
    unjudged = [line.replace("new", "unjudged") for line in first]
    assert seen(look(kept, cache, update=False)) == unjudged
    judged = replace(kept, findings=tuple(replace(one, judgement="true", why="it does") for one in kept.findings))
    snapshot.write(judged, tmp_path)
    assert snapshot.read(tmp_path / "shop.toml") == judged
    assert look(judged, cache, update=True, kept=tmp_path) == ""
    assert snapshot.read(tmp_path / "shop.toml") == judged


def test_what_is_gone_is_told_with_its_judgement(project: Project, tmp_path: Path) -> None:
    gone = Finding("shop/old.py", 3, "weak-hash", "a:0", "false", "names a file")
    told = seen(look(replace(project, findings=(gone,)), tmp_path / "cache", update=False))
    assert told[2:] == ["vanished shop: shop/old.py:3 weak-hash (false: names a file)"]


def test_a_moved_line_is_the_same_finding() -> None:
    kept = Finding("a.py", 3, "weak-hash", "a:0", "true", "signs with it")
    moved = replace(kept, line=9, judgement="", why="")
    project = Project("shop", "1.0", "", "", "", findings=(kept,))
    assert snapshot.compare(project, [moved]) == snapshot.Changes((), (), ())
    assert snapshot.updated(project, [moved], 1).findings == (replace(kept, line=9),)


def test_another_archive_than_the_pinned_one_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(Missing, match="and not the one that is pinned"):
        unpacked(replace(project, sha256="0" * 64), tmp_path / "cache")


def test_a_judgement_needs_its_reason(tmp_path: Path) -> None:
    one = Finding("a.py", 3, "weak-hash", "a:0", "true", "")
    snapshot.write(Project("shop", "1.0", "", "", "", findings=(one,)), tmp_path)
    with pytest.raises(ValueError, match=r"shop\.toml: a\.py:3: a judgement is one of true, debatable, false, with"):
        snapshot.read(tmp_path / "shop.toml")


def test_pip_is_asked_for_the_pinned_form() -> None:
    assert chosen("shop-1.0.tar.gz") == ["--no-binary", ":all:"]
    assert chosen("shop-1.0-py3-none-any.whl") == ["--only-binary", ":all:", "--ignore-requires-python"]
    options = "--implementation cp --python-version 311 --abi abi3 --platform linux_a --platform linux_b".split()
    assert chosen("shop-1.0-cp311-abi3-linux_a.linux_b.whl")[3:] == options


def test_the_page_tells_the_figures() -> None:
    findings = (Finding("a.py", 3, "weak-hash", "a:0", "true", "signs"), Finding("b.py", 4, "weak-hash", "b:0"))
    shop = Project("shop", "1.0", "web", "", "", 1000, First(4, 1, 1, 2), findings)
    assert pages.noise([shop], "") == (
        "Noise in the default profile: 2.000 findings per 1,000 lines on 1 well-kept projects (1,000 lines), of which "
        "50% are true or debatable. On the 1 of them that no rule had been tried on, the first look gave 4.000 (50%); "
        "now it is 2.000 (50%)."
    )
    page = pages.markdown([shop])
    assert "| shop | 1.0 | web | 1,000 | 2 | 2.000 | 1 | 0 | 0 | 50% | 4, 2 false |\n" in page
    assert page.endswith("### shop\n\n- `a.py:3` weak-hash: true, signs\n- `b.py:4` weak-hash: not judged\n")
    assert pages.totals([shop]).endswith("asked for: at most 0.20, at least 70%: NOT reached")


def test_what_is_published_is_what_is_kept() -> None:
    projects = snapshot.load()
    assert len(projects) >= 25
    assert [one for project in projects for one in project.findings if not one.judgement] == []
    assert pages.PAGE.read_text("utf-8") == pages.markdown(projects)
    assert pages.noise(projects) in pages.README.read_text("utf-8")
    assert pages.totals(projects).endswith(": reached")
