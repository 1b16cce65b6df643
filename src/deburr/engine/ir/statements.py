"""Nodes that do something, and the parts they are made of."""

from __future__ import annotations

from deburr.engine.ir.node import Node


class Assign(Node):
    """`a = b = value`."""

    __slots__ = fields = ("targets", "value", "annotation")

    def __init__(self, start: int, end: int, targets: list[Node], value: Node, annotation: Node | None) -> None:
        self.start, self.end = start, end
        self.targets, self.value, self.annotation = targets, value, annotation


class AugAssign(Node):
    """`target op= value`."""

    __slots__ = fields = ("target", "op", "value")

    def __init__(self, start: int, end: int, target: Node, op: str, value: Node) -> None:
        self.start, self.end = start, end
        self.target, self.op, self.value = target, op, value


class Expr(Node):
    """An expression for its effect."""

    __slots__ = fields = ("value",)

    def __init__(self, start: int, end: int, value: Node) -> None:
        self.start, self.end = start, end
        self.value = value


class Return(Node):
    __slots__ = fields = ("value",)

    def __init__(self, start: int, end: int, value: Node | None) -> None:
        self.start, self.end = start, end
        self.value = value


class Raise(Node):
    __slots__ = fields = ("value",)

    def __init__(self, start: int, end: int, value: Node | None) -> None:
        self.start, self.end = start, end
        self.value = value


class Assert(Node):
    __slots__ = fields = ("test",)

    def __init__(self, start: int, end: int, test: Node) -> None:
        self.start, self.end = start, end
        self.test = test


class If(Node):
    __slots__ = fields = ("test", "body", "orelse")

    def __init__(self, start: int, end: int, test: Node, body: list[Node], orelse: list[Node]) -> None:
        self.start, self.end = start, end
        self.test, self.body, self.orelse = test, body, orelse


class While(Node):
    __slots__ = fields = ("test", "body", "orelse")

    def __init__(self, start: int, end: int, test: Node, body: list[Node], orelse: list[Node]) -> None:
        self.start, self.end = start, end
        self.test, self.body, self.orelse = test, body, orelse


class For(Node):
    __slots__ = fields = ("target", "iter", "body", "orelse")

    def __init__(self, start: int, end: int, target: Node, iter: Node, body: list[Node], orelse: list[Node]) -> None:
        self.start, self.end = start, end
        self.target, self.iter, self.body, self.orelse = target, iter, body, orelse


class Try(Node):
    __slots__ = fields = ("body", "handlers", "orelse", "final")

    def __init__(
        self, start: int, end: int, body: list[Node], handlers: list[Handler], orelse: list[Node], final: list[Node]
    ) -> None:
        self.start, self.end = start, end
        self.body, self.handlers, self.orelse, self.final = body, handlers, orelse, final


class With(Node):
    __slots__ = fields = ("items", "body")

    def __init__(self, start: int, end: int, items: list[tuple[Node, Node | None]], body: list[Node]) -> None:
        self.start, self.end = start, end
        self.items, self.body = items, body


class Match(Node):
    __slots__ = fields = ("subject", "cases")

    def __init__(self, start: int, end: int, subject: Node, cases: list[Case]) -> None:
        self.start, self.end = start, end
        self.subject, self.cases = subject, cases


class Break(Node):
    __slots__ = ()


class Continue(Node):
    __slots__ = ()


class Pass(Node):
    __slots__ = ()


class Delete(Node):
    __slots__ = fields = ("targets",)

    def __init__(self, start: int, end: int, targets: list[Node]) -> None:
        self.start, self.end = start, end
        self.targets = targets


class Scope(Node):
    """Names that are not this function's own: those of the next scope around it that has them, or of the module."""

    __slots__ = fields = ("names", "of_module")

    def __init__(self, start: int, end: int, names: list[str], of_module: bool = False) -> None:
        self.start, self.end = start, end
        self.names, self.of_module = names, of_module


class Import(Node):
    """(full name, local name) pairs; `import a.b` binds `a` to `a`."""

    __slots__ = fields = ("names",)

    def __init__(self, start: int, end: int, names: list[tuple[str, str]]) -> None:
        self.start, self.end = start, end
        self.names = names


class Class(Node):
    __slots__ = fields = ("name", "bases", "keywords", "decorators", "body")

    def __init__(
        self,
        start: int,
        end: int,
        name: str,
        bases: list[Node],
        keywords: list[tuple[str, Node]],
        decorators: list[Node],
        body: list[Node],
    ) -> None:
        self.start, self.end = start, end
        self.name, self.bases, self.keywords, self.decorators, self.body = name, bases, keywords, decorators, body


class Handler(Node):
    """One `except`."""

    __slots__ = fields = ("type", "name", "body")

    def __init__(self, start: int, end: int, type: Node | None, name: str, body: list[Node]) -> None:
        self.start, self.end = start, end
        self.type, self.name, self.body = type, name, body


class Case(Node):
    """One case; a pattern of None matches anything, `names` are the names it binds: inside a pattern, each a Walrus."""

    __slots__ = fields = ("pattern", "names", "guard", "body")

    def __init__(
        self, start: int, end: int, pattern: Node | None, names: list[str], guard: Node | None, body: list[Node]
    ) -> None:
        self.start, self.end = start, end
        self.pattern, self.names, self.guard, self.body = pattern, names, guard, body


class Module(Node):
    """A whole text; notes are (byte offset, why) of parts that could not be read."""

    __slots__ = fields = ("body", "notes")

    def __init__(self, start: int, end: int, body: list[Node], notes: list[tuple[int, str]]) -> None:
        self.start, self.end = start, end
        self.body, self.notes = body, notes
