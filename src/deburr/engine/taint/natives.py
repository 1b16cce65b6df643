"""Functions that every program has at hand: what they give, computed where their arguments are known.

What comes in: what is called, and its arguments. What goes out: the value, or None when nothing more exact can be said
than that what goes in may come out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

from deburr.engine import ir
from deburr.engine.taint import containers, fold, functional, functions, objects, patterns, places, texts
from deburr.engine.taint.attributes import attribute
from deburr.engine.taint.callees import Callee
from deburr.engine.taint.conditions import Args
from deburr.engine.taint.machine import Env, Machine
from deburr.engine.taint.values import (
    EVERY,
    GETTER,
    MADE,
    MISSING,
    MOST_ITEMS,
    SETTER,
    UNKNOWN,
    Value,
    collection,
    constant,
    element,
    join,
    parts_of,
    union,
)

_Native = Callable[[Machine, Callee, Args, ir.Call, Env], "Value | None"]


def result(m: Machine, callee: Callee, args: Args, node: ir.Call, env: Env) -> Value | None:
    """What a function of the language gives, or None."""
    for name in callee.names:
        same = m.facts.same.get(name, name)
        if same.endswith("()") and args.positional:
            first, *others = args.positional
            return containers.method(m, first, same[:-2], Args(others, args.named, None, args.open), env)
        native = _NATIVES.get(same)
        if native is not None:
            known = callee if same == name else Callee([same], callee.target, callee.receiver, callee.attr)
            return native(m, known, args, node, env)
    if not callee.names:
        return None
    return fold.decoded(callee.names[0], [value for _, value in args.positional])


def knows(callee: Callee) -> bool:
    """Whether a method of an object is one of them."""
    return bool(callee.names) and callee.names[0] in _NATIVES


def _values(args: Args) -> list[Value]:
    return [value for _, value in args.positional]


def _folded(function: Callable[..., Any]) -> _Native:
    """A function that is computed when all its arguments are constants."""

    def native(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
        values = _values(args)
        if not values or args.named or args.open or not all(value.known for value in values):
            return None
        done = fold.applied(function, *(value.const for value in values))
        return None if done is MISSING else fold.lifted(done)

    return native


def _length(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    value = args.positional[0][1] if args.positional else UNKNOWN
    if value.items is not None and value.rest is None and value.type in fold.CONTAINERS:
        return constant(len(value.items))
    if value.known and isinstance(value.const, (str, bytes, list, tuple, dict)):
        return constant(len(value.const))
    return None


def _text(m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    values = [objects.shown(m, value, arg) if value.attrs else value for arg, value in args.positional[:1]]
    return fold.text(values) if values else None


def _container(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """`list(x)`, `dict(x)` and their like: the same elements in another container."""
    kind = callee.names[0].rpartition(".")[2]
    kind = {"sorted": "list", "reversed": "list", "frozenset": "set", "deque": "list"}.get(kind, kind)
    values = _values(args)
    if kind == "dict":
        return _mapping(values, args)
    if not values:
        return collection({}, kind)
    value = values[0]
    if value.items is None and value.rest is None:
        return None
    if value.type == "dict":
        return containers.keys(value).but(type=kind)
    last = callee.names[0].rpartition(".")[2]
    if last in ("sorted", "set", "frozenset") and len(value.items or ()) > 1:
        if value.rest is None and all(one.known for one in (value.items or {}).values()) and not args.named:
            done = fold.applied(sorted, [one.const for one in (value.items or {}).values()])
            if done is not MISSING:
                return fold.lifted(done).but(type=kind)
        new = Value(type=kind, taints=value.taints)
        new.rest = element(value)
        return new
    items = value.items
    if last == "reversed" and items is not None:
        items = dict(enumerate(reversed(items.values())))
    return collection(items or {}, kind, value.rest)


def _mapping(values: list[Value], args: Args) -> Value | None:
    """`dict(...)` of another mapping, of pairs, of keywords."""
    if len(values) > 1 or args.open:
        return None
    new = containers.as_mapping(values[0]) if values else collection({}, "dict")
    if new is None:
        return None
    if not args.named:
        return new
    return collection({**(new.items or {}), **{key: pair[1] for key, pair in args.named.items()}}, "dict", new.rest)


def _iteration(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    return containers.iteration(callee.names[0], _values(args))


def _next(m: Machine, _callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """The next element: of what is known one by one, the first, which is then gone."""
    if not args.positional:
        return None
    node, value = args.positional[0]
    if value.type == "iterator" and value.items and value.rest is None:
        key = next(iter(value.items))
        left = collection(dict(enumerate(islice(value.items.values(), 1, None))), "iterator")
        places.update(m, node, left.but(ref=value.ref), env)
        return value.items[key]
    found = element(value)
    default = args.positional[1][1] if len(args.positional) > 1 else None
    return found if default is None else join(found, default)


def _iter(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    value = args.positional[0][1] if args.positional else UNKNOWN
    if value.items is not None and value.rest is None and value.type in ("list", "tuple"):
        return value.but(type="iterator", const=MISSING)
    return value if value.type != "dict" else containers.keys(value)


def _getattr(m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    values = _values(args)
    if len(values) < 2 or not isinstance(values[1].const, str):
        return None
    found = attribute(m, values[0], values[1].const, args.positional[0][0])
    return join(found, values[2]) if len(values) > 2 and (values[2].taints and not found.known) else found


def _setattr(m: Machine, _callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """`setattr(x, "name", value)`; under a name that is not known, any attribute may have become the value."""
    if len(args.positional) != 3:
        return None
    (node, owner), (_, name), (_, value) = args.positional
    if isinstance(name.const, str):
        places.assign(m, ir.Attr(node.start, node.end, node, name.const), value, env)
    elif value.taints:
        places.update(m, node, owner.with_taints(union(owner.taints, parts_of(value.taints, "?"))), env)
    return UNKNOWN


def _module(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    values = _values(args)
    if not values or not isinstance(values[0].const, str):
        return None
    name = values[0].const
    return Value(name=name.split(".")[0] if callee.names[0] == "builtins.__import__" and len(values) < 4 else name)


def _pattern(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    if not args.positional:
        return None
    pattern = Value(name="re.compile()", type="re.Pattern")
    flags = args.positional[1][1] if len(args.positional) > 1 else args.named.get("flags", (None, constant(0)))[1]
    pattern.attrs = {"pattern": args.positional[0][1], "flags": flags}
    if any(patterns.by_line(node) for node, _ in (*args.positional[1:], *args.named.values())):
        pattern.attrs["by line"] = constant(True)
    return pattern


def _super(m: Machine, _callee: Callee, _args: Args, _node: ir.Call, _env: Env) -> Value | None:
    return functions.above(m)


def _attributes(m: Machine, callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """`vars(x)`, and `locals()`: attributes or variables as a mapping."""
    if args.positional:
        return attribute(m, args.positional[0][1], "__dict__", args.positional[0][0])
    found: dict[Any, Value] = {}
    one: Env | None = env
    while one is not None:
        found = {**one.vars, **found}
        one = one.parent
    return _scope(m, callee, found)


def _globals(m: Machine, callee: Callee, _args: Args, _node: ir.Call, _env: Env) -> Value | None:
    return _scope(m, callee, m.module.vars).but(name=places.GLOBALS)


def _scope(m: Machine, callee: Callee, found: dict[Any, Value]) -> Value:
    """All variables as a mapping, of which some may not be known."""
    named = {name: value for name, value in found.items() if name.isidentifier()}
    kind = m.facts.returns.get(callee.names[0], "dict")
    return collection(dict(islice(named.items(), MOST_ITEMS)), kind, UNKNOWN)


def _namespace(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """An object that is nothing but its attributes."""
    if args.positional or args.open:
        return None
    new = Value(type=callee.names[0])
    new.attrs = {name: pair[1] for name, pair in args.named.items()}
    return new


def _together(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """Several awaited at once: their results, in order."""
    if args.open:
        return None
    return collection(dict(enumerate(_values(args))), "list")


def _same(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    return args.positional[0][1] if args.positional else None


def _fromkeys(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    values = _values(args)
    if not values or values[0].items is None or values[0].rest is not None:
        return None
    keys = list(values[0].items) if values[0].type == "dict" else [one.const for one in values[0].items.values()]
    given = values[1] if len(values) > 1 else constant(None)
    return collection(
        {key: given for key in keys if isinstance(key, str)},
        "dict",
        None if all(isinstance(key, str) for key in keys) else given,
    )


def _defaulting(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """A mapping that makes what it lacks: what is made is new each time."""
    held = containers.as_mapping(args.positional[1][1]) if len(args.positional) > 1 else collection({}, "dict")
    if held is None:
        return None
    made = args.positional[0][1].name if args.positional else ""
    new = held.but(type="dict", const=MISSING)
    return new.but(attrs={MADE: _FRESH.get(made, UNKNOWN)})


_FRESH: Mapping[str, Value] = {
    "builtins.list": collection({}, "list"),
    "builtins.dict": collection({}, "dict"),
    "builtins.set": collection({}, "set"),
    "builtins.str": constant(""),
    "builtins.int": constant(0),
    "builtins.float": constant(0.0),
    "builtins.bool": constant(False),
}


def _chr(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """A number as a character is any character again."""
    value = args.positional[0][1] if args.positional else UNKNOWN
    return Value(type="str", taints=tuple(taint.but(clean=taint.clean - {EVERY}) for taint in value.taints))


def _property(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    values = [*_values(args), *(pair[1] for pair in args.named.values())]
    return Value().but(attrs=dict(zip((GETTER, SETTER), values, strict=False))) if values else None


def _row(_m: Machine, _callee: Callee, args: Args, node: ir.Call, _env: Env) -> Value | None:
    """`namedtuple("Job", "command argument")`."""
    values = _values(args)
    if len(values) < 2 or not isinstance(values[0].const, str):
        return None
    said = values[1].const
    fields = said.replace(",", " ").split() if isinstance(said, str) else said
    if not isinstance(fields, (list, tuple)) or not all(isinstance(field, str) for field in fields):
        return None
    return objects.row(values[0].const, list(fields), node)


def _replaced(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """`replace(x, name=value)`: another object of the class, with some fields changed."""
    return objects.replaced(args.positional[0][1], args) if args.positional and not args.open else None


def _replaced_row(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    return objects.replaced(callee.receiver[1], args) if callee.receiver is not None and not args.open else None


def _fields(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    value = args.positional[0][1] if args.positional else UNKNOWN
    return objects.fields(value)


def _instance(_m: Machine, _callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    values = _values(args)
    kind = _KINDS.get(values[1].name) if len(values) == 2 and values[0].known else None
    return None if kind is None else constant(isinstance(values[0].const, kind))


_KINDS: Mapping[str, type] = {f"builtins.{kind.__name__}": kind for kind in (int, float, bool, str, bytes, list, dict)}


_NATIVES: dict[str, _Native] = {
    "identity": _same,
    **functional.TABLE,
    **texts.TABLE,
    "re.compile": _pattern,
    "builtins.property": _property,
    "collections.namedtuple": _row,
    "dataclasses.replace": _replaced,
    "copy.replace": _replaced,
    "dataclasses.asdict": _fields,
    "typing.NamedTuple._replace": _replaced_row,
    "collections.namedtuple._replace": _replaced_row,
    "builtins.super": _super,
    "builtins.__import__": _module,
    "importlib.import_module": _module,
    "builtins.getattr": _getattr,
    "builtins.setattr": _setattr,
    "builtins.object.__setattr__": _setattr,
    "builtins.vars": _attributes,
    "builtins.locals": _attributes,
    "builtins.globals": _globals,
    "builtins.str": _text,
    "builtins.repr": _text,
    "builtins.format": _text,
    "builtins.len": _length,
    "builtins.iter": _iter,
    "builtins.next": _next,
    "builtins.dict.fromkeys": _fromkeys,
    "builtins.int": _folded(int),
    "builtins.float": _folded(float),
    "builtins.bool": _folded(bool),
    "builtins.chr": _chr,
    "builtins.isinstance": _instance,
    "builtins.abs": _folded(abs),
    "builtins.round": _folded(round),
    "builtins.ord": _folded(ord),
    "builtins.sum": _folded(sum),
    "builtins.hex": _folded(hex),
    "builtins.any": _folded(any),
    "builtins.all": _folded(all),
    "collections.defaultdict": _defaulting,
    "types.SimpleNamespace": _namespace,
    "argparse.Namespace": _namespace,
    "asyncio.gather": _together,
    "asyncio.wait_for": _same,
    "asyncio.shield": _same,
    "asyncio.create_task": _same,
    "asyncio.ensure_future": _same,
    "asyncio.run": _same,
    "copy.copy": _same,
    "copy.deepcopy": _same,
    **{f"builtins.{kind}": _container for kind in "list tuple set frozenset sorted reversed dict".split()},
    "collections.deque": _container,
    "collections.OrderedDict": _container,
    **{f"builtins.{name}": _iteration for name in "min max enumerate zip".split()},
}
