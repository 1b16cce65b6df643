"""Functions of the text that are handed to others: who will call them, and with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from deburr.engine import ir
from deburr.engine.taint import functions
from deburr.engine.taint.callees import Callee
from deburr.engine.taint.conditions import Args, met
from deburr.engine.taint.machine import Bound, Closure, Machine
from deburr.engine.taint.values import UNKNOWN, Taint, Value, element


def handed_over(m: Machine, callee: Callee, args: Args, node: ir.Call) -> Value | None:
    """Note what the facts say of functions among the arguments; what comes back, where they are called at once."""
    handlers = m.facts.handlers
    names = callee.names if not callee.attr else dict.fromkeys((*callee.names, f"*.{callee.attr}"))
    for name in names:
        fact = handlers.get(name)
        if fact is None or "callback" not in fact or not met(fact, args):
            continue
        for function in _functions(fact, args):
            if "gives" in fact:
                return _called(m, fact, function, (callee, args), node)
            closure = function.closure if isinstance(function, Bound) else function
            if closure.handler is None and id(closure.node) in m.entered:
                m.entries.append(closure)
            closure.handler = fact
    return None


def _functions(fact: Mapping[str, Any], args: Args) -> Iterator[Closure | Bound]:
    for _, value in args.select(fact["callback"]):
        for one in (value, *(value.items or {}).values()):
            if isinstance(one.function, (Closure, Bound)):
                yield one.function


def _called(
    m: Machine, fact: Mapping[str, Any], function: Closure | Bound, call: tuple[Callee, Args], node: ir.Call
) -> Value:
    """A function is called at once, with what the fact says."""
    callee, args = call
    owner = callee.receiver[1] if callee.receiver is not None else UNKNOWN
    given = [(node, _piece(what, owner, args, node)) for what in fact["gives"]]
    if isinstance(function, Bound):
        returned = functions.run_method(m, function.closure, (node, function.receiver), Args([*given], {}))
    else:
        returned = functions.run(m, function, Args([*given], {}))
    if fact.get("result") == "list":
        made = Value(type="list", taints=returned.taints)
        made.rest = returned
        return made
    return {"value": returned, "self": owner, "element": element(owner)}.get(fact.get("result", ""), UNKNOWN)


def _piece(what: str | int, owner: Value, args: Args, node: ir.Call) -> Value:
    if isinstance(what, int):
        return args.positional[what][1] if what < len(args.positional) else UNKNOWN
    if what in ("element", "self", ""):
        return {"element": element(owner), "self": owner}.get(what, UNKNOWN)
    return Value(taints=(Taint(what, ("given", node.start), (node,)),))
