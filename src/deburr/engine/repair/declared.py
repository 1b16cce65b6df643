"""Settings that a framework fills from the environment by itself: the secret goes, the declaration stays.

What comes in: a Draft and the literal that holds the secret. What goes out: the environment variable that the framework
reads instead, with the edits made; "" where the literal is no such setting.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.repair import concrete, imports
from deburr.engine.repair.draft import Draft

TITLE = "Leave the credential to the settings, which read the environment"
_WRAPPERS = ("SecretStr", "SecretBytes", "Field")


def left_out(draft: Draft, literal: Node) -> str:
    """The variable that is read once the literal is gone."""
    return _field(draft, literal) or _configured(draft, literal)


def _field(draft: Draft, literal: Node) -> str:
    """The default of an annotated field of a `BaseSettings`."""
    assignment = concrete.up(literal, "assignment", "class_definition", "function_definition")
    owner = concrete.up(assignment, "class_definition", "function_definition")
    if assignment is None or assignment.type != "assignment" or owner is None or owner.type != "class_definition":
        return ""
    bases = owner.child_by_field_name("superclasses")
    annotation, field = assignment.child_by_field_name("type"), assignment.child_by_field_name("left")
    value = assignment.child_by_field_name("right")
    named = [imports.full(base, draft.data) for base in bases.named_children] if bases is not None else []
    if annotation is None or field is None or value is None or field.type != "identifier":
        return ""
    if not any(base.rpartition(".")[2] == "BaseSettings" for base in named) or not _is_default(value, literal):
        return ""
    said = concrete.text(owner)
    prefix = re.search(r"env_prefix\s*=\s*[\"'](\w*)[\"']", said)
    alias = re.search(r"(?:validation_)?alias\s*=\s*[\"'](\w+)[\"']", concrete.text(value))
    if value.type == "call" and _called(value) == "Field" and len(concrete.arguments(value)) > 1:
        default = next(one for one in concrete.arguments(value) if _holds(one.value, literal))
        draft.swap(default.whole, "...") if not default.name else draft.drop(default)
    else:
        draft.replace(annotation.end_byte, assignment.end_byte, "")
    return alias[1].upper() if alias else ((prefix[1] if prefix else "") + concrete.text(field)).upper()


def _called(call: Node) -> str:
    return concrete.dotted(call.child_by_field_name("function")).rpartition(".")[2]


def _holds(node: Node, literal: Node) -> bool:
    return node.start_byte <= literal.start_byte and literal.end_byte <= node.end_byte


def _is_default(value: Node, literal: Node) -> bool:
    """Whether the literal is the whole default, perhaps wrapped."""
    while value.type == "call" and _called(value) in _WRAPPERS:
        inner = [one.value for one in concrete.arguments(value) if _holds(one.value, literal)]
        if not inner or concrete.arguments(value)[0].value != inner[0]:
            return False
        value = inner[0]
    return value == literal


def _configured(draft: Draft, literal: Node) -> str:
    """What a Flask application is given that calls `app.config.from_prefixed_env()` anyway."""
    assignment = literal.parent
    if assignment is None or assignment.type != "assignment" or assignment.child_by_field_name("right") != literal:
        return ""
    target = concrete.text(assignment.child_by_field_name("left"))
    found = re.fullmatch(r"(\w+)\.(?:config\[[\"'](\w+)[\"']\]|(secret_key))", target)
    if found is None:
        return ""
    prefix = r"\.config\.from_prefixed_env\(\s*(?:prefix\s*=\s*)?(?:[\"'](\w+)[\"'])?"
    call = re.search(rf"\b{found[1]}{prefix}", draft.unit.source.text)
    if call is None or not draft.leave_out(concrete.statement(literal)):
        return ""
    return f"{call[1] or 'FLASK'}_{(found[2] or found[3]).upper()}"
