"""The corpus of notebooks is what it says, and little of it is missed."""

from __future__ import annotations

import json

from bench.quality.notebooks import corpus, deburr, score


def test_the_same_seed_gives_the_same_corpus() -> None:
    assert corpus(5, 6) == corpus(5, 6)
    assert corpus(5, 6) != corpus(6, 6)


def test_every_planted_value_stands_in_its_notebook_on_one_line() -> None:
    books = corpus(3, 60)
    assert sum(len(one.plants) for one in books) == 120
    for one in books:
        json.loads(one.text)
        assert all(any(plant.value in row for row in one.text.split("\n")) for plant in one.plants)


def test_little_is_missed_and_nothing_else_is_told() -> None:
    books = corpus(9, 60)
    result = score(books, deburr(books))
    assert result.found >= 0.95 * result.planted
    assert result.alarms == ()


def test_what_is_found_elsewhere_is_a_false_alarm() -> None:
    books = corpus(3, 2)
    nothing = score(books, [[], []])
    assert (nothing.found, nothing.false) == (0, 0)
    assert score(books, [[(1, 1)], []]).false == 1
