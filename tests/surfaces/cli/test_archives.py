"""`deburr check --archives`: what stands in archives, whatever they claim to be."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import struct
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deburr.surfaces.shared import archives
from tests.surfaces.conftest import Run

FILES = {"app/good.py": b"x = 1\n", "app/bad.py": b"y = 2\nweak(1)\n", "logo.png": b"\x89PNG\0\0"}


def zipped(files: dict[str, bytes] = FILES, **how: Any) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return into.getvalue()


def tarred(files: dict[str, bytes] = FILES) -> bytes:
    into = io.BytesIO()
    with tarfile.open(fileobj=into, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return into.getvalue()


FORMS: dict[str, Callable[[], bytes]] = {
    "a.zip": zipped,
    "a.whl": zipped,
    "a.jar": zipped,
    "a.tar": tarred,
    "a.tar.gz": lambda: gzip.compress(tarred()),
    "a.tgz": lambda: gzip.compress(tarred()),
    "a.tar.bz2": lambda: bz2.compress(tarred()),
    "a.tar.xz": lambda: lzma.compress(tarred()),
}


def result(check: Run, *arguments: str) -> dict[str, Any]:
    _, out, err = check("--archives", "--format", "json", *arguments)
    assert out, err
    content: dict[str, Any] = json.loads(out)
    return content


def places(content: dict[str, Any]) -> list[str]:
    return [f"{one['path']}:{one['line']}" for one in content["findings"]]


def reasons(content: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["what"], one["why"]) for one in content["skipped"]]


@pytest.mark.parametrize("name", FORMS)
def test_a_file_in_an_archive(project: Path, check: Run, name: str) -> None:
    (project / name).write_bytes(FORMS[name]())
    content = result(check, name)
    assert places(content) == [f"{name}!app/bad.py:2"]
    assert reasons(content) == [(name, "binary: 1 of its entries")]
    assert content["summary"]["files"] == 2


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_one_packed_file(project: Path, check: Run, pack: Callable[[bytes], bytes]) -> None:
    (project / "app.py.gz").write_bytes(pack(b"weak(1)\n"))
    assert places(result(check, ".")) == ["app.py.gz!app.py:1"]


def test_only_when_asked(project: Path, check: Run) -> None:
    (project / "a.zip").write_bytes(zipped())
    (project / "x.py").write_text("x\n")
    status, out, _ = check(".")
    assert status == 0
    assert "not looked at: a.zip: binary" in out


def test_one_level_deep(project: Path, check: Run) -> None:
    (project / "a.zip").write_bytes(zipped({"inner.zip": zipped(), "x.py": b"weak(1)\n"}))
    content = result(check, "a.zip")
    assert places(content) == ["a.zip!x.py:1"]
    assert reasons(content) == [("a.zip!inner.zip", "an archive in an archive")]


def test_a_bomb_is_left_in_time(project: Path, check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE", 1_000_000)
    bomb = {"a.py": b"weak(1)\n", **{f"{number}.txt": bytes(b" " * 3_000_000) for number in range(5)}}
    (project / "bomb.zip").write_bytes(zipped(bomb))
    content = result(check, "bomb.zip")
    assert places(content) == ["bomb.zip!a.py:1"]
    assert reasons(content)[-1] == ("bomb.zip", "not read to its end: it unpacks to far more than its size")
    (project / "bomb.zip").unlink()
    (project / "bomb.tar.gz").write_bytes(gzip.compress(tarred(bomb)))
    assert reasons(result(check, "."))[-1][1].startswith("not read to its end")


def test_more_entries_than_anybody_needs(project: Path, check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "ENTRIES", 3)
    (project / "many.zip").write_bytes(zipped({f"{number}.py": b"x\n" for number in range(9)}))
    assert reasons(result(check, "many.zip")) == [("many.zip", "not read to its end: it has more than 3 entries")]


def test_an_entry_that_is_too_large(project: Path, check: Run) -> None:
    (project / "a.zip").write_bytes(zipped({"large.py": b"x" * 3000, "x.py": b"weak(1)\n"}))
    content = result(check, "a.zip", "--max-size", "2000")
    assert places(content) == ["a.zip!x.py:1"]
    assert reasons(content)[0][0] == "a.zip!large.py"


def test_encrypted_entries_are_said(project: Path, check: Run) -> None:
    data = bytearray(zipped({"x.py": b"weak(1)\n"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8 : at + 10] = struct.pack("<H", 1)
    (project / "a.zip").write_bytes(bytes(data))
    assert reasons(result(check, "a.zip")) == [("a.zip!x.py", "encrypted")]
    assert check("--archives", "a.zip")[0] == 2


@pytest.mark.parametrize("name", FORMS)
def test_damage_never_raises(project: Path, check: Run, name: str) -> None:
    whole = FORMS[name]()
    draw = random.Random(name)
    for _ in range(12):
        data = bytearray(whole[: draw.randrange(20, len(whole))])
        for _ in range(draw.randrange(4)):
            data[draw.randrange(8, len(data))] ^= 1 << draw.randrange(8)
        (project / "damaged").write_bytes(bytes(data))
        status, _, err = check("--archives", ".")
        assert status in (0, 1, 2)
        assert "defect" not in err


def test_names_that_climb_are_only_names(project: Path, check: Run) -> None:
    (project / "a.zip").write_bytes(zipped({"../../up.py": b"weak(1)\n", "/abs.py": b"weak(1)\n"}))
    assert places(result(check, "a.zip")) == ["a.zip!../../up.py:1", "a.zip!/abs.py:1"]
    assert os.listdir(project) == ["a.zip"]


def test_an_archive_that_is_new(project: Path, check: Run) -> None:
    for arguments in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "x")):
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *identity, *arguments], cwd=project, check=True, capture_output=True)
    (project / "a.zip").write_bytes(zipped())
    assert places(result(check, "--diff", "HEAD")) == ["a.zip!app/bad.py:2"]


def test_from_standard_input(project: Path, check: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert project.is_dir()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(zipped())))
    assert places(result(check, "-")) == ["<stdin>!app/bad.py:2"]
