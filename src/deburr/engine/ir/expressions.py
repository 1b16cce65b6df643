"""Nodes that have a value. A `Const` holds the value that the literal has at run time, not its spelling."""

from __future__ import annotations

from collections.abc import Callable
from types import EllipsisType

from deburr.engine.ir.node import Node

Constant = str | bytes | int | float | complex | bool | None | EllipsisType


class Const(Node):
    """A literal: the value it has at run time."""

    __slots__ = fields = ("value",)

    def __init__(self, start: int, end: int, value: Constant) -> None:
        self.start, self.end = start, end
        self.value = value


class Name(Node):
    """A variable, function, class or module, by its name in the text."""

    __slots__ = fields = ("id",)

    def __init__(self, start: int, end: int, id: str) -> None:
        self.start, self.end = start, end
        self.id = id


class Imported(Node):
    """What an import inside an expression gives, by its full name."""

    __slots__ = fields = ("full",)

    def __init__(self, start: int, end: int, full: str) -> None:
        self.start, self.end = start, end
        self.full = full


class Attr(Node):
    """`obj.name`."""

    __slots__ = fields = ("obj", "name")

    def __init__(self, start: int, end: int, obj: Node, name: str) -> None:
        self.start, self.end = start, end
        self.obj, self.name = obj, name


class Sub(Node):
    """`obj[index]`."""

    __slots__ = fields = ("obj", "index")

    def __init__(self, start: int, end: int, obj: Node, index: Node) -> None:
        self.start, self.end = start, end
        self.obj, self.index = obj, index


class Slice(Node):
    """`lower:upper:step` inside brackets."""

    __slots__ = fields = ("lower", "upper", "step")

    def __init__(self, start: int, end: int, lower: Node | None, upper: Node | None, step: Node | None) -> None:
        self.start, self.end = start, end
        self.lower, self.upper, self.step = lower, upper, step


class Call(Node):
    """A call; `*xs` is a Star among args, `**xs` a keyword with the empty name."""

    __slots__ = fields = ("func", "args", "kwargs")

    def __init__(self, start: int, end: int, func: Node, args: list[Node], kwargs: list[tuple[str, Node]]) -> None:
        self.start, self.end = start, end
        self.func, self.args, self.kwargs = func, args, kwargs


class Concat(Node):
    """Two or more operands of `+`, left to right."""

    __slots__ = fields = ("parts",)

    def __init__(self, start: int, end: int, parts: list[Node]) -> None:
        self.start, self.end = start, end
        self.parts = parts


class Format(Node):
    """A text built from parts; style is "f" (interpolation), "%" or "template" (text and values are kept apart)."""

    __slots__ = fields = ("parts", "style")

    def __init__(self, start: int, end: int, parts: list[Node], style: str) -> None:
        self.start, self.end = start, end
        self.parts, self.style = parts, style


class Binary(Node):
    """Any other operator with two operands."""

    __slots__ = fields = ("op", "left", "right")

    def __init__(self, start: int, end: int, op: str, left: Node, right: Node) -> None:
        self.start, self.end = start, end
        self.op, self.left, self.right = op, left, right


class Unary(Node):
    """`not x`, `-x`, `+x`, `~x`."""

    __slots__ = fields = ("op", "operand")

    def __init__(self, start: int, end: int, op: str, operand: Node) -> None:
        self.start, self.end = start, end
        self.op, self.operand = op, operand


class Logic(Node):
    """`and`, `or`, or `??` (the first that is not None) over two or more values."""

    __slots__ = fields = ("op", "values")

    def __init__(self, start: int, end: int, op: str, values: list[Node]) -> None:
        self.start, self.end = start, end
        self.op, self.values = op, values


class Compare(Node):
    """A chain of comparisons."""

    __slots__ = fields = ("left", "ops", "rights")

    def __init__(self, start: int, end: int, left: Node, ops: list[str], rights: list[Node]) -> None:
        self.start, self.end = start, end
        self.left, self.ops, self.rights = left, ops, rights


class Cond(Node):
    """`then if test else other`."""

    __slots__ = fields = ("test", "then", "other")

    def __init__(self, start: int, end: int, test: Node, then: Node, other: Node) -> None:
        self.start, self.end = start, end
        self.test, self.then, self.other = test, then, other


class Seq(Node):
    """A list, tuple or set, by kind."""

    __slots__ = fields = ("kind", "items")

    def __init__(self, start: int, end: int, kind: str, items: list[Node]) -> None:
        self.start, self.end = start, end
        self.kind, self.items = kind, items


class Dict(Node):
    """A mapping; a key of None spreads another mapping."""

    __slots__ = fields = ("items",)

    def __init__(self, start: int, end: int, items: list[tuple[Node | None, Node]]) -> None:
        self.start, self.end = start, end
        self.items = items


class Lambda(Node):
    """A function written as an expression."""

    __slots__ = fields = ("function",)

    def __init__(self, start: int, end: int, function: Function) -> None:
        self.start, self.end = start, end
        self.function = function


class Comp(Node):
    """A comprehension; kind is "list", "set", "dict" or "generator"."""

    __slots__ = fields = ("kind", "item", "key", "clauses")

    def __init__(self, start: int, end: int, kind: str, item: Node, key: Node | None, clauses: list[Clause]) -> None:
        self.start, self.end = start, end
        self.kind, self.item, self.key, self.clauses = kind, item, key, clauses


class Star(Node):
    """`*value`, spread into a call or a sequence."""

    __slots__ = fields = ("value",)

    def __init__(self, start: int, end: int, value: Node) -> None:
        self.start, self.end = start, end
        self.value = value


class Walrus(Node):
    """An assignment that is also a value."""

    __slots__ = fields = ("target", "value")

    def __init__(self, start: int, end: int, target: Node, value: Node) -> None:
        self.start, self.end = start, end
        self.target, self.value = target, value


class Await(Node):
    """The result of something asynchronous."""

    __slots__ = fields = ("value",)

    def __init__(self, start: int, end: int, value: Node) -> None:
        self.start, self.end = start, end
        self.value = value


class Yield(Node):
    """A value handed out by a generator."""

    __slots__ = fields = ("value",)

    def __init__(self, start: int, end: int, value: Node | None) -> None:
        self.start, self.end = start, end
        self.value = value


class Unknown(Node):
    """What the lowering does not model; its parts are still evaluated."""

    __slots__ = fields = ("parts",)

    def __init__(self, start: int, end: int, parts: list[Node]) -> None:
        self.start, self.end = start, end
        self.parts = parts


CONSTRUCTOR = "__init__"
"""The name of the method that makes an object ready, whatever the language calls it."""


class Function(Node):
    """A function or method; one written as an expression has the name "" unless something gives it one.

    kind is "" or, of a method, "static" or "getter", where the language says so by its grammar.
    """

    fields = ("name", "params", "decorators", "body", "returns", "is_async", "doc")
    __slots__ = (*fields, "kind", "later")
    later: Callable[[], list[Node]] | None
    """Reads the body, when that was put off."""

    def __init__(
        self,
        start: int,
        end: int,
        name: str,
        params: list[Param],
        decorators: list[Node],
        body: list[Node],
        returns: Node | None,
        is_async: bool,
        doc: str,
    ) -> None:
        self.start, self.end = start, end
        self.name, self.params, self.decorators, self.body, self.returns, self.is_async, self.doc = (
            name,
            params,
            decorators,
            body,
            returns,
            is_async,
            doc,
        )
        self.kind = ""
        self.later = None

    def awake(self) -> list[Node]:
        """The body, read now if that was put off."""
        if self.later is not None:
            later, self.later = self.later, None
            self.body = later()
        return self.body


class Param(Node):
    """kind is "", "*" or "**"."""

    __slots__ = fields = ("name", "annotation", "default", "kind")

    def __init__(
        self, start: int, end: int, name: str, annotation: Node | None, default: Node | None, kind: str
    ) -> None:
        self.start, self.end = start, end
        self.name, self.annotation, self.default, self.kind = name, annotation, default, kind


class Clause(Node):
    """One `for … in … if …` of a comprehension."""

    __slots__ = fields = ("target", "iter", "conds")

    def __init__(self, start: int, end: int, target: Node, iter: Node, conds: list[Node]) -> None:
        self.start, self.end = start, end
        self.target, self.iter, self.conds = target, iter, conds
