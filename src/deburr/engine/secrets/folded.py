"""Secrets that no stretch of the text holds as they are: in pieces, encoded or computed.

What comes in: the text and the gates that opened in it. What goes out: Secrets with the value they fold to. The
invariant: what is made whole is searched like any text, so a value is judged alike however it was written.
"""

from __future__ import annotations

from collections.abc import Callable

from deburr.engine.secrets import encoded, fold_gates, joined
from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.views import Find, Views

DEEPEST = 3
"""How many layers are taken off a value."""

_READERS: dict[int, Callable[[bytes, int, Views, str], int]] = {
    fold_gates.SEAM: joined.seam,
    fold_gates.CONTINUED: joined.continued,
    fold_gates.LINES: joined.block,
    fold_gates.ARRAY: joined.array,
    fold_gates.CALL: encoded.call,
    fold_gates.CALL_NAMED: encoded.call_named,
    fold_gates.ENCODED: encoded.run,
    fold_gates.MIRRORED: encoded.mirrored,
    fold_gates.ESCAPED: encoded.escaped,
    fold_gates.MANIFEST: encoded.manifest,
}

GATES = frozenset(_READERS)


def secrets(data: bytes, hits: list[tuple[int, int]], language: str, find: Find) -> list[Secret]:
    """What is found once the text is made whole at these places; `find` searches a text for secrets."""
    views = Views(data)
    done: dict[int, int] = {}
    for end, number in sorted(hits, key=lambda hit: hit[1]):
        if end > done.get(number, 0):
            done[number] = _READERS[number](data, end, views, language)
    return views.secrets(find)
