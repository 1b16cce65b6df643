"""Where a tree holds what its grammar could not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node as Tree


def unread(root: Tree, data: bytes) -> list[tuple[int, str]]:
    """Where a text could not be read and why, once per line."""
    notes: list[tuple[int, str]] = []
    stack = [root]
    line = -1
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            if node.start_point[0] != line:
                line = node.start_point[0]
                notes.append((node.start_byte, f"could not be parsed: {_shown(node, data)}"))
        elif node.has_error:
            stack += reversed(node.children)
    return notes


def _shown(node: Tree, data: bytes) -> str:
    if node.is_missing:
        return f"{node.type} is missing"
    text = data[node.start_byte : min(node.end_byte, node.start_byte + 200)].decode("utf-8", "replace")
    first = text.split("\n", 1)[0].strip()
    return first if len(first) <= 40 else first[:39] + "…"
