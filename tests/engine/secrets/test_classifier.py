"""The classifier: what it may decide, that it is the same for everybody, and that it can be left out."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from deburr.engine import secrets
from deburr.engine.secrets import classifier, mode
from deburr.engine.secrets.features import features, sight
from tests.engine.secrets import made

_DRAW = random.Random(23)
_ODD = made.run(10, _DRAW, "bcdfghjklmnpqrstvwxz")
_KEY = made.run(32, _DRAW)


def seen(text: str, path: str = "app/db.py", language: str = "python") -> list[tuple[str, str]]:
    data = text.encode()
    return [(data[s.start : s.end].decode(), s.confidence) for s in secrets.find(data, language, path)]


@pytest.fixture
def _rules_only() -> Iterator[None]:
    mode.use("rules")
    yield
    mode.use("both")


def test_letters_that_form_no_word_are_shown_in_tests_too() -> None:
    assert seen(f"client = connect(user='bob', password='{_ODD}')", "tests/test_db.py") == [(_ODD, "medium")]


@pytest.mark.parametrize("word", ["swordfish", "wrong-password", "sikrit", "secret2"])
def test_words_that_tests_use_are_not_shown_there(word: str) -> None:
    assert all(confidence == "low" for _, confidence in seen(f"password = '{word}'", "tests/test_db.py"))


@pytest.mark.parametrize(
    "text",
    [
        "cache.get(key='user:profile:42')",
        "sort_key = 'created_at'",
        "partition_key: 'tenant_id'",
        "token = 'next'",
        '"csrf_token": "form-field"',
        "PASSWORD_FIELD = 'user_password'",
        "{'allPass': 'overEvery'}",
        "TOKEN_TYPES = {'key': 'keyword_argument'}",
        "pad_token = '[PAD]'",
        "s3_key = 'reports/latest.csv'",
        "label_password = 'Your password'",
    ],
)
def test_keys_and_tokens_that_open_nothing_are_not_shown(text: str) -> None:
    assert [one for one in seen(text) if one[1] != "low"] == []


def test_what_the_rules_found_in_a_programs_own_file_is_never_hidden() -> None:
    assert seen("password = 'Sommer'") == [("Sommer", "low")]


@pytest.mark.usefixtures("_rules_only")
def test_the_rules_alone_lower_what_stands_in_tests() -> None:
    text = f"password = '{_KEY}'"
    assert seen(text) == [(_KEY, "high")]
    assert seen(text, "tests/test_db.py") == [(_KEY, "medium")]


def test_no_fact_quotes_the_text() -> None:
    data = f"zanzibar_password = '{_KEY}'".encode()
    (secret,) = secrets.find(data, "python")
    assert not [fact for fact in features(sight(data, secret, "python", False)) if "zanzibar" in fact or _KEY in fact]


def test_chances_are_chances() -> None:
    assert 0 < classifier.chance([]) < 1
    assert classifier.chance(["unheard of"]) == classifier.chance([])


@pytest.mark.parametrize("value", [3 * "ab-", "\x80\xff", "ß" * 40, "=" * 9, "-" * 2000, "\\x00" * 9])
def test_no_value_is_too_odd_for_it(value: str) -> None:
    for form in ("password = '{}'", "https://u:{}@host/", "Authorization: Basic {}"):
        secrets.find(form.format(value).encode("utf-8"), "text", "docs/a.rst")
