"""Texts that nest too deeply for the stack."""

from __future__ import annotations

import sys
import threading

import pytest

from deburr.engine import ir, languages
from deburr.engine.depth import apart, is_apart, prune


def down(levels: int) -> int:
    return down(levels - 1) + 1 if levels else 0


def test_a_call_that_does_not_fit_gets_a_stack_of_its_own() -> None:
    levels = sys.getrecursionlimit() - 100
    seen = []

    @apart
    def deep() -> int:
        seen.append((is_apart(), threading.current_thread() is threading.main_thread()))
        return down(levels)

    def below(more: int) -> int:
        return below(more - 1) if more else deep()

    assert below(200) == levels
    assert seen == [(False, True), (True, False)]
    assert not is_apart()


def test_one_that_never_fits_raises() -> None:
    with pytest.raises(RecursionError):
        apart(down)(sys.getrecursionlimit() + 1)


def test_errors_come_through() -> None:
    @apart
    def wrong() -> None:
        if is_apart():
            raise ValueError("apart")
        raise RecursionError

    with pytest.raises(ValueError, match="apart"):
        wrong()


def test_what_nests_deeper_is_left_out() -> None:
    module = languages.lower(
        b"if a:\n    if b:\n        f(g(h(1)), [2], {3: 4}, lambda x: x)\n        x = 1\n", "python"
    )
    for limit in range(12, 0, -1):
        prune(module, limit)
        depths = [0]
        level: list[ir.Node] = [module]
        while level:
            level = [inner for node in level for inner in ir.children(node)]
            depths.append(depths[-1] + 1)
        assert len(depths) <= limit + 4
