"""A placeholder tells the kind of a value and which are the same, and nothing else."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from deburr.engine.secrets.placeholders import Form, Placeholder, Tags, standing, stretches

_FORMS: tuple[Form, ...] = ("plain", "entity", "quoted", "escaped", "name")


@settings(max_examples=100, deadline=None)
@given(st.binary(min_size=1), st.binary(min_size=1), st.binary(max_size=100))
def test_tags_are_equal_where_values_are(first: bytes, second: bytes, key: bytes) -> None:
    tags = Tags(key)
    one, other = tags.placeholder("a-kind", first), tags.placeholder("a-kind", second)
    assert (one == other) == (first == second)
    if key:
        assert Tags(key).placeholder("a-kind", first) == one


def test_another_key_gives_another_tag() -> None:
    assert Tags(b"1").placeholder("k", b"value") != Tags(b"2").placeholder("k", b"value")
    assert Tags().placeholder("k", b"value") == Tags().placeholder("k", b"value")


def test_a_tag_that_is_taken_is_made_longer() -> None:
    tags = Tags(b"key")
    short = tags.placeholder("k", b"value")
    again = Tags(b"key")
    again.given[short.id] = b"another value of the same tag"
    longer = again.placeholder("k", b"value")
    assert len(longer.tag) > len(short.tag)
    assert longer.tag.startswith(short.tag)
    assert again.placeholder("k", b"value") == longer


def test_every_spelling_is_recognized() -> None:
    for kind in ("aws-access-key-id", "1password-token", "x"):
        one = Placeholder(kind, "0123456789ab")
        for form in _FORMS:
            text = f"a = {one.spelled(form)}, b"
            (found,) = standing(text)
            assert found.what == one
            assert text[found.start : found.end] == one.spelled(form)
            assert stretches(f"ä {text}".encode()) == [(found.start + 3, found.end + 3)]


def test_the_name_is_one_in_most_languages() -> None:
    assert re.fullmatch(r"[A-Za-z_]\w*", Placeholder("a-kind", "0123456789ab").spelled("name"))


def test_an_odd_kind_is_made_plain() -> None:
    assert Tags(b"k").placeholder("Größe <x>", b"v").kind == "gr-e-x"
