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


def children(node: Node) -> Iterator[Node]:
    """The nodes directly inside a node, in the order of its fields."""
    for name in node.fields:
        yield from _nodes(getattr(node, name))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _nodes(item)


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes inside it, parents first."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        # `children` says the same more plainly, in twice the time; every detector walks over the whole text.
        for name in node.fields[::-1]:
            value = getattr(node, name)
            if isinstance(value, Node):
                stack.append(value)
            elif value and isinstance(value, list):
                for item in value[::-1]:
                    if isinstance(item, Node):
                        stack.append(item)
                    elif isinstance(item, tuple):
                        stack += [inner for inner in item[::-1] if isinstance(inner, Node)]
