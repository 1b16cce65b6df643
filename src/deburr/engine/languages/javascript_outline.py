"""Where the functions of a JavaScript tree stand, those without a name too."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from deburr.engine.islands import Layout, Outline
from deburr.engine.languages.javascript_kinds import Kinds
from deburr.engine.parse import grammar

if TYPE_CHECKING:
    from tree_sitter import Node as Tree
    from tree_sitter import Query

_FUNCTIONS = (
    "[(function_declaration) (generator_function_declaration) (function_expression) (generator_function) "
    "(arrow_function) (method_definition)] @function"
)


@cache
def _query(name: str) -> Query:
    import tree_sitter

    return tree_sitter.Query(grammar(name), _FUNCTIONS)


def outline(root: Tree, data: bytes, name: str, k: Kinds) -> Layout:
    """The functions in the order of the text."""
    import tree_sitter

    found = tree_sitter.QueryCursor(_query(name)).captures(root).get("function", [])
    functions = [_one(node, data, k) for node in sorted(found, key=lambda node: node.start_byte)]
    return Layout(functions, [])


def _one(node: Tree, data: bytes, k: Kinds) -> Outline:
    start, end = node.start_byte, node.end_byte
    owner = b""
    named: Tree | None = node.child_by_field_id(k.f_name)
    around = node.parent
    field = around is not None and around.kind_id in (k.field_definition, k.public_field_definition)
    body = around.parent if around is not None and field else around
    if body is not None and body.kind_id == k.class_body and body.parent is not None:
        holder = body.parent.child_by_field_id(k.f_name)
        owner = data[holder.start_byte : holder.end_byte] if holder is not None else b""
    if named is None and around is not None:
        inside = {k.variable_declarator: k.f_name, k.assignment_expression: k.f_left, k.pair: k.f_key}.get(
            around.kind_id
        )
        named = around.child_by_field_id(inside) if inside else None
        if field:
            named = next(
                (one for one in map(around.child_by_field_id, (k.f_property, k.f_name)) if one is not None), None
            )
    text = data[named.start_byte : named.end_byte].rpartition(b".")[2] if named is not None else b""
    return Outline(start, start, end, b"__init__" if text == b"constructor" else text, owner)
