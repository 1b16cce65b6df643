"""What belongs to one function of a text."""

from __future__ import annotations

from collections.abc import Iterator

from deburr.engine import ir


def own(scope: ir.Node) -> Iterator[ir.Node]:
    """The nodes of a function in the order of the text, those of functions inside it left out."""
    stack = list(ir.children(scope))[::-1]
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, (ir.Function, ir.Class)):
            stack.extend(list(ir.children(node))[::-1])
