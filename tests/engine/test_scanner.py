"""No text makes the engine raise, or work without bound; a finding below the worst of texts is still found."""

from __future__ import annotations

import pytest

from deburr.engine import Engine, scan, scanner
from deburr.model import Source

HEAD = "import csv, os, re, sqlite3\nfrom flask import request\n"
TAIL = "\nos.system(request.args['x'])\n"
MANY, DEEP = 10_000, 1_000


def nest(opened: str, closed: str, inside: str = "1", times: int = MANY) -> str:
    return "x = " + opened * times + inside + closed * times


def blocks(*heads: str, times: int = 100) -> str:
    return "".join(" " * n + heads[n % len(heads)] + "\n" for n in range(times)) + " " * times + "pass"


NESTED = {
    "parentheses": nest("(", ")"),
    "lists": nest("[", "]"),
    "dicts": nest("{1: ", "}"),
    "calls": nest("f(", ")"),
    "elements": nest("a[", "]"),
    "minus": "x = " + "-" * MANY + "1",
    "not": "x = " + "not " * MANY + "1",
    "lambdas": "x = " + "lambda: " * MANY + "1",
    "choices": "x = " + "1 if a else " * MANY + "2",
    "choices in tests": nest("(1 if a == ", " else 2)", "a"),
    "tests in calls": nest("f(", " and y)", "a"),
    "attributes": "x = a" + ".b" * MANY,
    "chained calls": "x = a" + ".b(c)" * DEEP,
    "sums": "x = " + "a + " * MANY + "1",
    "differences": "x = " + "a - " * MANY + "1",
    "comparisons": "x = " + "a < " * MANY + "1",
    "logic": "x = " + "a and b or " * MANY + "1",
    "percents": "x = " + "'%s' % " * MANY + "1",
    "comprehensions": nest("[i for i in ", "]", "a", DEEP),
    "walruses": nest("(y := ", ")"),
    "decorators": "@d\n" * MANY + "def f(): pass",
    "ifs": blocks("if a:"),
    "loops": blocks("for i in x:", times=30),
    "functions": blocks("def f():"),
    "classes": blocks("class A:"),
    "withs": blocks("with a as b:"),
    "matches": blocks("match a:", "case 1:"),
    "branches": "def f(a):\n" + "".join(f"    if a == {n}: return {n}\n" for n in range(5000)),
    "elifs": "if a == 0: pass\n" + "".join(f"elif a == {n}: b = {n}\n" for n in range(1, 3000)),
}

LARGE = {
    "list": "x = [" + "1, " * 100_000 + "]",
    "dict": "x = {" + "".join(f"{n}: a, " for n in range(50_000)) + "}",
    "elements set one by one": "x = {}\n" + "".join(f"x[{n}] = a\n" for n in range(10_000)),
    "appends": "x = []\n" + "x.append(a)\n" * 10_000,
    "arguments": "f(" + "a, " * 50_000 + ")",
    "targets": ", ".join(f"a{n}" for n in range(10_000)) + " = x",
    "f-string": "x = f'" + "{a}" * 20_000 + "'",
    "text": "x = '" + "a" * 10_000_000 + "'",
    "one line": "x = 1; " * 50_000,
    "one line with findings": "os.system(request.args['a']); " * 500,
    "spaces": "os.system(request.args['a'])" + " " * 500_000 + "x",
    "hashes": "os.system(request.args['a'])" + " #" * 250_000 + "'",
    "waivers": "x = 1  # deburr: allow sql-injection -- ok\n" * 5000,
    "SQL": "sqlite3.connect('a').execute('x " + "select " * 100_000 + "')",
    "names in SQL": "c = sqlite3.connect('a')\ndef f(a):\n  s = 'select '"
    + " + a + ' from '" * 1500
    + "\n"
    + "  c.execute(s)\n" * 200,
    "a pattern": "if re.fullmatch('" + "." * 200_000 + "]', request.args['x']): pass",
    "a name": "x_" + "sanitize_" * 50_000 + " = 1",
    "a text used often": "S = '" + "s" * 200_000 + "'\ndef f(x): return x\n" + "f(S)\ny = f'{S}{a}'\n" * 2000,
}

HOSTILE = {
    "a giant text": "x = 'x' * 10**9\ny = x * 10\nz = [0] * 10**9\n",
    "a giant number": "x = 2 ** 10 ** 9\ny = (2 ** 63) ** 63 ** 2\n",
    "a giant width": "x = '%1000000000d' % 5\ny = '%*d' % (10**9, 5)\n",
    "a giant width of another kind": "z = '{:1000000000d}'.format(5)\nw = f'{5:1000000000d}'\n",
    "a width in a variable": "p = '%1000000000d'\nx = p % 5\nq = b'%1000000000d' % 5\n",
    "filled up": "x = 'a'.ljust(10**9)\ny = 'a'.center(10**9)\nz = '1'.zfill(10**9)\nw = '\\t'.expandtabs(10**9)\n",
    "replaced": "x = 'a' * 9999\ny = 'b' * 9999\nz = x.replace('a', y)\n",
    "a long number": "x = " + "9" * 100_000 + "\ny = f'{x}'\n",
    "a long hexadecimal number": "x = 0x" + "f" * 100_000 + "\ny = f'{x}'\nz = str(x)\ndef f(a): return a\nf(x)\n",
    "codecs": "x = b'\\\\d'.decode('unicode_escape')\ny = 'x'.encode('zlib_codec')\nz = 'a'.encode('\\0')\n",
    "shared lists": "a = [0]\nb = [0]\n" + "a = [a, a]\nb = [b, b]\n" * 60 + "c = f'{a}'\nd = a == b\ne = '%s' % a\n",
    "shared lists in two branches": "if q:\n  a = [0]\n"
    + "  a = [a, a]\n" * 60
    + "else:\n  a = [0]\n"
    + "  a = [a, a]\n" * 60,
    "a sheet of shared rows": "a = [request.args['q']]\n" + "a = [a, a]\n" * 60 + "csv.writer(f).writerow(a)\n",
    "a deep list": "a = [0]\n" + "a = [a]\n" * 3000 + "if q:\n  a = []\n",
    "an object in itself": "class A:\n  def m(self):\n    self.x = self\n    self.y = self.x.y\n    return self.m()\n",
    "calls without end": "".join(f"def f{n}(x):\n  f{n + 1}(x)\n  return f{n + 1}(x)\n" for n in range(60)) + "f0(1)\n",
    "methods without end": "class A:\n"
    + "".join(f"  def m{n}(self, x):\n    self.m{n + 1}(x)\n    return self.m{n + 1}(x + 'a')\n" for n in range(60)),
    "mutual recursion": "def a(x): return b(x + '1')\ndef b(x): return a(x + '2')\na('')\n",
    "closures that call": "def f(n):\n  def g():\n    f(n + 1)\n  return g\nf(0)\n",
    "a loop that doubles": "x = 'x'\nwhile True:\n  x = x + x\n  if q: break\n",
    "a fixed point": "Y = lambda f: (lambda x: f(lambda v: x(x)(v)))(lambda x: f(lambda v: x(x)(v)))\nY(Y)(Y)\n",
    "bases": "class A0: pass\n"
    + "".join(f"class A{n}(A{n - 1}, A{n - 1}): pass\n" for n in range(1, 100))
    + "A99().m()\n",
    "its own base": "class B(B): pass\nclass C(D): pass\nclass D(C): pass\nD().x()\n",
    "bytes that are no text": bytes(range(1, 10)).decode("latin-1") * 10 + "\n",
    "zeros": "x = '\0'\n\0\0\n" * 100,
    "surrogates": "x = '\ud800'\n",
    "broken parentheses": "f(\n" * 3000,
}


@pytest.mark.parametrize(
    "text", [*NESTED.values(), *LARGE.values(), *HOSTILE.values()], ids=[*NESTED, *LARGE, *HOSTILE]
)
def test_what_stands_below_is_found(text: str) -> None:
    code = HEAD + text + TAIL
    found = scan(Source(code, "app.py"), repairs=False).findings
    assert code.count("\n") in [one.span.line for one in found]


def test_blocks_that_nest_too_deeply_are_said() -> None:
    done = scan(Source(HEAD + blocks("if a:", times=400) + TAIL))
    assert [one.why for one in done.skipped if "deeper than" in one.why] != []


@pytest.mark.parametrize(
    "text", ["", "\0", "\ufeff", "\r", "\r\n\r\n", "\\", "'", '"""', "(", "\t\n x", "é", "\x1a", "😀" * 1000]
)
@pytest.mark.parametrize("language", ["python", "markdown", "notebook", "rst", "text", "yaml", "javascript", "nothing"])
def test_any_text_in_any_language_has_a_report(text: str, language: str) -> None:
    done = scan(Source(text, "a", language))
    assert done.digest == Source(text).digest
    assert done.findings == ()


@pytest.mark.parametrize(
    "text",
    [" " * 500_000 + "x", "> " * 200_000 + "```", "`" * 500_000, "```python\n" * 20_000, "```python\nx\n```\n" * 2000],
)
def test_markdown_of_any_shape_takes_linear_time(text: str) -> None:
    assert scan(Source(text, "a.md", "markdown")).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"cells":' * 50_000,
        '{"a":' * 150 + "1" + "}" * 150,
        '{"cells": [{"cell_type": "code", "source": "' + " " * 500_000 + '%x"}]}',
        '{"cells": [{"cell_type": "code", "source": [' + '"x",' * 20_000 + '"y"]}]}',
        '{"cells": [{"cell_type": "code", "source": "!ls ' + "{a}" * 5_000 + '"}]}',
    ],
)
def test_notebooks_of_any_shape_take_linear_time(text: str) -> None:
    assert [one for one in scan(Source(text, "a.ipynb", "notebook")).findings if one.persona == "regular"] == []


def test_an_engine_of_ones_own_is_used_until_another_is() -> None:
    used, engine = list(scanner._current), Engine(scanner.default().rulebook)
    try:
        scanner.use(engine)
        assert scanner._current == [engine]
        assert scan(Source("eval(input())\n")).findings
    finally:
        scanner._current[:] = used


def test_a_language_without_grammar_is_read_for_secrets() -> None:
    secret = "Zq7vLm2x" + "Kp9wTr5c"
    found = scan(Source(f'password = "{secret}"\neval(x)\n', "a.rb", "ruby")).findings
    assert [(one.span.line, one.principle) for one in found] == [(1, "hardcoded-password")]
