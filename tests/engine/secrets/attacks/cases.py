"""Markdown -> texts with made-up secrets, and what is expected of each."""

from __future__ import annotations

import base64
import codecs
import random
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from deburr import providers
from tests.engine.secrets import forms, made

_FENCE = re.compile(r"```(?P<language>[\w+-]+) (?P<path>\S+)$")
_MARK = re.compile(r"[ \t]*⟵ (finding|missed): ([a-z0-9-]+)(?: \((?:[^()]*)\))?$")
_HOLE = re.compile(r"‹(?:@(?P<again>\w+) )?(?P<kind>[a-z0-9-]+)(?::(?P<size>\d+))?(?P<filters>(?:\|[a-z0-9:]+)*)›")
_ALPHABETS = {
    "hex": "0123456789abcdef",
    "digits": "0123456789",
    "base64": made._WORD + "+/",
    "text": made._WORD,
    "x": "x",
    "lower": "abcdefghijklmnopqrstuvwxyz",
}


class Case(NamedTuple):
    """One text of an attack."""

    title: str
    language: str
    path: str
    text: str
    line: int
    """Of the Markdown file, on which the text begins."""

    finding: tuple[tuple[int, str], ...]
    """(line of the text, principle) that must be reported."""

    missed: tuple[tuple[int, str], ...]
    """The same, known not to be reported yet."""

    values: tuple[str, ...]
    """The secrets as they were made, before any filter."""


def cases(file: Path) -> Iterator[Case]:
    """The cases of a file in order, each with values of its own that stay the same from run to run."""
    lines = file.read_text("utf-8").split("\n")
    title, begin, fence = "", 0, None
    for number, line in enumerate(lines, 1):
        if fence is not None and line == "```":
            yield _case(title, fence, lines[begin : number - 1], begin + 1)
            fence = None
        elif fence is None and line.startswith("## "):
            title = line[3:]
        elif fence is None and line.startswith("```"):
            fence, begin = _FENCE.match(line), number
            assert fence, f"{file.name}:{number}: a fence says its language and its path"


def _case(title: str, fence: re.Match[str], lines: list[str], begin: int) -> Case:
    marks: dict[str, list[tuple[int, str]]] = {"finding": [], "missed": []}
    bare = []
    for number, line in enumerate(lines, 1):
        while mark := _MARK.search(line):
            marks[mark[1]].append((number, mark[2]))
            line = line[: mark.start()]
        bare.append(line)
    text, values = render("\n".join(bare), f"{title} {fence['path']}")
    found, missed = tuple(sorted(marks["finding"])), tuple(sorted(marks["missed"]))
    return Case(title, fence["language"], fence["path"], text + "\n", begin, found, missed, values)


def render(template: str, seed: str) -> tuple[str, tuple[str, ...]]:
    """The text with a value in place of each hole, and the values."""
    draw = random.Random(seed)
    kept: dict[str, str] = {}
    values: list[str] = []

    def fill(hole: re.Match[str]) -> str:
        value = kept.get(hole["again"]) if hole["again"] else None
        if value is None:
            value = _value(hole["kind"], int(hole["size"] or 0), draw)
            values.append(value)
        if hole["again"]:
            kept[hole["again"]] = value
        for name in hole["filters"].split("|")[1:]:
            word, _, argument = name.partition(":")
            value = FILTERS[word](value, int(argument or 0))
        return value

    return _HOLE.sub(fill, template).replace("␍", "\r"), tuple(values)


def _value(kind: str, size: int, draw: random.Random) -> str:
    if kind in _ALPHABETS:
        return made.run(size or 32, draw, _ALPHABETS[kind])
    if kind == "password":
        return "".join(
            draw.choice(part) for part in ("KLMNPRTVXZ", *["abcdefghkmnpqrstvwxyz"] * 5, *["23456789"] * 3, "!#%+")
        )
    if kind in _PEOPLE:
        return _PEOPLE[kind](draw)
    if kind == "uuid":
        return str(uuid.UUID(int=draw.getrandbits(128), version=4))
    if kind == "pem":
        return made.pem(draw, "RSA PRIVATE KEY")
    if kind == "jwt":
        return made.web_token(draw)
    found = providers.format_of(kind)
    assert found is not None, f"no format is called {kind!r}"
    return forms.example(found[1], draw).value


def _human(draw: random.Random) -> str:
    return f"{draw.choice(_WORDS).title()}{draw.randint(2009, 2026)}{draw.choice('!$*?')}"


def _phrase(draw: random.Random) -> str:
    return " ".join([*draw.sample(_WORDS, 3), str(draw.randint(10, 99))])


def _basic(draw: random.Random) -> str:
    return base64.b64encode(f"bot:{_value('password', 0, draw)}".encode()).decode()


_WORDS = "summer winter autumn dragon monkey purple banana castle rocket tiger orange silver coffee garden".split()
_PEOPLE: dict[str, Callable[[random.Random], str]] = {
    "human": _human,
    "phrase": _phrase,
    "basic": _basic,
    "weak": lambda draw: f"{draw.choice(_WORDS)}{draw.randint(10, 9999)}",
    "unicode": lambda draw: f"Grüße-{draw.choice(_WORDS).title()}-{draw.randint(100, 999)}€",
}
"""What people think up; `basic` is name and password in base64, as HTTP wants them."""


def _split(value: str, pieces: int) -> str:
    step = -(-len(value) // (pieces or 2))
    return '" + "'.join(value[at : at + step] for at in range(0, len(value), step))


FILTERS: dict[str, Callable[[str, int], str]] = {
    "base64": lambda value, _: base64.b64encode(value.encode()).decode(),
    "hex": lambda value, _: value.encode().hex(),
    "reverse": lambda value, _: value[::-1],
    "urlencode": lambda value, _: quote(value, safe=""),
    "percent": lambda value, _: "".join(f"%{byte:02X}" for byte in value.encode()),
    "rot13": lambda value, _: codecs.encode(value, "rot13"),
    "upper": lambda value, _: value.upper(),
    "lower": lambda value, _: value.lower(),
    "x": lambda value, _: "".join(f"\\x{byte:02x}" for byte in value.encode()),
    "u": lambda value, _: "".join(f"\\u{ord(char):04x}" for char in value),
    "chars": lambda value, _: ", ".join(f"'{char}'" for char in value),
    "codes": lambda value, _: ", ".join(str(ord(char)) for char in value),
    "escaped": lambda value, _: value.replace("\n", "\\n"),
    "indent": lambda value, size: value.replace("\n", "\n" + " " * size),
    "head": lambda value, size: value[:size],
    "tail": lambda value, size: value[size:],
    "split": _split,
}
"""How a value may be written; `head` and `tail` cut it at a place, `split` puts `" + "` between its pieces."""
