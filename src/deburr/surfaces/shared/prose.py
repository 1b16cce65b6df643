"""A principle's Markdown prose, shortened and wrapped for a terminal."""

from __future__ import annotations

import re
import textwrap

from deburr.surfaces.shared.paint import Paint

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`\"(])")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def first_sentences(text: str, most: int) -> str:
    """The first sentence of a section, and those after it that fit in `most` characters."""
    paragraph = " ".join(_LINK.sub(r"\1", _no_fences(text)).strip().split("\n\n")[0].split())
    taken = ""
    for sentence in _SENTENCE.split(paragraph):
        if taken and len(taken) + 1 + len(sentence) > most:
            break
        taken = f"{taken} {sentence}".strip()
    return taken


def wrap(text: str, paint: Paint, indent: int, first: int = 0, style: str = "") -> list[str]:
    """The text in lines that fit, each but the first behind `indent` columns, and `first` columns used in that."""
    lines = textwrap.wrap(
        text,
        width=max(min(paint.width, 100), 30),
        initial_indent=" " * first,
        subsequent_indent=" " * indent,
        break_on_hyphens=False,
    )
    painted: list[str] = []
    inside = False
    for line in lines:
        parts = line.split("`")
        shown = ""
        for at, part in enumerate(parts):
            inside ^= at > 0
            before = "`" if at and inside else ""
            after = "`" if inside and at + 1 < len(parts) else ""
            styles = [one for one in (style, "cyan" if inside else "") if one]
            shown += paint(f"{before}{part}{after}", *styles) if part.strip() or before or after else part
        painted.append(shown)
    if painted and first:
        painted[0] = painted[0].replace(" " * first, "", 1)
    return painted


def _no_fences(text: str) -> str:
    return re.sub(r"^```.*?^```$", "", text, flags=re.S | re.M)
