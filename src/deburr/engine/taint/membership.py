"""Calls that ask whether something is among others, as the operator that asks the same: `x in allowed`."""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint.machine import Env, Machine

_FOUND = {
    ("!=", "-1"): True,
    (">", "-1"): True,
    (">=", "0"): True,
    ("==", "-1"): False,
    ("<", "0"): False,
}
"""What a comparison of a position says: that something was found, or that it was not."""


def contains(test: ir.Call) -> ir.Compare | None:
    """`allowed.includes(value)` and its like."""
    if not (isinstance(test.func, ir.Attr) and len(test.args) == 1):
        return None
    return ir.Compare(test.start, test.end, test.args[0], ["in"], [test.func.obj])


def position(m: Machine, test: ir.Compare, env: Env) -> tuple[ir.Compare, bool] | None:
    """`allowed.indexOf(value) >= 0` and its like, and whether it asks for something found."""
    call, bound = test.left, test.rights[0]
    if not (isinstance(call, ir.Call) and isinstance(call.func, ir.Attr)):
        return None
    if m.facts.same.get(f"*.{call.func.name}", call.func.name) not in ("find", "index"):
        return None
    found, asked = _FOUND.get((test.ops[0], str(m.eval(bound, env).const))), contains(call)
    return None if found is None or asked is None else (asked, found)
