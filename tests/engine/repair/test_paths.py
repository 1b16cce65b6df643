"""Paths that stay in their folder, and uploads that keep only their name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.engine.repair.repairing import repaired


def test_a_path_in_a_variable_is_checked_where_it_is_assigned() -> None:
    code = """import os

from flask import request

BASE = "notes"


def read():
    path = os.path.join(BASE, request.args["name"])  # the note
    with open(path) as file:
        return file.read()
"""
    assert (
        repaired(code, "path-traversal", "open(path)", callee="builtins.open")
        == """import os

from flask import abort, request

BASE = "notes"


def read():
    path = os.path.realpath(os.path.join(BASE, request.args["name"]))  # the note
    if not path.startswith(os.path.realpath(BASE) + os.sep):
        abort(404)
    with open(path) as file:
        return file.read()
"""
    )


def test_a_path_in_place_gets_a_name() -> None:
    code = 'def read(name):\n    with open("notes/" + name) as file:\n        return file.read()\n'
    assert (
        repaired(code, "path-traversal", 'open("notes/" + name)', callee="builtins.open")
        == """import os


def read(name):
    full_path = os.path.realpath("notes/" + name)
    if not full_path.startswith(os.path.realpath("notes") + os.sep):
        raise ValueError("the path leaves its folder")
    with open(full_path) as file:
        return file.read()
"""
    )


def test_pathlib_and_fastapi() -> None:
    code = """from pathlib import Path

from fastapi import FastAPI

app = FastAPI()
NOTES = Path("notes")


@app.get("/notes/{name}")
def read(name: str):
    target = NOTES / name
    return target.read_text()
"""
    found = repaired(code, "path-traversal", "target", callee="pathlib.Path.read_text")
    assert found is None, "the reported node must be the call"
    changed = repaired(code.replace("target.read_text()", "open(target)"), "path-traversal", "open(target)")
    assert changed is not None
    assert (
        """    target = (NOTES / name).resolve()
    if not target.is_relative_to(NOTES.resolve()):
        raise HTTPException(status_code=404)
"""
        in changed
    )
    assert "from fastapi import FastAPI, HTTPException\n" in changed


def test_flask_sends_from_a_folder() -> None:
    call = 'send_file(os.path.join("invoices", name))'
    code = f"import os\n\nfrom flask import send_file\n\n\ndef get(name):\n    return {call}\n"
    assert (
        repaired(code, "path-traversal", call, callee="flask.send_file")
        == """import os

from flask import send_file, send_from_directory


def get(name):
    return send_from_directory("invoices", name)
"""
    )


UPLOADS = {
    "flask": ("import os\nfrom flask import request\n", "secure_filename(file.filename)"),
    "others": ("import os\n", "os.path.basename(file.filename)"),
}


@pytest.mark.parametrize(("head", "name"), UPLOADS.values(), ids=UPLOADS.keys())
def test_an_upload_keeps_its_bare_name(head: str, name: str) -> None:
    call = 'file.save(os.path.join("up", file.filename))'
    found = repaired(f"{head}\n\ndef save(file):\n    {call}\n", "path-traversal", call)
    assert found is not None
    assert f'file.save(os.path.join("up", {name}))' in found


LEFT = {
    "no folder": "open(name)",
    "in a condition of its own": "[open(os.path.join('a', n)) for n in name]",
    "lambda": "lambda: open(os.path.join('a', name))",
}


@pytest.mark.parametrize("code", LEFT.values(), ids=LEFT.keys())
def test_paths_that_are_left(code: str) -> None:
    call = code[code.index("open(") : code.rindex(")") + 1] if "[" not in code else "open(os.path.join('a', n))"
    assert repaired(f"import os\n\n\ndef f(name, other):\n    x = {code}\n", "path-traversal", call) is None


def test_the_check_keeps_honest_paths_and_refuses_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    os.makedirs("notes/2024")
    (tmp_path / "notes/2024/a.txt").write_text("fine")
    (tmp_path / "secret.txt").write_text("secret")
    code = 'def read(name):\n    with open("notes/" + name) as file:\n        return file.read()\n'
    found = repaired(code, "path-traversal", 'open("notes/" + name)', callee="builtins.open")
    assert found is not None
    names: dict[str, object] = {}
    exec(found, names)
    read = names["read"]
    assert callable(read)
    assert read("2024/a.txt") == "fine"
    for hostile in ("../secret.txt", str(tmp_path / "secret.txt"), "../notes/../secret.txt"):
        with pytest.raises((ValueError, FileNotFoundError)):
            read(hostile)


def test_the_folder_is_all_that_stands_before_the_value() -> None:
    code = """import os

ROOT = "media"


def path_of(name):
    path = os.path.join(ROOT, "tickets", name)
    return open(path)
"""
    found = repaired(code, "path-traversal", "open(path)", callee="builtins.open")
    assert found is not None
    assert 'if not path.startswith(os.path.realpath(os.path.join(ROOT, "tickets")) + os.sep):' in found
