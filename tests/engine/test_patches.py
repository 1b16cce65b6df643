"""Patches: findings on added lines only, with the place in the patch and in the file that it changes."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deburr.engine import scan
from deburr.engine.embedded import parts
from deburr.model import Finding, Source
from tests.engine.secrets.made import run

DRAW = random.Random(11)
OLD, NEW, OTHER = (run(15, DRAW) + "7k" for _ in range(3))


def found(text: str) -> list[tuple[int, tuple[str, int] | None]]:
    return [(one.span.line, one.inside) for one in findings(text)]


def findings(text: str) -> tuple[Finding, ...]:
    return scan(Source(text, "change.patch", "diff")).findings


GIT = f"""diff --git a/app/db.py b/app/db.py
index 1..2 100644
--- a/app/db.py
+++ b/app/db.py
@@ -3,4 +3,5 @@ def connect():
     host = "db"
-    password = "{OTHER}"
+    password = "{NEW}"
     old_password = "{OLD}"
+    port = 1
     return host
diff --git a/.env b/.env
new file mode 100644
--- /dev/null
+++ b/.env
@@ -0,0 +1,2 @@
+A=1
+DB_PASSWORD={NEW}
\\ No newline at end of file
diff --git a/gone.py b/gone.py
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-password = "{OLD}"
"""


def test_only_added_lines_are_told() -> None:
    assert found(GIT) == [(8, ("app/db.py", 4)), (18, (".env", 2))]


def test_line_ends_of_windows() -> None:
    assert found(GIT.replace("\n", "\r\n")) == [(8, ("app/db.py", 4)), (18, (".env", 2))]


def test_a_mail_with_a_cut_off_hunk_and_a_signature() -> None:
    mail = f"From: someone\nSubject: [PATCH] x\n\npassword = '{OLD}'\n---\n app/db.py | 2 +-\n\n{GIT}-- \n2.39.5\n"
    assert [line for line, _ in found(mail)] == [15, 25]
    assert [inside for _, inside in found(GIT.replace("+3,5 @@", "+3,9 @@"))] == [("app/db.py", 4), (".env", 2)]


def test_each_file_in_its_own_language() -> None:
    languages = [(part.language, part.file) for part in parts(Source(GIT, "x.patch", "diff"))]
    assert languages == [("python", "app/db.py"), ("env", ".env")]


def test_code_that_is_added_is_code() -> None:
    patch = (
        "--- a/run.py\n+++ b/run.py\n@@ -1,2 +1,6 @@\n import os\n+from flask import request\n \n"
        "+def f():\n+    os.system('ls ' + request.args['x'])\n+\n"
    )
    assert found(patch) == [(8, ("run.py", 5))]
    assert found(patch.replace("+    os", "     os").replace("+from", " from").replace("+def", " def")) == []


def test_a_combined_diff() -> None:
    patch = (
        "diff --cc a.yml\nindex 1,2..3\n--- a/a.yml\n+++ b/a.yml\n@@@ -1,2 -1,2 +1,4 @@@\n"
        f"  a: 1\n- b: 2\n -c: 3\n++password: {NEW}\n +db_password: {OTHER}\n++d: 4\n"
    )
    assert found(patch) == [(9, ("a.yml", 2)), (10, ("a.yml", 3))]


def test_renames_and_odd_names() -> None:
    patch = (
        "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\n"
        f'--- a/x\n+++ "b/od\\303\\251 \\"q\\".env"\n@@ -1 +1,2 @@\n a\n+PASSWORD={NEW}\n'
    )
    assert found(patch) == [(9, ('odé "q".env', 2))]


def test_lines_that_look_like_headers_are_lines() -> None:
    patch = f"--- a/x.sql\n+++ b/x.sql\n@@ -1,2 +1,2 @@\n--- old\n+++ b/y.py\n-a\n+password = '{NEW}'\n"
    assert found(patch) == [(7, ("x.sql", 2))]


def test_a_key_over_several_added_lines() -> None:
    body = "".join(f"+{run(64, DRAW)}\n" for _ in range(6))
    begin, end = "-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----"
    patch = f"--- /dev/null\n+++ b/key.pem\n@@ -0,0 +1,8 @@\n+{begin}\n{body}+{end}\n"
    assert found(patch) == [(4, ("key.pem", 1))]


def test_what_a_patch_adds_cannot_waive_what_it_adds() -> None:
    head = "--- a/a.py\n+++ b/a.py\n@@ -1 +1,3 @@\n x = 1\n"
    allow = "# deburr: allow hardcoded-password -- it is mine"
    assert found(f"{head}+{allow}\n+password = '{NEW}'\n") == [(6, ("a.py", 3))]
    assert found(f"{head}+password = '{NEW}'  {allow}\n+\n") == [(5, ("a.py", 2))]
    assert found(f"{head.replace('+1,3', '+1,2').replace(' x = 1', ' ' + allow)}+password = '{NEW}'\n") == []


def test_binary_patches_are_not_passed_over_in_silence() -> None:
    patch = "diff --git a/i.png b/i.png\nindex 1..2\nGIT binary patch\nliteral 3\nKcmZQzU|?ZzU|{$3\n\n"
    report = scan(Source(patch, "x.patch", "diff"))
    assert [(one.why, one.line) for one in report.skipped] == [("binary of i.png", 3)]


def test_what_is_no_patch_is_looked_at_whole() -> None:
    report = scan(Source(f"password = '{NEW}'\n", "notes.diff", "diff"))
    assert [one.span.line for one in report.findings] == [1]
    assert [one.why for one in report.skipped] == ["not a patch: no line is added or taken away"]


def test_no_fix_is_offered_since_it_would_break_the_patch() -> None:
    assert scan(Source(GIT, "x.patch", "diff")).fixes == ()


@given(st.lists(st.sampled_from([*GIT.splitlines(True), "@@", "@@@ -1 -1 +1 @@@\n", "+++ ", "--- a", "é\n"])))
def test_no_text_raises(lines: list[str]) -> None:
    findings("".join(lines))


@pytest.mark.parametrize("suffix", ["diff", "patch"])
def test_the_ending_says_that_it_is_a_patch(suffix: str) -> None:
    from deburr.engine import languages

    assert languages.of(f"a.{suffix}") == "diff"
