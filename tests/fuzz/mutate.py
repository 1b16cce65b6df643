"""Small changes of a text that keep much of its form: what a careless editor, or a model that lost its thread, does."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

LARGEST = 40_000
_WORD = re.compile(r"\w+")
_ODD = (
    *("\0", "\r", "\t", "(", ")", "[", "]", "{", "}", "'", '"', '"""', "`", "${", "#", "//", "/*", ":", ";", ",", "."),
    *("\n", "é", "😀", "\u2028", "\ud800", "lambda", "=>", "f'{", "\\", "@", "%", "...", "*", "**", "=", ":=", "?."),
    *("await ", "yield ", "async ", "return ", "del ", "global x", "nonlocal x", "class ", "function ", "import "),
    *("if x:", "else:", "try:", "except:", "finally:", "match x:", "case _:", "with x as y:", " " * 9, "</div>", "<>"),
)


def mutate(text: str, other: str, draw: Random) -> str:
    """The text with one to four changes; `other` lends pieces."""
    for _ in range(draw.randint(1, 4)):
        text = draw.choice(_CHANGES)(text, other, draw)[:LARGEST]
    return text


def _span(text: str, draw: Random, most: int = 200) -> tuple[int, int]:
    begin = draw.randint(0, len(text))
    return begin, min(len(text), begin + draw.randint(0, most))


def _odd(text: str, _: str, draw: Random) -> str:
    begin, end = _span(text, draw, 8)
    return text[:begin] + draw.choice(_ODD) + text[end:]


def _cut(text: str, _: str, draw: Random) -> str:
    begin, end = _span(text, draw)
    return text[:begin] + text[end:]


def _end(text: str, _: str, draw: Random) -> str:
    return text[: draw.randint(0, len(text))]


def _lend(text: str, other: str, draw: Random) -> str:
    begin, end = _span(other, draw, 600)
    at = draw.randint(0, len(text))
    return text[:at] + other[begin:end] + text[at:]


def _append(text: str, other: str, _: Random) -> str:
    return f"{text}\n{other}"


def _swap(text: str, _: str, draw: Random) -> str:
    lines = text.split("\n")
    one, two = draw.randrange(len(lines)), draw.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return "\n".join(lines)


def _repeat(text: str, _: str, draw: Random) -> str:
    begin, end = _span(text, draw, 60)
    return text[:end] + text[begin:end] * draw.choice((1, 2, 5, 40)) + text[end:]


def _rename(text: str, other: str, draw: Random) -> str:
    words, lent = _WORD.findall(text), _WORD.findall(other)
    if not words or not lent:
        return text
    old, new = draw.choice(words), draw.choice(draw.choice((words, lent)))
    return re.sub(rf"\b{re.escape(old)}\b", new, text, count=draw.choice((0, 1)))


def _deepen(text: str, _: str, draw: Random) -> str:
    begin, end = _span(text, draw, 30)
    left, right = draw.choice((("(", ")"), ("[", "]"), ("{", "}"), ("f(", ")"), ("-", ""), ("x if ", " else y")))
    times = draw.choice((1, 3, 30, 300))
    return text[:begin] + left * times + text[begin:end] + right * times + text[end:]


def _indent(text: str, _: str, draw: Random) -> str:
    lines = text.split("\n")
    begin = draw.randrange(len(lines))
    end = begin + draw.randint(1, 10)
    return "\n".join("    " + line if begin <= at < end else line for at, line in enumerate(lines))


_CHANGES: tuple[Callable[[str, str, Random], str], ...] = (
    *(_odd, _cut, _end, _lend, _append, _swap, _repeat, _rename, _rename, _deepen, _indent),
)
