"""Functions that take functions, and those that stand for an operator: what they give.

What comes in: the arguments of a call. What goes out: what the function that is handed over makes of the others.
"""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint import fold, functions
from deburr.engine.taint.attributes import item
from deburr.engine.taint.callees import Callee
from deburr.engine.taint.conditions import Args, kinds_cleaned
from deburr.engine.taint.machine import Closure, Env, Machine, Partial
from deburr.engine.taint.values import Value, element, join, union


def _applied(m: Machine, _callee: Callee, args: Args, node: ir.Call, env: Env) -> Value | None:
    """`map(function, xs)`: what the function makes of any element."""
    if len(args.positional) < 2 or args.open:
        return None
    (_, function), *rest = args.positional
    given = Args([(arg, env.scrub(element(value))) for arg, value in rest], {})
    made = m.apply(m, Callee([function.name] if function.name else [], function), given, node, env)
    return Value(type="list", taints=made.taints).but(rest=made)


def _filtered(m: Machine, _callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """`filter(test, xs)`: the elements, with what the test proves about one that it lets through."""
    if len(args.positional) < 2 or args.open:
        return None
    (_, test), (arg, value) = args.positional[:2]
    found = env.scrub(element(value))
    kinds = m.facts.guards.get(test.name)
    if kinds and found.taints:
        found = found.with_taints(tuple(t.cleaned(kinds_cleaned(kinds, Args([], {}))) for t in found.taints))
    elif isinstance(test.function, Closure) and found.taints:
        proved = Env()
        proved.prove(functions.follow(m, test.function, Args([(arg, found)], {})).if_true)
        found = proved.scrub(found)
    return Value(type="list", taints=found.taints).but(rest=found)


def _partial(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    if not args.positional:
        return None
    given = Args(args.positional[1:], args.named, None, args.open)
    taints = union(*(value.taints for _, value in given.all()))
    return Value(taints=taints).but(function=Partial(args.positional[0][1], given))


def _getter(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """`itemgetter(key)` and `attrgetter(name)`: functions that lack only what they are to look at."""
    if len(args.positional) != 1 or args.open:
        return None
    target = "operator.getitem" if callee.names[0].endswith("itemgetter") else "builtins.getattr"
    return Value().but(function=Partial(Value(name=target), args, before=True))


def _getitem(m: Machine, _callee: Callee, args: Args, node: ir.Call, _env: Env) -> Value | None:
    values = [value for _, value in args.positional]
    return item(m, values[0], values[1], node) if len(values) == 2 else None


def _plus(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    return fold.concat([value for _, value in args.positional]) if args.positional and not args.open else None


def _reduced(m: Machine, _callee: Callee, args: Args, node: ir.Call, env: Env) -> Value | None:
    """`reduce(function, xs)`: what the function makes of any two elements, and of that and another."""
    if len(args.positional) < 2 or args.open:
        return None
    (_, function), (arg, values), *first = args.positional
    found = env.scrub(element(values))
    total = first[0][1] if first else found
    callee = Callee([function.name] if function.name else [], function)
    for _ in range(2):
        total = join(total, m.apply(m, callee, Args([(arg, total), (arg, found)], {}), node, env))
    return total


TABLE = {
    "builtins.map": _applied,
    "builtins.filter": _filtered,
    "functools.partial": _partial,
    "functools.reduce": _reduced,
    "operator.itemgetter": _getter,
    "operator.attrgetter": _getter,
    "operator.getitem": _getitem,
    "operator.add": _plus,
    "operator.concat": _plus,
}
