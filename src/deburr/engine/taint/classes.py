"""Functions and classes of the text, and what is made of them: objects, methods, functions given some arguments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from deburr.engine import ir
from deburr.engine.taint.scopes import Env
from deburr.engine.taint.values import Value, join

_MOST_BASES = 50


class Closure:
    """A function of the text, with the variables around it."""

    __slots__ = ("decorators", "env", "frame", "handler", "info", "node", "outside", "scope")

    def __init__(self, node: ir.Function, env: Env, frame: Any, scope: str, info: ClassInfo | None = None) -> None:
        self.node, self.env, self.frame, self.scope, self.info = node, env, frame, scope, info
        self.handler: Mapping[str, Any] | None = None
        """What a library says of functions that are handed to it as this one was."""
        self.decorators: tuple[tuple[str, Value, ir.Node], ...] = ()
        """(full name, value, node) of each decorator."""
        self.outside: Value | None = None
        """What its decorators made of it, which is what the outside calls."""

    @property
    def identity(self) -> object:
        return (id(self.node), id(self.env))


class ClassInfo:
    """A class of the text."""

    __slots__ = (
        "attrs",
        "bases",
        "checks",
        "closures",
        "env",
        "fields",
        "name",
        "node",
        "restricted",
        "scope",
        "seen",
        "setters",
    )

    def __init__(self, node: ir.Class, env: Env, scope: str) -> None:
        self.node, self.env, self.scope, self.name = node, env, scope, node.name
        self.bases: list[Value] = []
        self.closures: dict[str, Closure] = {}
        self.attrs: dict[str, Value] = {}
        """Class attributes."""
        self.fields: list[str] = []
        """Annotated names, in order: the arguments of a dataclass."""
        self.seen: dict[str, Value] = {}
        """What any method was seen to set on `self`."""
        self.setters: dict[str, Closure] = {}
        """What runs when an attribute is assigned."""
        self.checks: dict[str, list[Closure]] = {}
        """By field: the methods that look at what it is given."""
        self.restricted: dict[str, frozenset[str]] = {}
        """By field: the kinds of sink for which what is declared leaves only harmless texts."""

    def lineage(self) -> Iterator[Value | ClassInfo]:
        """The class, then what it comes from, each once: classes of the text, and as values those of libraries."""
        if not self.bases:
            yield self
            return
        waiting: list[Value | ClassInfo] = [self]
        found: list[Value | ClassInfo] = []
        while waiting and len(found) < _MOST_BASES:
            one = waiting.pop()
            found.append(one)
            if isinstance(one, ClassInfo):
                bases = [base.function if isinstance(base.function, ClassInfo) else base for base in one.bases]
                waiting += reversed(bases)
        # What several come from is asked after all of them.
        yield from reversed({id(one): one for one in reversed(found)}.values())

    def method(self, name: str) -> Closure | None:
        for one in self.lineage():
            if isinstance(one, ClassInfo) and name in one.closures:
                return one.closures[name]
        return None

    def attribute(self, name: str) -> Value | None:
        for one in self.lineage():
            if isinstance(one, ClassInfo) and name in one.attrs:
                return one.attrs[name]
        return None

    def setter(self, name: str) -> Closure | None:
        """What runs when an attribute of this name is assigned."""
        for one in self.lineage():
            if isinstance(one, ClassInfo) and name in one.setters:
                return one.setters[name]
        return None

    def set(self, name: str, value: Value, sure: bool) -> None:
        """An attribute of the class itself was assigned."""
        before = self.attribute(name)
        self.attrs = {**self.attrs, name: value if sure or before is None else join(before, value)}

    def declares(self, name: str) -> bool:
        """Whether a field of this name is declared, with its type."""
        return any(isinstance(one, ClassInfo) and name in one.fields for one in self.lineage())

    def is_enum(self) -> bool:
        return any(base.split(".")[0] == "enum" for base in self.library_bases())

    def library_bases(self) -> list[str]:
        """The full names of the library classes it comes from."""
        if not self.bases:
            return []
        return [one.name for one in self.lineage() if isinstance(one, Value) and one.name]

    def redefines(self, names: object) -> bool:
        """Whether it has methods of its own of all these names."""
        wanted = names if isinstance(names, list) else [names]
        return all(isinstance(name, str) and self.method(name) is not None for name in wanted)


class Instance:
    """An object of a class of the text."""

    __slots__ = ("info",)

    def __init__(self, info: ClassInfo) -> None:
        self.info = info

    @property
    def identity(self) -> object:
        return id(self.info)


class Bound:
    """A method taken from an object."""

    __slots__ = ("closure", "receiver")

    def __init__(self, closure: Closure, receiver: Value) -> None:
        self.closure, self.receiver = closure, receiver

    @property
    def identity(self) -> object:
        return (self.closure.identity, self.receiver.signature())


class Partial:
    """A function that was given some of its arguments; the others come after them, or `before` them."""

    __slots__ = ("before", "given", "target")

    def __init__(self, target: Value, given: Any, before: bool = False) -> None:
        self.target, self.given, self.before = target, given, before
