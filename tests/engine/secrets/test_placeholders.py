"""Redacted text keeps its shape, and gives nothing away."""

from __future__ import annotations

import ast
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from deburr.engine import secrets
from deburr.model import Span
from tests.engine.secrets import made

_DRAW = random.Random(3)
_KEY = b"a key for the tests"


def test_a_placeholder_is_typed_and_stable() -> None:
    value = made.token(_DRAW, "ghp_")
    text, _ = secrets.redact(f"a = '{value}'\nb = '{value}'\n", "python", _KEY)
    first, second = text.splitlines()
    assert first[5:-6].startswith("<REDACTED:github-personal-token:")
    assert first[4:] == second[4:]
    assert value not in text


def test_another_key_gives_another_mark() -> None:
    text = f"a = '{made.token(_DRAW, 'ghp_')}'"
    assert secrets.redact(text, "python", b"1") != secrets.redact(text, "python", b"2")


def test_spans_are_where_the_secret_stood() -> None:
    value = "Winter-" + "2024!"
    _, spans = secrets.redact(f"é = 1\nä, password = 1, '{value}'\npassword = '{value}'\n", "python")
    assert spans == (Span(3, 13, 3, 13 + len(value)),)


def test_code_still_parses() -> None:
    value = made.run(32, _DRAW)
    code = f"""
import requests
API_KEY = "{value}"
URL = "postgresql://app:{value}@db.host/x"
requests.get(URL, headers={{"Authorization": "Bearer {value}"}}, auth=("bob", "{value}"))
KEY = '''{made.pem(_DRAW)}'''  # password: {value}
"""
    text, spans = secrets.redact(code, "python")
    ast.parse(text)
    assert value not in text
    assert len(spans) == 6


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    redacted, spans = secrets.redact(text)
    assert spans or redacted == text


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["password = '", "token: ", "https://a:", "-----BEGIN PRIVATE " + "KEY-----", "eyJ"]),
)
def test_any_bytes_are_taken(data: bytes, start: str) -> None:
    found = secrets.find(data + start.encode() + data + b"'@h", "python")
    ends = [secret.end for secret in found]
    assert all(s.start < s.end for s in found)
    assert ends == sorted(ends)
