"""A growing text: its last Report is that of the whole, and a finding is told when its line is there."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deburr import constitution
from deburr.engine.growing import Growing
from deburr.engine.scanner import default
from deburr.model import Source
from tests.marks import path_of

EXAMPLES = [one for principle in constitution.load() for one in (*principle.flagged, *principle.allowed)]
CODE = """\
import os
from flask import Flask, request

app = Flask(__name__)


def tidy(text):
    words = text.split()
    return " ".join(words)


@app.route("/x")
def view():
    name = request.args["name"]
    os.system(
        "ls "
        + tidy(name)
    )
    return "done"
"""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(EXAMPLES), st.lists(st.integers(0, 3000), max_size=8))
def test_the_last_report_is_that_of_the_whole(one: constitution.Example, cuts: list[int]) -> None:
    source = Source(one.code, path_of(one), one.language)
    growing = Growing(default(), Source("", source.path, source.language))
    ends = sorted(cut % (len(one.code) + 1) for cut in cuts)
    for start, end in zip([0, *ends], [*ends, len(one.code)], strict=True):
        growing.feed(one.code[start:end])
    assert growing.text == one.code
    assert growing.finish() == default().scan(source, repairs=False)


def test_a_finding_is_told_with_its_last_line() -> None:
    growing = Growing(default(), Source("", "app.py"), quick=True)
    told = []
    for number, line in enumerate(CODE.splitlines(keepends=True), 1):
        found = [one for one in growing.feed(line).findings if one.confidence == "high"]
        told.append((number, [f"{one.span.line} {one.principle}" for one in found]))
    assert [number for number, found in told if found] == [17, 18, 19]
    assert told[-1] == (19, ["15 shell-injection"])


def test_a_line_that_cannot_matter_is_not_looked_at_again() -> None:
    growing = Growing(default(), Source(CODE, "app.py"))
    before = growing.feed("")
    assert growing.feed("total = 1 + 2\n") is before
    assert growing.feed("half a li") is before
    assert growing.feed("ne, os.system(") is before
    assert growing.finish().source.text == CODE + "total = 1 + 2\nhalf a line, os.system("


def test_a_language_without_grammar_is_looked_at_for_secrets() -> None:
    growing = Growing(default(), Source("", "conf.yaml", "yaml"))
    assert growing.feed("password: ").findings == ()
    assert [one.span.line for one in growing.feed('"hX9vQ2mLr7Tz"\n').findings] == [1]
