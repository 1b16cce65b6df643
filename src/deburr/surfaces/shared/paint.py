"""Color, and text of unknown origin made harmless to a terminal and measurable in its columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "1;31",
    "yellow": "1;33",
    "blue": "1;34",
    "cyan": "36",
    "green": "32",
    "magenta": "1;35",
}
SEVERITY = {"critical": "magenta", "high": "red", "medium": "yellow", "low": "blue"}

_UNSAFE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters that a terminal obeys or hides and does not show."""

_PLAIN = str.maketrans({"│": "|", "┌": "/", "└": "\\", "─": "-", "┆": ":", "…": "~", "•": "*", "·": "-", "✓": "*"})


class Paint(NamedTuple):
    """How a terminal is written to."""

    color: bool = False
    unicode: bool = True
    width: int = 100

    def __call__(self, text: str, *styles: str) -> str:
        """The text in these styles, where there is color."""
        if not self.color or not text or not styles:
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"

    def plain(self, text: str) -> str:
        """Our own signs in ASCII, where the terminal has no other."""
        return text if self.unicode else text.translate(_PLAIN)


def safe(text: str) -> str:
    """Text of unknown origin on one line, with every character that is not shown as itself written out."""
    return "".join(shown for shown, _ in cells(text))


def cells(text: str) -> Iterable[tuple[str, int]]:
    """Each character as it is to be shown, and how many columns that takes."""
    if text.isascii() and text.isprintable():
        return [(character, 1) for character in text]
    return [_cell(character) for character in text]


def _cell(character: str) -> tuple[str, int]:
    if character == "\t":
        return "    ", 4
    category = unicodedata.category(character)
    if category in _UNSAFE:
        code = ord(character)
        shown = f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
        return shown, len(shown)
    if category in ("Mn", "Me"):
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """How many columns a text takes."""
    return sum(columns for _, columns in cells(text))
