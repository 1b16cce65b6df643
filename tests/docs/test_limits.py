from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from deburr.constitution import Principle, example, load
from deburr.libraries import Library
from docs.generate import ROOT, broken_links, limits
from docs.limits import HEAD, NONE, collect, markdown

CODE = """import os


def run(command):
    os.system(command)  # missed: shell-injection
"""
SCRIPT = """const cp = require("child_process");
cp.exec(location.hash); // missed: shell-injection
cp.exec("ls"); cp.exec(name); // missed: code-injection
"""


def shell() -> Principle:
    one = next(principle for principle in load() if principle.id == "shell-injection")
    return replace(one, flagged=(example(CODE, "python", 30),), allowed=())


def test_marks_of_principles_witnesses_and_programs_of_every_language_are_collected() -> None:
    library = Library("shop", "javascript", {}, (SCRIPT,), "javascript/shop.toml")
    program = f"# Programs\n\n## One\n```python\n{CODE}```\n"
    missed = collect([shell()], [library], {"tests/programs.md": program})
    assert [(one.principle, one.example.language, one.where, one.example.line) for one in missed] == [
        ("code-injection", "javascript", "src/deburr/libraries/javascript/shop.toml", 1),
        ("shell-injection", "javascript", "src/deburr/libraries/javascript/shop.toml", 1),
        ("shell-injection", "python", "src/deburr/constitution/shell-injection.md", 30),
        ("shell-injection", "python", "tests/programs.md", 5),
    ]


def test_the_page_groups_counts_and_links_them() -> None:
    page = markdown(collect([shell()], [], {}))
    assert page == (
        HEAD
        + "| principle | language | cases |\n|---|---|---:|\n| [shell-injection](#shell-injection) | python | 1 |\n"
        + "\n## shell-injection\n"
        + "\npython, line 5; from "
        + "[src/deburr/constitution/shell-injection.md](../src/deburr/constitution/shell-injection.md):\n\n"
        + f"```python\n{CODE}```\n"
    )
    assert markdown([]) == HEAD + NONE


def test_the_page_in_the_docs_is_what_the_marks_say() -> None:
    file = ROOT / "docs/known-limits.md"
    assert file.read_text("utf-8") == limits(), "run `make docs`"
    assert list(broken_links([Path(file)])) == []
