"""A table of names and passwords in the text of a program, against which logins are compared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit
from deburr.engine.taint.credentials import is_credential

_HASHED = re.compile(r"\$\w+\$|(?:pbkdf2|scrypt|argon2|bcrypt|sha\d*)[:$]|[0-9a-fA-F]{32,}$|[A-Za-z0-9+/]{40,}={0,2}$")
_BLANK = re.compile(r"^$|[<{$%]|x{3,}|your|change.?me|placeholder", re.IGNORECASE)
_COMPARING = frozenset({"compare_digest", "constant_time_compare", "safe_str_cmp"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each password of a table with which something of that name is compared."""
    tables: dict[str, ir.Dict] = {}
    answers: dict[str, str] = {}
    for node in ir.walk(unit.module):
        if isinstance(node, ir.Assign) and isinstance(node.targets[0], ir.Name):
            if isinstance(node.value, ir.Dict) and _of_texts(node.value):
                tables[node.targets[0].id] = node.value
            elif (looked := _looked_up(node.value)) != "":
                answers[node.targets[0].id] = looked
    asked = {name for one in ir.walk(unit.module) for name in _compared(one, answers)} if tables else set()
    for name in sorted(asked & tables.keys()):
        for key, value in tables[name].items:
            if isinstance(key, ir.Const) and isinstance(value, ir.Const) and _written(value.value):
                yield Hit("password-table", value, "medium", f"the password of {key.value!r} is written here")


def _of_texts(table: ir.Dict) -> bool:
    texts = (part for item in table.items for part in item)
    return bool(table.items) and all(isinstance(part, ir.Const) and isinstance(part.value, str) for part in texts)


def _written(value: object) -> bool:
    return isinstance(value, str) and not _HASHED.match(value) and not _BLANK.search(value)


def _looked_up(node: ir.Node) -> str:
    """The name of the table that `USERS[name]` or `USERS.get(name)` asks."""
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and node.func.name in ("get", "pop"):
        node = node.func
    owner = node.obj if isinstance(node, (ir.Sub, ir.Attr)) else None
    return owner.id if isinstance(owner, ir.Name) else ""


def _compared(node: ir.Node, answers: dict[str, str]) -> Iterator[str]:
    """The tables with whose entries something is compared that is named as a password."""
    sides: list[ir.Node] = []
    if isinstance(node, ir.Compare) and node.ops[0] in ("==", "!="):
        sides = [node.left, *node.rights]
    elif isinstance(node, ir.Call) and _last(node.func) in _COMPARING:
        sides = node.args
    elif isinstance(node, ir.Compare) and node.ops[0] in ("in", "not in") and _names_password(node.left):
        listed = node.rights[0].func if isinstance(node.rights[0], ir.Call) else None
        if isinstance(listed, ir.Attr) and listed.name in ("items", "values") and isinstance(listed.obj, ir.Name):
            yield listed.obj.id
    if any(_names_password(side) for side in sides):
        for side in sides:
            yield answers.get(_last(side), "") or _looked_up(side)


def _last(node: ir.Node) -> str:
    return node.name if isinstance(node, ir.Attr) else node.id if isinstance(node, ir.Name) else ""


def _names_password(node: ir.Node) -> bool:
    """A variable or a field of that name, or a pair of which it is a part; `encode` changes nothing of that."""
    if isinstance(node, ir.Seq):
        return any(_names_password(item) for item in node.items)
    while isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and not node.args:
        node = node.func.obj
    key = node.index if isinstance(node, ir.Sub) else None
    return is_credential(str(key.value) if isinstance(key, ir.Const) else _last(node))
