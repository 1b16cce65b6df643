"""Numbers with names, places that only look, markup that is kept: what the interpreter makes of them."""

from __future__ import annotations

import pytest

from deburr.engine import scan
from deburr.model import Source


def found(code: str) -> list[tuple[int, int, str, str]]:
    """(line, column, principle, confidence) of each finding that everybody sees."""
    return [
        (f.span.line, f.span.column, f.principle, f.confidence)
        for f in scan(Source(code, "app/main.py")).findings
        if f.persona == "regular"
    ]


@pytest.mark.parametrize("mode", ["0o777", "0o100666", "stat.S_IRWXU | stat.S_IWOTH", "~stat.S_IRWXU & 0o777"])
def test_a_mode_is_judged_by_its_bits(mode: str) -> None:
    assert found(f"import os\nimport stat\n\nos.chmod('a', {mode})\n") == [(4, 1, "permissive-file-mode", "high")]


@pytest.mark.parametrize("mode", ["0o775", "stat.S_IRWXU", "stat.S_IRWXU | mask", "mode"])
def test_other_modes_are_left_alone(mode: str) -> None:
    assert found(f"import os\nimport stat\n\nos.chmod('a', {mode})\n") == []


def test_a_module_that_is_imported_by_its_name() -> None:
    code = "import importlib\n\n__import__('os').umask(0)\nimportlib.import_module('os').umask(0)\n"
    assert [line for line, *_ in found(code.replace("umask(0)", "chmod('a', 0o666)"))] == [3, 4]


LOOKS = "import os\nfrom flask import request\n\n\ndef f():\n    name = request.args['name']\n"


def test_a_look_at_a_file_is_reported_where_nothing_is_done_with_it() -> None:
    look, use = "    if os.path.exists(name):\n        return 'yes'\n", "    return open(name).read()\n"
    assert found(LOOKS + look) == [(7, 8, "path-traversal", "high")]
    assert found(LOOKS + look + use) == [(9, 12, "path-traversal", "high")]
    assert found(LOOKS + use.replace("return ", "x = ") + look) == [(7, 9, "path-traversal", "high")]


def test_markup_is_reported_once_where_it_is_put_into_a_mapping() -> None:
    code = (
        LOOKS.replace("\ndef", "@app.route('/')\ndef")
        + "    page = {'html': f'<b>{name}</b>'}\n    return page['html']\n"
    )
    assert found(code) == [(7, 21, "cross-site-scripting", "high")]


def test_settings_are_read_in_classes_and_mappings_but_not_in_those_of_tests() -> None:
    code = (
        "from flask import Flask\n\napp = Flask(__name__)\napp.config.update({'WTF_CSRF_ENABLED': False})\n\n\n"
        "class Config:\n    WTF_CSRF_ENABLED = False\n\n\nclass TestConfig:\n    WTF_CSRF_ENABLED = False\n"
    )
    assert [(line, name) for line, _, name, _ in found(code)] == [
        (4, "csrf-protection-off"),
        (8, "csrf-protection-off"),
    ]


def test_what_a_thread_is_given_to_call_is_called() -> None:
    code = LOOKS + "    threading.Thread(target=os.system, args=(name,)).start()\n"
    assert found("import threading\n" + code) == [(8, 5, "shell-injection", "high")]


def test_data_of_which_nothing_is_known_is_no_name_of_a_table() -> None:
    code = "import sqlite3\n\n\ndef f(db: sqlite3.Connection):\n    db.execute({})\n"
    assert found(code.format("f\"SELECT a FROM t WHERE b='{load()}'\"")) == [(5, 5, "sql-injection", "medium")]
    assert found(code.format('f"SELECT a FROM {load()} WHERE b=1"')) == []
