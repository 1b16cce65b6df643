"""Where the functions of a Python text stand, told from its lines alone, and what is read later."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import deburr
from deburr.engine import ir
from deburr.engine.islands import Chooser
from deburr.engine.languages.python import lower
from deburr.engine.languages.python_outline import outline

FILES = sorted(Path(deburr.__file__).parent.glob("engine/**/*.py"))

TEXT = '''\
class Shop:
    """Sells things.

def not_a_function(): in a text
    """

    @route(
        "/a",
        methods=["GET"],
    )
    # the list
    @login
    async def listed(self, a=(1, 2), *,
                     b: str = ")") -> None:
        sql = """
SELECT 1
"""
        def inner():
            return sql

        return inner

    def one(self): return 1

def last(
    a,
):
    return (
1 + a
)

after = 1
'''


def test_functions_are_told_from_their_lines() -> None:
    data = TEXT.encode()
    found = [
        (
            one.name.decode(),
            one.owner.decode(),
            data[one.first : one.start].split(b"(")[0],
            data[: one.end].count(b"\n"),
        )
        for one in outline(data).functions
    ]
    assert found == [
        ("listed", "Shop", b"@route", 22),
        ("inner", "", b"", 20),
        ("one", "Shop", b"", 24),
        ("last", "", b"", 28),
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_they_stand_where_the_grammar_says(file: Path) -> None:
    data = file.read_bytes()
    lines = data.split(b"\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    tree = ast.parse(data)
    expected = {
        (starts[node.lineno - 1] + node.col_offset, node.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {(one.start, one.name.decode()) for one in outline(data).functions} == expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_read_later_is_what_is_read_at_once(file: Path) -> None:
    data = file.read_bytes()
    later, whole = lower(data, Chooser(data, [0], [], [])), lower(data)
    stack: list[ir.Node] = [later, whole]
    while stack:
        node = stack.pop()
        if isinstance(node, ir.Function):
            node.awake()
            node.doc = ""
        stack += ir.children(node)
    assert repr(later) == repr(whole)
