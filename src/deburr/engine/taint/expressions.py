"""What an expression is worth: one function per kind of node, from (interpreter, node, env) to a Value."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any

from deburr.engine import ir
from deburr.engine.taint import fold, functions, guards, places, sinks
from deburr.engine.taint.conditions import Args
from deburr.engine.taint.credentials import kinds_of
from deburr.engine.taint.machine import Bound, ClassInfo, Closure, Env, Instance, Machine
from deburr.engine.taint.values import (
    MISSING,
    MOST_ITEMS,
    UNKNOWN,
    Taint,
    Value,
    collection,
    constant,
    element,
    join,
    parts_of,
    union,
)

_BUILTINS = frozenset(dir(builtins)) | {"unicode", "raw_input", "xrange", "execfile", "reload", "basestring", "long"}


_WRITTEN = frozenset({"detail", "message", "description", "messages", "user_message"})
"""Attributes that only an application's own exceptions have: they were written to be read."""


def _const(_m: Machine, node: ir.Const, _env: Env) -> Value:
    return constant(node.value)


def _name(m: Machine, node: ir.Name, env: Env) -> Value:
    value = m.lookup(node.id, env)
    if value is None:
        value = starred(m, node) or free(m, node.id)
    if value.name and value.name in m.facts.reads:
        sinks.read(m, value.name, node)
    return by_name(value, node.id, node)


def by_name(value: Value, name: str, node: ir.Node) -> Value:
    """The value with what its name says of it: under some names stands a secret."""
    kinds = kinds_of(name)
    if not kinds or value.known or value.function is not None or any(t.kind == "secret" for t in value.taints):
        return value
    return value.with_taints((*value.taints, *(Taint(kind, ("name", name), (node,)) for kind in kinds)))


def starred(m: Machine, node: ir.Name) -> Value | None:
    """What a name means that may come from a module of which everything was imported."""
    for module in reversed(m.stars):
        full = f"{module}.{node.id}"
        if full in m.starred:
            return typed(m, full, UNKNOWN, node)
    return None


def free(m: Machine, name: str) -> Value:
    """What a name means that the text does not define: a known module, a builtin, or what it means by convention."""
    if name in m.facts.conventions:
        full = m.facts.conventions[name]
        return typed(m, full, UNKNOWN, None)
    if name in m.roots:
        return Value(name=name)
    if name in _BUILTINS:
        return Value(name=f"builtins.{name}")
    return UNKNOWN


def typed(m: Machine, full: str, owner: Value, node: ir.Node | None) -> Value:
    """The value that stands at the full name of a library's attribute."""
    kind = m.facts.returns.get(full, "")
    value = Value(name=full, type=kind, taints=owner.taints)
    found = m.facts.sources.get(full)
    if found and node is not None:
        value.taints = union(value.taints, tuple(Taint(worth, (full,), (node,)) for worth in found))
    if value.taints and (kinds := m.facts.sanitizers.get(full)):
        value.taints = tuple(taint.cleaned(k for k in kinds if isinstance(k, str)) for taint in value.taints)
    return value


def _attr(m: Machine, node: ir.Attr, env: Env) -> Value:
    owner = m.eval(node.obj, env)
    value = attribute(m, owner, node.name, node)
    if value.name and value.name in m.facts.reads:
        sinks.read(m, value.name, node)
    return by_name(value, node.name, node)


def attribute(m: Machine, owner: Value, name: str, node: ir.Node) -> Value:
    """`owner.name`."""
    if owner.attrs is not None and name in owner.attrs:
        return owner.attrs[name]
    local = local_attribute(m, owner, name, node)
    if local is not None:
        return local
    bases = [owner.type or owner.name]
    if isinstance(owner.function, Instance):
        bases = owner.function.info.library_bases() or bases
    for base in bases:
        full = f"{base}.{name}"
        if base and (full in m.facts.returns or full in m.facts.sources):
            return typed(m, full, owner.with_taints(parts_of(owner.taints, name)), node)
        if f"{base}.__getattr__" in m.facts.returns and not m.knows(full):
            return typed(m, f"{base}.__getattr__", owner.with_taints(parts_of(owner.taints, name)), node)
    taints = parts_of(owner.taints, name) if owner.taints else ()
    if taints and name in _WRITTEN:
        taints = tuple(taint for taint in taints if taint.kind != "exception")
    if taints and (kinds := m.facts.sanitizers.get(f"{bases[0]}.{name}")):
        taints = tuple(taint.cleaned(k for k in kinds if isinstance(k, str)) for taint in taints)
    if bases[0]:
        full = f"{bases[0]}.{name}"
        return Value(m.facts.constants.get(full, MISSING), full, taints=taints)
    return Value(taints=taints) if taints else UNKNOWN


def _bound(closure: Closure, owner: Value, info: ClassInfo) -> Closure | Bound:
    """A method with what it will be called on: the object, the class, or nothing."""
    kinds = {full for full, _, _ in closure.decorators}
    if "builtins.classmethod" in kinds:
        if not isinstance(owner.function, ClassInfo):
            owner = Value()
            owner.function = info
        return Bound(closure, owner)
    if "builtins.staticmethod" in kinds or not isinstance(owner.function, Instance):
        return closure
    return Bound(closure, owner)


def local_attribute(m: Machine, owner: Value, name: str, node: ir.Node) -> Value | None:
    """An attribute that a class of the text defines."""
    what = owner.function
    info = what.info if isinstance(what, Instance) else what if isinstance(what, ClassInfo) else None
    if info is None:
        return None
    closure = info.method(name)
    if closure is not None:
        if any(full.endswith("property") for full, _, _ in closure.decorators):
            return functions.run(m, closure, Args([(node, owner)], {}))
        value = Value(name="")
        value.function = _bound(closure, owner, info)
        return value
    if isinstance(what, Instance) and name in info.seen:
        return info.seen[name]
    found = info.attribute(name)
    if isinstance(what, Instance) and owner.taints and owner.attrs is None and info.declares(name):
        kind = found.type if found is not None and found.type in ("int", "float", "bool") else ""
        return Value(type=kind) if kind else _field(owner, name, found)
    return found


def _field(owner: Value, name: str, declared: Value | None) -> Value:
    """A field of an object that came from outside as a whole: its default says nothing."""
    value = Value(taints=parts_of(owner.taints, name))
    if declared is not None and not declared.known:
        value.type, value.function = declared.type, declared.function
    return value


def _sub(m: Machine, node: ir.Sub, env: Env) -> Value:
    owner = m.eval(node.obj, env)
    if isinstance(node.index, ir.Slice):
        return _slice(m, owner, node.index, env)
    key = m.eval(node.index, env)
    full = f"{owner.type or owner.name}.__getitem__"
    if full in m.facts.sinks:
        sinks.call(m, full, Args([(node.index, key)], {}), node)
    return item(m, owner, key, node)


def _slice(m: Machine, owner: Value, node: ir.Slice, env: Env) -> Value:
    bounds = [m.eval(part, env) if part is not None else constant(None) for part in (node.lower, node.upper, node.step)]
    if owner.known and all(b.known for b in bounds) and isinstance(owner.const, (str, bytes, list, tuple)):
        try:
            done = owner.const[slice(*(b.const for b in bounds))]
        except (TypeError, ValueError):
            done = None
        if isinstance(done, (str, bytes)):
            return constant(done)
    if owner.items and owner.type in ("list", "tuple") and all(b.known for b in bounds) and owner.rest is None:
        try:
            kept = list(owner.items.values())[slice(*(b.const for b in bounds))]
        except (TypeError, ValueError):
            kept = list(owner.items.values())
        return collection(dict(enumerate(kept)), owner.type)
    if owner.items is None and owner.rest is None:
        return Value(type=owner.type, taints=parts_of(owner.taints, "?")) if owner.taints else UNKNOWN
    new = Value(type=owner.type, taints=owner.taints)
    new.rest = element(owner)
    return new


def item(m: Machine, owner: Value, key: Value, node: ir.Node) -> Value:
    """`owner[key]`, by known key where the elements are known."""
    if owner.items is not None and key.known and not isinstance(key.const, (list, dict, set)):
        index = key.const
        if isinstance(index, int) and index < 0 and owner.type in ("list", "tuple") and owner.rest is None:
            index += len(owner.items)
        if index in owner.items:
            return owner.items[index]
        if owner.rest is None:
            return UNKNOWN
    if owner.known and key.known and isinstance(owner.const, (str, bytes)):
        try:
            return constant(owner.const[key.const])
        except (TypeError, LookupError):
            return UNKNOWN
    if owner.items is not None or owner.rest is not None:
        return element(owner)
    full = f"{owner.type or owner.name}.__getitem__"
    if full in m.facts.returns or full in m.facts.sources:
        value = typed(m, full, owner, node)
        return value.with_taints(picked(value.taints, key, node))
    name = f"{owner.name}[{key.const}]" if owner.name and key.known else ""
    taints = picked(owner.taints, key, node)
    if taints and (kinds := m.facts.sanitizers.get(full)):
        taints = tuple(taint.cleaned(k for k in kinds if isinstance(k, str)) for taint in taints)
    value = Value(name=name, taints=taints) if name or taints else UNKNOWN
    return by_name(value, key.const, node) if isinstance(key.const, str) else value


def picked(taints: tuple[Taint, ...], key: Value, node: ir.Node) -> tuple[Taint, ...]:
    """The taints of one element of a tainted whole: each element of a source is an origin of its own."""
    if not taints:
        return ()
    which = key.const if key.known and isinstance(key.const, (str, int)) else ("at", node.start)
    return tuple(
        t.but(origin=(t.origin, which), steps=(node,))
        if not t.part and len(t.steps) == 1
        else t.but(part=t.part or "?")
        for t in taints
    )


def _concat(m: Machine, node: ir.Concat, env: Env) -> Value:
    return fold.concat([m.eval(part, env) for part in node.parts])


def _format(m: Machine, node: ir.Format, env: Env) -> Value:
    return fold.text([m.eval(part, env) for part in node.parts])


def _binary(m: Machine, node: ir.Binary, env: Env) -> Value:
    return fold.binary(node.op, m.eval(node.left, env), m.eval(node.right, env))


def _unary(m: Machine, node: ir.Unary, env: Env) -> Value:
    return fold.unary(node.op, m.eval(node.operand, env))


def _logic(m: Machine, node: ir.Logic, env: Env) -> Value:
    """`and` and `or`: each operand is evaluated knowing what the ones before it have proved."""
    inner = Env(env)
    result: Value | None = None
    for position, part in enumerate(node.values):
        value = m.eval(part, inner)
        known = fold.truth(value)
        last = position == len(node.values) - 1
        if known is not None and not last:
            if known is (node.op == "or"):
                result = value if result is None else join(result, value)
                break
            continue
        result = value if result is None else join(result, value)
        if not last:
            guards.refine(m, part, node.op == "and", inner)
    return result or UNKNOWN


def _compare(m: Machine, node: ir.Compare, env: Env) -> Value:
    left = m.eval(node.left, env)
    result: object = True
    for op, right_node in zip(node.ops, node.rights, strict=True):
        right = m.eval(right_node, env)
        sinks.compared(m, op, node, (left, right))
        known = fold.compare(op, left, right)
        result = known if result is True else MISSING if result is MISSING else result
        left = right
    return UNKNOWN if result is MISSING else constant(bool(result))


def _cond(m: Machine, node: ir.Cond, env: Env) -> Value:
    known = fold.truth(m.eval(node.test, env))
    values = []
    for branch, truth in ((node.then, True), (node.other, False)):
        if known is None or known is truth:
            inner = Env(env)
            guards.refine(m, node.test, truth, inner)
            value = inner.scrub(m.eval(branch, inner))
            if guards.debugging(node.test, truth):
                value = value.with_taints(tuple(t for t in value.taints if t.kind not in ("exception", "traceback")))
            values.append(value)
    return values[0] if len(values) == 1 else join(values[0], values[1])


def _seq(m: Machine, node: ir.Seq, env: Env) -> Value:
    items: dict[Any, Value] = {}
    rest: Value | None = None
    for part in node.items:
        value = m.eval(part.value if isinstance(part, ir.Star) else part, env)
        if isinstance(part, ir.Star) and value.items is not None and value.rest is None and value.type != "dict":
            for inner in value.items.values():
                items[len(items)] = inner
        elif isinstance(part, ir.Star) or len(items) >= MOST_ITEMS:
            found = element(value) if isinstance(part, ir.Star) else value
            rest = found if rest is None else join(rest, found)
        else:
            items[len(items)] = value
    return collection(items, node.kind, rest)


def _dict(m: Machine, node: ir.Dict, env: Env) -> Value:
    items: dict[Any, Value] = {}
    rest: Value | None = None
    for key_node, value_node in node.items:
        value = m.eval(value_node, env)
        key = m.eval(key_node, env) if key_node is not None else None
        if key is None and value.items is not None:
            items.update(value.items)
        elif key is not None and key.known and isinstance(key.const, (str, int, bytes, float, bool, type(None))):
            if isinstance(key.const, str):
                value = sinks.named(m, key.const, value, value_node)
                value = sinks.stored(m, value, value_node, value_node)
            items[key.const] = value
        else:
            found = element(value) if key is None else value
            rest = found if rest is None else join(rest, found)
    return collection(items, "dict", rest)


def _lambda(m: Machine, node: ir.Lambda, env: Env) -> Value:
    value = Value()
    value.function = Closure(node.function, env, m.frame, m.frame.scope)
    return value


def _comp(m: Machine, node: ir.Comp, env: Env) -> Value:
    """A comprehension: its body is run once, for any element."""
    inner = Env(env)
    for clause in node.clauses:
        source = m.eval(clause.iter, inner)
        places.assign(m, clause.target, element(source), inner)
        for condition in clause.conds:
            m.eval(condition, inner)
            guards.refine(m, condition, True, inner)
    key = m.eval(node.key, inner) if node.key is not None else UNKNOWN
    found = inner.scrub(m.eval(node.item, inner))
    new = Value(type="list" if node.kind == "generator" else node.kind, taints=union(found.taints, key.taints))
    new.rest = found
    return new


def _walrus(m: Machine, node: ir.Walrus, env: Env) -> Value:
    value = m.eval(node.value, env)
    places.assign(m, node.target, value, env)
    return value


def _inner(m: Machine, node: ir.Await | ir.Star, env: Env) -> Value:
    return m.eval(node.value, env)


def _yield(m: Machine, node: ir.Yield, env: Env) -> Value:
    if node.value is not None:
        m.frame.yields.append(env.scrub(m.eval(node.value, env)))
    return UNKNOWN


def _unknown(m: Machine, node: ir.Unknown, env: Env) -> Value:
    taints = union(*(m.eval(part, env).taints for part in node.parts))
    return Value(taints=taints) if taints else UNKNOWN


def _nothing(_m: Machine, _node: ir.Node, _env: Env) -> Value:
    return UNKNOWN


TABLE: dict[type[ir.Node], Callable[[Any, Any, Env], Value]] = {
    ir.Const: _const,
    ir.Name: _name,
    ir.Attr: _attr,
    ir.Sub: _sub,
    ir.Slice: _nothing,
    ir.Concat: _concat,
    ir.Format: _format,
    ir.Binary: _binary,
    ir.Unary: _unary,
    ir.Logic: _logic,
    ir.Compare: _compare,
    ir.Cond: _cond,
    ir.Seq: _seq,
    ir.Dict: _dict,
    ir.Lambda: _lambda,
    ir.Comp: _comp,
    ir.Walrus: _walrus,
    ir.Await: _inner,
    ir.Star: _inner,
    ir.Yield: _yield,
    ir.Unknown: _unknown,
}
