"""The figures that the README shows are those that were measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench.measure import run, table
from bench.quality.__main__ import notes
from bench.quality.tables import Figure, cell, page
from bench.quality.tables import short as quality
from bench.speed.__main__ import markdown as speed

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", ["quality", "speed"])
def test_the_readme_shows_the_results_that_are_kept(name: str) -> None:
    folder = ROOT / "bench" / name
    made = {"quality": quality, "speed": speed}[name](json.loads((folder / "results.json").read_text("utf-8")))
    assert made == (folder / "results.md").read_text("utf-8")
    for file in ("README.md", *(["docs/speed.md"] if name == "speed" else [])):
        text = (ROOT / file).read_text("utf-8")
        assert re.findall(rf"<!-- bench/{name}/results.md -->\n(.*?)<!-- end -->", text, re.DOTALL) == [made]


def test_the_page_of_the_quality_shows_the_results_that_are_kept() -> None:
    results = json.loads((ROOT / "bench/quality/results.json").read_text("utf-8"))
    assert (ROOT / "docs/quality.md").read_text("utf-8") == page(results, notes(results))


def test_a_tool_that_is_not_there_keeps_its_figures_and_says_so() -> None:
    results = {"semgrep": {"version": "1.0", "rules": "abc1234", "absent": "semgrep is not on this machine"}}
    assert notes(results) == [
        "semgrep 1.0, the rules about security of semgrep-rules abc1234; those of semgrep_rules_tests are its own "
        "tests; kept from an earlier run, for semgrep is not on this machine"
    ]


def test_what_score_py_does_not_say_is_worked_out() -> None:
    by = {
        "py/a": {"line/cwe": {"bad": 10, "tp": 5, "recall": 0.5}},
        "py/b": {"line/cwe": {"bad": 9, "tp": 0, "recall": 0.0}},
        "py/untrusted-data-to-external-api": {"line/cwe": {"bad": 90, "tp": 0, "recall": 0.0}},
        "-": {"line/cwe": {"bad": 0, "tp": 0, "recall": None}},
    }
    one = {"scores": {"line/cwe": {"recall": 0.25}}, "by": by}
    results = {"deburr": {"groups": {"python": {"shop": one}}}}
    figure = Figure("python", "shop", "line/cwe", ("recall", "least rule", "recall aside"))
    assert cell(results, "deburr", figure) == "0.250 / 0.500 / 0.263"
    assert cell(results, "bandit", figure) == "-"


def test_a_run_that_ends_badly_is_no_measurement() -> None:
    assert run(["sh", "-c", "echo seen; exit 1"], good=(0, 1)).output == "seen\n"
    with pytest.raises(RuntimeError, match=r"^sh ended with 3: lost\n$"):
        run(["sh", "-c", "echo lost >&2; exit 3"])


def test_a_table() -> None:
    assert table(["", "a"], [["b", "1"]]) == "|  | a |\n| --- | ---: |\n| b | 1 |\n"
