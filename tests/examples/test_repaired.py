"""The loop on the examples: that "repaired" is another text, and a better one."""

from __future__ import annotations

import pytest

from deburr.engine import languages, scan
from deburr.model import Source
from tests.examples.repaired import loop, original_text, repaired_text
from tests.examples.test_expected import EXPECTED

FEWEST_CHANGED = 15

pytestmark = pytest.mark.skipif(
    loop() is None,
    reason="the review loop was not found: every test of the variant `repaired` ran on the ORIGINAL text",
)


def principles(path: str, text: str) -> list[str]:
    """What the text breaks, one entry per finding."""
    return [found.principle for found in scan(Source(text, f"examples/{path}", languages.of(path))).findings]


def test_most_examples_are_changed() -> None:
    changed = [path for path in EXPECTED if repaired_text(path) != original_text(path)]
    assert len(changed) >= FEWEST_CHANGED


@pytest.mark.parametrize("path", EXPECTED)
def test_a_repair_removes_and_adds_nothing(path: str) -> None:
    before, after = principles(path, original_text(path)), principles(path, repaired_text(path))
    assert {name for name in after if after.count(name) > before.count(name)} == set()
    if repaired_text(path) != original_text(path):
        assert len(after) < len(before)
