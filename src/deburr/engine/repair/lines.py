"""Line breaks in values that end up in a log, a header or a mail."""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.repair import concrete, pieces, wrapping
from deburr.engine.repair.draft import Draft, Proposal


def logged(draft: Draft) -> Proposal | None:
    """Write the values by their `repr`, which shows a line break as two characters."""
    node, call = wrapping.argument(draft), concrete.call(draft.node)
    if node is None:
        return None
    try:
        for symbol in wrapping.values(draft, node):
            wrapping.wrap(draft, symbol, "repr", text=False)
        for other in _others(call, node) if call is not None else ():
            span = (other.start_byte, other.end_byte)
            symbol = pieces.Symbol("", *span, code=concrete.text(other), source=span)
            wrapping.wrap(draft, symbol, "repr", text=False)
    except pieces.Opaque:
        return None
    return draft.done("Log the value by its `repr`", "The log holds the same value, in quotes")


def _others(call: Node, node: Node) -> list[Node]:
    """The other values of a log line, which may come from outside as well; those of `%d` are numbers."""
    given = [one for one in concrete.arguments(call) if not one.name]
    marks = re.findall(r"%(?:[#0\- +]*\d*(?:\.\d+)?)([a-zA-Z])", concrete.text(given[0].value)) if given else []
    if not given or given[0].value.type != "string" or len(marks) != len(given) - 1:
        return []
    values = zip(marks, [one.value for one in given[1:]], strict=True)
    return [value for mark, value in values if mark == "s" and value != node and value.type in _ATOMS]


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
