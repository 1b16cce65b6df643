"""What must hold of every text: no exception, spans inside the text, and findings that do not hang on the writing."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from textwrap import indent

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deburr import constitution
from deburr.constitution import Example
from deburr.engine import scan
from deburr.model import Source, Span

FENCES = [
    (f"{principle.file}:{one.line}", one)
    for principle in constitution.load()
    for one in principle.flagged
    if one.language == "python" and not re.search(r"^\s*[%!]|=\s*[%!]", one.code, re.MULTILINE)
]
SOURCES = sorted((Path(__file__).parent.parent.parent / "src/deburr").rglob("*.py"))
ODD = [
    "\0",
    "\r",
    "\t",
    "(",
    ")",
    "'",
    '"""',
    "#",
    ":",
    "\n",
    "é",
    "😀",
    "\ud800",
    "lambda",
    "f'{",
    "}",
    "\\",
    "@",
    "%",
    " " * 9,
]
EVERY_FENCE = pytest.mark.parametrize("example", [one for _, one in FENCES], ids=[name for name, _ in FENCES])
quiet = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)


def inside(span: Span, lines: list[str]) -> bool:
    begin, end = (span.line, span.column), (span.end_line, span.end_column)
    if not (span.line >= 1 and begin <= end and span.end_line <= len(lines)):
        return False
    return span.column <= len(lines[span.line - 1]) + 1 and span.end_column <= len(lines[span.end_line - 1]) + 1


def check(text: str) -> None:
    """Scan a text, and complain of what no report must hold."""
    done = scan(Source(text, "app.py"))
    lines = text.split("\n")
    for one in done.findings:
        assert all(inside(span, lines) for span in (one.span, *one.flow)), one
    size = len(text.encode("utf-8", "surrogatepass"))
    for fix in done.fixes:
        assert all(0 <= edit.start <= edit.end <= size for edit in fix.edits), fix
    prints = [one.fingerprint for one in done.findings]
    assert len(prints) == len(set(prints))


@quiet
@given(st.data())
def test_mutated_code_has_a_report(data: st.DataObject) -> None:
    _, example = data.draw(st.sampled_from(FENCES))
    text = example.code
    for _ in range(data.draw(st.integers(1, 4))):
        at, size = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 12))
        text = text[:at] + data.draw(st.sampled_from(ODD)) + text[at + size :]
    check(text)


@settings(quiet, max_examples=30)
@given(st.sampled_from(SOURCES), st.data())
def test_cut_code_has_a_report(file: Path, data: st.DataObject) -> None:
    text = file.read_text("utf-8")[:20_000]
    begin = data.draw(st.integers(0, len(text)))
    check(text[begin : data.draw(st.integers(begin, len(text)))])


@quiet
@given(st.text(max_size=200))
def test_any_text_has_a_report(text: str) -> None:
    check(text)
    check(f"import os\nos.system({text})\n")
    check(f"x = '{text}'\n")


@settings(quiet, max_examples=60)
@given(st.text(max_size=60))
def test_a_constant_of_any_content_is_harmless(text: str) -> None:
    code = f"import os, sqlite3\nos.system({text!r})\nsqlite3.connect('a').execute({text!r})\n"
    assert [one for one in scan(Source(code)).findings if one.principle.endswith("-injection")] == []


def principles(code: str) -> set[str]:
    return {one.principle for one in scan(Source(code, "app.py"), repairs=False).findings}


@cache
def original(example: Example) -> set[str]:
    return principles(example.code)


def renamed(code: str) -> str:
    """The program with every variable that it sets inside a function under another name of the same kind."""
    tree = ast.parse(code)
    local: set[str] = set()
    for function in ast.walk(tree):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            params = {arg.arg for arg in ast.walk(function) if isinstance(arg, ast.arg)}
            stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            shared = {name for n in ast.walk(function) if isinstance(n, (ast.Global, ast.Nonlocal)) for name in n.names}
            local |= stored - params - shared
    outside = [one for one in tree.body if not isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef))]
    top = {node.id for one in outside for node in ast.walk(one) if isinstance(node, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in local - top:
            node.id = f"my_{node.id}"
    return ast.unparse(tree)


def split(code: str) -> str:
    """The program with every argument of a call that is a statement in a variable of its own."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                setattr(node, field, [one for statement in body for one in _split(statement)])
    return ast.unparse(ast.fix_missing_locations(tree))


def _split(statement: ast.stmt) -> list[ast.stmt]:
    value = statement.value if isinstance(statement, (ast.Expr, ast.Return, ast.Assign)) else None
    if not isinstance(value, ast.Call) or any(isinstance(arg, ast.Starred) for arg in value.args):
        return [statement]
    before: list[ast.stmt] = []
    for index, arg in enumerate(value.args):
        if isinstance(arg, (ast.JoinedStr, ast.BinOp, ast.Call, ast.Subscript)):
            name = f"held_{statement.lineno}_{index}"
            before.append(ast.Assign([ast.Name(name, ast.Store())], arg))
            value.args[index] = ast.Name(name, ast.Load())
    return [*before, statement]


@EVERY_FENCE
def test_findings_do_not_hang_on_the_layout(example: Example) -> None:
    code = ast.unparse(ast.parse(example.code))
    assert principles(code) == original(example)


@EVERY_FENCE
def test_findings_do_not_hang_on_comments_and_what_follows(example: Example) -> None:
    commented = re.sub(r"(?<=\S)\n(?=\S)", "\n# a remark\n", example.code)
    commented = commented if "'''" not in commented and '"""' not in commented else example.code
    unused = (
        "\n\ndef _unused_helper(first, second=None):\n    return [first, second]\n\n\nclass _Unused:\n    kind = 1\n"
    )
    assert principles(commented + unused) == original(example)


@EVERY_FENCE
def test_findings_do_not_hang_on_names_of_variables(example: Example) -> None:
    assert principles(renamed(example.code)) == original(example)


@EVERY_FENCE
def test_findings_do_not_hang_on_temporaries(example: Example) -> None:
    assert principles(split(example.code)) == original(example)


@EVERY_FENCE
def test_findings_do_not_hang_on_a_function_around_the_program(example: Example) -> None:
    code = "def main():\n" + indent(example.code, "    ") + "\n\nmain()\n"
    assert "import *" in code or principles(code) == original(example)
