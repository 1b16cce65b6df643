"""Where a program gives a text of several lines to something: configuration, not documentation.

What comes in: the text of a program and a place. What goes out: an answer. The invariant: a text is read once for all
the places that are asked about in a row.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

_TRIPLE = re.compile(rb"(\"\"\"|\'\'\')")


def in_block(data: bytes, at: int) -> bool:
    """Whether the place is in a text of several lines that is given to something: configuration, not documentation."""
    blocks = _blocks(data)
    index = bisect_right(blocks, (at, 0)) - 1
    return index >= 0 and at < blocks[index][1]


@lru_cache(2)
def _blocks(data: bytes) -> list[tuple[int, int]]:
    """The texts between triple quotes that stand behind `=`, `(`, `,` or `:`, in order."""
    found: list[tuple[int, int]] = []
    at = 0
    while match := _TRIPLE.search(data, at):
        end = data.find(match[1], match.end())
        at = len(data) if end < 0 else end + 3
        before = data[max(0, match.start() - 8) : match.start()].rstrip(b" \trbfRBF")[-1:]
        if before in (b"=", b"(", b",", b":"):
            found.append((match.end(), at))
    return found
