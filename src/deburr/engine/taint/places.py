"""Assignment: giving a value to a variable, an element or an attribute."""

from __future__ import annotations

from typing import Any

from deburr.engine import ir
from deburr.engine.taint import sinks
from deburr.engine.taint.conditions import Args
from deburr.engine.taint.machine import Env, Frame, Instance, Machine
from deburr.engine.taint.values import MISSING, MOST_ITEMS, UNKNOWN, Value, element, join, parts_of, union


def assign(m: Machine, target: ir.Node, value: Value, env: Env, source: ir.Node | None = None) -> None:
    """`target = value`; `source` is the expression that the value was written as."""
    if isinstance(target, ir.Name):
        value = sinks.named(m, target.id, value, source or target)
        if value.taints:
            value = value.with_taints(tuple(taint.step(target) for taint in value.taints))
        if target.id in m.frame.globals_:
            _outside(m, target.id)[target.id] = value
        env.vars[target.id] = value
        m.frame.set.add(target.id)
    elif isinstance(target, ir.Seq):
        _unpack(m, target, value, env)
    elif isinstance(target, ir.Attr):
        owner = m.eval(target.obj, env)
        value = sinks.named(m, target.name, value, source or target)
        for full in _full_names(owner, target.name):
            sinks.assigned(m, full, (source or target, value), target)
        update(m, target.obj, _with_attr(owner, target.name, value), env)
        if isinstance(owner.function, Instance):
            seen = owner.function.info.seen
            seen[target.name] = join(seen[target.name], value) if target.name in seen else value
    elif isinstance(target, ir.Sub):
        _assign_item(m, target, value, env, source)
    elif isinstance(target, ir.Star):
        assign(m, target.value, value, env, source)


def _outside(m: Machine, name: str) -> dict[str, Value]:
    """The variables among which one stands that a function shares with what is around it."""
    frame: Frame | None = m.frame
    while frame is not None and frame.closure is not None:
        env: Env | None = frame.closure
        while env is not None:
            if name in env.vars:
                return env.vars
            env = env.parent
        frame = frame.static
    return m.module.vars


def _full_names(owner: Value, name: str) -> list[str]:
    if isinstance(owner.function, Instance):
        return [f"{base}.{name}" for base in owner.function.info.library_bases()]
    return [f"{base}.{name}" for base in {owner.type, owner.name} if base] or [f"*.{name}"]


def _assign_item(m: Machine, target: ir.Sub, value: Value, env: Env, source: ir.Node | None) -> None:
    owner, key = m.eval(target.obj, env), m.eval(target.index, env)
    if isinstance(key.const, str):
        value = sinks.named(m, key.const, value, source or target)
        value = sinks.stored(m, value, source or target, target)
        for base in {owner.name, owner.type} - {""}:
            sinks.assigned(m, f"{base}[{key.const}]", (source or target, value), target)
    for base in {owner.name, owner.type} - {""}:
        args = Args([(target.index, key), (source or target, value)], {}, (target.obj, owner))
        sinks.call(m, f"{base}.__setitem__", args, target)
    update(m, target.obj, with_item(owner, key, value), env)


def update(m: Machine, place: ir.Node, value: Value, env: Env) -> None:
    """The object that stands at `place` has become `value`."""
    if isinstance(place, ir.Name):
        if place.id in m.frame.globals_ or (env.get(place.id) is None and m.module.get(place.id) is not None):
            m.module.vars[place.id] = value
        env.vars[place.id] = value
        if place.id not in m.frame.set:
            m.frame.changed.add(place.id)
    elif isinstance(place, ir.Attr):
        owner = m.eval(place.obj, env)
        if owner is not UNKNOWN:
            update(m, place.obj, _with_attr(owner, place.name, value), env)
        if isinstance(owner.function, Instance):
            owner.function.info.seen[place.name] = value
    elif isinstance(place, ir.Sub):
        owner = m.eval(place.obj, env)
        update(m, place.obj, with_item(owner, m.eval(place.index, env), value), env)


def _with_attr(owner: Value, name: str, value: Value) -> Value:
    new = owner.copy()
    new.attrs = {**(owner.attrs or {}), name: value}
    return new


def with_item(owner: Value, key: Value, value: Value) -> Value:
    """A container after `owner[key] = value`."""
    new = owner.copy()
    new.const = MISSING
    new.taints = union(owner.taints, value.taints)
    if (
        key.known
        and isinstance(key.const, (str, int, float, bytes))
        and (owner.items is not None or owner.rest is None)
        and (len(owner.items or ()) < MOST_ITEMS or key.const in (owner.items or ()))
    ):
        new.items = {**(owner.items or {}), key.const: value}
        if owner.items is not None and owner.rest is None:
            new.taints = union(*(inner.taints for inner in new.items.values()))
        elif owner.items is None and owner is not UNKNOWN:
            new.rest = Value(taints=parts_of(owner.taints, "?"))
        else:
            new.rest = UNKNOWN if owner.items is None else owner.rest
    else:
        new.rest = value if owner.rest is None else join(owner.rest, value)
    return new


def appended(owner: Value, values: list[Value], at: Any = None) -> Value:
    """A list after values were added to its end, or at a known index."""
    new = owner.copy()
    new.const = MISSING
    new.taints = union(owner.taints, *(value.taints for value in values))
    if owner.items is not None and owner.rest is None and at != "?" and len(owner.items) < MOST_ITEMS:
        listed = list(owner.items.values())
        where = at if isinstance(at, int) else len(listed)
        listed[where:where] = values
        new.items = dict(enumerate(listed))
    else:
        for value in values:
            new.rest = value if new.rest is None else join(new.rest, value)
        if owner.items is not None and owner.rest is None:
            for value in owner.items.values():
                new.rest = join(new.rest, value) if new.rest is not None else value
            new.items = None
    return new


def _unpack(m: Machine, target: ir.Seq, value: Value, env: Env) -> None:
    """`a, *b, c = value`."""
    items = (
        list(value.items.values()) if value.items is not None and value.rest is None and value.type != "dict" else None
    )
    star = next((i for i, t in enumerate(target.items) if isinstance(t, ir.Star)), None)
    if items is None or (star is None and len(items) != len(target.items)) or len(items) < len(target.items) - 1:
        found = element(value)
        for inner in target.items:
            if isinstance(inner, ir.Star):
                many = Value(type="list", taints=found.taints)
                many.rest = found
                assign(m, inner.value, many, env)
            else:
                assign(m, inner, found, env)
        return
    after = len(target.items) - (star if star is not None else len(target.items)) - 1
    for index, inner in enumerate(target.items):
        if star is None or index < star:
            assign(m, inner, items[index], env)
        elif index == star and isinstance(inner, ir.Star):
            held = Value(type="list")
            held.items = dict(enumerate(items[index : len(items) - after]))
            held.taints = union(*(v.taints for v in held.items.values()))
            assign(m, inner.value, held, env)
        else:
            assign(m, inner, items[index - len(target.items)], env)
