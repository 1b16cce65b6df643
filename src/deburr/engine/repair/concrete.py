"""The concrete syntax around a Hit: the quotes, commas, comments and parentheses that the IR leaves out.

What comes in: the bytes of a text and offsets in it. What goes out: syntax nodes. The one invariant: nothing here
decides what is wrong; it only says where things stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tree_sitter import Node

from deburr.engine.parse import parse

STATEMENTS = ("block", "module")
FUNCTIONS = ("function_definition", "lambda")


@lru_cache(maxsize=4)
def root(data: bytes) -> Node:
    """The whole text; kept for the next repair of the same text."""
    return parse(data, "python").root_node


@lru_cache(maxsize=4)
def identifiers(data: bytes) -> dict[str, list[Node]]:
    """Every identifier of the text by what it says, in order."""
    found: dict[str, list[Node]] = {}
    for node in inside(root(data)):
        if node.type == "identifier":
            found.setdefault(text(node), []).append(node)
    return found


@lru_cache(maxsize=4)
def imports(data: bytes) -> tuple[Node, ...]:
    """Every import statement of the text, wherever it stands."""
    return tuple(node for node in inside(root(data)) if node.type in ("import_statement", "import_from_statement"))


@lru_cache(maxsize=4)
def packages(data: bytes) -> frozenset[str]:
    """The top-level packages that the text imports."""
    found: set[str] = set()
    for node in imports(data):
        source = node.child_by_field_name("module_name")
        names = [source] if source is not None else node.children_by_field_name("name")
        found |= {text(name.child_by_field_name("name") or name).split(".")[0] for name in names}
    return frozenset(found)


def at(data: bytes, start: int, end: int) -> Node:
    """The smallest node that spans the bytes `start:end`."""
    top = root(data)
    return top.named_descendant_for_byte_range(start, end) or top


def root_of(node: Node) -> Node:
    """The module that a node is part of."""
    while node.parent is not None:
        node = node.parent
    return node


def text(node: Node | None) -> str:
    """The code of a node as it stands in the text."""
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""


def up(node: Node | None, *kinds: str) -> Node | None:
    """The node itself or the nearest one around it that is of one of these kinds."""
    while node is not None and node.type not in kinds:
        node = node.parent
    return node


def inside(node: Node) -> Iterator[Node]:
    """The node and all nodes in it, parents first."""
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def statement(node: Node) -> Node:
    """The statement that the node is part of."""
    while node.parent is not None and node.parent.type not in STATEMENTS:
        node = node.parent
    return node


def scope(node: Node) -> Node:
    """The body of the function around the node, or the module."""
    current = node.parent
    while current is not None and current.type not in (*FUNCTIONS, "module"):
        current = current.parent
    return current if current is not None else node


def bare(node: Node) -> Node:
    """The expression without parentheses around it."""
    while node.type == "parenthesized_expression":
        inner = [child for child in node.named_children if child.type != "comment"]
        if len(inner) != 1:
            break
        node = inner[0]
    return node


def commented(node: Node) -> bool:
    """Whether a comment stands somewhere inside."""
    return any(child.type == "comment" for child in inside(node))


def commented_between(data: bytes, start: int, end: int) -> bool:
    """Whether a comment stands between two offsets."""
    return any(n.type == "comment" and start <= n.start_byte < end for n in inside(at(data, start, end)))


def dotted(node: Node | None) -> str:
    """`a.b.c` for a name or an attribute of a name, else ""."""
    if node is None:
        return ""
    if node.type == "identifier":
        return text(node)
    if node.type == "attribute":
        owner = dotted(node.child_by_field_name("object"))
        return f"{owner}.{text(node.child_by_field_name('attribute'))}" if owner else ""
    return ""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call."""

    whole: Node
    """All of it, the keyword included."""

    value: Node
    name: str = ""
    """The keyword, "*" or "**" for a spread one, "" for a positional one."""


def call(node: Node | None) -> Node | None:
    """The call that begins and ends where the node does, or the node's own call when it is inside an `await`."""
    while node is not None and node.type in ("await", "expression_statement", "parenthesized_expression"):
        node = next((child for child in node.named_children if child.type != "comment"), None)
    if node is not None and node.type != "call" and node.parent is not None and node.parent.type == "call":
        if node.parent.start_byte == node.start_byte and node.parent.end_byte == node.end_byte:
            return node.parent
        return None
    return node if node is not None and node.type == "call" else None


def arguments(node: Node) -> list[Argument]:
    """The arguments of a call, in order."""
    found = []
    listed = node.child_by_field_name("arguments")
    for child in listed.named_children if listed is not None else ():
        if child.type == "keyword_argument":
            value = child.child_by_field_name("value")
            if value is not None:
                found.append(Argument(child, value, text(child.child_by_field_name("name"))))
        elif child.type in ("list_splat", "dictionary_splat"):
            found.append(Argument(child, child, "*" if child.type == "list_splat" else "**"))
        elif child.type != "comment":
            found.append(Argument(child, child))
    return found


def argument(node: Node, wanted: int | str) -> Argument | None:
    """The argument at a position, of a keyword, or either when `wanted` is "0:path"."""
    given = arguments(node)
    number, _, name = str(wanted).partition(":")
    if not number.isdigit():
        number, name = "", number
    for one in given:
        if name and one.name == name:
            return one
    if number and int(number) < len(given) and all(one.name == "" for one in given[: int(number) + 1]):
        return given[int(number)]
    return None


def spread(node: Node) -> bool:
    """Whether a call is given `*args` or `**kwargs`, so that its arguments are not all known."""
    return any(one.name in ("*", "**") for one in arguments(node))


def assignments(name: str, where: Node) -> list[Node]:
    """The places in a function or module that bind a name, without looking into functions inside it."""
    return [node for node in _named(name, where) if binds(node) and _owner(node) == where]


def constant(name: str, where: Node) -> bool:
    """Whether a name is a constant of the module: all capitals, and bound once, to a plain text."""
    if not name.isidentifier() or not name.isupper():
        return False
    bound = assignments(name, root_of(where))
    parent = bound[0].parent if len(bound) == 1 else None
    right = parent.child_by_field_name("right") if parent is not None else None
    return right is not None and right.type == "string" and not any(c.type == "interpolation" for c in right.children)


def uses(name: str, where: Node) -> list[Node]:
    """The places in a function or module that read a name, functions inside it included."""
    return [node for node in _named(name, where) if not binds(node) and not _label(node)]


def _named(name: str, where: Node) -> list[Node]:
    start, end = where.start_byte, where.end_byte
    found = identifiers(root_of(where).text or b"").get(name, [])
    return [node for node in found if start <= node.start_byte and node.end_byte <= end]


def _owner(node: Node) -> Node | None:
    """The function, class or module in whose body a name is bound; a definition's own name is bound outside of it."""
    parent = node.parent
    defined = parent is not None and parent.type in ("function_definition", "class_definition")
    if parent is not None and defined and parent.child_by_field_name("name") == node:
        parent = parent.parent
    return up(parent, *FUNCTIONS, "class_definition", "module")


def _label(node: Node) -> bool:
    """Whether an identifier is only a keyword of a call or an attribute's name."""
    parent = node.parent
    if parent is None:
        return False
    if parent.type == "keyword_argument":
        return parent.child_by_field_name("name") == node
    return parent.type == "attribute" and parent.child_by_field_name("attribute") == node


_TARGETS = {
    "assignment": "left",
    "augmented_assignment": "left",
    "for_statement": "left",
    "for_in_clause": "left",
    "named_expression": "name",
    "function_definition": "name",
    "class_definition": "name",
    "as_pattern_target": "",
    "global_statement": "",
    "nonlocal_statement": "",
    "delete_statement": "",
    "parameters": "",
    "lambda_parameters": "",
    "typed_parameter": "",
    "default_parameter": "name",
    "typed_default_parameter": "name",
    "aliased_import": "alias",
}


def binds(node: Node) -> bool:
    """Whether an identifier is given a value here."""
    child, parent = node, node.parent
    while parent is not None and parent.type in ("pattern_list", "tuple_pattern", "list_pattern", "list_splat_pattern"):
        child, parent = parent, parent.parent
    if parent is None or parent.type not in _TARGETS:
        return False
    field = _TARGETS[parent.type]
    if parent.type == "typed_parameter":
        return parent.named_children[0] == child
    return not field or parent.child_by_field_name(field) == child
