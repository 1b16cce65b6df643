"""Every provider's pattern finds a value of its form, in the middle of a text, and lets a stand-in pass."""

from __future__ import annotations

import base64
import random

import pytest
import re2

from deburr.engine import secrets
from deburr.engine.secrets.pack import all_formats
from deburr.providers import Format, whole
from tests.engine.secrets import made

FORMATS = tuple(all_formats())


def example(pattern: Format, draw: random.Random) -> str:
    """A text that holds a secret of the pattern."""
    if pattern.check == "jwt":
        return f"{pattern.near} = {made.web_token(draw)}" if pattern.near else made.web_token(draw)
    if pattern.check == "github" and "{36}" in pattern.regex:
        return made.token(draw, pattern.regex.partition("_")[0] + "_")
    if pattern.check == "discord":
        return made.bot_token(draw)
    if pattern.check == "pem":
        return base64.b64encode(made.pem(draw).encode()).decode()
    return made.text_of(whole(pattern), draw)


@pytest.mark.parametrize("pattern", FORMATS, ids=lambda pattern: pattern.id)
def test_a_value_of_the_form_is_found(pattern: Format) -> None:
    found = 0
    for seed in range(6):
        draw = random.Random(f"{pattern.id}-{seed}")
        text = example(pattern, draw)
        data = f"some words before\nconfig = '{text}'\nand after\n".encode()
        value = re2.search(whole(pattern), data.decode())
        assert value is not None, text
        found += any(
            s.start < data.index(text.encode()) + len(text) and s.end > data.index(text.encode())
            for s in secrets.find(data, "text")
        )
    assert found >= 4


@pytest.mark.parametrize("pattern", FORMATS, ids=lambda pattern: pattern.id)
def test_a_stand_in_is_not(pattern: Format) -> None:
    draw = random.Random(pattern.id)
    text = example(pattern, draw)
    match = re2.search(whole(pattern), text)
    value = match[1] if match.re.groups and match[1] else match[0]
    data = f"config = '{text.replace(value, value[:4] + 'x' * (len(value) - 4))}'\n".encode()
    assert [s for s in secrets.find(data, "text") if s.confidence != "low"] == []


def test_ids_are_unique() -> None:
    assert len({pattern.id for pattern in FORMATS}) == len(FORMATS)
