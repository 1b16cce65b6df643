"""Examples and counter-examples of a provider's format, made at random: no whole secret stands in a file."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import NamedTuple

import re2

from deburr.engine.secrets.digits import RIGHT
from deburr.providers import Format
from tests.engine.secrets import made
from tests.engine.secrets.checked import MAKERS


class Made(NamedTuple):
    """A text that holds a secret, and the secret."""

    text: str
    value: str


def example(form: Format, draw: random.Random) -> Made:
    """What the regex of the form describes, its check digits right."""
    maker = MAKERS.get(form.check)
    text = (maker and maker(form, draw)) or made.text_of(form.regex, draw)
    if form.near:
        return Made(text, text)
    found = re2.search(form.regex, text)
    assert found is not None, (form.id, text)
    return Made(text, found[1] if found.re.groups and found[1] else found[0])


def word(form: Format, draw: random.Random) -> str:
    """A word that must stand near the value."""
    return made.text_of(form.near, draw).strip("_-")


def contexts(form: Format, text: str, draw: random.Random) -> dict[str, str]:
    """The text in code, in a file of environment variables and in JSON."""
    if form.near:
        near = word(form, draw)
        return {
            "code": f'{near}_key = "{text}"\n',
            "env": f"{near.upper()}_KEY={text}\n",
            "json": f'{{\n  "{near}_key": "{text}"\n}}\n',
        }
    if form.regex.startswith("(?:^|"):
        return dict.fromkeys(("code", "env", "json"), f"{text.strip()}\n")
    quoted = '"' in text or "'" in text
    bare = '"' in text or "\n" in text
    return {
        "code": "client = Client(" + (text if quoted or "\n" in text else repr(text)) + ")\n",
        "env": f"A_NAME={text}\n",
        "json": f"{{{text}}}\n" if bare else f"{json.dumps({'a': text}, indent=2)}\n",
    }


def counters(form: Format, draw: random.Random) -> Iterator[tuple[str, str]]:
    """(what is wrong, text) of what is almost an example."""
    text, value = example(form, draw)
    least, most = made.width(form.regex)
    plain = value[0].isalnum() and value[-1].isalnum()
    if least == most and text == value:
        yield "one character short", value[:-1]
        if plain:
            yield "the beginning of a longer run", value + "Zq7"
    if text == value and plain and (least == most or not form.near):
        yield "the end of a longer run", "Zq7" + value
    if form.check in RIGHT and form.check != "aws-id" and (form.check != "github" or "{36" in form.regex):
        at = len(value) - 9
        other = next(c for c in "KQ" if c != value[at])
        yield "a wrong check digit", text.replace(value, value[:at] + other + value[at + 1 :])
    yield "a stand-in", text.replace(value, value[:4] + "x" * (len(value) - 4))
    yield from (("a text named by the file", one) for one in form.unlike)
