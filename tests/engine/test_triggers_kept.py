"""Triggers that were kept as bytes are those that were collected."""

from __future__ import annotations

from functools import cache

import pytest

from deburr import constitution, libraries
from deburr.engine.rulebook import Rulebook
from deburr.engine.triggers import Triggers


@cache
def both() -> tuple[Triggers, Triggers]:
    """Triggers that were collected, and the same kept and read back."""
    rulebook = Rulebook.build(constitution.load(), libraries.load())
    collected = Triggers(rulebook, "python")
    return collected, Triggers(rulebook, "python", collected.serialized())


def test_nothing_of_what_is_asked_for_is_lost() -> None:
    collected, restored = (vars(one.table) for one in both())
    assert collected.keys() >= {"words", "needs", "entries"}
    assert [name for name in collected if collected[name] != restored[name]] == []


@pytest.mark.parametrize("quick", [False, True])
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (b"import os\n\ndef size(a):\n    return a + 1\n", set()),
        (b"import subprocess\n\ndef run(a):\n    subprocess.run(a, shell=True)\n", {"subprocess.run"}),
        (b"", set()),
    ],
)
def test_they_find_the_same(code: bytes, words: set[str], quick: bool) -> None:
    collected, restored = both()
    assert restored.found(code, quick) == collected.found(code, quick)
    assert restored.found(code, quick).words == words
