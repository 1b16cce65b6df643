"""Standard input of every kind: named by its language or its file, and whatever its bytes are."""

from __future__ import annotations

import io
import json
import random
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from deburr.engine.scanner import default
from deburr.model import Report, Source
from deburr.surfaces.cli.check import check_command
from tests.engine.secrets.made import run as made

WORD = made(13, random.Random(71)) + "8tK"


def search(source: Source) -> Report:
    return default().search(source)


def lines(data: bytes, *arguments: str, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[Any]:
    patch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    capsys.readouterr()
    check_command.main(["-", "--format", "json", *arguments], standalone_mode=False, obj=search)
    return [one["line"] for one in json.loads(capsys.readouterr().out)["findings"]]


KINDS = {
    "yaml": f"a: 1\npassword: {WORD}\n",
    "env": f"A=1\nDB_PASSWORD={WORD}\n",
    "json": f'{{\n"password": "{WORD}"}}',
    "diff": f"--- a/x.py\n+++ b/x.py\n@@ -1 +1,2 @@\n x = 1\n+password = '{WORD}'\n",
    "csv": f"user,password\nbob,{WORD}\n",
    "sql": f"select 1;\nalter user bob identified by '{WORD}';\n",
    "dockerfile": f"FROM x\nENV DB_PASSWORD={WORD}\n",
    "markdown": f"# x\nthe password is `{WORD}`\n",
    "text": f"x\npassword: {WORD}\n",
    "ps1": f"$a = 1\n$password = '{WORD}'\n",
    "javascript": f"let a;\nconst password = '{WORD}';\n",
}


@pytest.mark.parametrize("kind", KINDS)
def test_by_language(kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [5] if kind == "diff" else [2]
    assert lines(KINDS[kind].encode(), "--language", kind, patch=monkeypatch, capsys=capsys) == wanted


@pytest.mark.parametrize("name", ["app.yml", ".env", "x.properties", "Dockerfile", "unknown.xyz"])
def test_by_file(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    data = f"# x\nDB_PASSWORD={WORD}\n" if name != "Dockerfile" else f"# x\nENV DB_PASSWORD={WORD}\n"
    assert lines(data.encode(), "--stdin-filename", name, patch=monkeypatch, capsys=capsys) == [2]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_bytes_of_any_encoding(
    encoding: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = f"# Schlüssel für alle\nDB_PASSWORD={WORD}\n".encode(encoding)
    assert lines(data, "--language", "env", patch=monkeypatch, capsys=capsys) == [2]
