"""Prose shortened, wrapped and colored."""

from __future__ import annotations

from deburr.surfaces.shared.paint import Paint
from deburr.surfaces.shared.prose import first_sentences, wrap


def test_sentences_as_far_as_they_fit() -> None:
    text = "One sentence e.g. this\none. See [the page](https://example.org). Third.\n\nNext paragraph."
    assert first_sentences(text, 10) == "One sentence e.g. this one."
    assert first_sentences(text, 45) == "One sentence e.g. this one. See the page."
    assert first_sentences(text, 500) == "One sentence e.g. this one. See the page. Third."


def test_lines_hang_behind_their_head() -> None:
    assert wrap("aaaa bbbb cccc dddd eeee ffff", Paint(width=30), 4, 10) == [
        "aaaa bbbb cccc dddd",
        "    eeee ffff",
    ]


def test_code_is_colored_across_lines_and_the_rest_keeps_its_style() -> None:
    lines = wrap("say `open a very long name of a file` now", Paint(color=True, width=30), 0, 0, "bold")
    assert lines == [
        "\x1b[1msay \x1b[0m\x1b[1;36m`open a very long name of\x1b[0m",
        "\x1b[1;36ma file`\x1b[0m\x1b[1m now\x1b[0m",
    ]
