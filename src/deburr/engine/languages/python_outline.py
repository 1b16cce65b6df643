"""Where the functions of a Python tree stand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from deburr.engine.islands import Outline
from deburr.engine.parse import grammar

if TYPE_CHECKING:
    from tree_sitter import Node as Tree
    from tree_sitter import Query


@cache
def _query() -> Query:
    import tree_sitter

    return tree_sitter.Query(grammar("python"), "(function_definition) @function")


def outline(root: Tree, data: bytes) -> list[Outline]:
    """The functions and methods in the order of the text, those inside others too."""
    import tree_sitter

    found = tree_sitter.QueryCursor(_query()).captures(root).get("function", [])
    return [_one(node, data) for node in sorted(found, key=lambda node: node.start_byte)]


def _one(node: Tree, data: bytes) -> Outline:
    name = node.child_by_field_name("name")
    text = data[name.start_byte : name.end_byte] if name is not None else b""
    first, parent = node.start_byte, node.parent
    if parent is not None and parent.type == "decorated_definition":
        first, parent = parent.start_byte, parent.parent
    return Outline(node.start_byte, first, node.end_byte, text, _owner(parent, data))


def _owner(parent: Tree | None, data: bytes) -> bytes:
    """The name of the class whose body directly holds a function."""
    if parent is None or parent.type != "block" or parent.parent is None or parent.parent.type != "class_definition":
        return b""
    name = parent.parent.child_by_field_name("name")
    return data[name.start_byte : name.end_byte] if name is not None else b""
