"""What the interpreter knows of a value: constant, name, type, parts, and which taints it carries.

Values are never changed once they are shared; every operation makes a new one. UNKNOWN is the value of which
nothing is known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any, Final

from deburr.engine import ir


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final = _Missing()
"""No constant is known."""

HOLE, TAINTED = "\0", "\1"
"""In a shape: text that is not known, and text that is not known and carries a taint."""

CLEANED = "x"
"""In a shape: text that was made harmless."""
KEYS, MADE = "keys()", "default()"
"""Among the attributes of a mapping: names in it that came from elsewhere, and what stands under a name it lacks."""
GETTER, SETTER = "get()", "set()"
"""Among the attributes of a property: what runs when it is read, and when it is assigned."""
MOST_STEPS, MOST_TAINTS, MOST_SHAPE = 10, 8, 4000
MOST_ITEMS = 500
"""How many elements of a container are known one by one."""
_DEEPEST_JOIN, _WIDEST_JOIN = 8, 32
_SCALARS = (str, bytes, int, float, complex, bool, type(None))
_MOST_COMPARED = 16
NONE_CLEAN: frozenset[str] = frozenset()
EVERY = "*"
SIZE = "allocation"
"""The one kind of sink that a number can harm, by being large."""


PATH = frozenset({"path", "archive"})
LEVEL = "path-level"
"""Among what is known of a taint: no `..` stands in it."""


class Taint:
    """One reason not to trust a value: what kind of source, where it entered, and for which sinks it was cleaned.

    `part` is which piece of the origin this is: "" for all of it, an attribute's name, or "?"; "name.?" is a piece of
    the attribute. `sure` is False once the value passed through a call of which nothing is known.
    """

    __slots__ = ("clean", "kind", "origin", "part", "steps", "sure")

    def __init__(
        self,
        kind: str,
        origin: object,
        steps: tuple[ir.Node, ...],
        clean: frozenset[str] = NONE_CLEAN,
        part: str = "",
        sure: bool = True,
    ) -> None:
        self.kind, self.origin, self.steps, self.clean = kind, origin, steps, clean
        self.part, self.sure = part, sure

    def but(self, **changes: Any) -> Taint:
        """This taint with some fields changed."""
        new = Taint(self.kind, self.origin, self.steps, self.clean, self.part, self.sure)
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    @property
    def key(self) -> tuple[object, ...]:
        return (self.kind, self.origin, self.clean, self.part)

    def step(self, node: ir.Node) -> Taint:
        """This taint, having passed `node` on its way."""
        if len(self.steps) >= MOST_STEPS or (self.steps and self.steps[-1] is node):
            return self
        return Taint(self.kind, self.origin, (*self.steps, node), clean=self.clean, part=self.part, sure=self.sure)

    def cleaned(self, kinds: Iterable[str]) -> Taint:
        """This taint, harmless for these kinds of sink."""
        return self.but(clean=self.clean.union(kinds))

    def harms(self, kind: str) -> bool:
        return kind not in self.clean and (EVERY not in self.clean or kind == SIZE)


class Value:
    """All that is known of one value."""

    __slots__ = ("attrs", "const", "function", "items", "name", "ref", "rest", "shape", "taints", "type")

    def __init__(
        self,
        const: Any = MISSING,
        name: str = "",
        type: str = "",
        taints: tuple[Taint, ...] = (),
        shape: str | None = None,
    ) -> None:
        self.const = const
        self.name = name
        """What the value is, by its full name: a module, a function, a class, a constant of a library."""
        self.type = type
        """The full name of the type it is an instance of."""
        self.taints = taints
        self.shape = shape
        """A text's known pieces with HOLE and TAINTED between them; None when it is not known to be a text."""
        self.items: dict[Any, Value] | None = None
        """Elements by index or key, when they are known one by one."""
        self.rest: Value | None = None
        """What any element of which the key is not known may be."""
        self.attrs: dict[str, Value] | None = None
        self.function: Any = None
        """A Closure or ClassInfo of the text under analysis."""
        self.ref = ""
        """Of an object that goes by several names: the variable under which its present state stands."""

    def copy(self) -> Value:
        new = Value(self.const, self.name, self.type, self.taints, self.shape)
        new.items, new.rest, new.attrs, new.function = self.items, self.rest, self.attrs, self.function
        new.ref = self.ref
        return new

    def but(self, **changes: Any) -> Value:
        """This value with some of what is known of it changed."""
        new = self.copy()
        for name, value in changes.items():
            setattr(new, name, value)
        return new

    def with_taints(self, taints: tuple[Taint, ...]) -> Value:
        if taints is self.taints or taints == self.taints:
            return self
        new = self.copy()
        new.taints = taints
        return new

    @property
    def known(self) -> bool:
        return self.const is not MISSING

    def signature(self, depth: int = 2) -> object:
        """What tells two values apart as arguments of a call; large and deep ones are only equal to themselves."""
        parts: tuple[object, ...] = ()
        if self.items or self.attrs or self.rest:
            inner = {**(self.items or {}), **(self.attrs or {})}
            if not depth or len(inner) > _MOST_COMPARED:
                return id(self)
            parts = tuple((key, value.signature(depth - 1)) for key, value in inner.items())
            parts += (self.rest.signature(depth - 1),) if self.rest is not None else ()
        constant: object = None
        if self.known and not parts:
            constant = (type(self.const), self.const if isinstance(self.const, _SCALARS) else repr(self.const))
        taints = tuple(taint.key for taint in self.taints)
        which = None if self.function is None else getattr(self.function, "identity", id(self.function))
        return (constant, self.name, self.type, taints, self.shape, which, parts, self.ref)


UNKNOWN: Final = Value()


def constant(value: Any) -> Value:
    """The value of a literal."""
    kind = type(value).__name__
    return Value(value, type=kind, shape=value if isinstance(value, str) else None)


def small(value: Any) -> bool:
    """Whether a constant is so short and flat that it costs next to nothing to compare it and to write it out."""
    if isinstance(value, (str, bytes)):
        return len(value) <= 10_000
    if isinstance(value, (list, tuple, dict)):
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        return len(parts) <= 1000 and all(isinstance(part, _SCALARS) and small(part) for part in parts)
    return not isinstance(value, int) or abs(value) < 1 << 64


def equal(a: Any, b: Any) -> bool:
    """Whether two constants are known to be the same."""
    return a is b or (type(a) is type(b) and bool(small(a) and small(b) and a == b))


def shape_of(value: Value) -> str:
    """How a value looks inside a text."""
    if value.shape is not None:
        return value.shape[:MOST_SHAPE]
    if (value.known and isinstance(value.const, (str, int, float, bool)) and small(value.const)) or value.const is None:
        return str(value.const)
    if value.type in ("int", "float", "bool"):
        return "0"
    if any(EVERY not in t.clean for t in value.taints):
        return TAINTED
    return CLEANED if value.taints else HOLE


def union(*groups: tuple[Taint, ...]) -> tuple[Taint, ...]:
    """All taints of several values, each once."""
    filled = [group for group in groups if group]
    if not filled:
        return ()
    if len(filled) == 1:
        return filled[0]
    found: dict[object, Taint] = {}
    for group in filled:
        for taint in group:
            found.setdefault(taint.key, taint)
    return tuple(found.values())[:MOST_TAINTS]


_Joined = dict[tuple[int, int], tuple[Value, Value, Value]]


def join(a: Value, b: Value, depth: int = 0, joined: _Joined | None = None) -> Value:
    """What is known when a value is one of two; parts that occur many times in them are joined once."""
    if a is b:
        return a
    if b is UNKNOWN and not a.taints and a.items is None and a.attrs is None:
        return a if a.name or a.type or a.function else UNKNOWN
    new = Value(taints=union(a.taints, b.taints))
    if a.known and b.known and equal(a.const, b.const):
        new.const = a.const
    new.name = a.name if a.name == b.name or _nothing(b) else (b.name if _nothing(a) else "")
    new.type = a.type if a.type == b.type or _nothing(b) else (b.type if _nothing(a) else "")
    new.shape = _join_shapes(a, b)
    new.function = a.function or b.function
    if a.ref == b.ref:
        new.ref = a.ref
    if any(value.items or value.rest or value.attrs for value in (a, b)):
        _join_parts(new, a, b, depth, {} if joined is None else joined)
    elif a.items is not None and b.items is not None:
        new.items = {}
    return new


def _join_parts(new: Value, a: Value, b: Value, depth: int, joined: _Joined) -> None:
    """Give `new` the attributes and elements of two values; deep down, or many, they are no longer told apart."""
    if depth >= _DEEPEST_JOIN or (depth and len(a.items or ()) + len(b.items or ()) > 2 * _WIDEST_JOIN):
        new.rest = Value(taints=new.taints)
        return

    def inner(x: Value, y: Value) -> Value:
        known = joined.get((id(x), id(y)))
        if known is None:
            known = joined[id(x), id(y)] = (x, y, join(x, y, depth + 1, joined))
        return known[2]

    new.attrs = _join_tables(a.attrs, b.attrs, inner)
    if a.items is not None and b.items is not None and a.items.keys() == b.items.keys():
        new.items = {key: inner(value, b.items[key]) for key, value in a.items.items()}
        new.rest = a.rest if b.rest is None else (b.rest if a.rest is None else inner(a.rest, b.rest))
    elif a.items or b.items or a.rest or b.rest:
        new.rest = element(a) if _nothing(b) else (element(b) if _nothing(a) else inner(element(a), element(b)))


def _nothing(value: Value) -> bool:
    return value is UNKNOWN or value.const is None


def _join_shapes(a: Value, b: Value) -> str | None:
    if a.shape == b.shape:
        return a.shape
    if a.shape is None or b.shape is None:
        return a.shape if b.shape is None and _nothing(b) else (b.shape if a.shape is None and _nothing(a) else None)
    for shape in (a.shape, b.shape):
        if TAINTED in shape:
            return shape
    return a.shape if HOLE in b.shape or len(a.shape) > len(b.shape) else b.shape


def _join_tables(
    a: dict[str, Value] | None, b: dict[str, Value] | None, inner: Callable[[Value, Value], Value]
) -> dict[str, Value] | None:
    if a is None or b is None or a is b:
        return a if b is None or a is b else b
    return {
        key: inner(a[key], b[key]) if key in a and key in b else a.get(key, b.get(key, UNKNOWN)) for key in {**a, **b}
    }


def element(value: Value) -> Value:
    """What any one element of a container may be."""
    found = value.rest
    for item in (value.items or {}).values():
        found = item if found is None else join(found, item)
    if found is None:
        if isinstance(value.const, (str, bytes)):
            return Value(type="str", shape=HOLE)
        kind = value.type if "." in value.type else ""
        return Value(type=kind, taints=parts_of(value.taints, "?")) if value.taints or kind else UNKNOWN
    if value.taints and not found.taints and not value.items:
        return found.with_taints(parts_of(value.taints, "?"))
    return found


def parts_of(taints: tuple[Taint, ...], part: str) -> tuple[Taint, ...]:
    """The taints of a piece of a value."""
    if all(taint.part.endswith("?") or (taint.part and part != "?") for taint in taints):
        return taints
    return tuple(piece(taint, part) for taint in taints)


def piece(taint: Taint, part: str) -> Taint:
    """One taint of a piece: what an attribute holds is split once more, but no further."""
    if not taint.part:
        return taint.but(part=part)
    return taint if part != "?" or taint.part.endswith("?") else taint.but(part=f"{taint.part}.?")


def _most(items: dict[Any, Value], rest: Value | None) -> tuple[dict[Any, Value], Value | None]:
    """The elements that are known one by one, and the others as one."""
    kept = dict(islice(items.items(), MOST_ITEMS))
    for value in islice(items.values(), MOST_ITEMS, None):
        rest = value if rest is None else join(rest, value)
    return kept, rest


def collection(items: dict[Any, Value], kind: str, rest: Value | None = None) -> Value:
    """A list, tuple, set or mapping whose elements are known one by one."""
    if len(items) > MOST_ITEMS:
        items, rest = _most(items, rest)
    new = Value(type=kind, taints=union(*(v.taints for v in items.values()), rest.taints if rest else ()))
    new.items, new.rest = items, rest
    if rest is None and kind != "dict" and all(value.known for value in items.values()):
        values = [value.const for value in items.values()]
        new.const = tuple(values) if kind == "tuple" else values
    elif rest is None and kind == "dict" and all(value.known for value in items.values()):
        new.const = {key: value.const for key, value in items.items()}
    return new
