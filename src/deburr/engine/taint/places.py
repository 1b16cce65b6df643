"""Assignment: giving a value to a variable, an element or an attribute."""

from __future__ import annotations

from typing import Any

from deburr.engine import ir
from deburr.engine.taint import functions, sinks
from deburr.engine.taint.conditions import Args, Pair
from deburr.engine.taint.machine import ClassInfo, Env, Frame, Instance, Machine
from deburr.engine.taint.values import (
    KEYS,
    MISSING,
    MOST_ITEMS,
    SETTER,
    UNKNOWN,
    Value,
    collection,
    element,
    join,
    parts_of,
    union,
)


def assign(m: Machine, target: ir.Node, value: Value, env: Env, source: ir.Node | None = None) -> None:
    """`target = value`; `source` is the expression that the value was written as."""
    if isinstance(target, ir.Name):
        value = sinks.named(m, target.id, value, source or target)
        if value.taints:
            value = value.with_taints(tuple(taint.step(target) for taint in value.taints))
        if target.id in m.roots and m.lookup(target.id, env) is None:
            sinks.assigned(m, target.id, (source or target, value), target)
            if target.id in m.frame.globals_ and target.id in m.language.globals_:
                return  # what it is stays as it was: `location = address` loads a page
        if target.id in m.frame.globals_:
            _outside(m, target.id)[target.id] = value
        env.vars[target.id] = value
        m.frame.set.add(target.id)
    elif isinstance(target, ir.Seq):
        _unpack(m, target, value, env)
    elif isinstance(target, ir.Attr):
        owner = m.eval(target.obj, env)
        if isinstance(owner.function, Instance) and _set_by(m, target, (source or target, value), owner, env):
            return
        value = sinks.named(m, target.name, value, source or target)
        for full in _full_names(owner, target.name):
            sinks.assigned(m, full, (source or target, value), target)
        if isinstance(owner.function, ClassInfo):
            owner.function.set(target.name, value, m.depth <= 1)
            return
        if not any(full in m.facts.sources for full in _full_names(owner, target.name)):
            update(m, target.obj, _with_attr(owner, target.name, value), env)
        if isinstance(owner.function, Instance):
            seen = owner.function.info.seen
            seen[target.name] = join(seen[target.name], value) if target.name in seen else value
    elif isinstance(target, ir.Sub):
        _assign_item(m, target, value, env, source)
    elif isinstance(target, ir.Star):
        assign(m, target.value, value, env, source)


def _set_by(m: Machine, target: ir.Attr, given: Pair, owner: Value, env: Env) -> bool:
    """Whether the class of an object runs something in place of the assignment of an attribute."""
    setter = owner.function.info.setter(target.name)
    declared = owner.function.info.attribute(target.name) if setter is None else None
    if declared is not None and declared.attrs is not None:
        second = declared.attrs.get(SETTER)
        setter = second.function if second is not None else None
    if setter is None:
        return False
    m.site = target
    functions.run_method(m, setter, (target.obj, owner), Args([given], {}))
    if m.receiver is not None:
        update(m, target.obj, m.receiver.but(ref=owner.ref), env)
    if m.done is not None:
        env.prove(m.done.always)
    return True


def _outside(m: Machine, name: str) -> dict[str, Value]:
    """The variables among which one stands that a function shares with what is around it."""
    if m.frame.globals_.get(name):
        return m.module.vars
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
    return [*(f"{base}.{name}" for base in dict.fromkeys((owner.type, owner.name)) if base), f"*.{name}"]


def _assign_item(m: Machine, target: ir.Sub, value: Value, env: Env, source: ir.Node | None) -> None:
    if isinstance(target.index, ir.Slice):
        owner = m.eval(target.obj, env)
        update(m, target.obj, _with_slice(m, owner, target.index, value, env), env)
        return
    owner, key = m.eval(target.obj, env), m.eval(target.index, env)
    setter = owner.function.info.method("__setitem__") if isinstance(owner.function, Instance) else None
    if setter is not None:
        given = Args([(target.index, key), (source or target, value)], {})
        m.site = target
        functions.run_method(m, setter, (target.obj, owner), given)
        if m.receiver is not None:
            update(m, target.obj, m.receiver.but(ref=owner.ref), env)
        return
    if isinstance(key.const, str):
        value = sinks.named(m, key.const, value, source or target)
        value = sinks.stored(m, value, source or target, target)
        for base in {owner.name, owner.type} - {""}:
            sinks.assigned(m, f"{base}[{key.const}]", (source or target, value), target)
    for base in {owner.name, owner.type} - {""}:
        args = Args([(target.index, key), (source or target, value)], {}, (target.obj, owner))
        sinks.call(m, f"{base}.__setitem__", args, target)
    update(m, target.obj, with_item(owner, key, value), env)


def shared(m: Machine, place: ir.Node, value: Value, env: Env) -> Value:
    """The value that gets another name besides `place`: what can be changed will be changed under both."""
    if value.ref or not isinstance(place, (ir.Name, ir.Attr, ir.Sub)):
        return value
    if not (isinstance(value.function, Instance) or (value.type in _CHANGED and not value.name)):
        return value
    m.refs += 1
    value = value.but(ref=f"&{m.refs}")
    env.vars[value.ref] = value
    if isinstance(place, ir.Name):
        (env.vars if env.get(place.id) is not None else _outside(m, place.id))[place.id] = value
    else:
        changed = m.frame.changed.copy()
        update(m, place, value, env)
        m.frame.changed = changed
    return value


_CHANGED = frozenset({"list", "dict", "set"})


def present(m: Machine, value: Value, env: Env) -> Value:
    """The state of an object that goes by several names, changed under whichever."""
    return m.lookup(value.ref, env) or value


def _everywhere(value: Value, env: Env) -> None:
    """What holds an object that was changed under another name, holds it changed."""
    env.vars[value.ref] = value
    one: Env | None = env
    while one is not None:
        for name, holder in one.vars.items() if len(one.vars) <= _MOST_HOLDERS else ():
            if name[:1] != "&" and env.get(name) is holder and (held := _holding(holder, value)) is not None:
                env.vars[name] = held
                if one is env:
                    break
        one = one.parent


def _holding(holder: Value, value: Value) -> Value | None:
    """A container or object after one that is in it has changed; None when it is not in it."""
    for table in ("items", "attrs"):
        parts = getattr(holder, table)
        if parts and len(parts) <= _MOST_HELD:
            for key, part in parts.items():
                if part.ref == value.ref and part is not value:
                    new = holder.but(**{table: {**parts, key: value}}, const=MISSING)
                    new.taints = union(holder.taints, value.taints)
                    return new
    return None


_MOST_HELD, _MOST_HOLDERS = 32, 200


def update(m: Machine, place: ir.Node, value: Value, env: Env) -> None:
    """The object that stands at `place` has become `value`."""
    if value.ref:
        _everywhere(value, env)
    if isinstance(place, ir.Name):
        if place.id in m.frame.globals_:
            _outside(m, place.id)[place.id] = value
        elif env.get(place.id) is None and m.module.get(place.id) is not None:
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
    elif isinstance(place, ir.Call):
        _update_got(m, place, value, env)


def _update_got(m: Machine, place: ir.Call, value: Value, env: Env) -> None:
    """What a call gave has become `value`: `table.setdefault(key, []).append(x)`, `globals()[name] = x`."""
    func = place.func
    if isinstance(func, ir.Attr) and func.name in ("setdefault", "get") and place.args:
        update(m, ir.Sub(place.start, place.end, func.obj, place.args[0]), value, env)
    elif value.name == GLOBALS:
        m.module.vars.update((name, one) for name, one in (value.items or {}).items() if isinstance(name, str))


GLOBALS = "builtins.globals()"


def _with_attr(owner: Value, name: str, value: Value) -> Value:
    if owner.items is not None and owner.type == "dict":
        return with_item(owner, Value(name), value)
    new = owner.copy()
    if name == "__dict__" and value.items is not None:
        new.attrs = {**(owner.attrs or {}), **{key: one for key, one in value.items.items() if isinstance(key, str)}}
        if value.rest is not None:
            new.taints = union(owner.taints, parts_of(value.rest.taints, "?"))
        return new
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
        if key.taints:
            attrs = owner.attrs or {}
            new.attrs = {**attrs, KEYS: join(attrs[KEYS], key) if KEYS in attrs else key}
    return new


def remove(m: Machine, target: ir.Sub, env: Env) -> None:
    """`del owner[key]`, by a known key, index or slice."""
    owner, key = m.eval(target.obj, env), m.eval(target.index, env)
    if owner.items is None or owner.rest is not None:
        return
    left = dict(owner.items)
    if owner.type == "dict":
        if not key.known or isinstance(key.const, (list, dict, set)):
            return
        left.pop(key.const, None)
    else:
        which = bounds(m, target.index, env) if isinstance(target.index, ir.Slice) else key.const
        values = list(left.values())
        if not isinstance(which, (int, slice)) or (isinstance(which, int) and not -len(values) <= which < len(values)):
            return
        del values[which]
        left = dict(enumerate(values))
    update(m, target.obj, collection(left, owner.type).but(ref=owner.ref, attrs=owner.attrs), env)


def bounds(m: Machine, node: ir.Slice, env: Env) -> slice | None:
    """The piece that `lower:upper:step` stands for, when all three are known numbers."""
    parts = [None if part is None else m.eval(part, env).const for part in (node.lower, node.upper, node.step)]
    if not all(part is None or (type(part) is int and abs(part) < 1 << 40) for part in parts) or parts[2] == 0:
        return None
    return slice(*parts)


def _with_slice(m: Machine, owner: Value, target: ir.Slice, value: Value, env: Env) -> Value:
    """A list after `owner[a:b] = value`."""
    which = bounds(m, target, env)
    known = owner.items is not None and owner.rest is None and value.items is not None and value.rest is None
    if which is None or not known or which.step not in (None, 1) or owner.items is None or value.items is None:
        return appended(owner, [element(value)], "?")
    values = list(owner.items.values())
    values[which] = list(value.items.values())
    return collection(dict(enumerate(values)), owner.type).but(ref=owner.ref)


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
