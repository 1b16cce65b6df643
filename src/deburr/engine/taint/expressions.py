"""What an expression is worth: one function per kind of node, from (interpreter, node, env) to a Value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from deburr.engine import ir
from deburr.engine.taint import containers, fold, guards, linking, objects, places, sinks
from deburr.engine.taint.attributes import attribute, by_name, free, imported_value, item, starred
from deburr.engine.taint.conditions import Args
from deburr.engine.taint.machine import Closure, Env, Instance, Machine
from deburr.engine.taint.scopes import Part
from deburr.engine.taint.values import (
    EVERY,
    KEYS,
    MISSING,
    MOST_ITEMS,
    UNKNOWN,
    Value,
    collection,
    constant,
    element,
    join,
    parts_of,
    union,
)


def _const(_m: Machine, node: ir.Const, _env: Env) -> Value:
    return constant(node.value)


def _name(m: Machine, node: ir.Name, env: Env) -> Value:
    value = m.lookup(node.id, env)
    if value is None:
        value = linking.starred(m, node.id) or starred(m, node) or free(m, node.id)
    elif type(value.function) is linking.Lazy and m.links.deep < linking.DEEP:
        value = linking.forced(m, value)
    if value.ref:
        value = places.present(m, value, env)
    if value.name and value.name in m.facts.reads:
        sinks.read(m, value.name, node)
    return by_name(value, node.id, node)


def _imported(m: Machine, node: ir.Imported, _env: Env) -> Value:
    value = imported_value(m, node.full, node)
    if type(value.function) is linking.Lazy:
        value = linking.forced(m, value)
    if value.name in m.facts.reads:
        sinks.read(m, value.name, node)
    return value


def _attr(m: Machine, node: ir.Attr, env: Env) -> Value:
    owner = m.eval(node.obj, env)
    value = attribute(m, owner, node.name, node)
    if value.ref:
        value = places.present(m, value, env)
    if value.name and value.name in m.facts.reads:
        sinks.read(m, value.name, node)
    return by_name(value, node.name, node)


def _sub(m: Machine, node: ir.Sub, env: Env) -> Value:
    owner = m.eval(node.obj, env)
    if isinstance(node.index, ir.Slice):
        return _slice(m, owner, node.index, env)
    key = m.eval(node.index, env)
    full = f"{owner.type or owner.name}.__getitem__"
    if full in m.facts.sinks:
        sinks.call(m, full, Args([(node.index, key)], {}), node)
    if type(owner.function) is Instance:
        found = objects.special(m, (node.obj, owner), "__getitem__", Args([(node.index, key)], {}))
        if found is not None:
            return found
    value = item(m, owner, key, node)
    return places.present(m, value, env) if value.ref else value


def _slice(m: Machine, owner: Value, node: ir.Slice, env: Env) -> Value:
    which = places.bounds(m, node, env)
    if which is not None and isinstance(owner.const, (str, bytes)):
        return constant(owner.const[which])
    if which is not None and owner.items and owner.type in ("list", "tuple") and owner.rest is None:
        return collection(dict(enumerate(list(owner.items.values())[which])), owner.type)
    if owner.items is None and owner.rest is None:
        return Value(type=owner.type, taints=parts_of(owner.taints, "?")) if owner.taints else UNKNOWN
    new = Value(type=owner.type, taints=owner.taints)
    new.rest = element(owner)
    return new


def _concat(m: Machine, node: ir.Concat, env: Env) -> Value:
    values = [m.eval(part, env) for part in node.parts]
    if any(type(value.function) is Instance for value in values):
        return _summed(m, node, values)
    return fold.concat(values)


def _summed(m: Machine, node: ir.Concat, values: list[Value]) -> Value:
    """The operands of a chain of `+` among which are objects that say what their sum is."""
    total = values[0]
    for part, value in zip(node.parts[1:], values[1:], strict=True):
        found = objects.combined(m, "+", (node, total), (part, value))
        total = fold.concat([total, value]) if found is None else found
    return total


def _format(m: Machine, node: ir.Format, env: Env) -> Value:
    parts = [m.eval(part, env) for part in node.parts]
    if node.style == "template":
        # Whoever is handed text and values apart binds or escapes the values.
        return Value(taints=tuple(taint.cleaned((EVERY,)) for part in parts for taint in part.taints))
    if any(type(value.function) is Instance for value in parts):
        parts = [objects.shown(m, value, part) for part, value in zip(node.parts, parts, strict=True)]
    return fold.text(parts)


def _binary(m: Machine, node: ir.Binary, env: Env) -> Value:
    left, right = m.eval(node.left, env), m.eval(node.right, env)
    if type(left.function) is Instance or type(right.function) is Instance:
        found = objects.combined(m, node.op, (node.left, left), (node.right, right))
        if found is not None:
            return found
        right = objects.shown(m, right, node.right)
    return fold.binary(node.op, left, right)


def _unary(m: Machine, node: ir.Unary, env: Env) -> Value:
    return fold.unary(node.op, m.eval(node.operand, env))


def _logic(m: Machine, node: ir.Logic, env: Env) -> Value:
    """`and`, `or` and `??`: each operand is evaluated knowing what the ones before it have proved."""
    inner = Part(env)
    result: Value | None = None
    for position, part in enumerate(node.values):
        value = m.eval(part, inner)
        known = fold.truth(value) if node.op != "??" else (value.const is not None if value.known else None)
        last = position == len(node.values) - 1
        if known is not None and not last:
            if known is (node.op != "and"):
                result = value if result is None else join(result, value)
                break
            continue
        # Of an `and`, only what is empty comes out before its last.
        if last or node.op != "and" or not value.taints:
            result = value if result is None else join(result, value)
        if not last and node.op != "??":
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
            inner = Part(env)
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
            items[len(items)] = places.shared(m, part, value, env) if type(part) is ir.Name else value
    return collection(items, node.kind, rest)


def _dict(m: Machine, node: ir.Dict, env: Env) -> Value:
    items: dict[Any, Value] = {}
    rest: Value | None = None
    names: Value | None = None
    for key_node, value_node in node.items:
        value = m.eval(value_node, env)
        key = m.eval(key_node, env) if key_node is not None else None
        if key is None and value.items is not None:
            items.update(value.items)
        elif key is not None and key.known and isinstance(key.const, (str, int, bytes, float, bool, type(None))):
            if isinstance(key.const, str):
                value = sinks.named(m, key.const, value, value_node)
                value = sinks.stored(m, value, value_node, value_node)
            items[key.const] = places.shared(m, value_node, value, env) if type(value_node) is ir.Name else value
        else:
            found = element(value) if key is None else value
            rest = found if rest is None else join(rest, found)
            if key is not None and key.taints:
                names = key if names is None else join(names, key)
    new = collection(items, "dict", rest)
    return new if names is None else new.but(attrs={KEYS: names})


def _lambda(m: Machine, node: ir.Lambda, env: Env) -> Value:
    value = Value()
    name, scope = node.function.name, m.frame.scope
    value.function = Closure(node.function, env, m.frame, ".".join(part for part in (scope, name) if part))
    if not m.quiet:
        m.entries.append(value.function)
    return value


def _comp(m: Machine, node: ir.Comp, env: Env) -> Value:
    """A comprehension: its body is run once, for any element."""
    inner = Part(env)
    for clause in node.clauses:
        source = m.eval(clause.iter, inner)
        if type(source.function) is Instance:
            source = objects.iterated(m, source, clause.iter)
        elif source.type == "dict" and source.items is not None:
            source = containers.keys(source)
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
    if (own := env.own()) is not env:
        places.assign(m, node.target, value, own)
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
    ir.Imported: _imported,
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
