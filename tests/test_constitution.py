"""Every principle, by its own examples: what is marked is found, what is not marked is not."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from deburr.constitution import Example, Principle, load
from deburr.engine import scan
from deburr.model import Finding, Source, Span
from tests.marks import path_of, problems

ROOT = Path(__file__).parent.parent
PRINCIPLES = load()
NAMES = {principle.id for principle in PRINCIPLES}


def fences() -> Iterator[tuple[Principle, Example]]:
    for principle in PRINCIPLES:
        for example in (*principle.flagged, *principle.allowed):
            yield principle, example


def named(value: object) -> str | None:
    """How a case is called: the file, and the line on which its code begins."""
    return f"{value.id}.md" if isinstance(value, Principle) else str(value.line) if isinstance(value, Example) else None


@pytest.mark.parametrize(("principle", "example"), list(fences()), ids=named)
def test_exactly_what_is_marked_is_reported(principle: Principle, example: Example) -> None:
    report = scan(Source(example.code, path_of(example), example.language))
    wrong = [f"{example.line - 1 + line}: {what}" for line, what in problems(example, report.findings, principle.id)]
    assert not wrong, "\n".join([f"{principle.file}, by its own lines", *wrong])


def finding(line: int, name: str, confidence: str = "high", persona: str = "regular") -> Finding:
    return Finding(name, "", "", Span(line, 1, line, 2), "high", confidence, persona)  # type: ignore[arg-type]


def test_marks_can_fail() -> None:
    example = Example("python", "", 1, findings=((1, "a"), (2, "b")), missed=((3, "c"),))
    reported = [finding(1, "a"), finding(3, "c"), finding(4, "d", "medium"), finding(5, "d", "low")]
    assert list(problems(example, [*reported, finding(6, "d", persona="auditor"), finding(7, "a", "low")], "a")) == [
        (2, "b is marked and not reported"),
        (3, "c is found now: change its mark from `missed` to `finding`"),
        (4, "d is reported (medium, regular) and not marked"),
        (7, "a is reported (low, regular) and not marked"),
    ]
    assert list(problems(example, [finding(1, "a"), finding(2, "b")], "a")) == []


def test_there_are_at_least_sixty_principles() -> None:
    assert len(NAMES) >= 60


@pytest.mark.parametrize("principle", PRINCIPLES, ids=named)
def test_a_principle_is_written_as_the_house_says(principle: Principle) -> None:
    marks = [mark for example in principle.flagged for mark in (*example.findings, *example.missed)]
    assert {name for _, name in marks} <= NAMES
    assert not principle.id.startswith("no-")
    assert not re.search(r"[.!?\n]$", principle.title)
    assert principle.title[0].isupper()
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", principle.why)) <= 9
    assert "quote" in principle.question.lower().split("?")[-1]
    shown = Counter(example.language for example in principle.flagged if example.findings)
    allowed = Counter(example.language for example in principle.allowed)
    assert shown.total() >= 2, "at least two flagged examples, and what is only `missed` does not count"
    assert allowed.total() >= 2


def has_magic(code: str) -> bool:
    """Whether it is a notebook's cell, which Python alone does not parse."""
    return bool(re.search(r"^\s*[%!]|=\s*[%!]", code, re.MULTILINE))


@pytest.mark.parametrize(
    ("principle", "example"),
    [(p, e) for p, e in fences() if e.language == "python" and not has_magic(e.code)],
    ids=named,
)
def test_examples_in_python_are_python(principle: Principle, example: Example) -> None:
    ast.parse(example.code, f"{principle.file}:{example.line}")


def test_every_detector_is_named_as_its_principle() -> None:
    wanted = {principle.id for principle in PRINCIPLES if principle.triggers}
    files = (ROOT / "src/deburr/engine/detectors").glob("[!_]*.py")
    assert {file.stem.replace("_", "-") for file in files} == wanted
    assert all(find_spec(f"deburr.engine.detectors.{name.replace('-', '_')}") for name in wanted)


EVALUATION = ROOT.parent / "shared/evals"


@pytest.mark.skipif(not EVALUATION.is_dir(), reason="the held-out sets are not part of the project, and not here")
def test_the_examples_share_no_text_with_the_held_out_sets() -> None:
    from bench.quality.overlap import shared
    from deburr.libraries import load as load_libraries

    texts = {f"{principle.file}:{example.line}": example.code for principle, example in fences()}
    texts |= {f"{one.file} {n}": text for one in load_libraries() for n, text in enumerate(one.witnesses)}
    texts |= {str(file): file.read_text("utf-8") for file in (ROOT / "examples").rglob("*.py")}
    assert shared(texts, EVALUATION) == {}


def test_what_is_superseded_exists() -> None:
    principles = {one.id: one for one in load()}
    assert [name for one in principles.values() for name in one.supersedes if name not in principles] == []
