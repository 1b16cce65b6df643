"""Decorators of the text: what a function has become once they are through with it.

What comes in: a function of the text with its decorators. What goes out: what its name stands for. A decorator that
hands all arguments on as they came, and the result back as it came, leaves the function what it was.
"""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint import functions, objects
from deburr.engine.taint.conditions import Args
from deburr.engine.taint.machine import Bound, ClassInfo, Closure, Instance, Machine
from deburr.engine.taint.values import Value

_MOST = 200
"""So many functions are given to the decorators of a text."""


def decorated(m: Machine, made: Closure, value: Value) -> Value:
    """What the name of a function stands for."""
    for _, decorator, node in reversed(made.decorators):
        what = decorator.function
        if what is None or m.wrapped >= _MOST or (isinstance(what, Closure) and transparent(what.node)):
            continue
        m.wrapped += 1
        given = Args([(node, value)], {})
        if isinstance(what, Closure):
            found = functions.follow(m, what, given).value
        elif isinstance(what, Bound):
            found = functions.run_method(m, what.closure, (node, what.receiver), given)
        elif isinstance(what, ClassInfo):
            found = objects.instantiate(m, decorator, given, node)
        else:
            continue
        if isinstance(found.function, (Closure, Bound, Instance)):
            value = found
    return value


def transparent(decorator: ir.Function) -> bool:
    """Whether a decorator hands out a function that hands everything on as it is."""
    inner = [node for node in decorator.awake() if isinstance(node, ir.Function)]
    if len(inner) != 1 or not decorator.params:
        return False
    if not all(isinstance(node, (ir.Function, ir.Return, ir.Expr, ir.Assign)) for node in decorator.body):
        return False
    answers = [node.value for node in decorator.body if isinstance(node, ir.Return)]
    if len(answers) != 1 or not isinstance(answers[0], ir.Name) or answers[0].id != inner[0].name:
        return False
    return _hands_on(inner[0], decorator.params[0].name)


def _hands_on(wrapper: ir.Function, name: str) -> bool:
    """Whether a function calls another of a name with just its own arguments, and gives back what that gave."""
    handed = {param.name: param.kind for param in wrapper.params}
    if not {"*", "**"}.issuperset(kind for key, kind in handed.items() if key != "self"):
        return False
    calls: list[ir.Call] = []
    uses = 0
    results: dict[str, int] = {}
    for node in (inner for statement in wrapper.awake() for inner in ir.walk(statement)):
        if isinstance(node, ir.Call) and isinstance(node.func, ir.Name) and node.func.id == name:
            calls.append(node)
        elif isinstance(node, ir.Name) and node.id in handed and node.id != "self":
            uses += 1
        elif isinstance(node, ir.Assign):
            for target in node.targets:
                if isinstance(target, ir.Name):
                    results[target.id] = results.get(target.id, 0) + 1
    if not calls or any(_given(call) != handed for call in calls):
        return False
    return uses == len(calls) * len(handed.keys() - {"self"}) and _gives_back(wrapper, calls, results)


def _given(call: ir.Call) -> dict[str, str]:
    """The names that a call hands on, with how they are spread."""
    found: dict[str, str] = {}
    for arg in call.args:
        inner, kind = (arg.value, "*") if isinstance(arg, ir.Star) else (arg, "")
        found[inner.id if isinstance(inner, ir.Name) else "?"] = kind
    for key, value in call.kwargs:
        found[value.id if isinstance(value, ir.Name) and not key else "?"] = "**"
    return found


def _gives_back(wrapper: ir.Function, calls: list[ir.Call], results: dict[str, int]) -> bool:
    """Whether each result that comes of the call is given back unchanged."""
    for node in (inner for statement in wrapper.body for inner in ir.walk(statement)):
        if isinstance(node, ir.Return) and node.value is not None:
            value = node.value.value if isinstance(node.value, ir.Await) else node.value
            if value in calls or (isinstance(value, ir.Name) and results.get(value.id, 1) == 1):
                continue
            if any(inner in calls for inner in ir.walk(value)):
                return False
            if any(isinstance(inner, ir.Name) and inner.id in results for inner in ir.walk(value)):
                return False
    return True
