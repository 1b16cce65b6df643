"""Every provider's format finds what has its form, wherever it stands, and nothing that only looks like it."""

from __future__ import annotations

import random

import pytest
import re2

from deburr import providers
from deburr.engine import secrets
from deburr.providers import Format, whole
from tests.engine.secrets import checked, forms

PROVIDERS = providers.load()
FORMATS = tuple(form for provider in PROVIDERS for form in provider.formats)
LANGUAGES = {"code": "python", "env": "text", "json": "json"}

every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)


@every_format
@pytest.mark.parametrize("where", LANGUAGES)
def test_a_value_of_the_form_is_found(form: Format, where: str) -> None:
    found = []
    for seed in range(3):
        draw = random.Random(f"{form.id}-{seed}")
        text, value = forms.example(form, draw)
        data = forms.contexts(form, text, draw)[where].encode()
        start = data.index(value.encode())
        kinds = {s.kind for s in secrets.find(data, LANGUAGES[where]) if s.start < start + len(value) and s.end > start}
        found.append(form.id in kinds or kinds)
    assert found.count(True) >= 2, found


@every_format
def test_what_is_almost_of_the_form_is_not(form: Format) -> None:
    wrong = []
    for seed in range(2):
        draw = random.Random(f"{form.id}-{seed}")
        for what, text in forms.counters(form, draw):
            for where, whole_text in forms.contexts(form, text, draw).items():
                kinds = [(s.kind, s.confidence) for s in secrets.find(whole_text.encode(), LANGUAGES[where])]
                if what == "a stand-in":
                    wrong += [(what, where, text, kind) for kind, confidence in kinds if confidence != "low"]
                else:
                    wrong += [(what, where, text, kind) for kind, _ in kinds if kind == form.id]
    assert wrong == []


@every_format
def test_the_expression_is_of_both_engines(form: Format) -> None:
    assert re2.compile(whole(form)).groups <= 1


def test_there_are_many_and_each_is_one() -> None:
    assert len(PROVIDERS) >= 440
    assert len({form.id for form in FORMATS}) == len(FORMATS) >= 570


def test_an_access_key_id_tells_an_account_of_twelve_digits() -> None:
    draw = random.Random(0)
    right, wrong = (f"x = '{checked.access_key_id(n, draw)}'".encode() for n in (10**12 - 1, 10**12))
    assert [s.kind for s in secrets.find(right, "python")] == ["aws-access-key-id"]
    assert "aws-access-key-id" not in [s.kind for s in secrets.find(wrong, "python")]
