"""What every node of the intermediate representation is, and how to walk over a tree of them."""

from __future__ import annotations

from collections.abc import Iterator


class Node:
    """A piece of the program between two byte offsets."""

    __slots__ = ("end", "start")
    fields: tuple[str, ...] = ()

    def __init__(self, start: int, end: int) -> None:
        self.start, self.end = start, end

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self.fields)})"


def children(node: Node) -> list[Node]:
    """The nodes directly inside a node, in the order of its fields."""
    found: list[Node] = []
    for name in node.fields:
        value = getattr(node, name)
        if isinstance(value, Node):
            found.append(value)
        elif value and isinstance(value, list):
            for item in value:
                if isinstance(item, Node):
                    found.append(item)
                elif isinstance(item, tuple):
                    found += [inner for inner in item if isinstance(inner, Node)]
    return found


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes inside it, parents first."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack += children(node)[::-1]
