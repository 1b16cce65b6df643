"""The figures that the README shows are those that were measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench.measure import run, table
from bench.quality.__main__ import markdown as quality
from bench.speed.__main__ import markdown as speed

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", ["quality", "speed"])
def test_the_readme_shows_the_results_that_are_kept(name: str) -> None:
    folder = ROOT / "bench" / name
    made = {"quality": quality, "speed": speed}[name](json.loads((folder / "results.json").read_text("utf-8")))
    assert made == (folder / "results.md").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert re.findall(rf"<!-- bench/{name}/results.md -->\n(.*?)<!-- end -->", readme, re.DOTALL) == [made]


def test_a_run_that_ends_badly_is_no_measurement() -> None:
    assert run(["sh", "-c", "echo seen; exit 1"], good=(0, 1)).output == "seen\n"
    with pytest.raises(RuntimeError, match=r"^sh ended with 3: lost\n$"):
        run(["sh", "-c", "echo lost >&2; exit 3"])


def test_a_table() -> None:
    assert table(["", "a"], [["b", "1"]]) == "|  | a |\n| --- | ---: |\n| b | 1 |\n"
