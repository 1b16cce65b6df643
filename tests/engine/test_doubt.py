"""Good code of every day, which the default profile must leave alone, next to its dangerous twin."""

from __future__ import annotations

import pytest

from deburr.engine import languages, scan
from deburr.model import Source


def shown(code: str, path: str = "app.py") -> list[tuple[int, str]]:
    """What the default profile shows of a text, by line."""
    found = scan(Source(code, path, languages.of(path)), repairs=False).findings
    return [(f.span.line, f.principle) for f in found if f.confidence != "low" and f.persona == "regular"]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('f"SELECT * FROM {x}"', False),
        ('f"SELECT id, {x} FROM orders"', False),
        ('f"DROP TABLE IF EXISTS {x}"', False),
        ('f"INSERT INTO {x} (id) VALUES (1)"', False),
        ("f\"PRAGMA table_info('{x}')\"", False),
        ('f"EXPLAIN {x}"', False),
        ("f\"SET search_path = '{x}'\"", False),
        ("f\"PRAGMA key = '{x}'\"", False),
        ('f"SELECT * FROM orders WHERE id = {x}"', True),
        ("f\"SELECT * FROM orders WHERE name = '{x}'\"", True),
        ('f"INSERT INTO orders VALUES ({x})"', True),
        ('f"SELECT * FROM {x} WHERE id = {x}"', True),
    ],
)
def test_a_name_that_the_caller_gives_is_no_value(text: str, seen: bool) -> None:
    code = f"import sqlite3\n\ndef load(c: sqlite3.Cursor, x):\n    c.execute({text})\n"
    assert shown(code) == ([(4, "sql-injection")] if seen else [])


def test_a_name_from_a_request_is_still_one() -> None:
    code = "from flask import request\n\ndef load(c):\n    c.execute(f\"DELETE FROM {request.args['table']}\")\n"
    assert shown(code) == [(4, "sql-injection")]


def test_a_method_that_hands_its_command_on_is_none_that_runs_it() -> None:
    code = """
class Jump:
    def exec_command(self, cmd):
        return self.inner.exec_command(cmd)

    def show(self, name):
        return self.inner.exec_command("show " + name)
"""
    assert shown(code) == [(7, "shell-injection")]


def test_a_shell_is_only_given_a_script_after_its_option() -> None:
    code = """
import subprocess
def run(script):
    subprocess.run(["pwsh", script, "-Verbose"])
    subprocess.run(["bash", "-x", "-c", script])
"""
    assert shown(code) == [(5, "shell-injection")]


def test_the_answer_of_a_test_is_remembered() -> None:
    code = """
from flask import abort, request, send_file
def download():
    path = request.args["path"]
    allowed, reason = is_allowed(path)
    if not allowed:
        abort(403, reason)
    return send_file(path)
def other():
    path = request.args["path"]
    allowed = is_allowed(path)
    allowed = True
    if not allowed:
        abort(403)
    return send_file(path)
"""
    assert shown(code) == [(15, "path-traversal")]


def test_only_what_django_calls_is_a_view() -> None:
    code = """
from django.http import HttpResponse

def page(request, title, layout=WIDE):
    return HttpResponse("<h1>" + title)

def render(request, body):
    return HttpResponse("<p>" + body)

def about(request):
    return render(request, load())
"""
    assert shown(code) == [(5, "cross-site-scripting")]


def test_a_mapping_is_sent_as_json() -> None:
    code = """
from flask import make_response, request
def one():
    return make_response({"name": request.args["name"]})
def two():
    return make_response("<p>" + request.args["name"])
"""
    assert shown(code) == [(6, "cross-site-scripting")]


def test_asking_for_the_mask_is_not_setting_it() -> None:
    code = "import os\nmask = os.umask(0)\nos.umask(mask)\nos.umask(0)\n"
    assert shown(code) == [(4, "permissive-file-mode")]


def test_what_an_exception_of_ones_own_says_was_written_to_be_read() -> None:
    code = """
from fastapi import HTTPException
def one():
    try:
        work()
    except StoreError as error:
        raise HTTPException(404, detail=error.message)
    except Exception as error:
        raise HTTPException(500, detail=str(error))
"""
    assert shown(code) == [(9, "exception-text-exposure")]


def test_what_is_empty_or_safe_may_be_used() -> None:
    code = """
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
def one(request):
    back = request.GET.get("next")
    if back and not url_has_allowed_host_and_scheme(url=back, allowed_hosts=None):
        back = "/"
    return redirect(back or "/")
def two(request):
    back = request.GET.get("next")
    if request.GET.get("check") and not url_has_allowed_host_and_scheme(url=back, allowed_hosts=None):
        back = "/"
    return redirect(back)
"""
    assert shown(code) == [(13, "open-redirect")]


def test_a_path_below_a_base_that_the_caller_gives_is_safe() -> None:
    code = """
import os
import zipfile
def place(base, name):
    full = os.path.abspath(os.path.join(base, name))
    if os.path.commonpath([base, full]) != base:
        raise ValueError(name)
    return full
def unpack(path, base):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with open(place(base, name), "wb") as file:
                file.write(archive.read(name))
def unpack_blindly(path, base):
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            with open(os.path.join(base, name), "wb") as file:
                file.write(archive.read(name))
"""
    assert shown(code) == [(17, "archive-entry-as-path")]


def test_a_folder_that_was_looked_up_is_the_programs_own() -> None:
    code = """
import os
from tornado.web import RequestHandler
class Files(RequestHandler):
    def get(self, path):
        base = os.path.realpath(self.registry.folder_of(path.split("/")[0]))
        full = os.path.normpath(os.path.join(base, path))
        if os.path.commonpath([base, full]) != base:
            raise PermissionError(path)
        return open(full).read()
"""
    assert shown(code) == []


def test_a_hash_may_say_that_it_protects_nothing() -> None:
    code = "import hashlib\ndef md5_not_for_security():\n    return hashlib.md5()\n"
    assert shown(code) == []


def test_developers_may_see_traces() -> None:
    code = """
import traceback
from django.conf import settings
from django.http import HttpResponse
def failed(request):
    if settings.DEBUG:
        return HttpResponse(traceback.format_exc())
    text = traceback.format_exc() if settings.DEBUG else "failed"
    return HttpResponse(text) if request.GET.get("short") else HttpResponse(traceback.format_exc())
"""
    assert shown(code) == [(9, "stack-trace-exposure")]


def test_a_digest_that_is_cut_short_is_a_label() -> None:
    code = "import hashlib\n\n\ndef version(sheet):\n    return hashlib.sha1(sheet).hexdigest()"
    assert shown(code + "\n") == [(5, "weak-hash")]
    assert shown(code + "[:8]\n") == []
    assert shown(code.replace("version", "login_token") + "[:8]\n") == [(5, "weak-hash")]


@pytest.mark.parametrize(
    "path", ["tests/test_app.py", "app/test_views.py", "app/conftest.py", "pkg/testing/helper.py", "web/a.test.py"]
)
def test_in_files_of_tests_nothing_is_sure(path: str) -> None:
    code = "import hashlib\nimport requests\nsignature = hashlib.md5(secret)\nrequests.get(url, verify=False)\n"
    assert shown(code) == [(3, "weak-hash"), (4, "tls-verification-off")]
    assert shown(code, path) == []


def test_bundled_lines_are_nobodys_source() -> None:
    code = "def f(db, name):\n    return db.execute('SELECT * FROM t WHERE n = ' + name)"
    assert shown(code + "\n") == [(2, "sql-injection")]
    assert shown(code + "; f(0)" * 300 + "\n") == []
    report = scan(Source(code + "; f(0)" * 5000 + "\n", "a.py"), quick=True)
    assert [skipped.why for skipped in report.skipped] == [
        "bundled code, of which the default profile shows secrets only"
    ]
    script = "function show(box, name) {\n  box.innerHTML = location.hash;\n}\n"
    assert shown(script, "static/show.js") == [(2, "cross-site-scripting")]
    assert shown(script, "static/show.min.js") == []
    assert shown(script, "static/assets/show-B7xK2m_p.js") == []
    assert shown("# " + "-" * 30_000 + "\n" + code + "\n") == [(3, "sql-injection")]
