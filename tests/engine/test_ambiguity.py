"""Which patterns take exponential time."""

from __future__ import annotations

import pytest

from deburr.engine.ambiguity import characters, is_catastrophic


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(a+)+$",
        r"^(\w+\s?)*$",
        r"^([a-zA-Z0-9]+)*@x",
        r"(x+x+)+y",
        r"^(a|aa)+$",
        r"(.*,)*x",
        r"^(([a-z])+.)+[A-Z]([a-z])+$",
        r"(\s*\w+\s*)*;",
        r"(?:\.|[^x])*x",
        r"^(?:(?:\d+)?-?)*$",
        r"(?i)^(?P<word>\w+ ?){2,}!",
    ],
)
def test_a_loop_that_can_divide_a_text_in_two_ways(pattern: str) -> None:
    assert is_catastrophic(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"^\w+$",
        r"^(\w+\s)*$",
        r"^[a-z]+(-[a-z]+)*$",
        r"(?:a|b|cd)*x",
        r"^(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}$",
        r"/\*(?:[^*]|\*(?!/))*\*/",
        r"^(?:\d+[hms])+$",
        r"^(?:[a-z]{1,3}){1,4}$",
        r'^(?:[^"\\]|\\.)*"',
    ],
)
def test_a_loop_with_one_way_to_go(pattern: str) -> None:
    assert not is_catastrophic(pattern)


def test_what_cannot_fail_afterwards_is_quick() -> None:
    assert not is_catastrophic(r"(\w+\s?)*")
    assert is_catastrophic(r"(\w+\s?)*", whole=True)


def test_a_verbose_pattern_is_read_without_its_comments() -> None:
    assert not is_catastrophic(r"(a #+ b+ many", verbose=True)
    assert is_catastrophic("(a+ # one\n )+ b", verbose=True)


@pytest.mark.parametrize("pattern", ["(", "a" * 5000, r"(a)(\1b+)+c", "[[a-z]+", "(?>a+)+b"])
def test_what_cannot_be_read_is_not_reported(pattern: str) -> None:
    assert not is_catastrophic(pattern)


def test_sets_of_characters() -> None:
    assert characters("LITERAL", ord("a")) == 1 << ord("a")
    assert not characters("NOT_LITERAL", ord("a")) & 1 << ord("a")
    assert not characters("ANY", None) & 1 << ord("\n")
