"""Methods that read or change lists, mappings and sets, element by element where the elements are known."""

from __future__ import annotations

from collections.abc import Callable

from deburr.engine.taint import fold, places
from deburr.engine.taint.conditions import Args, Pair
from deburr.engine.taint.machine import Env, Machine
from deburr.engine.taint.values import (
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

_FEW = 32
"""So many elements are paired one by one."""
_AMONG = frozenset({"intersection"})
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
    if name in _AMONG and values and not values[0].taints and values[0].type == "set":
        return _among(m, receiver, args, env)
    if name in ("append", "add", "insert", "extend", "update", "appendleft") and values and not receiver[1].type:
        new = places.appended(receiver[1], values[-1:], "?")
        if new.taints:
            places.update(m, receiver[0], new, env)
            return UNKNOWN
    return None


def _becomes(m: Machine, receiver: Pair, new: Value, env: Env) -> None:
    """The container is `new` from here on, under all its names."""
    if receiver[1].ref:
        new = new.but(ref=receiver[1].ref)
    places.update(m, receiver[0], new, env)


def _append(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    values = [places.shared(m, node, value, env) for node, value in args.positional]
    places.update(m, receiver[0], places.appended(receiver[1], values), env)
    return UNKNOWN


def _append_left(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    places.update(m, receiver[0], places.appended(receiver[1], [v for _, v in args.positional], 0), env)
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
    _becomes(m, receiver, collection(left, owner.type or "list"), env)
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
        _becomes(m, receiver, collection(dict(enumerate(left)), owner.type or "list"), env)
    return UNKNOWN


def _reverse(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner = receiver[1]
    items = dict(enumerate(reversed((owner.items or {}).values())))
    _becomes(m, receiver, collection(items, owner.type or "list", owner.rest), env)
    return UNKNOWN


def _sort(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner = receiver[1]
    if len(owner.items or ()) > 1:
        _becomes(m, receiver, collection({}, owner.type or "list", element(owner)), env)
    return UNKNOWN


def _clear(m: Machine, receiver: Pair, _args: Args, env: Env) -> Value | None:
    _becomes(m, receiver, collection({}, receiver[1].type or "list"), env)
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
    owner = receiver[1]
    if owner.items is not None and owner.rest is None and len(owner.items) <= _FEW:
        return collection(dict(enumerate(owner.items.values())), "list")
    found = element(owner)
    return Value(type="list", taints=found.taints).but(rest=found)


def keys(owner: Value) -> Value:
    """The names in a mapping, as a list."""
    foreign = (owner.attrs or {}).get(KEYS)
    if owner.items is not None and owner.rest is None:
        named = {i: constant(key) if isinstance(key, str) else Value(key) for i, key in enumerate(owner.items)}
        return collection(named, "list", foreign)
    # Of a mapping that came as a whole, the names are as foreign as the values.
    whole = owner.items is None and owner.rest is None
    new = Value(type="list", taints=parts_of(owner.taints, "?") if whole else ())
    return collection({}, "list", foreign) if foreign is not None else new


def _keys(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    return keys(receiver[1])


def _items(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner = receiver[1]
    if owner.items is not None and owner.rest is None and len(owner.items) <= _FEW and KEYS not in (owner.attrs or ()):
        pairs = [collection({0: constant(key), 1: value}, "tuple") for key, value in owner.items.items()]
        return collection(dict(enumerate(pairs)), "list")
    found = element(owner)
    pair = collection({0: element(keys(owner)), 1: found}, "tuple")
    new = Value(type="list", taints=pair.taints)
    new.rest = pair
    return new


def _popitem(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    pairs = _items(m, receiver, args, env)
    return element(pairs) if pairs is not None else None


def _copy(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    return receiver[1].but(ref="")


def _among(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    """What lies in both of two sets lies in the one that the program wrote."""
    sets = [receiver[1], *(value for _, value in args.positional)]
    own = next((one for one in sets if not one.taints and (one.items is not None or one.rest is not None)), None)
    if own is None:
        return None
    new = Value(type="set")
    new.rest = element(own)
    return new


def _index(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    return Value(type="int")


def as_mapping(value: Value) -> Value | None:
    """A mapping made of another, or of pairs; None when nothing is known of them."""
    if value.type == "dict" and (value.items is not None or value.rest is not None):
        return value.but(ref="")
    pairs = list((value.items or {}).values())
    if value.rest is not None:
        pairs.append(value.rest)
    if not pairs or not all(pair.items is not None and {*pair.items} == {0, 1} for pair in pairs):
        return None
    new = collection({}, "dict")
    for pair in pairs:
        assert pair.items is not None
        new = places.with_item(new, pair.items[0], pair.items[1])
    return new


def _joined_by(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    """The elements as one text, with a separator between them."""
    separator = args.positional[0][1] if args.positional else constant(",")
    return fold.join_text(separator, receiver[1])


def _concat(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    """A new list with more elements: those of lists, and what is no list itself."""
    owner = receiver[1]
    items, rest = dict(enumerate((owner.items or {}).values())), owner.rest
    for _, value in args.positional:
        if value.items is not None and value.type in ("list", "tuple"):
            items |= dict(enumerate(value.items.values(), len(items)))
            rest = value.rest if rest is None else rest if value.rest is None else join(rest, value.rest)
        elif value.known or value.shape is not None:
            items[len(items)] = value
        else:
            rest = element(value) if rest is None else join(rest, element(value))
    return collection(items, "list", rest)


def _slice(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner = receiver[1]
    bounds = [value.const for _, value in args.positional[:2]]
    if owner.items is not None and owner.rest is None and all(isinstance(bound, int) for bound in bounds):
        first, last = [*bounds, None, None][:2] if bounds else (None, None)
        return collection(dict(enumerate(list(owner.items.values())[first:last])), "list")
    found = element(owner)
    return Value(type="list", taints=found.taints).but(rest=found)


def _contains(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:  # noqa: ARG001
    owner, wanted = receiver[1], args.positional[0][1] if args.positional else UNKNOWN
    if owner.items is not None and owner.rest is None and wanted.known and isinstance(wanted.const, (str, int)):
        if owner.type == "dict":
            return constant(wanted.const in owner.items)
        if all(value.known for value in owner.items.values()):
            return constant(any(value.const == wanted.const for value in owner.items.values()))
    return Value(type="bool")


def _put(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    """`mapping.set(key, value)`, which gives the mapping."""
    if len(args.positional) != 2:
        return UNKNOWN
    new = places.with_item(receiver[1], args.positional[0][1], args.positional[1][1])
    places.update(m, receiver[0], new, env)
    return new


def _merged(m: Machine, receiver: Pair, args: Args, env: Env) -> Value | None:
    """A mapping takes over what others hold, and is given back."""
    _update(m, receiver, args, env)
    owner = receiver[1]
    items, rest = {**(owner.items or {})}, owner.rest
    for _, value in args.positional:
        items |= value.items or {}
        if value.items is None or value.rest is not None:
            rest = element(value) if rest is None else join(rest, element(value))
    return collection(items, "dict", rest)


_METHODS: dict[str, _Method] = {
    "append": _append,
    "appendleft": _append_left,
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
    "joined_by": _joined_by,
    "concat": _concat,
    "slice": _slice,
    "contains": _contains,
    "put": _put,
    "merged": _merged,
    "popitem": _popitem,
    "intersection": _among,
    "index": _index,
    "count": _index,
}


def iteration(name: str, values: list[Value]) -> Value | None:
    """What `min`, `max`, `enumerate` and `zip` give."""
    if not values:
        return None
    found = [element(value) for value in values]
    if name in ("builtins.min", "builtins.max"):
        if all(value.known for value in values):
            done = fold.applied(min if name == "builtins.min" else max, *(value.const for value in values))
            if done is not MISSING:
                return fold.lifted(done)
        joined = found[0] if len(values) == 1 else values[0]
        for value in values[1:]:
            joined = join(joined, value)
        return joined
    if name == "builtins.zip" and all(one.items is not None and one.rest is None for one in values):
        rows = list(zip(*((one.items or {}).values() for one in values if one.type != "dict"), strict=False))
        if len(rows) <= _FEW and all(one.type != "dict" for one in values):
            return collection({i: collection(dict(enumerate(row)), "tuple") for i, row in enumerate(rows)}, "list")
    parts = [UNKNOWN, found[0]] if name == "builtins.enumerate" else found
    new = Value(type="list", taints=union(*(value.taints for value in parts)))
    new.rest = collection(dict(enumerate(parts)), "tuple")
    return new
