"""A short, repeatable piece of the search; the long one is `python -m tests.fuzz`."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.speed import dense
from deburr.engine import scan
from deburr.model import Report, Source
from tests.fuzz.invariants import check, check_secrets
from tests.fuzz.mutate import mutate
from tests.fuzz.texts import LANGUAGES, examples

short = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)


@pytest.mark.parametrize("language", LANGUAGES)
@short
@given(seed=st.integers(0, 2**32))
def test_changed_code_has_the_same_sound_report_twice(language: str, seed: int) -> None:
    draw = Random(seed)
    texts = examples(language)
    check(mutate(draw.choice(texts), draw.choice(texts), draw), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_quick_way_shows_of_every_example_what_the_thorough_one_does(language: str) -> None:
    wrong = []
    for text in examples(language):
        source = Source(text, f"app.{LANGUAGES[language]}", language)
        thorough, quick = (shown(scan(source, repairs=False, quick=way)) for way in (False, True))
        if thorough != quick:
            wrong.append((text[:200], sorted(thorough ^ quick)))
    assert wrong == []


@pytest.mark.parametrize("form", dense.FORMS)
@short
@given(seed=st.integers(0, 2**32), noise=st.binary(max_size=40))
def test_changed_texts_full_of_secrets_are_searched_soundly(form: str, seed: int, noise: bytes) -> None:
    draw = Random(seed)
    one, other = (dense.text(dense.lines(form, draw, 0.5), 2000).decode() for _ in range(2))
    data = mutate(one, other, draw).encode("utf-8", "surrogatepass")
    at = draw.randrange(len(data) + 1)
    check_secrets(data[:at] + noise + data[at:], "python" if form == "python" else "text")


@short
@given(data=st.binary(max_size=400))
def test_any_bytes_are_searched_soundly(data: bytes) -> None:
    check_secrets(data, "text")
    check_secrets(b"password = '" + data + b"' -----BEGIN PRIVATE " + b"KEY-----" + data, "python")


def shown(report: Report) -> set[tuple[int, str]]:
    """What the default profile shows."""
    return {
        (one.span.line, one.principle)
        for one in report.findings
        if one.confidence != "low" and one.persona == "regular"
    }


DEEP = {
    "decrements of decrements": ("javascript", "--" * 60 + "x; eval(location.hash)"),
    "changes inside of places": ("javascript", "a[" * 40 + "i" + "++]" * 40 + " = location.hash"),
    "changes of what was changed": ("typescript", "(" * 40 + "a" + ".b += 1)" * 40 + ".c = location.hash"),
}


@pytest.mark.parametrize("name", DEEP)
def test_what_the_search_found_is_mended(name: str) -> None:
    language, text = DEEP[name]
    check(text, language)


def test_a_change_depends_on_nothing_but_the_draw() -> None:
    one, two = "import os\nos.system(x)\n", "def f():\n    return 1\n"
    assert mutate(one, two, Random(7)) == mutate(one, two, Random(7))
