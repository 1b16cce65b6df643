"""JavaScript that is not whole, or not meant to be read: what is still found, where, and that nothing takes long."""

from __future__ import annotations

import pytest

from deburr.engine import languages, scan
from deburr.model import Source
from tests.engine.seen import seen

HEAD = 'const { exec } = require("child_process");\nconst app = require("express")();\n'
HANDLER = 'app.get("/", (req, res) => {\n  exec("ls " + req.query.dir);\n});\n'

BROKEN = [
    ("truncated", HEAD + HANDLER[:-5], ["4 shell-injection high"]),
    ("truncated in a text", HEAD + HANDLER + 'console.log("abc', ["4 shell-injection high"]),
    ("truncated in a template", HEAD + HANDLER + "exec(`a ${b", ["4 shell-injection high"]),
    (
        "prose around",
        "Here is the code you asked for:\n\n" + HEAD + HANDLER + "\nIt lists a folder.\n",
        ["6 shell-injection high"],
    ),
    (
        "a method alone",
        "show(req, res) {\n  res.send(`<b>${req.query.name}</b>`);\n}\n",
        ["2 cross-site-scripting high"],
    ),
    (
        "a property alone",
        "show: function (req, res) {\n  res.send(`<b>${req.query.name}</b>`);\n},\n",
        ["2 cross-site-scripting high"],
    ),
    ("closed twice", HEAD + HANDLER + "});\n", ["4 shell-injection high"]),
    ("types in JavaScript", HEAD + "const a: string = b as any;\n" + HANDLER, ["5 shell-injection high"]),
    ("markup in TypeScript", HEAD + "const a = <b>{c}</b>;\n" + HANDLER, ["5 shell-injection high"]),
]


@pytest.mark.parametrize(("code", "expected"), [pytest.param(*rest, id=name) for name, *rest in BROKEN])
@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_what_is_broken_is_still_read(code: str, expected: list[str], language: str) -> None:
    assert seen(code, "app.js", language) == expected


def test_what_could_not_be_read_is_said() -> None:
    notes = languages.lower(b"const a = ;\nlet b = 1;\n", "javascript").notes
    assert [at for at, _ in notes] == [8]
    assert notes[0][1].startswith("could not be parsed: ")


TOWERS = [
    ("parentheses", "(" * 20_000),
    ("brackets", "[" * 5_000 + "]" * 5_000),
    ("closed brackets", "}" * 5_000),
    ("functions", "(function(){" * 1_000 + "}" * 1_000),
    ("arrows", "x => " * 2_000 + "1"),
    ("conditions", "x = " + "a ? b : " * 2_000 + "c"),
    ("else if", "if (a) b(); " + "else if (c) d(); " * 2_000),
    ("sums", "x = " + '"a" + b + ' * 5_000 + "1"),
    ("chains", "x" + ".then(a => a)" * 1_500),
    ("lists", "x = [" + "1, " * 30_000 + "1]"),
    ("objects", "x = " + "{a: " * 1_000 + "1" + "}" * 1_000),
    ("templates", "`${" * 1_000 + "`"),
    ("quotes", '"' * 5_001),
    ("slashes", "/" * 5_001),
    ("elements", "x = " + "<a>" * 1_000),
    ("cases", "switch (x) {" + "".join(f"case {n}: f();" for n in range(1_000)) + "}"),
    ("callbacks", "a(function (x) {" * 100 + "exec(x)" + "})" * 100),
    ("patterns", "const " + "{a: " * 1_000 + "b" + "}" * 1_000 + " = c"),
    ("one line", "".join(f"function f{n}(a){{return f{n + 1}(a)}}" for n in range(2_000))),
    ("loops", "for (;;) {" * 60 + "exec(x)" + "}" * 60),
    ("lone surrogates", 'const a = "\udfff\ud800";'),
    ("no characters", "\0\r\r\n\ufeff"),
]


@pytest.mark.parametrize("code", [pytest.param(code, id=name) for name, code in TOWERS])
@pytest.mark.parametrize("language", ["javascript", "typescript"])
def test_no_text_stops_it(code: str, language: str) -> None:
    found = scan(Source(HEAD + HANDLER + code, "app.js", language), repairs=False).findings
    # Where more brackets are closed than opened, nothing tells what belongs to the handler.
    assert any(one.principle == "shell-injection" for one in found) or code[:1] == "}"


def test_no_fix_in_another_language_is_proposed() -> None:
    assert scan(Source(HEAD + HANDLER, "app.js", "javascript")).fixes == ()


def test_suppressions_stand_in_both_kinds_of_comments() -> None:
    for comment in (
        "// deburr: allow shell-injection -- run by its owner",
        "/* deburr: allow shell-injection -- ours */",
    ):
        code = HEAD + HANDLER.replace("dir);", f"dir); {comment}")
        report = scan(Source(code, "app.js", "javascript"), repairs=False)
        assert [one.line for one in report.waived] == [4]
        assert not [one for one in report.findings if one.principle == "shell-injection"]


def test_fences_of_markdown_are_read() -> None:
    text = "# Notes\n\n```js\n" + HEAD + HANDLER + "```\n"
    found = scan(Source(text, "notes.md", "markdown"), repairs=False).findings
    assert [(one.span.line, one.principle) for one in found if one.persona == "regular"] == [(7, "shell-injection")]
