"""Credentials leave a script for the server: it reads them from its environment.

What comes in: a Hit on the characters of a secret in JavaScript or TypeScript. What goes out: `process.env.NAME` in its
place. The one invariant: a script that may run in a browser is left as it is, since everybody reads what it reads.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.hit import Hit
from deburr.engine.parse import parse
from deburr.engine.repair import concrete
from deburr.engine.repair.draft import Proposal, apply
from deburr.engine.repair.naming import VAGUE, distinct, upper
from deburr.model import Edit, Source

TITLE = "Read the credential from the environment"
PRESERVES = "The same value is used, once the environment variable {} holds it"
_BROWSER = re.compile(
    r"[\"']use client[\"']|import\.meta\.env|\b(?:document|window|localStorage|navigator)\.|"
    r"NEXT_PUBLIC_|VITE_|REACT_APP_|(?:from|require\()\s*[\"']"
    r"(?:react|react-dom|vue|svelte|preact|solid-js|jquery|@angular/|next/(?:link|image|router))"
)
_FOLDERS = re.compile(r"(?:^|/)(?:public|static|assets|www|dist|client|frontend|browser)/|\.[jt]sx$")
_VARIABLE = re.compile(r"(?:process\.env\.|Bun\.env\.|Deno\.env\.get\([\"'])(\w+)(?:[\"']\))?")
_TEXTS = ("string", "template_string")


def repair(hit: Hit, source: Source, data: bytes) -> Proposal | None:
    """Replace the text that holds the secret, or the part of a template that does."""
    if _BROWSER.search(source.text) or _FOLDERS.search(source.path):
        return None
    start, end = hit.node.start, hit.node.end
    root = parse(data, source.language).root_node
    literal = concrete.up(root.named_descendant_for_byte_range(start, end), *_TEXTS)
    if literal is None or not _movable(literal):
        return None
    typed = "!" if source.language == "typescript" else ""
    if (known := _fallback(literal)) is not None and literal.parent is not None:
        node, name = literal.parent, _VARIABLE.findall(concrete.text(known))[0]
        return _checked(data, source, Edit(node.start_byte, node.end_byte, concrete.text(known) + typed), name)
    name = _name(hit, literal, source.text)
    if not name:
        return None
    read = (f'Deno.env.get("{name}")' if re.search(r"\bDeno\.", source.text) else f"process.env.{name}") + typed
    edit = _edit(literal, (start, end), read, data)
    return _checked(data, source, edit, name) if edit is not None else None


def _checked(data: bytes, source: Source, edit: Edit, name: str) -> Proposal | None:
    """The repair, where the script can still be read afterwards."""
    after = parse(apply(data, (edit,)), source.language).root_node
    if after.has_error and not parse(data, source.language).root_node.has_error:
        return None
    return Proposal((edit,), TITLE, PRESERVES.format(name))


def _movable(literal: Node) -> bool:
    """Whether an expression may stand where the literal does."""
    parent = literal.parent
    if parent is None or parent.type in (
        "expression_statement",
        "import_statement",
        "import_specifier",
        "export_statement",
        "jsx_attribute",
        "literal_type",
        "switch_case",
        "enum_assignment",
    ):
        return False
    if parent.type in ("pair", "assignment_expression"):
        key = parent.child_by_field_name("key") or parent.child_by_field_name("left")
        return key != literal and not _VARIABLE.fullmatch(concrete.text(key))
    return not (parent.type == "call_expression" and literal.type == "template_string")


def _fallback(literal: Node) -> Node | None:
    """The environment variable behind whose `||` the secret stands."""
    parent = literal.parent
    if parent is None or parent.type != "binary_expression" or parent.child_by_field_name("right") != literal:
        return None
    left = parent.child_by_field_name("left")
    known = left is not None and _VARIABLE.fullmatch(concrete.text(left))
    return left if known and concrete.text(parent.child_by_field_name("operator")) in ("||", "??") else None


def _edit(literal: Node, span: tuple[int, int], read: str, data: bytes) -> Edit | None:
    start, end = literal.start_byte, literal.end_byte
    inner = data[start + 1 : end - 1]
    if inner.strip() == data[span[0] : span[1]].strip().strip(b"\"'`"):
        return Edit(start, end, read)
    if literal.type == "template_string":
        return Edit(*span, "${" + read + "}") if start < span[0] and span[1] < end else None
    if b"`" in inner or b"${" in inner or not start < span[0] <= span[1] < end:
        return None
    before, after = (data[a:b].decode("utf-8", "replace") for a, b in ((start + 1, span[0]), (span[1], end - 1)))
    return Edit(start, end, "`" + before + "${" + read + "}" + after + "`")


def _name(hit: Hit, literal: Node, text: str) -> str:
    """The environment variable: from what holds the secret, and from whose it is."""
    kind = str(hit.fact.get("kind") or "")
    name = upper(str(hit.fact.get("name") or "") or _holder(literal)) or upper(kind.replace("generic-", ""))
    call = concrete.up(literal, "new_expression", "call_expression")
    if call is not None and VAGUE.fullmatch(name):
        callee = call.child_by_field_name("constructor") or call.child_by_field_name("function")
        owner = upper(concrete.text(callee)) if call.type == "new_expression" else ""
        owner = {"OPEN_AI": "OPENAI"}.get(owner, owner.removesuffix("_CLIENT"))
        name = f"{owner}_{name}" if owner and not name.startswith(owner) else name
    return distinct(name, "", set(_VARIABLE.findall(text))) if name else ""


def _holder(literal: Node) -> str:
    """The variable, property or key that the secret is given to."""
    node: Node | None = literal.parent
    for _ in range(3):
        if node is None:
            return ""
        for field in ("key", "name", "property", "left"):
            child = node.child_by_field_name(field)
            if child is not None and child != literal and node.type != "call_expression":
                return concrete.text(child).strip("\"'[]")
        node = node.parent
    return ""
