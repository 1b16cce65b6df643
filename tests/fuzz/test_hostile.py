"""Scripts that are made to take long: each has its Report in time, and what is wrong at their end is still found.

The same in Python stands in tests/engine/test_scanner.py.
"""

from __future__ import annotations

import pytest

from deburr.engine import scan
from deburr.model import Source
from tests.fuzz.invariants import check

HEAD = "const cp = require('child_process');\nconst app = require('express')();\n"
ROUTE = "app.get('/', (req, res) => cp.exec({}));\n"
CASES = {
    "calls that double": "".join(
        f"function f{n}(x) {{ f{n + 1}(x); return f{n + 1}(x + '{n}'); }}\n" for n in range(60)
    )
    + "function f60(x) { return x; }\n"
    + ROUTE.format("f0(req.query.a)"),
    "mutual recursion": "".join(
        f"function g{n}(x, y) {{ return g{(n + 1) % 40}(y, x) + g{(n + 7) % 40}(x, x) + x; }}\n" for n in range(40)
    )
    + ROUTE.format("g0(req.query.a, 'b')"),
    "a long list": f"const X = [{','.join(map(str, range(50_000)))}];\n" + ROUTE.format("X[3] + req.query.a"),
    "a long object": "const X = {"
    + ",\n".join(f"k{n}: {n}" for n in range(50_000))
    + "};\n"
    + ROUTE.format("X.k3 + req.query.a"),
    "a generated parser": "function next(s, y) {\n  switch (s) {\n"
    + "".join(f"    case {n}: y += '{n}'; s = {n + 1}; break;\n" for n in range(5_000))
    + "  }\n  return y;\n}\n"
    + ROUTE.format("next(1, req.query.a)"),
    "many branches": "function last(y) {\n"
    + "".join(f"  if (y == '{n}') {{ y += '{n}'; }}\n" for n in range(5_000))
    + "  return y;\n}\n"
    + ROUTE.format("last(req.query.a)"),
    "a long sum": ROUTE.format(" + ".join(["req.query.a"] * 3_000)),
}


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_script_has_its_report(name: str) -> None:
    text = HEAD + CASES[name]
    check(text, "javascript")
    found = scan(Source(text, "app.js", "javascript"), repairs=False).findings
    assert (text.count("\n"), "shell-injection") in {(one.span.line, one.principle) for one in found}
