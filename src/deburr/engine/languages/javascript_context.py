"""What the parts of the JavaScript lowering share: the text, the tables, the way down, and whose variables are whose.

A handler of expressions gets (lowering, tree node, depth) and gives one node; a handler of statements also gets the
list to append to. Handlers call `expr`, `statement` and `block` to go down, and those stop at the depth limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_kinds import ERROR, Kinds
from deburr.engine.languages.text import Text, Utf8

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

LIMIT = 120
"""Levels of nesting that are lowered; nobody writes more, and each costs stack here and in every later stage."""

ExpressionHandler = Callable[["Lowering", "Tree", int], ir.Node]
StatementHandler = Callable[["Lowering", "Tree", int, list[ir.Node]], None]


class Variables:
    """The variables of one function: which it declares, and to which it gives values."""

    __slots__ = ("assigned", "declared", "parent")

    def __init__(self, parent: Variables | None) -> None:
        self.parent = parent
        self.declared: set[str] = set()
        self.assigned: set[str] = set()

    def knows(self, name: str) -> bool:
        """Whether the name was declared here or in a function around."""
        one: Variables | None = self
        while one is not None:
            if name in one.declared:
                return True
            one = one.parent
        return False


class Lowering:
    """One text on its way from tree to intermediate representation."""

    def __init__(
        self,
        data: bytes,
        kinds: Kinds,
        expressions: dict[int, ExpressionHandler],
        statements: dict[int, StatementHandler],
    ) -> None:
        self.data, self.k = data, kinds
        self.src: Text = data.decode("ascii") if data.isascii() else Utf8(data)
        self.expressions, self.statements = expressions, statements
        self.wanted: frozenset[int] | None = None
        """The functions whose bodies are lowered, by their first byte; None for all."""
        self.deep: int | None = None
        """Where the first part that nests too deeply begins."""
        self.variables = Variables(None)
        self.before: list[ir.Node] = []
        """What must be done before the statement that is being lowered: classes that are written as expressions."""
        self.broken: set[tuple[int, int]] = set()
        """The broken regions that have been read."""
        self.first = frozenset({kinds.function_declaration, kinds.generator_function_declaration})

    def text(self, node: Tree) -> str:
        return self.src[node.start_byte : node.end_byte]

    def field(self, node: Tree, field: int) -> Tree | None:
        """The child in a field of the grammar, unless the grammar has no such field."""
        return node.child_by_field_id(field) if field else None

    def named(self, node: Tree) -> list[Tree]:
        """The children that are part of the program."""
        extras = self.k.extras
        return [child for child in node.named_children if child.kind_id not in extras]

    def name(self, node: Tree) -> ir.Name:
        """The node of an identifier."""
        start, end = node.start_byte, node.end_byte
        return ir.Name(start, end, self.src[start:end])

    def expr(self, node: Tree, depth: int) -> ir.Node:
        """The node of an expression."""
        kind = node.kind_id
        if kind == self.k.identifier:
            start, end = node.start_byte, node.end_byte
            return ir.Name(start, end, self.src[start:end])
        if depth > LIMIT:
            return self.too_deep(node)
        handler = self.expressions.get(kind)
        return handler(self, node, depth + 1) if handler else self.unknown(node, depth)

    def maybe(self, node: Tree | None, depth: int) -> ir.Node | None:
        """The node of an expression that may be missing."""
        return None if node is None else self.expr(node, depth)

    def exprs(self, nodes: Iterable[Tree], depth: int) -> list[ir.Node]:
        """The nodes of those children that are expressions."""
        extras = self.k.extras
        return [self.expr(node, depth) for node in nodes if node.kind_id not in extras]

    def too_deep(self, node: Tree) -> ir.Unknown:
        """A stand-in for a part that nests too deeply."""
        if self.deep is None:
            self.deep = node.start_byte
        return ir.Unknown(node.start_byte, node.end_byte, [])

    def unknown(self, node: Tree, depth: int) -> ir.Node:
        """A node of a kind that has no handler, with whatever expressions are in it."""
        return ir.Unknown(node.start_byte, node.end_byte, self.exprs(node.named_children, depth + 1))

    def statement(self, node: Tree, depth: int, out: list[ir.Node]) -> None:
        """Appends the nodes of a statement, of an expression in its place, or of a broken region."""
        kind, at = node.kind_id, len(out)
        if depth > LIMIT:
            out.append(ir.Expr(node.start_byte, node.end_byte, self.too_deep(node)))
            return
        handler = self.statements.get(kind)
        if handler is not None:
            handler(self, node, depth + 1, out)
        elif kind == ERROR:
            self._region(node, depth, out)
            return
        elif node.is_named and kind not in self.k.extras:
            value = self.expr(node, depth)
            out.append(ir.Expr(value.start, value.end, value))
        if self.before:
            out[at:at] = self.before
            self.before = []
        if node.has_error:
            self._strays(node, depth, out)

    def block(self, nodes: list[Tree], depth: int) -> list[ir.Node]:
        """The statements of a block; functions are declared before the rest is done."""
        out: list[ir.Node] = []
        first = self.first
        later = [node for node in nodes if node.kind_id not in first]
        if len(later) < len(nodes):
            for node in nodes:
                if node.kind_id in first:
                    self.statement(node, depth, out)
        for node in later:
            self.statement(node, depth, out)
        return out

    def body(self, node: Tree | None, depth: int) -> list[ir.Node]:
        """The statements of a block, or the one that stands in its place."""
        if node is None:
            return []
        if node.kind_id == self.k.statement_block:
            return self.block(node.named_children, depth)
        out: list[ir.Node] = []
        self.statement(node, depth, out)
        return out

    def _region(self, node: Tree, depth: int, out: list[ir.Node]) -> None:
        """Appends what can be read of a broken region, once."""
        where = (node.start_byte, node.end_byte)
        if where not in self.broken:
            self.broken.add(where)
            out += self.block(node.named_children, depth + 1)

    def _strays(self, node: Tree, depth: int, out: list[ir.Node]) -> None:
        """Appends what stands in the ERROR nodes inside a statement's expressions."""
        stack = [node]
        while stack:
            parent = stack.pop()
            for child in parent.children:
                if child.kind_id == ERROR:
                    self.statement(child, depth, out)
                elif child.has_error and child.kind_id != self.k.statement_block:
                    stack.append(child)
