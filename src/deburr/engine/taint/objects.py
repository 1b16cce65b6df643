"""Objects of the text's own classes: how they are made, and what they do in place of the language.

What comes in: a value whose class the text defines. What goes out: what its constructor, or one of its special methods,
makes of it; None when its class has no such method.
"""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint import functions
from deburr.engine.taint.conditions import Args, Pair
from deburr.engine.taint.machine import ClassInfo, Closure, Instance, Machine
from deburr.engine.taint.values import UNKNOWN, Value, collection, constant, element, join, parts_of, union

_ROWS = frozenset({"typing.NamedTuple", "collections.namedtuple"})
_MAPPINGS = frozenset({"builtins.dict", "typing.TypedDict", "typing_extensions.TypedDict", "collections.UserDict"})
_TEXTS = frozenset({"builtins.str", "builtins.bytes", "collections.UserString"})
_LISTS = frozenset({"builtins.list", "builtins.tuple", "builtins.set", "collections.UserList"})
_RAISED = ("Exception", "Error")
_UNCHECKED = _ROWS | _MAPPINGS | _TEXTS | _LISTS | {"abc.ABC", "builtins.object", "typing.Generic", "typing.Protocol"}
"""Classes that take what they are given as it is, whatever type was declared for it."""
_CHECKS = ("field_validator", "validator", "validates")
"""Decorators by which a model names the fields that a method looks at before they are accepted."""


def instantiate(m: Machine, made: Value, args: Args, site: ir.Node) -> Value:
    """A new object of a class of the text: runs its constructor."""
    info: ClassInfo = made.function
    bases = info.library_bases()
    value = Value(type=bases[0] if bases else "")
    value.function, value.attrs = Instance(info), {}
    m.receiver = m.done = None
    constructor = info.method(ir.CONSTRUCTOR)
    if constructor is not None:
        functions.run_method(m, constructor, (site, value), args)
        return m.receiver or value
    _fill(m, value, info, args, site)
    if bases:
        _as_library(value, bases, args)
    after = info.method("__post_init__") if info.fields else None
    if after is not None:
        functions.run_method(m, after, (site, value), Args([], {}))
        value = m.receiver or value
        value = value.with_taints(union(*(one.taints for one in (value.attrs or {}).values())))
    return value


def _fill(m: Machine, value: Value, info: ClassInfo, args: Args, site: ir.Node) -> None:
    """Give the fields of a new object what its class was called with."""
    fields = [name for name in info.fields if name not in args.named]
    attrs = {name: pair[1] for name, pair in zip(fields, args.positional, strict=False)}
    attrs |= {name: pair[1] for name, pair in args.named.items() if name}
    if "" in args.named:
        spread = Value(taints=parts_of(args.named[""][1].taints, "?"))
        attrs = dict.fromkeys(info.fields, spread) | attrs
    if not _UNCHECKED.issuperset(info.library_bases()):
        attrs = {name: accepted(m, info, name, one, site) if one.taints else one for name, one in attrs.items()}
    value.attrs = attrs
    value.taints = union(*(one.taints for one in attrs.values())) if info.fields else ()


def accepted(m: Machine, info: ClassInfo, name: str, value: Value, site: ir.Node) -> Value:
    """What a model makes of a value that it is given for a field: of the declared type, and looked at."""
    declared = info.attribute(name)
    if declared is not None and declared.type in HARMLESS:
        return Value(type=declared.type)
    if kinds := info.restricted.get(name):
        value = value.with_taints(tuple(taint.cleaned(kinds) for taint in value.taints))
    for closure in info.checks.get(name, ()):
        owner = Value()
        owner.function = info
        done = functions.follow(m, closure, Args([(site, owner), (site, value)], {}))
        value = functions.proving(done.value, done.always)
    return value


HARMLESS = ("int", "float", "bool", "choice")
"""Types whose values can be written anywhere: numbers, and one of the values that the program lists."""


def checked_fields(made: Closure) -> list[str]:
    """The fields that a method of a model looks at, as its decorator says."""
    for full, _, decorator in made.decorators:
        if isinstance(decorator, ir.Call) and full.rpartition(".")[2] in _CHECKS:
            return [arg.value for arg in decorator.args if isinstance(arg, ir.Const) and isinstance(arg.value, str)]
    return []


def _as_library(value: Value, bases: list[str], args: Args) -> None:
    """An object whose class comes from one of the language: what that makes of the arguments."""
    info, attrs = value.function.info, value.attrs or {}
    if not _ROWS.isdisjoint(bases):
        row = [attrs.get(name) or info.attribute(name) or UNKNOWN for name in info.fields]
        value.items, value.attrs = dict(enumerate(row)), {**attrs, **dict(zip(info.fields, row, strict=True))}
    elif not _MAPPINGS.isdisjoint(bases) and (not args.positional or args.positional[0][1].items is not None):
        given = args.positional[0][1].items if args.positional else {}
        made = collection({**(given or {}), **attrs}, "dict")
        value.items, value.taints = made.items, made.taints
        value.type = "dict"
    elif bases[-1].endswith(_RAISED):
        value.taints = union(*(one.taints for _, one in args.all()))
    elif args.positional and not (_TEXTS | _LISTS | _MAPPINGS).isdisjoint(bases):
        first = args.positional[0][1]
        value.items, value.rest, value.shape, value.const = first.items, first.rest, first.shape, first.const
        value.taints = union(value.taints, first.taints)


def row(name: str, fields: list[str], site: ir.Node) -> Value:
    """A class of which only the fields are told: `namedtuple("Job", "command argument")`."""
    info = ClassInfo(ir.Class(site.start, site.end, name, [], [], [], []), functions.NOWHERE, name)
    info.bases, info.fields = [Value(name="collections.namedtuple")], fields
    made = Value()
    made.function = info
    return made


def replaced(value: Value, args: Args) -> Value:
    """An object like another, with some fields changed."""
    given = {name: pair[1] for name, pair in args.named.items() if name}
    new = value.but(ref="", attrs={**(value.attrs or {}), **given})
    if value.items is not None and isinstance(value.function, Instance):
        names = value.function.info.fields
        new.items = {i: given.get(names[i], one) if i < len(names) else one for i, one in value.items.items()}
    new.taints = union(*(one.taints for one in (new.attrs or {}).values()))
    return new


def fields(value: Value) -> Value | None:
    """The fields of an object as a mapping."""
    if not isinstance(value.function, Instance) or value.attrs is None:
        return None
    info = value.function.info
    return collection({name: value.attrs.get(name) or info.attribute(name) or UNKNOWN for name in info.fields}, "dict")


def special(m: Machine, pair: Pair, name: str, args: Args) -> Value | None:
    """What an object's special method gives."""
    what = pair[1].function
    method = what.info.method(name) if isinstance(what, Instance) else None
    if method is None:
        return None
    m.site = pair[0]
    return functions.run_method(m, method, pair, args)


def shown(m: Machine, value: Value, site: ir.Node) -> Value:
    """An object as a text."""
    for name in ("__format__", "__str__", "__repr__"):
        given = Args([(site, constant(""))], {}) if name == "__format__" else Args([], {})
        found = special(m, (site, value), name, given)
        if found is not None:
            return found
    return value


def iterated(m: Machine, value: Value, site: ir.Node) -> Value:
    """What a loop over an object runs over."""
    for _ in range(2):
        following = special(m, (site, value), "__next__", Args([], {}))
        if following is not None:
            return Value(type="list", taints=following.taints).but(rest=following)
        found = special(m, (site, value), "__iter__", Args([], {}))
        if found is None:
            break
        value = found
    return value


def entered(m: Machine, value: Value, site: ir.Node) -> Value:
    """What `with value as x` gives to x."""
    if value.attrs is not None and functions.ENTERED in value.attrs:
        return value.attrs[functions.ENTERED]
    for name in ("__enter__", "__aenter__"):
        found = special(m, (site, value), name, Args([], {}))
        if found is not None:
            return found
    return value


def combined(m: Machine, op: str, left: Pair, right: Pair) -> Value | None:
    """`left op right`, where one of them is an object that says what that is."""
    for name, one, other in ((f"__{_OPERATORS[op]}__", left, right), (f"__r{_OPERATORS[op]}__", right, left)):
        found = special(m, one, name, Args([other], {}))
        if found is not None:
            return found
    return None


_OPERATORS = {
    "+": "add",
    "-": "sub",
    "*": "mul",
    "/": "truediv",
    "//": "floordiv",
    "%": "mod",
    "|": "or",
    "&": "and",
    "^": "xor",
    "<<": "lshift",
    ">>": "rshift",
    "**": "pow",
    "@": "matmul",
}


def any_element(values: list[Value]) -> Value:
    """What one of several may be."""
    found = UNKNOWN
    for value in values:
        found = element(value) if found is UNKNOWN else join(found, element(value))
    return found
