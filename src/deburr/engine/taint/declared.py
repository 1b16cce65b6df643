"""What is declared of a value: its type, the pattern that it must match, the choices that it has."""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint import patterns
from deburr.engine.taint.evidence import ALL
from deburr.engine.taint.machine import ClassInfo, Env, Instance, Machine
from deburr.engine.taint.values import MISSING, UNKNOWN, Value

_PLAIN = frozenset(
    "int float bool complex Decimal UUID date datetime time timedelta IntEnum Enum PositiveInt NonNegativeInt "
    "UUID4 conint confloat HttpUrl EmailStr ObjectId".split()
)

_TEXTS = frozenset(
    "str bytes AnyStr Any object Path PathLike dict list Sequence Iterable Mapping tuple set SecretStr".split()
)

_WRAPPERS = frozenset("Optional Annotated Union Final ClassVar Required NotRequired".split())

_CHOICES = frozenset({"OneOf", "AnyOf"})
"""Validators that take nothing but one of several values."""


def annotated(m: Machine, node: ir.Node, env: Env) -> Value | None:
    """What an annotation says of a value: a Value with a type, or None when it says nothing useful."""
    if isinstance(node, ir.Const) and isinstance(node.value, str):
        node = ir.Name(node.start, node.end, node.value) if node.value.isidentifier() else node
    if isinstance(node, ir.Sub):
        name = last(node.obj)
        inner = node.index
        if name == "Literal":
            return Value(type="choice")
        if name in _WRAPPERS:
            return annotated(m, inner.items[0] if isinstance(inner, ir.Seq) and inner.items else inner, env)
        return Value(type=name.lower() if name.lower() in ("list", "dict", "set", "tuple") else "")
    if isinstance(node, ir.Binary) and node.op == "|":
        return annotated(m, node.left, env)
    name = last(node)
    if name in _PLAIN:
        return Value(type="int" if name != "bool" else "bool")
    if name in ("str", "bytes", "dict", "list", "tuple", "set"):
        return Value(type=name)
    if name == "Path":
        return Value(type="pathlib.Path")
    value = m.eval(node, env) if isinstance(node, (ir.Name, ir.Attr)) else UNKNOWN
    if isinstance(value.function, ClassInfo):
        made = Value()
        made.function = Instance(value.function)
        return made
    told = value.name in m.facts.returns or not value.name.startswith("builtins.")
    if value.name and told and name not in _TEXTS:
        return Value(type=m.facts.returns.get(value.name, value.name))
    return None


def restricted(m: Machine, said: tuple[ir.Node | None, ...], env: Env) -> frozenset[str]:
    """For which kinds of sink a value is harmless that an annotation or a default holds to a pattern."""
    for part in said:
        for node in ir.walk(part) if isinstance(part, (ir.Call, ir.Sub)) else ():
            if isinstance(node, ir.Call) and last(node.func) in _CHOICES:
                return ALL
            for name, given in node.kwargs if isinstance(node, ir.Call) else ():
                text = m.eval(given, env).const if name in ("pattern", "regex") else None
                if isinstance(text, str) and patterns.strict(text, "search"):
                    return patterns.left_harmless(m, text)
    return frozenset()


def opened(value: Value) -> Value:
    """An empty container that others will fill: what is in it is not known."""
    if value.items is not None and not value.items and value.rest is None and value.type in ("list", "dict", "set"):
        return value.but(const=MISSING, items=None)
    return value


def last(node: ir.Node) -> str:
    return node.id if isinstance(node, ir.Name) else node.name if isinstance(node, ir.Attr) else ""
