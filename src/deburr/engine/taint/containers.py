"""Methods that read or change lists, mappings and sets, element by element where the elements are known."""

from __future__ import annotations

from collections.abc import Callable

from deburr.engine.taint import places
from deburr.engine.taint.conditions import Args, Pair
from deburr.engine.taint.machine import Env, Machine
from deburr.engine.taint.values import (
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

_Method = Callable[[Machine, Pair, Args, Env], Value | None]


def method(m: Machine, receiver: Pair, name: str, args: Args, env: Env) -> Value | None:
    """The result of a container's method, its effect applied; None when the receiver is no known container."""
    found = _METHODS.get(name)
    owner = receiver[1]
    if found is None or (owner.name and owner.items is None and owner.rest is None):
        return None
    if owner.items is None and owner.rest is None and owner.type not in ("list", "dict", "set", "deque", "tuple"):
        return _loose(m, receiver, name, args, env)
    return found(m, receiver, args, env)


def _loose(m: Machine, receiver: Pair, name: str, args: Args, env: Env) -> Value | None:
    """Adding to a container of which nothing is known still taints it."""
    values = [value for _, value in args.positional]
    if name in ("append", "add", "insert", "extend", "update", "appendleft") and values and not receiver[1].type:
        new = places.appended(receiver[1], values[-1:], "?")
        if new.taints:
            places.update(m, receiver[0], new, env)
            return UNKNOWN
    return None


def _append(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    places.update(m, receiver[0], places.appended(receiver[1], [v for _, v in args.positional]), env)
    return UNKNOWN


def _insert(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    if len(args.positional) == 2:
        index = args.positional[0][1].const
        at = index if isinstance(index, int) else "?"
        places.update(m, receiver[0], places.appended(receiver[1], [args.positional[1][1]], at), env)
    return UNKNOWN


def _extend(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    for _, value in args.positional:
        known = value.items is not None and value.rest is None and value.type != "dict"
        values = list((value.items or {}).values()) if known else [element(value)]
        places.update(m, receiver[0], places.appended(receiver[1], values, None if known else "?"), env)
    return UNKNOWN


def _popleft(m: Machine, receiver: Pair, _args: Args, env: Env) -> Value | None:
    return _pop(m, receiver, Args([(receiver[0], constant(0))], {}), env)


def _pop(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    owner = receiver[1]
    if owner.items is None or owner.rest is not None:
        return element(owner)
    keys = list(owner.items)
    key = args.positional[0][1] if args.positional else None
    if key is not None and not key.known:
        return element(owner)
    wanted = key.const if key is not None else -1
    if owner.type == "dict":
        if wanted not in owner.items:
            return args.positional[1][1] if len(args.positional) > 1 else UNKNOWN
        taken = wanted
    else:
        if not isinstance(wanted, int) or not -len(keys) <= wanted < len(keys):
            return UNKNOWN
        taken = keys[wanted]
    left = {name: value for name, value in owner.items.items() if name != taken}
    if owner.type != "dict":
        left = dict(enumerate(left.values()))
    places.update(m, receiver[0], collection(left, owner.type or "list"), env)
    return owner.items[taken]


def _remove(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    owner = receiver[1]
    wanted = args.positional[0][1] if args.positional else UNKNOWN
    if owner.items is not None and owner.rest is None and wanted.known:
        left = list(owner.items.values())
        for index, value in enumerate(left):
            if value.known and value.const == wanted.const:
                del left[index]
                break
        places.update(m, receiver[0], collection(dict(enumerate(left)), owner.type or "list"), env)
    return UNKNOWN


def _reverse(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner = receiver[1]
    items = dict(enumerate(reversed((owner.items or {}).values())))
    places.update(m, receiver[0], collection(items, owner.type or "list", owner.rest), env)
    return UNKNOWN


def _sort(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner = receiver[1]
    if len(owner.items or ()) > 1:
        places.update(m, receiver[0], collection({}, owner.type or "list", element(owner)), env)
    return UNKNOWN


def _clear(m: Machine, receiver: Pair, _args: Args, env: Env) -> Value | None:
    places.update(m, receiver[0], collection({}, receiver[1].type or "list"), env)
    return UNKNOWN


def _get(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner = receiver[1]
    key = args.positional[0][1] if args.positional else UNKNOWN
    default = args.positional[1][1] if len(args.positional) > 1 else UNKNOWN
    if owner.items is not None and key.known and not isinstance(key.const, (list, dict, set)):
        if key.const in owner.items:
            return owner.items[key.const]
        if owner.rest is None:
            return default
    return join(element(owner), default) if default is not UNKNOWN else element(owner)


def _setdefault(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    if len(args.positional) == 2:
        places.update(m, receiver[0], places.with_item(receiver[1], args.positional[0][1], args.positional[1][1]), env)
    return _get(m, receiver, args, env)


def _update(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    owner = receiver[1]
    given = {key: pair[1] for key, pair in args.named.items() if key}
    rest: Value | None = None
    for _, value in args.positional:
        if value.items is not None and value.rest is None:
            given |= value.items
        else:
            rest = element(value)
    if len(owner.items or ()) + len(given) > MOST_ITEMS:
        given, rest = {}, element(collection(given, "dict", rest))
    new = owner.copy()
    new.const = MISSING
    new.items = {**(owner.items or {}), **given}
    new.rest = rest if owner.rest is None else owner.rest if rest is None else join(owner.rest, rest)
    new.taints = union(*(v.taints for v in new.items.values()), new.rest.taints if new.rest else ())
    places.update(m, receiver[0], new, env)
    return UNKNOWN


def _values(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    found = element(receiver[1])
    new = Value(type="list", taints=found.taints)
    new.rest = found
    return new


def _keys(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner = receiver[1]
    if owner.items is not None and owner.rest is None:
        return collection(
            {
                i: Value(key) if not isinstance(key, str) else Value(key, type="str", shape=key)
                for i, key in enumerate(owner.items)
            },
            "list",
        )
    # Of a mapping that came as a whole, the names are as foreign as the values.
    return Value(type="list", taints=parts_of(owner.taints, "?") if owner.items is None and owner.rest is None else ())


def _items(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    keys = _keys(m, receiver, args, env)
    found = element(receiver[1])
    pair = collection({0: element(keys) if keys is not None else UNKNOWN, 1: found}, "tuple")
    new = Value(type="list", taints=found.taints)
    new.rest = pair
    return new


def _copy(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    return receiver[1]


_METHODS: dict[str, _Method] = {
    "append": _append,
    "appendleft": _append,
    "add": _append,
    "insert": _insert,
    "extend": _extend,
    "pop": _pop,
    "remove": _remove,
    "discard": _remove,
    "reverse": _reverse,
    "sort": _sort,
    "popleft": _popleft,
    "clear": _clear,
    "get": _get,
    "setdefault": _setdefault,
    "update": _update,
    "values": _values,
    "keys": _keys,
    "items": _items,
    "copy": _copy,
}


def iteration(name: str, values: list[Value]) -> Value | None:
    """What `next`, `min`, `enumerate` and `zip` give."""
    if not values:
        return None
    found = [element(value) for value in values]
    if name in ("builtins.next", "builtins.min", "builtins.max"):
        joined = found[0] if len(values) == 1 or name == "builtins.next" else values[0]
        for value in values[1:]:
            joined = join(joined, value)
        return joined
    if name == "builtins.iter":
        return values[0]
    parts = [UNKNOWN, found[0]] if name == "builtins.enumerate" else found
    new = Value(type="list", taints=union(*(value.taints for value in parts)))
    new.rest = collection(dict(enumerate(parts)), "tuple")
    return new
