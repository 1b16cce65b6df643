"""Whole Python files, broken ones, and hostile ones."""

import asyncio
import email
import http
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deburr.engine import ir, languages

LIBRARY = [path for package in (asyncio, email, http, json) for path in sorted(Path(package.__path__[0]).glob("*.py"))]


def lower(text: str | bytes) -> ir.Module:
    return languages.lower(text.encode() if isinstance(text, str) else text, "python")


def shown(text: str) -> list[tuple[str, str]]:
    """(source, node) of each top-level statement."""
    data = text.encode()
    return [(data[node.start : node.end].decode(), repr(node)) for node in lower(data).body]


def check_spans(module: ir.Module, size: int, nested: bool = True) -> None:
    stack: list[ir.Node] = [module]
    while stack:
        node = stack.pop()
        assert 0 <= node.start <= node.end <= size
        for child in ir.children(node):
            # Decorators stand before the `def` that is the start of what they decorate.
            if nested and not isinstance(node, (ir.Function, ir.Class)):
                assert node.start <= child.start
                assert child.end <= node.end
            stack.append(child)


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_library_code_is_read_completely(path: Path) -> None:
    data = path.read_bytes()
    module = lower(data)
    assert module.notes == []
    check_spans(module, len(data))


def test_offsets_count_bytes() -> None:
    text = "é = 'ü' + name\n"
    module = lower(text)
    found = {type(node).__name__: text.encode()[node.start : node.end].decode() for node in ir.walk(module)}
    assert found == {"Module": text, "Assign": "é = 'ü' + name", "Concat": "'ü' + name", "Const": "'ü'", "Name": "name"}


def test_disguised_names_are_normalized() -> None:
    assert repr(lower("ｅｖａｌ(x)").body) == "[Expr(value=Call(func=Name(id='eval'), args=[Name(id='x')], kwargs=[]))]"


@pytest.mark.parametrize(
    "data",
    [
        b"x = 1\r\nif x:\r\n    y = 2\r\n",
        b"x = 1\rif x:\r    y = 2\r",
        b"\xef\xbb\xbfx = 1\nif x:\n    y = 2\n",
        b"x = 1\n\x0cif x:\n    y = 2\n",
        b"    x = 1\n    if x:\n        y = 2\n",
        b"x = 1\n    if x:\n        y = 2\n",
        b"x = 1 # \xff\xfe\nif x:\n    y = 2\n",
        b"x = 1\0\nif x:\n    y = 2\n",
    ],
)
def test_odd_bytes(data: bytes) -> None:
    module = lower(data)
    assert repr(module.body) == (
        "[Assign(targets=[Name(id='x')], value=Const(value=1), annotation=None), If(test=Name(id='x'), body="
        "[Assign(targets=[Name(id='y')], value=Const(value=2), annotation=None)], orelse=[])]"
    )
    assert module.notes == []
    assert data[module.body[0].start : module.body[0].end] == b"x = 1"


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            'os.system("a" + x',
            ["Expr(value=Call(func=Attr(obj=Name(id='os'), name='system'), "
             "args=[Concat(parts=[Const(value='a'), Name(id='x')])], kwargs=[]))"],
        ),
        (
            'x = """abc',
            ["Assign(targets=[Name(id='x')], value=Const(value='abc'), annotation=None)"],
        ),
        (
            'sql = f"select {x}\nrun(sql)\n',
            ["Assign(targets=[Name(id='sql')], value=Format(parts=[Const(value='select '), Name(id='x')], style='f'), "
             "annotation=None)",
             "Expr(value=Call(func=Name(id='run'), args=[Name(id='sql')], kwargs=[]))"],
        ),
        (
            "x = foo(a\ny = bar(b)\n",
            ["Assign(targets=[Name(id='x')], value=Call(func=Name(id='foo'), args=[Name(id='a')], kwargs=[]), "
             "annotation=None)",
             "Assign(targets=[Name(id='y')], value=Call(func=Name(id='bar'), args=[Name(id='b')], kwargs=[]), "
             "annotation=None)"],
        ),
        (
            "def f(a, b:\n    return a\n",
            ["Function(name='f', params=[Param(name='a', annotation=None, default=None, kind=''), "
             "Param(name='b', annotation=None, default=None, kind='')], decorators=[], "
             "body=[Return(value=Name(id='a'))], returns=None, is_async=False, doc='')"],
        ),
        (
            "if x:\n    for y in",
            ["If(test=Name(id='x'), body=[For(target=Name(id='y'), iter=Name(id='_'), body=[Pass()], orelse=[])], "
             "orelse=[])"],
        ),
        (
            "x = $y + z(1)\n",
            ["Assign(targets=[Name(id='x')], value=Concat(parts=[Name(id='y'), "
             "Call(func=Name(id='z'), args=[Const(value=1)], kwargs=[])]), annotation=None)"],
        ),
    ],
)  # fmt: skip
def test_broken_code_keeps_what_can_be_read(text: str, statements: list[str]) -> None:
    module = lower(text)
    assert [repr(node) for node in module.body] == statements
    assert [note[1].split(":")[0] for note in module.notes] == ["could not be parsed"]
    check_spans(module, len(text))


def test_prose_and_fences_around_code() -> None:
    text = "Here is it:\n\n```python\ndef f():\n    return 1\n```\nThat works!\n"
    module = lower(text)
    assert [node.name for node in module.body if isinstance(node, ir.Function)] == ["f"]
    assert module.notes == [
        (0, "could not be parsed: Here is it:"),
        (text.index("That"), "could not be parsed: That works!"),
    ]


DEEP = {
    "parentheses": "x = " + "(" * 10_000 + "1" + ")" * 10_000,
    "lists": "x = " + "[" * 10_000 + "]" * 10_000,
    "calls": "f(" * 10_000 + ")" * 10_000,
    "attributes": "x" + ".a" * 10_000,
    "subscripts": "x" + "[0]" * 10_000,
    "unclosed": "f([" * 10_000,
    "functions": "".join(" " * level + "def f():\n" for level in range(1_000)),
    "elif": "if a:\n  f()\n" + "elif b:\n  g()\n" * 10_000,
    "else": "if a: pass\nelse:\n" * 10_000,
    "conditional": "x = " + "a if b else " * 10_000 + "c",
    "lambda": "lambda: " * 10_000 + "1",
    "not": "not " * 10_000 + "x",
    "minus": "x = " + "-".join(["a"] * 10_000),
    "assignments": "a = " * 10_000 + "1",
    "patterns": "match x:\n case " + "[" * 10_000 + "]" * 10_000 + ": pass",
    "templates": "x = " + "'%s' % (" * 10_000 + ")" * 10_000,
    "half f-strings": 'f"{' * 10_000,
    "half functions": "def f(x:\n" * 10_000,
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_ends(text: str) -> None:
    began = time.process_time()
    module = lower(text)
    assert time.process_time() - began < 5
    check_spans(module, len(text))


def test_deep_nesting_is_noted() -> None:
    assert lower(DEEP["lists"]).notes == [(124, "nested deeper than 120 levels")]
    assert lower("x = " + "[" * 100 + "]" * 100).notes == []


def test_long_sums_and_chains_are_kept() -> None:
    (statement,) = lower("x = " + " + ".join(f"a{number}" for number in range(10_000))).body
    assert isinstance(statement, ir.Assign)
    assert isinstance(statement.value, ir.Concat)
    assert [repr(part) for part in statement.value.parts[::9_999]] == ["Name(id='a0')", "Name(id='a9999')"]
    chain = lower("x" + ".where(y).limit(1)" * 200)
    assert chain.notes == []
    assert sum(isinstance(node, ir.Call) for node in ir.walk(chain)) == 400


def test_an_elif_chain_keeps_every_branch() -> None:
    module = lower("if a:\n  f(0)\n" + "".join(f"elif b:\n  f({number})\n" for number in range(1, 250)))
    called = [node.args[0] for node in ir.walk(module) if isinstance(node, ir.Call)]
    assert [part.value for part in called if isinstance(part, ir.Const)] == list(range(250))


def test_long_lines_take_linear_time() -> None:
    size = 200_000
    for unit in (b"x = f('a', b); ", b"x = [1, 2] "):
        half, whole = unit * (size // len(unit) // 2), unit * (size // len(unit))
        began = time.process_time()
        lower(half)
        middle = time.process_time()
        lower(whole)
        assert time.process_time() - middle < 4 * (middle - began) + 0.5


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    check_spans(lower(data), len(data), nested=False)


PIECES = [
    "(", ")", "[", "]", "{", "}", '"', "'", '"""', "\n", "    ", "\t", ":", "=", "def f(", "f'{", "#", "\\", "\r",
    "\0",
    "\ufeff", "%%bash\n", "!ls {x}\n", "%env A=B\n", "é", "@", "*", ",", "lambda ", "match x:\n case ", "\x0c",
    "async ",
    "```", "import ", "?", "x", " in ", "'%s' % ", "return ",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_mutated_code(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(LIBRARY))
    text = path.read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    text = text[start : start + data.draw(st.integers(0, 1_500))]
    for _ in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(PIECES)) + text[at + data.draw(st.integers(0, 20)) :]
    magic = any(sign in text for sign in "!%?`")
    check_spans(lower(text), len(text.encode()), nested=not magic)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_tokens(pieces: list[str]) -> None:
    text = "".join(pieces)
    check_spans(lower(text), len(text.encode()), nested=False)
