"""What a statement does: one function per kind of node, which tells whether control never goes past it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deburr.engine import ir
from deburr.engine.taint import (
    containers,
    declared,
    definitions,
    fold,
    guards,
    linking,
    matching,
    objects,
    places,
    proofs,
    sinks,
)
from deburr.engine.taint.attributes import imported_value
from deburr.engine.taint.machine import Env, Instance, Machine
from deburr.engine.taint.values import UNKNOWN, Taint, Value, constant, element, join, union

_DEEPEST_LOOP = 4
_PLACES = frozenset({ir.Name, ir.Attr, ir.Sub})


def _assign(m: Machine, node: ir.Assign, env: Env) -> bool:
    value = env.scrub(m.eval(node.value, env))
    if node.annotation is not None and not value.type and not value.taints:
        kind = declared.annotated(m, node.annotation, env)
        value = kind if kind is not None and value is UNKNOWN else value
    guards.remember(m, node, env)
    if type(node.value) is ir.Call:
        guards.survived(m, node.value, env)
    if type(node.value) in _PLACES:
        value = places.shared(m, node.value, value, env)
    for target in node.targets:
        definitions.setting(m, target, node.value, value, node)
        places.assign(m, target, value, env, node.value)
    return False


def _augmented(m: Machine, node: ir.AugAssign, env: Env) -> bool:
    before, after = m.eval(node.target, env), m.eval(node.value, env)
    value = fold.concat([before, after]) if node.op == "+" else fold.binary(node.op, before, after)
    places.assign(m, node.target, env.scrub(value), env, node.value)
    return False


def _expr(m: Machine, node: ir.Expr, env: Env) -> bool:
    m.alone = node.value
    m.eval(node.value, env)
    if isinstance(node.value, ir.Call):
        guards.survived(m, node.value, env)
    return isinstance(node.value, ir.Call) and _never_returns(m, node.value, env)


def _never_returns(m: Machine, node: ir.Call, env: Env) -> bool:
    """Whether a call ends the program or the request."""
    func = node.func
    if (done := m.proofs.get(id(node))) is not None:
        return done.endless
    ends = m.language.ends
    if isinstance(func, ir.Name):
        value = m.lookup(func.id, env)
        return (value.name in ends) if value is not None else func.id in ("exit", "quit", "abort")
    if isinstance(func, ir.Attr) and func.name in ("exit", "_exit", "abort", "fail", "error"):
        owner = m.eval(func.obj, env)
        return f"{owner.name}.{func.name}" in ends or f"{owner.type}.{func.name}" in ends
    return False


def _return(m: Machine, node: ir.Return, env: Env) -> bool:
    if node.value is not None:
        m.returned = node.value.items[0] if isinstance(node.value, ir.Seq) and node.value.items else node.value
        value = env.scrub(m.eval(node.value, env))
        for kind in m.frame.handler:
            sinks.reach(m, kind, (node.value, _body(value, kind)), sinks.Place(node))
        if m.active:
            value = sinks.named(m, m.active[-1].name, value, node.value)
        m.frame.returns.append(value)
        proofs.left(m, node.value, value, env)
    else:
        proofs.left(m, None, constant(None), env)
    return True


def _body(value: Value, kind: str) -> Value:
    """What a handler's result puts on the page: of (body, status) the body; as a page, only what may be a text."""
    if value.type == "tuple" and value.items:
        value = next(iter(value.items.values()))
    if kind != "html" or value.shape is not None:
        return value
    if value.type not in ("", "str", "bytes") or value.items is not None:
        return UNKNOWN
    return value.with_taints(tuple(taint for taint in value.taints if taint.sure))


def _raise(m: Machine, node: ir.Raise, env: Env) -> bool:
    value = m.eval(node.value, env) if node.value is not None else None
    if value is not None and m.raised is not None and len(m.raised) < _MOST_RAISED:
        m.raised.append(env.scrub(value))
    return True


_MOST_RAISED = 20


def _assert(m: Machine, node: ir.Assert, env: Env) -> bool:
    m.eval(node.test, env)
    guards.refine(m, node.test, True, env)
    return False


def _if(m: Machine, node: ir.If, env: Env) -> bool:
    known = fold.truth(m.eval(node.test, env))
    ended: list[bool] = []
    open_: list[Env] = []
    for body, truth in ((node.body, True), (node.orelse, False)):
        if known is not None and known is not truth:
            continue
        branch = Env(env)
        guards.refine(m, node.test, truth, branch)
        debugging = guards.debugging(node.test, truth)
        m.debugging += debugging
        ended.append(m.block(body, branch))
        m.debugging -= debugging
        if not ended[-1]:
            open_.append(branch)
    told = proofs.told(env, open_) if len(open_) > 1 else {}
    env.absorb(open_)
    env.vars.update(told)
    return all(ended)


def _loop(m: Machine, body: list[ir.Node], env: Env, before: Callable[[Env], None], endless: bool = False) -> None:
    """Run a loop's body twice, so that what one round leaves behind reaches the next; far inside others, once.

    Out of an `endless` loop there is no way but those that its body takes.
    """
    rounds = 2 if len(m.frame.loops) < _DEEPEST_LOOP else 1
    for turn in range(1, rounds + 1):
        exits: list[Env] = []
        m.frame.loops.append(exits)
        once = Env(env)
        before(once)
        ended = m.block(body, once)
        m.frame.loops.pop()
        if endless and turn == rounds and exits:
            env.absorb([_flat(left, env) for left in exits])
        else:
            env.absorb([Env(env), *([] if ended else [once]), *(_flat(left, env) for left in exits)])


def _flat(inner: Env, outer: Env) -> Env:
    """All that changed between two states, as one branch of the outer one."""
    flat = Env(outer)
    chain: list[Env] = []
    env: Env | None = inner
    while env is not None and env is not outer:
        chain.append(env)
        env = env.parent
    for part in reversed(chain):
        flat.vars.update(part.vars)
    return flat


def _for(m: Machine, node: ir.For, env: Env) -> bool:
    source = env.scrub(m.eval(node.iter, env))
    if type(source.function) is Instance:
        source = objects.iterated(m, source, node.iter)
    found = element(source)
    if source.type == "dict" and source.items is not None:
        found = element(containers.keys(source))

    def bind(once: Env) -> None:
        places.assign(m, node.target, found, once)

    _loop(m, node.body, env, bind)
    guards.looped(m, node, env)
    if node.orelse:
        m.block(node.orelse, env)
    return False


def _while(m: Machine, node: ir.While, env: Env) -> bool:
    known = fold.truth(m.eval(node.test, env))
    if known is False:
        return False

    def test(once: Env) -> None:
        m.eval(node.test, once)
        guards.refine(m, node.test, True, once)

    endless = known is True and isinstance(node.test, ir.Const)
    _loop(m, node.body, env, test, endless)
    if not endless:
        guards.refine(m, node.test, False, env)
    elif not _leaves(node.body):
        return True
    if node.orelse:
        m.block(node.orelse, env)
    return False


def _leaves(body: list[ir.Node]) -> bool:
    """Whether a `break` stands somewhere in a loop that tests nothing."""
    return any(isinstance(inner, ir.Break) for node in body for inner in ir.walk(node))


def _jump(m: Machine, _node: ir.Node, env: Env) -> bool:
    if m.frame.loops:
        m.frame.loops[-1].append(env)
    return True


def _try(m: Machine, node: ir.Try, env: Env) -> bool:
    tried = Env(env)
    around, m.raised = m.raised, []
    ended = m.block(node.body, tried)
    raised, m.raised = m.raised, around
    if not ended and node.orelse:
        ended = m.block(node.orelse, tried)
    branches = [] if ended else [tried]
    failed = Env(env)
    failed.absorb([Env(env), tried])
    failed.cleans = {}
    for handler in node.handlers:
        branch = Env(env)
        branch.vars.update(failed.vars)
        if handler.name:
            branch.vars[handler.name] = _caught(m, handler, raised, env)
        if not m.block(handler.body, branch):
            branches.append(branch)
    if not node.handlers and not ended:
        branches = [tried]
    if node.final:
        broken = Env(env)
        broken.absorb([Env(env), failed, *branches])
        m.block(node.final, broken)
    env.absorb(branches)
    if node.final and m.block(node.final, env):
        return True
    return not branches


def _caught(m: Machine, handler: ir.Handler, raised: list[Value], env: Env) -> Value:
    """An exception as its handler sees it, with what was put into it where it was raised."""
    taint = Taint("exception", ("except", handler.start), (handler,))
    value = Value(taints=(taint,))
    if not raised or handler.type is None:
        return value
    kinds = handler.type.items if isinstance(handler.type, ir.Seq) else [handler.type]
    names = {_class_of(m.eval(kind, env)) for kind in kinds}
    for one in raised:
        if names.isdisjoint(_classes(one)):
            continue
        if one.taints or one.attrs:
            # What is told of a wrong value is mostly shown to be read, and escaped where that is.
            taints = tuple(t.but(sure=False) for t in one.taints)
            value = join(value, one).with_taints(union(value.taints, taints))
    return value


def _class_of(value: Value) -> object:
    return id(value.function) if value.function is not None else value.name


def _classes(value: Value) -> set[object]:
    """The classes that an exception is an instance of, as far as they are known."""
    found: set[object] = {"builtins.Exception", "builtins.BaseException", value.type or value.name}
    if isinstance(value.function, Instance):
        found |= {id(one) if not isinstance(one, Value) else one.name for one in value.function.info.lineage()}
    return found


def _with(m: Machine, node: ir.With, env: Env) -> bool:
    suppressing = False
    for manager, target in node.items:
        value = m.eval(manager, env)
        if isinstance(manager, ir.Call):
            suppressing |= definitions.full_name(m, manager.func, env) in _SUPPRESSING
        if value.attrs is not None:
            value = objects.entered(m, value, manager)
        if target is not None:
            places.assign(m, target, value, env, manager)
    if not suppressing:
        return m.block(node.body, env)
    inside = Env(env)
    ended = m.block(node.body, inside)
    env.absorb([Env(env)] if ended else [Env(env), inside])
    return False


_SUPPRESSING = frozenset({"contextlib.suppress", "pytest.raises", "unittest.TestCase.assertRaises"})
"""Managers after which the program goes on although the body ended early."""


def _delete(m: Machine, node: ir.Delete, env: Env) -> bool:
    for target in node.targets:
        if isinstance(target, ir.Sub):
            places.remove(m, target, env)
    return False


def _scope(m: Machine, node: ir.Scope, _env: Env) -> bool:
    m.frame.globals_.update(dict.fromkeys(node.names, node.of_module))
    return False


def _import(m: Machine, node: ir.Import, env: Env) -> bool:
    for imported, local in node.names:
        if local == "*":
            m.star(imported.removesuffix(".*"))
            linking.spread(m, imported)
            continue
        env.vars[local] = imported_value(m, imported, node)
    return False


def _nothing(_m: Machine, _node: ir.Node, _env: Env) -> bool:
    return False


TABLE: dict[type[ir.Node], Callable[[Any, Any, Env], bool]] = {
    ir.Assign: _assign,
    ir.AugAssign: _augmented,
    ir.Expr: _expr,
    ir.Return: _return,
    ir.Raise: _raise,
    ir.Assert: _assert,
    ir.If: _if,
    ir.For: _for,
    ir.While: _while,
    ir.Try: _try,
    ir.With: _with,
    ir.Match: matching.match,
    ir.Break: _jump,
    ir.Continue: _jump,
    ir.Pass: _nothing,
    ir.Delete: _delete,
    ir.Scope: _scope,
    ir.Import: _import,
    ir.Function: definitions.function,
    ir.Class: definitions.klass,
}
