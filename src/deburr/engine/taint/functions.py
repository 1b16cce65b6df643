"""Running a function of the text on given arguments: binding, recursion, and remembering the result."""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint import proofs
from deburr.engine.taint.conditions import Args, Pair
from deburr.engine.taint.machine import ClassInfo, Cleaned, Closure, Env, Frame, Instance, Machine, Run
from deburr.engine.taint.values import UNKNOWN, Value, collection, constant, join, union

_DEEPEST, _MOST_BLOCKS, _MOST_RUNS = 5, 24, 10
"""How many calls are followed into one another, how many blocks they may nest in all, and on how many different
arguments one function is tried."""


ENTERED = "enter()"
"""Among the attributes of a context manager: what `as` gives."""
_MANAGERS = frozenset({"contextlib.contextmanager", "contextlib.asynccontextmanager"})
NOWHERE = Env()
"""What stands around a class that was not written out."""


def run(m: Machine, closure: Closure, args: Args) -> Value:
    """What a call of `closure` gives; findings inside it are recorded with the values that arrive there."""
    return follow(m, closure, args).value


def follow(m: Machine, closure: Closure, args: Args) -> Run:
    """All that comes of a call; the same arguments are tried once."""
    site, m.site = m.site, None
    linked = closure.frame.linked
    if linked is not m.home and m.links is not None and not m.links.worth_following(closure, args):
        return _passed_through(args)
    if linked is None or linked is m.linked:
        return _follow(m, closure, args)
    before, border = m.linked, m.border
    if before is m.home:
        m.border = (site or closure.node, m.frame.scope)
        args = _handed_over(args)
    elif linked is m.home:
        m.border = None
    m.cross(linked)
    steps = m.steps
    try:
        return _follow(m, closure, args)
    finally:
        if before is m.home and m.links is not None:
            m.links.steps -= steps - m.steps
        m.cross(before)
        m.border = border


def _handed_over(args: Args) -> Args:
    """The arguments of a call of another file's function, which go by way of that call."""
    positional = [(node, _by_way_of(node, value)) for node, value in args.positional]
    return Args(positional, {k: (n, _by_way_of(n, v)) for k, (n, v) in args.named.items()}, args.receiver, args.open)


def _by_way_of(node: ir.Node, value: Value) -> Value:
    return value.with_taints(tuple(taint.step(node) for taint in value.taints)) if value.taints else value


def _follow(m: Machine, closure: Closure, args: Args) -> Run:
    node, border = closure.node, id(m.border)
    m.called.add(id(node))
    if len(m.active) >= _DEEPEST or m.depth > _MOST_BLOCKS or closure.identity in m.running or not node.awake():
        return _passed_through(args)
    key = (
        id(node),
        id(closure.env),
        m.quiet > 0,
        border,
        tuple(value.signature() for _, value in args.positional),
        tuple((name, value.signature()) for name, (_, value) in args.named.items()),
    )
    found = m.memo.get(key)
    if found is None:
        runs = m.runs.get((id(node), border), 0)
        if runs >= _MOST_RUNS:
            return _passed_through(args)
        m.runs[id(node), border] = runs + 1
        env = Env()
        bind(m, closure, args, env)
        frame = _frame(m, closure, env)
        frame.called = True
        before, around = m.refs, m.raised
        m.raised = []
        value = _execute(m, closure, frame)
        raised, m.raised = m.raised, around
        if m.refs != before:
            value = _named_outside(value, before)
        found = m.memo[key] = Run(value, env, proofs.common(frame))
        found.refs, found.raised, found.node = before, raised, node
        found.endless = frame.endless and not any(one.type in _UNWRITTEN or one.name in _UNWRITTEN for one in raised)
        found.changed = frame.changed
        m.kept.append((args, closure, m.border))
    if m.raised is not None and found.raised:
        m.raised += found.raised[:_MOST_RAISED]
    return found


_UNWRITTEN = frozenset({"builtins.NotImplementedError"})
"""What is raised by a method that is to be written elsewhere."""
_MOST_RAISED = 10


def _named_outside(value: Value, before: int) -> Value:
    """What leaves a function, without the names that its parts went by inside."""
    if value.ref and int(value.ref[1:]) > before:
        value = value.but(ref="")
    for table in ("attrs", "items"):
        parts = getattr(value, table)
        if parts and any(part.ref and int(part.ref[1:]) > before for part in parts.values()):
            parts = {key: part if not part.ref else _named_outside(part, before) for key, part in parts.items()}
            value = value.but(**{table: parts})
    return value


def _passed_through(args: Args) -> Run:
    """A call that is not followed: what goes in may come out."""
    return Run(Value(taints=union(*(value.taints for _, value in args.all()))), Env())


def bind(m: Machine, closure: Closure, args: Args, env: Env) -> None:
    """Give the parameters their values."""
    rest, names = list(args.positional), dict(args.named)
    for param in closure.node.params:
        if param.kind == "*":
            env.vars[param.name] = collection({i: _passed(v, param) for i, (_, v) in enumerate(rest)}, "tuple")
            rest = []
        elif param.kind == "**":
            env.vars[param.name] = collection({k: _passed(v, param) for k, (_, v) in names.items()}, "dict")
        elif rest:
            env.vars[param.name] = _passed(rest.pop(0)[1], param)
        elif param.name in names:
            env.vars[param.name] = _passed(names.pop(param.name)[1], param)
        elif param.default is not None:
            env.vars[param.name] = m.eval(param.default, closure.env)
        else:
            spread = args.named.get("")
            env.vars[param.name] = spread[1] if spread else UNKNOWN


def _passed(value: Value, param: ir.Param) -> Value:
    if not value.taints:
        return value
    return value.with_taints(tuple(taint.step(param) for taint in value.taints))


def execute(m: Machine, closure: Closure, env: Env, handler: list[str] | None = None) -> Value:
    """Run the body with the parameters that `env` holds."""
    frame = _frame(m, closure, env)
    frame.handler = handler or []
    return _execute(m, closure, frame)


def _frame(m: Machine, closure: Closure, env: Env) -> Frame:
    frame = Frame(env, m.frame, closure.scope)
    frame.closure, frame.static, frame.info = closure.env, closure.frame, closure.info
    frame.linked = closure.frame.linked
    return frame


def _execute(m: Machine, closure: Closure, frame: Frame) -> Value:
    outer, env = m.frame, frame.env
    m.frame = frame
    m.active.append(closure.node)
    m.running.append(closure.identity)
    try:
        fell = not m.block(closure.node.awake(), env)
        if fell:
            proofs.left(m, None, constant(None), env)
    finally:
        m.active.pop()
        m.running.pop()
        m.frame = outer
    if frame.yields:
        result = Value(type="list", taints=union(*(v.taints for v in frame.yields)))
        for value in frame.yields:
            result.rest = value if result.rest is None else join(result.rest, value)
        if any(full in _MANAGERS for full, _, _ in closure.decorators) and result.rest is not None:
            return Value(taints=result.taints).but(attrs={ENTERED: result.rest})
        return result
    returns = [*frame.returns, constant(None)] if fell and frame.returns else frame.returns
    frame.endless = not fell and not returns and not frame.exits
    if not returns:
        return constant(None)
    result = returns[0]
    for value in returns[1:]:
        result = join(result, value)
    return result


def run_method(m: Machine, closure: Closure, receiver: Pair, args: Args) -> Value:
    """A method called on an object; afterwards `m.receiver` is the object as the method left it."""
    m.receiver = m.done = None
    given = Args([receiver, *args.positional], args.named, None, args.open)
    params = closure.node.params
    first = params[0].name if params and not params[0].kind else ""
    done = m.done = follow(m, closure, given)
    m.receiver = left_as(m, done, first)
    return done.value


def proving(value: Value, proved: Cleaned) -> Value:
    """A value after what a call has proved about where it comes from."""
    if not proved or not value.taints:
        return value
    env = Env()
    env.prove(proved)
    return env.scrub(value)


def left_as(m: Machine, done: Run, name: str) -> Value | None:
    """An argument as a function left it, under whichever name it was changed."""
    value = done.env.vars.get(name)
    if value is None or not m.refs:
        return value
    if value.ref:
        value = done.env.vars.get(value.ref, value)
    return _named_outside(value, done.refs)


def above(m: Machine) -> Value | None:
    """What `super()` gives: the object whose method is being run, with the methods of what its class comes from."""
    info, params = m.frame.info, m.active[-1].params if m.active else []
    own = m.frame.env.get(params[0].name) if params else None
    if info is None or own is None:
        return None
    parent = ClassInfo(info.node, info.env, info.scope)
    parent.bases, parent.seen = info.bases, info.seen
    value = own.copy()
    value.function = Instance(parent)
    return value
