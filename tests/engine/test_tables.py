"""Values that stand in a column under a credential's name."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deburr.engine import scan
from deburr.engine.embedded import parts
from deburr.model import Source
from deburr.surfaces.shared.hide import hide
from tests.engine.secrets.made import run

DRAW = random.Random(31)
ONE, TWO = run(15, DRAW) + "3x", run(15, DRAW) + "8q"

TABLES = {
    "commas": ("csv", f"id,user,password,note\n1,bob,{ONE},x\n2,ann,{TWO},y\n", [2, 3]),
    "quotes": ("csv", f'"id";"api token"\n1;"{ONE}"\n2;"{TWO}"\n', [2, 3]),
    "tabs": ("csv", f"user\tclient_secret\r\nbob\t{ONE}\r\nann\t{TWO}\r\n", [2, 3]),
    "a comma in a cell": ("csv", f'name,password\n"Bob, ""B""",{ONE}\n', [2]),
    "insert": ("sql", f"INSERT INTO u (n, password) VALUES ('it''s, bob', '{ONE}'),\n ('x', '{TWO}');", [1, 2]),
    "insert by function": ("sql", f"insert into `t` (`d`, `api_key`) values (now(), '{ONE}');", [1]),
    "copy": ("sql", f"COPY users (id, password) FROM stdin;\n1\t{ONE}\n2\t{TWO}\n\\.\nselect 1;\n", [2, 3]),
    "bars": ("markdown", f"# A\n\n| who | password |\n|---|:---|\n| bob | `{ONE}` |\n| ann | {TWO} |\n\nend", [5, 6]),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLES)
def test_a_column_of_credentials(name: str) -> None:
    language, text, lines = TABLES[name]
    report = scan(Source(text, f"a.{language}", language))
    found = [
        (one.span.line, text.split("\n")[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1])
        for one in report.findings
    ]
    assert found == list(zip(lines, (ONE, TWO), strict=False))


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_is_shown_whole(name: str) -> None:
    language, text, _ = TABLES[name]
    shown = hide(Source(text, f"a.{language}", language))[0].text
    assert ONE not in shown
    assert TWO not in shown


QUIET = {
    "counts": ("csv", "event,password_resets\nmonday,17\n"),
    "hashes": ("csv", "user,password_hash\nbob,$2b$12$abcdefghijklmnopqrstuv\n"),
    "words": ("csv", "token,pos\nriver,NOUN\nrunning,VERB\n"),
    "flags": ("csv", "name,has_password,token_count\nbob,true,12\n"),
    "types": ("sql", "INSERT INTO columns (name, password) VALUES ('x', NULL), ('y', ''), ('z', '********');"),
    "documented": ("markdown", "| option | password |\n|---|---|\n| `--pw` | your password |\n"),
}


@pytest.mark.parametrize("name", QUIET)
def test_a_column_of_something_else(name: str) -> None:
    language, text = QUIET[name]
    assert [one for one in scan(Source(text, f"a.{language}", language)).findings if one.confidence != "low"] == []


@given(
    st.sampled_from(["csv", "sql", "markdown"]),
    st.lists(st.sampled_from([*",;|\t\n\"'()-", "password", "values", "é", "insert into t "])),
)
def test_no_text_raises(language: str, pieces: list[str]) -> None:
    parts(Source("password,x\n" + "".join(pieces), "a", language))
    parts(Source("".join(pieces), "a", language))


@pytest.mark.parametrize("piece", ["password|", "'", "(", "insert into t (password) values (", ',"', "password x\n"])
def test_time_is_linear(piece: str) -> None:
    for language in ("csv", "sql", "markdown"):
        begin = time.process_time()
        parts(Source("password,a\n" + piece * (400_000 // len(piece)), "a", language))
        assert time.process_time() - begin < 4
