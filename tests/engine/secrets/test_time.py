"""The time is in proportion to the text, whatever the text."""

from __future__ import annotations

import time

import pytest

from bench.speed import hostile
from deburr.engine import secrets


def seconds(data: bytes) -> float:
    begin = time.process_time()
    secrets.find(data, "python")
    return time.process_time() - begin


@pytest.mark.parametrize("what", hostile.TEXTS)
def test_twice_the_text_takes_twice_the_time(what: str) -> None:
    small, large = hostile.text(what, 40_000), hostile.text(what, 160_000)
    secrets.find(b"", "python")
    assert seconds(large) < 10 * max(seconds(small), 0.02)
