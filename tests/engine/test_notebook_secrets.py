"""Secrets in notebooks: in which cell and on which of its lines they are found, wherever they stand."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from deburr.engine.scanner import default
from deburr.model import Source
from tests.engine.secrets.made import run, token

DRAW = random.Random(53)
WORD = run(13, DRAW) + "5kQ"
KEY = run(38, DRAW) + "3z"
GITHUB = token(DRAW, "gh" + "p_")


def cell(source: str | list[str], *outputs: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": metadata}


def found(*cells: dict[str, Any], version: int = 4, **metadata: Any) -> list[tuple[int, int] | None]:
    body: dict[str, Any] = {"cells": list(cells)} if version == 4 else {"worksheets": [{"cells": list(cells)}]}
    document = {**body, "metadata": metadata, "nbformat": version}
    report = default().search(Source(json.dumps(document, indent=1), "study.ipynb", "notebook"))
    return [one.cell for one in report.findings if one.confidence != "low" and one.persona == "regular"]


MAGICS = {
    "environment": (f"import os\n%env DB_PASSWORD={WORD}\n", 2),
    "environment with a space": (f"%env DB_PASSWORD {WORD}\n", 1),
    "set_env": (f"x = 1\n\n%set_env API_KEY={KEY}", 3),
    "export": (f"!export API_KEY={KEY}", 1),
    "curl with a user": (f"x = 1\n!curl -s -u bob:{WORD} https://corp.io/x", 2),
    "curl with a header": (f'!curl -H "Authorization: Bearer {KEY}" https://corp.io', 1),
    "bash": (f"%%bash\nset -e\nexport PGPASSWORD={WORD}\npsql", 3),
    "writefile": (f"%%writefile .env\nA=1\nDB_PASSWORD={WORD}\n", 3),
    "sql": (f"%sql postgresql://bob:{WORD}@db.corp.io/x", 1),
    "os.environ": (f'import os\nos.environ["API_KEY"] = "{KEY}"\n', 2),
    "os.environ.update": (f'os.environ.update({{"API_KEY": "{KEY}"}})', 1),
    "assignment of a shell's output": (f"out = !mysql --password={WORD} -e 'select 1'", 1),
    "two quotes": (f"s = \"it's\"\npassword = '{WORD}'", 2),
    "a config in a text": (f"s = '''\n[db]\npassword = {WORD}\n'''", 3),
}


@pytest.mark.parametrize("name", MAGICS)
@pytest.mark.parametrize("as_list", [True, False])
def test_code_and_magics(name: str, as_list: bool) -> None:
    source, line = MAGICS[name]
    given: str | list[str] = source.splitlines(keepends=True) if as_list else source
    assert found(cell("x = 1\n"), cell(given)) == [(2, line)]


def out(kind: str, **fields: Any) -> dict[str, Any]:
    return {"output_type": kind, **fields}


OUTPUTS: dict[str, dict[str, Any]] = {
    "stream": out("stream", name="stdout", text=["loading\n", f"password={WORD}\n"]),
    "result": out("execute_result", data={"text/plain": f"Settings(user='x', password='{WORD}')"}, metadata={}),
    "html": out("display_data", data={"text/html": [f"<pre>api_key: {KEY}</pre>"]}, metadata={}),
    "JSON": out("display_data", data={"application/json": {"user": "x", "password": WORD}}, metadata={}),
    "error": out("error", ename="E", evalue=f"cannot reach postgres://x:{WORD}@db.corp.io/x", traceback=[]),
    "traceback in color": out(
        "error",
        ename="E",
        evalue="",
        traceback=[f"\x1b[0;32m----> 1\x1b[0m f(password\x1b[38;5;241m=\x1b[39m\x1b[38;5;124m'{WORD}'\x1b[39m)"],
    ),
    "frame": out("execute_result", data={"text/plain": f"  user          password\n0  bob  {WORD}"}, metadata={}),
    "frame in HTML": out(
        "execute_result",
        data={"text/html": f"<table><tr><th>u</th><th>password</th></tr><tr><td>b</td><td>{WORD}</td></tr></table>"},
        metadata={},
    ),
    "metadata of an output": out("display_data", data={}, metadata={"auth": {"api_key": KEY}}),
    "nbformat 3": out("pyout", text=[f"token = '{GITHUB}'"], html=["<b>x</b>"]),
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_outputs(name: str) -> None:
    (place,) = found(cell("x = 1\n"), cell("show()", OUTPUTS[name]))
    assert place is not None
    assert place[0] == 2


def test_metadata_of_cell_and_notebook() -> None:
    assert found(cell("x", papermill={"parameters": {"api_token": GITHUB}})) == [(1, 1)]
    assert len(found(cell("x"), papermill={"parameters": {"password": WORD}})) == 1


def test_widgets() -> None:
    state = {"a1": {"model_name": "PasswordModel", "state": {"description": "Password:", "value": WORD}}}
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": state, "version_major": 2}}
    assert len(found(cell("x"), widgets=widgets)) == 1


def test_pictures_are_left_out() -> None:
    from base64 import b64encode

    picture = b64encode(f"password = '{WORD}' {GITHUB}".encode() * 40).decode() + GITHUB
    shown = out("display_data", data={"image/png": picture}, metadata={})
    attached = {
        "cell_type": "markdown",
        "source": "x",
        "attachments": {"a.png": {"image/png": picture}},
        "metadata": {},
    }
    assert found(cell("plot()", shown), attached) == []
    assert found(cell("plot()", out("display_data", png=picture)), version=3) == []


def test_format_3() -> None:
    code = {
        "cell_type": "code",
        "input": ["import os\n", f"password = '{WORD}'\n"],
        "language": "python",
        "outputs": [],
    }
    assert found({"cell_type": "markdown", "source": "x"}, code, version=3) == [(2, 2)]


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_broken_json_is_read_as_text(cut: int) -> None:
    text = json.dumps({"cells": [cell(["x = 1\n", f"password = '{WORD}'\n", "y = 2\n" * 60])]}, indent=1)[:-cut]
    report = default().search(Source(text, "study.ipynb", "notebook"))
    assert [text.split("\n")[one.span.line - 1].count(WORD) for one in report.findings] == [1]
    assert report.skipped[0].why.startswith("not a notebook")
