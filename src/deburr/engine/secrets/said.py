"""Which of many short words stand in a text, each told by the group that it belongs to.

What comes in: groups of words, and a text. What goes out: the groups in the order of their words. The invariant: as
with one expression of alternatives, the first word that fits at a place is taken, and none stands in another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping


class Said:
    """Words to look for, those that begin alike tried together: alternatives one by one take most of the time."""

    def __init__(self, groups: Mapping[str, str]) -> None:
        """`groups` has by name the words, a space between two; `|` before or behind one is the end of a word."""
        self._group: dict[str, str] = {}
        beginning: dict[str, list[str]] = {}
        for name, words in groups.items():
            for word in words.split():
                plain = word.strip("|").replace("~", " ")
                self._group.setdefault(plain, name)
                first = re.escape(plain[0])
                # Only after its first letter, so that the search may skip to letters that begin a word.
                before = rf"(?<!\w{first})" if word[0] == "|" else ""
                behind = r"\b" if word[-1] == "|" else ""
                beginning.setdefault(first, []).append(before + re.escape(plain[1:]) + behind)
        self._regex = re.compile("|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in beginning.items()))

    def __call__(self, text: str) -> list[str]:
        """The groups of the words in the text."""
        return [self._group[word] for word in self._regex.findall(text.lower())]
