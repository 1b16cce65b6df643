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
        """`groups` has by name the words, a space between two.

        In a word `|` is the end of one, `~` a space, and brackets hold letters of which there is at least one.
        """
        self._group: dict[str, str] = {}
        self._forms: list[tuple[re.Pattern[str], str]] = []
        beginning: dict[str, list[str]] = {}
        for name, words in groups.items():
            for word in words.split():
                plain = word.strip("|").replace("~", " ")
                if "[" in plain:
                    self._forms.append((re.compile(plain.replace("]", "]+")), name))
                self._group.setdefault(plain, name)
                first = re.escape(plain[0])
                # Only after its first letter, so that the search may skip to letters that begin a word.
                before = rf"(?<!\w{first})" if word[0] == "|" else ""
                behind = r"\b" if word[-1] == "|" else ""
                rest = plain[1:].replace("]", "]+") if "[" in plain else re.escape(plain[1:])
                beginning.setdefault(first, []).append(before + rest + behind)
        self._regex = re.compile("|".join(f"{first}(?:{'|'.join(ends)})" for first, ends in beginning.items()))

    def __call__(self, text: str) -> list[str]:
        """The groups of the words in the text."""
        return [self._group.get(word) or self._of_form(word) for word in self._regex.findall(text.lower())]

    def _of_form(self, word: str) -> str:
        return next(name for form, name in self._forms if form.fullmatch(word))
