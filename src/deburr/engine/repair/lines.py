"""Line breaks in values that end up in a log, a header or a mail."""

from __future__ import annotations

from deburr.engine.repair import concrete, pieces, wrapping
from deburr.engine.repair.draft import Draft, Proposal


def logged(draft: Draft) -> Proposal | None:
    """Write the value by its `repr`, which shows a line break as two characters."""
    node = wrapping.argument(draft)
    if node is None:
        return None
    try:
        for symbol in wrapping.values(draft, node):
            wrapping.wrap(draft, symbol, "repr", text=False)
    except pieces.Opaque:
        return None
    return draft.done("Log the value by its `repr`", "The log holds the same value, in quotes")


def single(draft: Draft) -> Proposal | None:
    """Take the line breaks out of a value."""
    node = wrapping.argument(draft)
    if node is None:
        return None
    try:
        for symbol in wrapping.values(draft, node):
            if symbol.literal >= 0 or symbol.source == (0, 0):
                raise pieces.Opaque
            code = concrete.text(concrete.at(draft.data, *symbol.source))
            owner = code if concrete.at(draft.data, *symbol.source).type in _ATOMS else f"({code})"
            draft.replace(*symbol.source, owner + '.replace("\\r", "").replace("\\n", "")')
    except pieces.Opaque:
        return None
    return draft.done("Take the line breaks out of the value", "A value of one line is written as before")


_ATOMS = ("identifier", "attribute", "subscript", "call", "parenthesized_expression")
