"""What the parts of the Python lowering share: the text, the tables, the way down, and what could not be read.

A handler of expressions gets (lowering, tree node, depth) and gives one node; a handler of statements also gets the
list to append to. Handlers call `expr`, `block` and `suite` to go down, and those three stop at the depth limit:
no text can make the lowering recurse without bound.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.python_kinds import BLOCK, CLAUSES, ERROR, EXTRAS, IDENTIFIER
from deburr.engine.languages.text import Text, Utf8

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

LIMIT = 120
"""Levels of nesting that are lowered; nobody writes more, and each costs stack here and in every later stage."""


RETRIES = 200_000
"""Bytes of broken regions that are read again in one text, with 200 for each attempt."""


class Names:
    """Identifiers as Python sees them: compatibility characters are replaced, so a disguised name is not missed."""

    __slots__ = ("src",)

    def __init__(self, src: Text) -> None:
        self.src = src

    def __getitem__(self, where: slice, /) -> str:
        text = self.src[where]
        if text.isascii():
            return text
        import unicodedata

        return unicodedata.normalize("NFKC", text)


ExpressionHandler = Callable[["Lowering", "Tree", int], ir.Node]
StatementHandler = Callable[["Lowering", "Tree", int, list[ir.Node]], None]
Reread = Callable[["Lowering", int, int, list[ir.Node]], bool]
"""Appends what a broken region between two offsets holds; False when nothing in it could be read."""


class Lowering:
    """One text on its way from tree to intermediate representation."""

    __slots__ = ("budget", "data", "deep", "expressions", "names", "reread", "src", "statements", "unread")

    def __init__(
        self,
        data: bytes,
        expressions: dict[int, ExpressionHandler],
        statements: dict[int, StatementHandler],
        reread: Reread,
    ) -> None:
        self.data = data
        self.src: Text = data.decode("ascii") if data.isascii() else Utf8(data)
        self.names: Text = self.src if isinstance(self.src, str) else Names(self.src)
        self.expressions = expressions
        self.statements = statements
        self.reread = reread
        self.unread: dict[int, Callable[[], list[ir.Node]]] = {}
        """The functions whose bodies are read only when they are run, by the byte of their `def`."""
        self.deep: int | None = None
        """Where the first part that nests too deeply begins."""
        self.budget = RETRIES
        """Bytes of broken regions that may still be read again."""

    def over(self, src: Text) -> Lowering:
        """A lowering of a part of this text, with other characters after it."""
        other = copy.copy(self)
        other.src, other.names, other.deep = src, Names(src), None
        return other

    def expr(self, node: Tree, depth: int) -> ir.Node:
        """The node of an expression."""
        kind = node.kind_id
        if kind == IDENTIFIER:
            start, end = node.start_byte, node.end_byte
            return ir.Name(start, end, self.names[start:end])
        if depth > LIMIT:
            return self.too_deep(node)
        handler = self.expressions.get(kind)
        return handler(self, node, depth + 1) if handler else self.unknown(node, depth)

    def name(self, node: Tree) -> ir.Name:
        """The node of an identifier."""
        start, end = node.start_byte, node.end_byte
        return ir.Name(start, end, self.names[start:end])

    def exprs(self, nodes: list[Tree], depth: int) -> list[ir.Node]:
        """The nodes of those children that are expressions."""
        expr = self.expr
        return [expr(node, depth) for node in nodes if node.kind_id not in EXTRAS]

    def too_deep(self, node: Tree) -> ir.Unknown:
        """A stand-in for a part that nests too deeply."""
        if self.deep is None:
            self.deep = node.start_byte
        return ir.Unknown(node.start_byte, node.end_byte, [])

    def unknown(self, node: Tree, depth: int) -> ir.Node:
        """A node of a kind that has no handler, with whatever expressions are in it."""
        parts = self.exprs(node.named_children, depth + 1)
        return ir.Unknown(node.start_byte, node.end_byte, parts)

    def statement(self, node: Tree, depth: int, out: list[ir.Node]) -> None:
        """Appends the nodes of a statement, of an expression in its place, or of a broken region."""
        kind = node.kind_id
        if depth > LIMIT:
            out.append(ir.Expr(node.start_byte, node.end_byte, self.too_deep(node)))
            return
        if node.has_error and kind not in CLAUSES and self.reread(self, node.start_byte, node.end_byte, out):
            return
        handler = self.statements.get(kind)
        if handler is not None:
            handler(self, node, depth + 1, out)
        elif kind == ERROR:
            for child in node.named_children:
                self.statement(child, depth + 1, out)
            return
        elif node.is_named and kind not in EXTRAS:
            value = self.expr(node, depth)
            out.append(ir.Expr(value.start, value.end, value))
        if node.has_error:
            self._strays(node, depth, out)

    def block(self, node: Tree, depth: int) -> list[ir.Node]:
        """The statements inside a block or module."""
        out: list[ir.Node] = []
        statement = self.statement
        for child in node.named_children:
            statement(child, depth, out)
        return out

    def module(self, node: Tree) -> list[ir.Node]:
        """The statements of a whole text; each one's part of the tree is let go before the next is read."""
        out: list[ir.Node] = []
        cursor = node.walk()
        more = cursor.goto_first_child()
        while more:
            if cursor.node is not None:
                self.statement(cursor.node, 0, out)
            more = cursor.goto_next_sibling()
        return out

    def suite(self, node: Tree, depth: int) -> list[ir.Node]:
        """The body of a compound statement or clause, with what a broken header left before it."""
        out: list[ir.Node] = []
        for child in node.children:
            if child.kind_id == BLOCK:
                out += self.block(child, depth)
            elif child.kind_id == ERROR:
                self.statement(child, depth, out)
        return out

    def _strays(self, node: Tree, depth: int, out: list[ir.Node]) -> None:
        """Appends what stands in the ERROR nodes inside a statement's expressions."""
        stack = [node]
        while stack:
            parent = stack.pop()
            own = parent.kind_id in CLAUSES
            for child in parent.children:
                if child.kind_id == ERROR:
                    if not own:
                        self.statement(child, depth, out)
                elif child.has_error and child.kind_id != BLOCK:
                    stack.append(child)
