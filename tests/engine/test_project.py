"""Values that go through other files of a project: where they are reported, and what they are cleaned by there."""

from __future__ import annotations

from textwrap import dedent

import pytest

from deburr.engine import Project, scan
from deburr.model import Report, Source

REQUEST = """
    from flask import request


    def current_name():
        name = request.args["name"]
        return name
"""
DATABASE = """
    import sqlite3

    conn = sqlite3.connect("x.db")


    def run_query(sql):
        cur = conn.cursor()
        cur.execute(sql)
        return cur.fetchall()
"""
VIEW = """
    from flask import Flask, request
    {imported}

    web = Flask(__name__)


    @web.route("/x")
    def view():
        q = request.args["q"]
        {body}
        return "done"
"""


def view(imported: str, body: str) -> str:
    """A request handler; its body is line 10 (11 with the empty first one)."""
    return VIEW.format(imported=imported, body=body)


def look(files: dict[str, str], home: str, *, quick: bool = True) -> Report:
    """The Report of one file of a project."""
    sources = {path: Source(dedent(text).removeprefix("\n"), path) for path, text in files.items()}
    return scan(sources[home], quick=quick, project=Project(sources.get))


def seen(files: dict[str, str], home: str = "app/views.py") -> list[str]:
    """`line principle: the way` of what the default profile shows in one file."""
    found = []
    for one in look(files, home).findings:
        if one.confidence != "low" and one.persona == "regular":
            way = " > ".join(f"{span.path}:{span.line}".removeprefix(":") for span in one.flow)
            found.append(f"{one.span.line} {one.principle}: {way}")
    return found


def test_a_value_from_another_file_reaches_a_sink_here() -> None:
    files = {
        "app/helpers.py": REQUEST,
        "app/views.py": """
            import os

            from .helpers import current_name


            def listing():
                os.system("ls " + current_name())
        """,
    }
    assert seen(files) == ["7 shell-injection: app/helpers.py:5 > 7"]
    assert look(files, "app/views.py").findings[0].message == (
        'Untrusted text must not become part of a shell command line: `request.args["name"]` on line 5 of '
        "app/helpers.py, which comes from outside, reaches `os.system`"
    )


def test_a_value_is_handed_to_a_sink_in_another_file() -> None:
    files = {"app/db.py": DATABASE, "app/views.py": view("from . import db", "db.run_query('select ' + q)")}
    report = look(files, "app/views.py")
    assert seen(files) == ["10 sql-injection: 9 > 10 > app/db.py:6 > app/db.py:8"]
    assert report.findings[0].message == (
        'Untrusted text must not become part of an SQL statement: `request.args["q"]` on line 9, which comes from '
        "outside, reaches `sqlite3.Cursor.execute` on line 8 of app/db.py"
    )
    assert report.fixes == ()
    assert seen(files, "app/db.py") == []


def test_each_call_that_hands_over_is_reported_once() -> None:
    body = "db.run_query('select ' + q)\n        db.run_query('select ' + q)"
    files = {"app/db.py": DATABASE, "app/views.py": view("from . import db", body)}
    assert [one.split(":")[0] for one in seen(files)] == ["10 sql-injection", "11 sql-injection"]
    names = [one.fingerprint for one in look(files, "app/views.py").findings]
    moved = {**files, "app/db.py": "\n\n\n" + dedent(DATABASE)}
    assert [one.fingerprint for one in look(moved, "app/views.py").findings] == names


def test_a_value_goes_from_a_third_file_to_a_second() -> None:
    files = {
        "app/db.py": DATABASE,
        "app/helpers.py": REQUEST,
        "app/views.py": """
            from app import db
            from app.helpers import current_name


            def names():
                return db.run_query("select " + current_name())
        """,
    }
    assert [one.split(":")[0] for one in seen(files)] == ["6 sql-injection"]


IMPORTS = {
    "a function": ("from app.db import run_query", "run_query('select ' + q)"),
    "another name": ("from app.db import run_query as go", "go('select ' + q)"),
    "a module": ("import app.db", "app.db.run_query('select ' + q)"),
    "a module by another name": ("import app.db as store", "store.run_query('select ' + q)"),
    "a module of a package": ("from app import db", "db.run_query('select ' + q)"),
    "relative": ("from .db import run_query", "run_query('select ' + q)"),
    "everything": ("from .db import *", "run_query('select ' + q)"),
    "in a function": ("", "from .db import run_query; run_query('select ' + q)"),
    "if there is one": (
        "try:\n        from .db import run_query\n    except ImportError:\n        run_query = None",
        "run_query('select ' + q)",
    ),
    "an object": ("from .db import conn", "conn.execute('select ' + q)"),
}


@pytest.mark.parametrize(("imported", "body"), IMPORTS.values(), ids=IMPORTS)
def test_ways_to_import(imported: str, body: str) -> None:
    files = {"app/__init__.py": "", "app/db.py": DATABASE, "app/views.py": view(imported, body)}
    assert [one.split(":")[0].split()[1] for one in seen(files)] == ["sql-injection"]


PLACES = {
    "beside it": ("db.py", "views.py", "import db"),
    "src layout": ("src/shop/db.py", "src/shop/web/views.py", "from shop import db"),
    "from the tests": ("src/shop/db.py", "tests/views.py", "from shop import db"),
    "two levels up": ("shop/db.py", "shop/web/admin/views.py", "from ... import db"),
    "a package": ("shop/db/__init__.py", "shop/views.py", "from shop import db"),
    "a namespace": ("shop/stores/db.py", "shop/views.py", "from shop.stores import db"),
}


@pytest.mark.parametrize(("database", "home", "imported"), PLACES.values(), ids=PLACES)
def test_places_of_modules(database: str, home: str, imported: str) -> None:
    files = {database: DATABASE, home: view(imported, "db.run_query('select ' + q)")}
    report = look(files, home)
    assert [(one.span.line, one.principle) for one in report.findings if one.persona == "regular"] == [
        (10, "sql-injection")
    ]
    assert report.findings[0].flow[-1].path == database


def test_a_name_that_a_package_hands_on() -> None:
    files = {
        "app/__init__.py": "from .store import run_query",
        "app/store/__init__.py": "from .db import *",
        "app/store/db.py": DATABASE,
        "app/views.py": view("from app import run_query", "run_query('select ' + q)"),
    }
    assert [one.split(":")[0] for one in seen(files)] == ["10 sql-injection"]


CLEAN = {
    "a sanitizer": (
        "import re\n\n\ndef word(text):\n    return re.sub(r'[^a-z]', '', text)",
        "os.system('ls ' + word(q))",
    ),
    "a guard": (
        "import re\n\n\ndef word(text):\n    if not re.fullmatch('[a-z]+', text):\n        raise ValueError\n"
        "    return text",
        "os.system('ls ' + word(q))",
    ),
    "a number": ("def word(text):\n    return int(text)", "os.system(f'ls {word(q)}')"),
    "a predicate": ("def word(text):\n    return text in ('a', 'b')", "os.system('ls ' + q) if word(q) else None"),
    "a list": ("word = ('a', 'b')", "os.system('ls ' + q) if q in word else None"),
    "a constant": ("word = 'a'", "os.system('ls ' + word)"),
    "a table": ("word = {'a': 'b'}", "os.system('ls ' + word[q])"),
}


@pytest.mark.parametrize(("text", "body"), CLEAN.values(), ids=CLEAN)
def test_other_files_clean(text: str, body: str) -> None:
    home = view("import os\n    from .checks import word", body)
    assert seen({"app/checks.py": text, "app/views.py": home}) == []


def test_a_class_of_another_file() -> None:
    files = {
        "app/base.py": """
            class Repository:
                def __init__(self, connection):
                    self.connection = connection

                def find(self, text):
                    return self.connection.execute("select " + text)
        """,
        "app/repo.py": "import sqlite3\n\nfrom .base import Repository\n\n\nclass Users(Repository):\n    pass\n\n\n"
        "users = Users(sqlite3.connect('x.db'))\n",
        "app/views.py": view("from .repo import users", "users.find(q)"),
    }
    assert seen(files) == ["10 sql-injection: 9 > 10 > app/base.py:5 > app/base.py:6"]


def test_a_route_of_another_files_blueprint() -> None:
    files = {
        "app/__init__.py": "from flask import Blueprint\n\nbp = Blueprint('x', __name__)\n",
        "app/views.py": """
            import os

            from . import bp


            @bp.route("/<name>")
            def view(name):
                os.system("ls " + name)
        """,
    }
    assert [one.split(":")[0] for one in seen(files)] == ["8 shell-injection"]


def test_files_that_import_one_another() -> None:
    files = {
        "app/db.py": "from . import views\n" + dedent(DATABASE),
        "app/views.py": view("from . import db", "db.run_query('select ' + q)"),
    }
    assert [one.split(":")[0] for one in seen(files)] == ["10 sql-injection"]


def test_a_local_name_hides_an_imported_one() -> None:
    home = view("from .db import run_query", "run_query('select ' + q)")
    files = {"app/db.py": DATABASE, "app/views.py": home.replace("web = ", "run_query = print\n    web = ")}
    assert seen(files) == []


def test_a_library_is_not_looked_for_in_the_project() -> None:
    files = {"app/os.py": "def system(text): pass", "app/views.py": view("import os", "os.system(q)")}
    assert [one.split(":")[0] for one in seen(files)] == ["10 shell-injection"]


ODD = {
    "missing": {},
    "broken": {"app/db.py": "def store(sql:\n  )))"},
    "huge": {"app/db.py": "x = 1\n" * 200_000},
    "empty": {"app/db.py": ""},
    "of itself": {"app/db.py": "from .db import store"},
    "in a circle": {"app/db.py": "from .a import store", "app/a.py": "from .db import store"},
    "endless": {"app/db.py": "def store(sql):\n    return store(sql + sql)"},
    "no text": {"app/db.py": "\udcff\x00"},
}


@pytest.mark.parametrize("others", ODD.values(), ids=ODD)
def test_odd_files_are_unknown(others: dict[str, str]) -> None:
    files = {**others, "app/views.py": view("from .db import store", "store('select ' + q)")}
    assert seen(files) == []


def test_the_order_in_which_files_are_asked_changes_nothing() -> None:
    files = {
        "app/__init__.py": "from .helpers import current_name",
        "app/db.py": DATABASE,
        "app/helpers.py": REQUEST,
        "app/a.py": view("from . import db", "db.run_query('select ' + q)"),
        "app/b.py": "import os\nfrom app import current_name\nos.system('ls ' + current_name())\n",
    }
    sources = {path: Source(dedent(text), path) for path, text in files.items()}
    reports = []
    for order in (list(sources), list(reversed(sources))):
        project = Project(sources.get)
        reports.append({path: scan(sources[path], project=project) for path in order})
    alone = {path: scan(source, project=Project(sources.get)) for path, source in sources.items()}
    assert reports[0] == reports[1] == alone


def test_a_chain_of_many_files_ends() -> None:
    files = {f"app/m{n}.py": f"from .m{n + 1} import f as g\n\n\ndef f(x):\n    return g(x)\n" for n in range(80)}
    files["app/views.py"] = view("from .m0 import f", "f(q)")
    assert seen(files) == []


SCRIPT = """
    import express from "express";
    {imported}

    const app = express();
    app.get("/x", (req, res) => {{
      const q = req.query.q;
      {call};
      res.json({{}});
    }});
"""
LIBRARY = {
    "export": "import { exec } from 'child_process';\n\nexport function list(name) {\n  exec('ls ' + name);\n}\n",
    "exports": "const { exec } = require('child_process');\n\nfunction list(name) {\n  exec('ls ' + name);\n}\n"
    "module.exports = { list };\n",
}
SCRIPTS = {
    "names": ("lib/tools.js", "export", 'import { list } from "./lib/tools.js";', "list(q)"),
    "a namespace": ("lib/tools.ts", "export", 'import * as tools from "./lib/tools";', "tools.list(q)"),
    "a folder": ("lib/index.ts", "export", 'import { list as show } from "./lib";', "show(q)"),
    "require": ("lib/tools.js", "exports", 'const tools = require("./lib/tools");', "tools.list(q)"),
    "names of require": ("lib/tools.js", "exports", 'const { list } = require("./lib/tools");', "list(q)"),
}


@pytest.mark.parametrize("quick", [True, False])
@pytest.mark.parametrize(("path", "kind", "imported", "call"), SCRIPTS.values(), ids=SCRIPTS)
def test_scripts_as_well(path: str, kind: str, imported: str, call: str, *, quick: bool) -> None:
    home = f"app.{path.rpartition('.')[2]}"
    language = "typescript" if home.endswith("ts") else "javascript"
    text = dedent(SCRIPT).format(imported=imported, call=call).removeprefix("\n")
    sources = {path: Source(LIBRARY[kind], path, language), home: Source(text, home, language)}
    report = scan(sources[home], quick=quick, project=Project(sources.get))
    told = [one for one in report.findings if one.principle == "shell-injection"]
    assert [(one.span.line, one.flow[-1].path, one.flow[-1].line) for one in told] == [(7, path, 4)]
