"""Findings as a person reads them: messages, spans, flows, order, notebooks and fences."""

from __future__ import annotations

import json

from deburr.engine import scan
from deburr.model import Source, Span
from tests.engine.seen import report, seen, shown


def test_the_message_names_the_code_and_where_it_comes_from() -> None:
    found = report("import os\nfrom flask import request\nos.system('ls ' + request.args['q'])\n").findings
    assert [one.message for one in found] == [
        "Untrusted text must not become part of a shell command line: `request.args['q']`, "
        "which comes from outside, reaches `os.system`"
    ]


def test_a_long_piece_of_code_is_cut() -> None:
    found = report(
        f"import requests\nrequests.get('https://example.com/{'a' * 100}', verify=False, timeout=3)\n"
    ).findings
    assert [one.message.partition(": ")[2] for one in found] == [
        "`requests.get('https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaa…`"
    ]


def test_code_of_several_lines_is_told_on_one() -> None:
    found = report("import yaml\nyaml.load(\n    open('a'),\n    Loader=yaml.Loader,\n)\n").findings
    assert [one.message.partition(": ")[2] for one in found] == ["`yaml.load( open('a'), Loader=yaml.Loader, )`"]


def test_spans_count_code_points_from_one() -> None:
    found = report("import os\nfrom flask import request\nx = 'é😀'; os.system(request.args['q'])\n").findings
    assert [(one.span, one.flow) for one in found] == [(Span(3, 11, 3, 39), (Span(3, 21, 3, 38),))]


def test_findings_come_in_the_order_of_the_text() -> None:
    code = """
    import os, yaml
    def b(q):
        os.system("ls " + q)
    yaml.load(open("a"), Loader=yaml.Loader)
    def a(q):
        os.system("ls " + q)
    a(input())
    b(input())
    """
    assert seen(code) == ["3 shell-injection medium", "4 unsafe-yaml high", "6 shell-injection medium"]


def test_no_message_holds_a_secret() -> None:
    secret = "Zq7vLm2x" + "Kp9wTr5c"
    text = f"import requests\nrequests.get('https://x.example.com', auth=('me', '{secret}'), verify=False, timeout=3)\n"
    found = scan(Source(text, "app.py")).findings
    assert {one.principle for one in found} >= {"tls-verification-off"}
    assert [one.message for one in found if secret in one.message] == []


def notebook(*cells: str, outputs: tuple[str, ...] = ()) -> str:
    made: list[dict[str, object]] = [
        {"cell_type": "code", "source": cell.splitlines(True), "outputs": []} for cell in cells
    ]
    for text in outputs:
        made[-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [text]}]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


def test_a_notebook_is_one_program() -> None:
    text = notebook("import os\nfrom flask import request", "q = request.args['q']", "x = 1\nos.system('ls ' + q)\n")
    found = scan(Source(text, "a.ipynb", "notebook")).findings
    line = text[: text.index("os.system")].count("\n") + 1
    assert [(one.principle, one.span.line, one.cell) for one in found] == [("shell-injection", line, (3, 2))]
    assert found[0].message.endswith(
        "`request.args['q']` on line 1 of cell 2, which comes from outside, reaches `os.system`"
    )


def test_magics_of_a_notebook_are_calls() -> None:
    text = notebook("from flask import request", "name = request.args['q']\n!ls {name}")
    assert [(one.principle, one.cell) for one in scan(Source(text, "a.ipynb", "notebook")).findings] == [
        ("shell-injection", (2, 2))
    ]


def test_outputs_are_read_for_secrets_only() -> None:
    text = notebook("print(1)", outputs=("os.system(input())\n",))
    assert scan(Source(text, "a.ipynb", "notebook")).findings == ()


def test_fences_of_markdown_are_programs_of_their_own() -> None:
    text = "# How\n\n```python\nimport os\nos.system(input())\n```\n\n```sh\nrm -rf $1\n```\n\n"
    text += "> ```py\n> eval(input())\n> ```\n"
    found = scan(Source(text, "a.md", "markdown")).findings
    assert shown(found) == ["5 shell-injection medium", "13 code-injection medium"]
    assert found[1].span.column == 3


def test_what_is_no_notebook_is_said() -> None:
    done = scan(Source('{"cells": [{"cell_type": "code", "sou', "a.ipynb", "notebook"))
    assert [(one.why, one.line) for one in done.skipped] == [("not a notebook: not JSON", 1)]


def test_what_could_not_be_parsed_is_said_and_the_rest_is_found() -> None:
    done = report("import os\nos.system(input())\ndef f(:\n    ???\n\ndef g(q):\n    os.system('a' + q)\n")
    assert shown(done.findings) == ["2 shell-injection medium", "7 shell-injection medium"]
    assert [(one.what, one.line) for one in done.skipped] == [("app.py", 3)]


def test_fixes_belong_to_open_findings() -> None:
    text = "import yaml\nyaml.load(open('a'), Loader=yaml.Loader)\n"
    done = report(text)
    assert [fix.fingerprint for fix in done.fixes] == [one.fingerprint for one in done.findings] != []
    waived = report(text.replace("Loader)\n", "Loader)  # deburr: allow unsafe-yaml -- trusted\n"))
    assert (waived.findings, waived.fixes) == ((), ())
    assert scan(Source(text), repairs=False).fixes == ()


def test_a_clean_text_has_an_empty_report() -> None:
    done = report("x = 1\n")
    assert (done.findings, done.fixes, done.skipped, done.waived) == ((), (), (), ())
    assert done.digest == done.source.digest
