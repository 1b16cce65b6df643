"""Which case of a match a value falls under, and what the names in a pattern then stand for.

In a pattern, a name that is bound is a Walrus whose value is the pattern it stands for, and Unknown fits anything.
"""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint import fold, guards, places
from deburr.engine.taint.attributes import attribute, item
from deburr.engine.taint.evidence import ALL, prove
from deburr.engine.taint.machine import ClassInfo, Env, Instance, Machine
from deburr.engine.taint.values import UNKNOWN, Value, collection, constant, element

_NUMBERS = frozenset({"builtins.int", "builtins.float", "builtins.bool"})
_TYPES = {f"builtins.{kind.__name__}": kind for kind in (int, float, bool, str, bytes)}
_WHOLE = _TYPES.keys() | {f"builtins.{name}" for name in ("list", "dict", "tuple", "set")}
"""Classes whose pattern binds the whole value."""


def match(m: Machine, node: ir.Match, env: Env) -> bool:
    """Run the cases that a value may fall under; whether none of them comes to its end, and one must be taken."""
    subject = env.scrub(m.eval(node.subject, env))
    branches: list[Env] = []
    exhaustive = False
    for case in node.cases:
        fitting = fits(m, case.pattern, subject, env)
        if fitting is False:
            continue
        branch = Env(env)
        _enter(m, node, case, subject, branch)
        known = True if case.guard is None else fold.truth(m.eval(case.guard, branch))
        if known is False:
            continue
        if case.guard is not None:
            guards.refine(m, case.guard, True, branch)
        if not m.block(case.body, branch):
            branches.append(branch)
        if known and fitting:
            exhaustive = True
            break
    env.absorb(branches if exhaustive else [*branches, Env(env)])
    return exhaustive and not branches


def _enter(m: Machine, node: ir.Match, case: ir.Case, subject: Value, branch: Env) -> None:
    """Give the names of a case their values, and the value what its falling under the case says of it."""
    for name in case.names:
        branch.vars[name] = subject if case.pattern is None else Value(taints=subject.taints)
    pattern = case.pattern
    if pattern is None:
        return
    if isinstance(pattern, ir.Const) and isinstance(node.subject, ir.Name):
        branch.vars[node.subject.id] = constant(pattern.value)
    elif subject.taints and _harmless(m, pattern, branch):
        prove(branch, node.subject, subject, ALL)
        subject = branch.scrub(subject)
    _bind(m, pattern, subject, branch)


def _harmless(m: Machine, pattern: ir.Node, env: Env) -> bool:
    """Whether only values that the program wrote, and numbers, fall under a pattern."""
    if isinstance(pattern, ir.Walrus):
        return _harmless(m, pattern.value, env)
    if isinstance(pattern, ir.Logic):
        return all(_harmless(m, part, env) for part in pattern.values)
    if isinstance(pattern, ir.Call):
        return m.eval(pattern.func, env).name in _NUMBERS
    return isinstance(pattern, (ir.Const, ir.Attr, ir.Unary)) and not m.eval(pattern, env).taints


def fits(m: Machine, pattern: ir.Node | None, subject: Value, env: Env) -> bool | None:
    """Whether a value falls under a pattern, or None when that is not known."""
    if pattern is None:
        return True
    if isinstance(pattern, ir.Walrus):
        return fits(m, pattern.value, subject, env)
    if isinstance(pattern, ir.Unknown):
        return None if pattern.parts else True
    if isinstance(pattern, ir.Logic):
        answers = [fits(m, part, subject, env) for part in pattern.values]
        return True if True in answers else None if None in answers else False
    if isinstance(pattern, ir.Seq):
        return _fits_row(m, pattern, subject, env)
    if isinstance(pattern, ir.Dict):
        return _fits_mapping(m, pattern, subject, env)
    if isinstance(pattern, ir.Call):
        return _fits_class(m, pattern, subject, env)
    value = m.eval(pattern, env)
    return fold.same(value, subject) if value.known and subject.known else None


def _all(answers: list[bool | None]) -> bool | None:
    return False if False in answers else None if None in answers else True


def _fits_row(m: Machine, pattern: ir.Seq, subject: Value, env: Env) -> bool | None:
    if subject.items is None or subject.rest is not None or subject.type not in ("list", "tuple"):
        return None
    values, parts = list(subject.items.values()), pattern.items
    star = next((i for i, part in enumerate(parts) if isinstance(part, ir.Star)), None)
    if len(values) < len(parts) - 1 if star is not None else len(values) != len(parts):
        return False
    if star is not None:
        after = len(parts) - star - 1
        parts = parts[:star] + parts[star + 1 :]
        values = values[:star] + (values[-after:] if after else [])
    return _all([fits(m, part, value, env) for part, value in zip(parts, values, strict=True)])


def _fits_mapping(m: Machine, pattern: ir.Dict, subject: Value, env: Env) -> bool | None:
    if subject.items is None or subject.rest is not None or subject.type != "dict":
        return None
    answers: list[bool | None] = []
    for key, part in pattern.items:
        name = m.eval(key, env) if key is not None else UNKNOWN
        if name.known:
            held = subject.items.get(name.const)
            answers.append(False if held is None else fits(m, part, held, env))
    return _all(answers)


def _fits_class(m: Machine, pattern: ir.Call, subject: Value, env: Env) -> bool | None:
    wanted = m.eval(pattern.func, env)
    kind = _TYPES.get(wanted.name)
    if kind is not None and subject.known:
        right: bool | None = isinstance(subject.const, kind)
    elif isinstance(wanted.function, ClassInfo) and isinstance(subject.function, Instance):
        right = any(one is wanted.function for one in subject.function.info.lineage())
    else:
        return None
    inner = [fits(m, part, _part(m, subject, name, pattern), env) for name, part in _parts(pattern, wanted)]
    return _all([right, *inner])


def _parts(pattern: ir.Call, wanted: Value) -> list[tuple[str, ir.Node]]:
    """The attributes that a class pattern asks for, with what it wants of each; "" is the whole."""
    fields = wanted.function.fields if isinstance(wanted.function, ClassInfo) else []
    named = [fields[i] if i < len(fields) else "" if wanted.name in _WHOLE else "?" for i in range(len(pattern.args))]
    return [*zip(named, pattern.args, strict=True), *pattern.kwargs]


def _part(m: Machine, subject: Value, name: str, node: ir.Node) -> Value:
    if name == "?":
        return element(subject)
    return attribute(m, subject, name, node) if name else subject


def _bind(m: Machine, pattern: ir.Node, subject: Value, env: Env) -> None:
    """Give the names in a pattern their values."""
    if isinstance(pattern, ir.Walrus):
        places.assign(m, pattern.target, subject, env)
        _bind(m, pattern.value, subject, env)
    elif isinstance(pattern, ir.Logic):
        for part in pattern.values:
            _bind(m, part, subject, env)
    elif isinstance(pattern, ir.Seq):
        _bind_row(m, pattern, subject, env)
    elif isinstance(pattern, ir.Dict):
        for key, part in pattern.items:
            _bind(m, part, subject if key is None else item(m, subject, m.eval(key, env), key), env)
    elif isinstance(pattern, ir.Call):
        for name, part in _parts(pattern, m.eval(pattern.func, env)):
            _bind(m, part, _part(m, subject, name, pattern), env)


def _bind_row(m: Machine, pattern: ir.Seq, subject: Value, env: Env) -> None:
    known = list(subject.items.values()) if subject.items is not None and subject.rest is None else None
    star = next((i for i, part in enumerate(pattern.items) if isinstance(part, ir.Star)), len(pattern.items))
    after = len(pattern.items) - star - 1
    for at, part in enumerate(pattern.items):
        if isinstance(part, ir.Star):
            held = known[star : len(known) - after] if known is not None else None
            some = Value(type="list", taints=element(subject).taints).but(rest=element(subject))
            _bind(m, part.value, collection(dict(enumerate(held)), "list") if held is not None else some, env)
        else:
            index = at if at < star else at - len(pattern.items)
            inside = known is not None and -len(known) <= index < len(known)
            _bind(m, part, known[index] if known is not None and inside else element(subject), env)
