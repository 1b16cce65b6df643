"""`deburr check` on files of a project: what is read around them, and how the way through them is shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deburr.errors import DeburrError
from deburr.surfaces.cli.check import check_command

HELPERS = 'from flask import request\n\n\ndef current_name():\n    name = request.args["name"]\n    return name\n'
TOOL = 'import os\n\nfrom .helpers import current_name\n\n\ndef listing():\n    os.system("ls " + current_name())\n'
STORE = 'import sqlite3\n\nconn = sqlite3.connect("x.db")\n\n\ndef find(sql):\n    return conn.execute(sql)\n'
VIEWS = (
    "from flask import Flask, request\nfrom . import store\n\nweb = Flask(__name__)\n\n\n"
    '@web.route("/x")\ndef view():\n    q = request.args["q"]\n    store.find("select " + q)\n    return "x"\n'
)


@pytest.fixture
def shop(project: Path) -> Path:
    """A repository with a package of four files."""
    (project / ".git").mkdir()
    (project / "shop").mkdir()
    texts = {"__init__": "", "helpers": HELPERS, "tool": TOOL, "store": STORE, "views": VIEWS}
    for name, text in texts.items():
        (project / "shop" / f"{name}.py").write_text(text, encoding="utf-8")
    return project


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What `deburr check` prints."""
    try:
        check_command.main([*arguments, "--color", "never"], standalone_mode=False)
    except DeburrError as error:
        return str(error)
    return capsys.readouterr().out


def test_the_way_through_another_file_is_shown(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shop.is_dir()
    out = check(capsys, "shop/tool.py")
    assert out.split("  = why")[0] == (
        "critical[shell-injection]: Untrusted text must not become part of a shell command line:\n"
        '    `request.args["name"]` on line 5 of shop/helpers.py, which comes from outside, reaches\n'
        "    `os.system`\n"
        " --> shop/tool.py:7:5\n"
        "  │\n"
        "  ::: shop/helpers.py\n"
        '5 │     name = request.args["name"]\n'
        "  │            -------------------- 1 enters here\n"
        "  ::: shop/tool.py\n"
        '7 │     os.system("ls " + current_name())\n'
        "  │     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2 used here\n"
        "  │\n"
    )


def test_a_call_that_hands_over_is_shown_with_what_happens_there(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shop.is_dir()
    out = check(capsys, "shop/views.py")
    assert out.split("  = why")[0].split("shop/views.py:10:5\n")[1].rstrip(" ") == (
        "   │\n"
        ' 9 │     q = request.args["q"]\n'
        "   │         ----------------- 1 enters here\n"
        '10 │     store.find("select " + q)\n'
        "   │     ^^^^^^^^^^^^^^^^^^^^^^^^^ 2 handed over here\n"
        "   ::: shop/store.py\n"
        " 6 │ def find(sql):\n"
        "   │          --- 3 passes here\n"
        " 7 │     return conn.execute(sql)\n"
        "   │            ----------------- 4 used here\n"
        "   │\n"
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_in_one_process_or_two(shop: Path, capsys: pytest.CaptureFixture[str], jobs: str) -> None:
    assert shop.is_dir()
    found = json.loads(check(capsys, ".", "--format", "json", "--jobs", jobs))["findings"]
    assert [(one["path"], one["line"], [(step["path"], step["line"]) for step in one["flow"]]) for one in found] == [
        ("shop/tool.py", 7, [("shop/helpers.py", 5), ("shop/tool.py", 7)]),
        (
            "shop/views.py",
            10,
            [(f"shop/{n}.py", at) for n, at in (("views", 9), ("views", 10), ("store", 6), ("store", 7))],
        ),
    ]


def test_sarif_names_the_other_file(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shop.is_dir()
    (result,) = json.loads(check(capsys, "shop/views.py", "--format", "sarif"))["runs"][0]["results"]
    places = [
        (at["location"]["physicalLocation"]["artifactLocation"]["uri"], at["location"]["message"]["text"])
        for at in result["codeFlows"][0]["threadFlows"][0]["locations"]
    ]
    assert places == [
        ("shop/views.py", "The value enters here."),
        ("shop/views.py", "The value passes here."),
        ("shop/store.py", "The value passes here."),
        ("shop/store.py", "The value is used here."),
    ]
    related = [one["physicalLocation"]["artifactLocation"]["uri"] for one in result["relatedLocations"]]
    assert related == ["shop/views.py", "shop/store.py"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 10


def test_markdown_names_the_other_file(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shop.is_dir()
    out = check(capsys, "shop/tool.py", "--format", "markdown")
    assert '::: shop/helpers.py\n5      name = request.args["name"]\n::: shop/tool.py\n7      os.system(' in out


def test_alone_reads_no_other_file(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shop.is_dir()
    assert json.loads(check(capsys, "shop/tool.py", "--alone", "--format", "json"))["findings"] == []


def test_a_link_that_leads_out_of_the_project_is_not_followed(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outside = shop.parent / f"{shop.name}-outside.py"
    outside.write_text(HELPERS, encoding="utf-8")
    (shop / "shop" / "helpers.py").unlink()
    (shop / "shop" / "helpers.py").symlink_to(outside)
    assert json.loads(check(capsys, "shop/tool.py", "--format", "json"))["findings"] == []


def test_a_file_outside_of_the_current_folder(
    shop: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    (shop / ".git").rmdir()
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    found = json.loads(check(capsys, str(shop / "shop" / "tool.py"), "--format", "json"))["findings"]
    assert [one["line"] for one in found] == [7]
