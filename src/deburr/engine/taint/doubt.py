"""How sure a hit is: what speaks against harm where a taint arrives.

What comes in: a taint, and the value and the place in which it arrives. What goes out: the confidence of the principle,
or less. Nothing here decides whether there is a hit.
"""

from __future__ import annotations

import re

from deburr.engine.taint.machine import Machine
from deburr.engine.taint.values import HOLE, TAINTED, Taint, Value
from deburr.model import Confidence

_NEEDS_SURE = frozenset(
    {"html", "redirect", "allocation", "format", "regex", "log", "header", "module-import", "template", "path"}
)
"""Sinks that most of what an unknown function gives is harmless for."""

_FAR = 6
"""After so many steps an argument has become something of the program's own."""

_NEAR = frozenset({"parameter", "stored", "local", "unknown"})
"""Origins that may well be the program's own."""

_MOST_NAMES = 30
_LIST = re.compile(r"(?:[\w.*\"`\0\1]+\s*,\s*)+$")
_NAMED = re.compile(
    r"(?:^|\b(?:from|join|into|table|update|describe|desc|database|schema|index|view|use|columns?|by|explain(?:\s*\([^)]*\))?|analyze|"
    r"select|distinct|sequence|extension|add|drop|rename|to|show|user|role|set|exists|if|detail|partition|"
    r"on|only|cascade|truncate|vacuum|refresh|repair|trigger|constraint|references|for)|\binto\s+\S+\s*\(|\bfrom\s*\(|\bin\s+(?=[\"`]$)|"
    r"\bpragma\s+(?:\w+\s*\(\s*['\"]?)?|[\w\0\1\"`\]]\s*\.)\s*[\"`\[]?$",
    re.IGNORECASE,
)

_UNBOUND = re.compile(
    r"^[\s(]*(?:set|alter|create|drop|truncate|rename|comment|grant|revoke|use|pragma|show|describe|desc|vacuum|reindex|"
    r"attach|detach|lock|checkpoint|savepoint|release|refresh|optimize)\s",
    re.IGNORECASE,
)
"""Statements about the database itself, for which no driver binds values."""


def confidence(m: Machine, level: Confidence, taint: Taint, value: Value, sink: tuple[str, str]) -> Confidence:
    """How sure one may be that this taint does harm in this kind of sink of this function."""
    kind, callee = sink
    if not taint.sure and level != "low":
        level = "low" if kind in _NEEDS_SURE else "medium"
    if kind == "sql" and taint.kind in _NEAR and value.shape and only_names(value.shape, taint):
        return "low"
    if taint.kind == "parameter" and len(taint.steps) > _FAR:
        return "low"
    if kind in ("url", "redirect") and value.shape and value.shape.partition(TAINTED)[0].lstrip("/").startswith(HOLE):
        return "low"  # what stands before it decides where the address leads
    if kind in ("sql", "shell") and taint.kind == "parameter" and _handed_on(m, value, callee):
        return "low"
    return level


def only_names(shape: str, taint: Taint) -> bool:
    """Whether all that is put into a statement are names of tables and columns, or a whole statement.

    No placeholder can stand for those, so libraries glue them, and who calls mostly has them from the program.
    """
    if _UNBOUND.search(shape):
        return True
    mark = HOLE if taint.kind == "unknown" else TAINTED
    if shape.count(mark) > _MOST_NAMES:
        return False
    at = shape.find(mark)
    while at >= 0:
        before = _LIST.sub("", shape[:at].rstrip(" ")[-200:] if shape[:at].strip() else "")
        if not _NAMED.search(before):
            return False
        at = shape.find(mark, at + 1)
    return True


def _handed_on(m: Machine, value: Value, callee: str) -> bool:
    """Whether a function only hands its own argument to another of its name, or to a method of something unknown."""
    around = m.active[-1] if m.active else None
    same = around is not None and around.name == callee.rpartition(".")[2] and around.params[:1]
    method, unknown = bool(same) and m.frame.info is not None, callee.startswith("*.")
    glued = value.shape is not None and bool(value.shape.strip(TAINTED))
    return (method and unknown) or (not glued and (method or unknown))
