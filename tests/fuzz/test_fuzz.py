"""A short, repeatable piece of the search; the long one is `python -m tests.fuzz`."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.invariants import check
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
