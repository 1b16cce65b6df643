"""Texts beyond the limit: the secrets of the whole in bounded memory, and files that change meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bench.speed import dense
from deburr.engine.secrets import streaming
from deburr.model import Report, Skipped, Source
from deburr.surfaces.shared import large, warm
from deburr.surfaces.shared.changes import Changes
from deburr.surfaces.shared.checked import Looked
from deburr.surfaces.shared.files import Candidate
from deburr.surfaces.shared.run import Setup, look

LIMIT = 50_000
BLOCK = 40_000


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "BLOCK", BLOCK)
    monkeypatch.setattr(streaming, "AROUND", 20_000)
    monkeypatch.setattr(large, "_CHUNK", 4096)


def log(size: int = 4 * LIMIT, every: int = 30) -> bytes:
    return dense.text(dense.log(Random(7), every), size)


def looked(data: bytes, name: str = "a.log", limit: int = LIMIT, **more: object) -> Looked:
    Path(name).write_bytes(data)
    setup = Setup(warm.search, limit=limit, search=warm.search)._replace(**more)  # type: ignore[arg-type]
    return look(Candidate(name, name, named=True), setup)


def said(one: Looked) -> list[object]:
    return [(s.finding, s.identity, s.view.rows[-1].label) for s in one.shown]


def reasons(one: Looked) -> list[str]:
    return [skipped.why for skipped in one.skipped]


def test_the_findings_are_those_of_the_whole(project: Path) -> None:
    assert project
    text = "é ".encode() * 50 + b"\n" + log()
    small, whole = looked(text), looked(text, limit=10**9)
    assert said(small) == said(whole)
    assert len(small.shown) > 20
    assert (small.lines, small.read, small.whole, small.named) == (whole.lines, True, True, True)
    assert reasons(small) == ["larger than 50000 bytes (0.200204 MB): searched for secrets only"]


def test_of_code_more_was_asked_for(project: Path) -> None:
    assert project
    code = dense.text(dense.lines("python", Random(2), 0.02), 2 * LIMIT)
    one = looked(code, "a.py")
    assert (one.read, one.whole, one.language) == (True, False, "python")
    assert [s.finding.span for s in one.shown] == [s.finding.span for s in looked(code, "a.py", 10**9).shown]


def test_one_line_of_any_length(project: Path) -> None:
    assert project
    data = (
        (b"\xc3\xa9 " * 40_000)
        + b"\n"
        + (b"x " * 40_000)
        + b" host https://shop:Xk3%s9vQ2mPz@db.internal/x " % b"q"
        + b"y " * 40_000
    )
    small, whole = looked(data), looked(data, limit=10**9)
    assert [s.finding.span for s in small.shown] == [s.finding.span for s in whole.shown] != []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_encodings(project: Path, encoding: str) -> None:
    assert project
    text = log().decode()
    assert said(looked(text.encode(encoding))) == said(looked(text.encode()))


def test_what_is_no_text(project: Path) -> None:
    assert project
    data = log()
    broken = data[:100_000] + b"\xff" + data[100_000:]
    one = looked(broken)
    assert one.skipped[1:] == (
        Skipped("a.log", "not valid UTF-8, read with replacements", broken[:100_000].count(b"\n") + 1),
    )
    assert len(one.shown) == len(looked(data).shown)
    assert looked(b"ELF\0" + data) == Looked("a.log", skipped=(Skipped("a.log", "binary"),), read=False, named=True)
    holes = data[:100_000] + b"\0" * 100_000 + data[100_000:]
    assert len(looked(holes).shown) == len(looked(data).shown)


def test_a_waiver_and_a_change_count_here_too(project: Path) -> None:
    assert project
    secret = 'password = "Xk3q9v' + 'Q2mPz"'
    lines = ["x = 1"] * 20_000
    lines[15_000] = f"{secret}  # deburr: allow hardcoded-password -- of the demo"
    lines[16_000] = lines[17_000] = secret
    text = "\n".join(lines).encode()
    one = looked(text, "a.cfg")
    assert [s.finding.span.line for s in one.shown] == [16_001, 17_001]
    assert [w.line for w in one.waived] == [15_001]
    new = looked(text, "a.cfg", changes=Changes({"a.cfg": frozenset({15_001, 17_001})}))
    assert [s.finding.span.line for s in new.shown] == [15_001, 17_001]


def test_the_findings_of_one_text_are_bounded(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project
    monkeypatch.setattr(large, "MOST", 20)
    one = looked(log(8 * LIMIT))
    assert 20 < len(one.shown) < 100
    assert not one.whole
    assert reasons(one)[-1].startswith("holds more than 20 secrets: from line ")


def grow(path: Path) -> None:
    with path.open("ab") as handle:
        handle.write(b"more\n" * 100)


def replaced(path: Path) -> None:
    path.with_suffix(".new").write_bytes(b"other\n")
    os.replace(path.with_suffix(".new"), path)


WHAT: dict[str, tuple[Callable[[Path], object], str]] = {
    "grows": (grow, "grew while it was read: what it held at first was looked at"),
    "shrinks": (lambda path: os.truncate(path, 100), "shrank while it was read: what was left was looked at"),
    "is written to": (lambda path: os.utime(path, ns=(1, 1)), "changed while it was read"),
    "vanishes": (Path.unlink, "was removed while it was read: what it held was looked at"),
    "is replaced": (replaced, "was replaced while it was read: what it held before was looked at"),
}


@pytest.mark.parametrize("what", WHAT)
def test_a_file_that_changes_meanwhile(project: Path, what: str) -> None:
    happens, reason = WHAT[what]
    done: list[bool] = []

    def search(source: Source) -> Report:
        if not done:
            done.append(True)
            happens(project / "a.log")
        return warm.search(source)

    one = looked(log(20 * LIMIT), search=search)
    assert reasons(one)[1:] == [reason]
    assert one.read
    assert not one.whole
    assert one.shown
