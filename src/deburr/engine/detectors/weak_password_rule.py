"""Rules that are content with a short password, and settings that ask for nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_PASSWORD = re.compile(r"(?i)(?:new_?|user_?|raw_?|plain_?)?(?:password|passwd|pwd|passphrase)[12]?")
_LEAST = 8
_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """Each test that a short password passes."""
    for node in ir.walk(unit.module):
        if isinstance(node, ir.Compare) and len(node.ops) == 1 and _short(node, resolve):
            yield Hit("weak-password-rule", node, "medium", "passwords of fewer than eight characters are let through")
        elif isinstance(node, ir.Assign) and _no_validators(node):
            yield Hit("weak-password-rule", node, "medium", "no rule is asked of a new password")


def _short(node: ir.Compare, resolve: Callable[[ir.Node], str]) -> bool:
    """`len(password) < 6`, `6 <= len(password)`."""
    left, op, right = node.left, node.ops[0], node.rights[0]
    if isinstance(left, ir.Const):
        left, op, right = right, _FLIPPED.get(op, ""), left
    if not (isinstance(right, ir.Const) and type(right.value) is int and _is_length(left, resolve)):
        return False
    least = right.value + (op in ("<=", ">"))
    return op in _FLIPPED and 1 < least < _LEAST


def _is_length(node: ir.Node, resolve: Callable[[ir.Node], str]) -> bool:
    if not (isinstance(node, ir.Call) and len(node.args) == 1 and resolve(node.func) == "builtins.len"):
        return False
    return bool(_PASSWORD.fullmatch(_name(node.args[0])))


def _name(node: ir.Node) -> str:
    """What a value is called: a variable, an attribute, or the key under which it stands."""
    if isinstance(node, ir.Name):
        return node.id
    if isinstance(node, ir.Attr):
        return node.name
    if isinstance(node, ir.Sub) and isinstance(node.index, ir.Const):
        return str(node.index.value)
    return ""


def _no_validators(node: ir.Assign) -> bool:
    named = any(isinstance(target, ir.Name) and target.id == "AUTH_PASSWORD_VALIDATORS" for target in node.targets)
    return named and isinstance(node.value, ir.Seq) and not node.value.items
