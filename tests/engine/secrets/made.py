"""Texts that a pattern describes, made at random: no whole secret stands in a file of this repository."""

from __future__ import annotations

import base64
import json
import random
import string
from binascii import crc32
from collections.abc import Callable
from importlib import import_module
from typing import Any

# The standard library parses regular expressions here, under a private name.
op: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

_WORD = string.ascii_letters + string.digits
_CATEGORY = {
    op.CATEGORY_DIGIT: string.digits,
    op.CATEGORY_WORD: _WORD,
    op.CATEGORY_SPACE: " ",
    op.CATEGORY_NOT_SPACE: _WORD,
}


def text_of(regex: str, draw: random.Random) -> str:
    """A text that the regex matches."""
    return _walk(parser.parse(regex), draw)


def _walk(tree: Any, draw: random.Random) -> str:
    return "".join(_MAKERS[kind](argument, draw) for kind, argument in tree)


def _of_set(items: Any, draw: random.Random) -> str:
    if items[0][0] is op.NEGATE:
        not_ = {chr(argument) for kind, argument in items[1:] if kind is op.LITERAL}
        return draw.choice([c for c in _WORD if c not in not_])
    pool = ""
    for kind, argument in items:
        if kind is op.LITERAL:
            pool += chr(argument)
        elif kind is op.RANGE:
            pool += "".join(map(chr, range(argument[0], argument[1] + 1)))
        else:
            pool += _CATEGORY[argument]
    # Keep the mixed look of a generated value where the set also holds marks.
    plain = [c for c in pool if c.isalnum()]
    return draw.choice(plain or pool)


def _repeat(argument: Any, draw: random.Random) -> str:
    least, most, tree = argument
    free = tree[0][0] is op.NOT_LITERAL or (tree[0][0] is op.IN and tree[0][1][0][0] is op.NEGATE)
    if free and int(most) > 40:
        return "".join(_walk(tree, draw) for _ in range(max(int(least), 12)))
    times = int(least) if int(least) > 3 else draw.randint(int(least), min(int(most), int(least) + 2))
    return "".join(_walk(tree, draw) for _ in range(times))


_MAKERS: dict[Any, Callable[[Any, random.Random], str]] = {
    op.LITERAL: lambda argument, _draw: chr(argument),
    op.NOT_LITERAL: lambda _argument, draw: draw.choice("abc"),
    op.ANY: lambda _argument, draw: draw.choice(_WORD),
    op.IN: _of_set,
    op.MAX_REPEAT: _repeat,
    op.MIN_REPEAT: lambda argument, draw: "".join(_walk(argument[2], draw) for _ in range(int(argument[0]))),
    op.SUBPATTERN: lambda argument, draw: _walk(argument[3], draw),
    op.BRANCH: lambda argument, draw: _walk(draw.choice(argument[1]), draw),
    op.AT: lambda _argument, _draw: "",
    op.CATEGORY: lambda argument, draw: draw.choice(_CATEGORY[argument]),
}


def run(size: int, draw: random.Random, alphabet: str = _WORD) -> str:
    """A mixed value of this length."""
    return "".join(draw.choice(alphabet) for _ in range(size))


def token(draw: random.Random, prefix: str) -> str:
    """A GitHub-like token with a right checksum."""
    body, digits = run(30, draw), ""
    number = crc32(body.encode())
    for _ in range(6):
        number, digit = divmod(number, 62)
        digits = (string.digits + string.ascii_uppercase + string.ascii_lowercase)[digit] + digits
    return prefix + body + digits


def web_token(draw: random.Random) -> str:
    """A JSON Web Token with a readable header."""

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'sub': run(12, draw)})}.{run(43, draw)}"


def bot_token(draw: random.Random) -> str:
    """A Discord token: an id in base64, a time, a signature."""
    first = base64.b64encode(("1" + run(17, draw, string.digits)).encode()).decode().rstrip("=")
    return f"{first}.{run(6, draw)}.{run(27, draw)}"


def pem(draw: random.Random, label: str = "PRIVATE KEY") -> str:
    """A block in the form of a private key."""
    body = "\n".join(run(64, draw, _WORD + "+/") for _ in range(6))
    return f"-----BEGIN {label}-----\n{body}\n-----END {label}-----"


def width(regex: str) -> tuple[int, int]:
    """The lengths of the shortest and the longest text that the regex matches."""
    least, most = parser.parse(regex).getwidth()
    return int(least), int(most)
