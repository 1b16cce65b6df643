"""A text that code puts together, taken apart: constant characters and values, each with its place.

What comes in: the syntax of an expression (f-string, `%`, `.format`, `+`, or a variable that holds one). What goes
out: Pieces. The one invariant: every symbol knows the exact bytes it is written with, so edits can be byte-exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tree_sitter import Node

from deburr.engine.repair import concrete

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\n": " ", "\\": "\\", "'": "'", '"': '"'}
_PERCENT = re.compile(r"%(?:\((\w+)\))?([#0\- +]*\d*(?:\.\d+)?)([a-zA-Z%])")
_BRACES = re.compile(r"\{\{|\}\}|\{([\w.\[\]]*)(![rsa])?(?::([^{}]*))?\}")
_PLAIN_SPECS = ("", "d", "s")
_KEEPERS = ("strip", "lstrip", "rstrip")


@dataclass(frozen=True, slots=True)
class Literal:
    """One string literal: its prefix, quotes and the bytes between them."""

    node: Node
    prefix: str
    quote: str
    start: int
    end: int

    @property
    def interpolates(self) -> bool:
        return "f" in self.prefix.lower()


@dataclass(frozen=True, slots=True)
class Symbol:
    """One character of the text, or one value; `start:end` are the bytes that write it."""

    char: str
    start: int
    end: int
    literal: int = -1
    """Which literal it stands in; -1 for an operand of `+`."""

    code: str = ""
    """For a value, the expression."""

    shown: bool = False
    """For a value, whether it is written as its `repr`, which adds quotes of its own."""

    source: tuple[int, int] = (0, 0)
    """For a value, the bytes of its expression; (0, 0) when the placeholder reaches into it."""


@dataclass(slots=True)
class Pieces:
    """All symbols of one text in order, and what has to go when its values no longer stand in it."""

    symbols: list[Symbol] = field(default_factory=list)
    literals: list[Literal] = field(default_factory=list)
    trims: list[tuple[int, int]] = field(default_factory=list)
    """Bytes such as ` % (a, b)` and `.format(a)`, which go when all values are bound."""

    doubled: list[int] = field(default_factory=list)
    """Literals in which `{{` stands for a brace because of `.format`."""

    percents: list[int] = field(default_factory=list)
    """Literals in which `%%` stands for a percent sign because of `%`."""

    variables: list[Node] = field(default_factory=list)
    """Assignments that were looked through."""


class Opaque(Exception):
    """The text is put together in a way that this module does not take apart."""


def take(node: Node, where: Node) -> Pieces | None:
    """The pieces of the text that the expression at `node` gives, seen from the function `where`."""
    pieces = Pieces()
    try:
        _take(node, where, pieces)
    except Opaque:
        return None
    return pieces


def _take(node: Node, where: Node, out: Pieces) -> None:
    node = concrete.bare(node)
    if node.type == "string":
        _literal(node, out)
    elif node.type == "concatenated_string":
        for child in node.named_children:
            if child.type == "string":
                _literal(child, out)
    elif node.type == "binary_operator" and _operator(node) == "+":
        for side in ("left", "right"):
            _operand(_field(node, side), where, out)
    elif node.type == "binary_operator" and _operator(node) == "%":
        _percent(node, where, out)
    elif node.type == "call":
        _call(node, where, out)
    elif node.type == "identifier":
        _take(_assigned(node, where, out), where, out)
    else:
        raise Opaque


def _operator(node: Node) -> str:
    return concrete.text(node.child_by_field_name("operator"))


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    if found is None:
        raise Opaque
    return found


def _operand(node: Node, where: Node, out: Pieces) -> None:
    """One side of a `+`: text of its own, or a value."""
    if textual(node):
        _take(node, where, out)
    else:
        span = (node.start_byte, node.end_byte)
        out.symbols.append(Symbol("", *span, code=concrete.text(node), source=span))


def textual(node: Node) -> bool:
    """Whether an expression is certainly a text, by its own form."""
    node = concrete.bare(node)
    if node.type in ("string", "concatenated_string"):
        return True
    if node.type == "binary_operator":
        sides = [node.child_by_field_name(side) for side in ("left", "right")]
        if _operator(node) == "%":
            return sides[0] is not None and textual(sides[0])
        return _operator(node) == "+" and any(side is not None and textual(side) for side in sides)
    return node.type == "call" and _formatted(node) is not None


def _formatted(node: Node) -> Node | None:
    """The text before `.format(…)`."""
    func = node.child_by_field_name("function")
    if func is None or func.type != "attribute" or concrete.text(func.child_by_field_name("attribute")) != "format":
        return None
    owner = func.child_by_field_name("object")
    return owner if owner is not None and textual(owner) else None


def _call(node: Node, where: Node, out: Pieces) -> None:
    func = _field(node, "function")
    name = concrete.text(func.child_by_field_name("attribute")) if func.type == "attribute" else concrete.text(func)
    given = concrete.arguments(node)
    if name == "format" and func.type == "attribute":
        _format(node, _field(func, "object"), where, out)
    elif name in _KEEPERS and func.type == "attribute" and not given:
        _take(_field(func, "object"), where, out)
    elif name == "dedent" and len(given) == 1:
        _take(given[0].value, where, out)
    else:
        raise Opaque


def _assigned(node: Node, where: Node, out: Pieces) -> Node:
    """The value of a variable that is assigned exactly once, in this function or else at the top level."""
    name, top = concrete.text(node), concrete.root_of(node)
    for place in (where, top):
        bound = concrete.assignments(name, place)
        if not bound:
            continue
        assignment = bound[0].parent
        if (
            len(bound) != 1
            or assignment is None
            or assignment.type != "assignment"
            or bound[0].start_byte > node.start_byte
        ):
            raise Opaque
        out.variables.append(assignment)
        return _field(assignment, "right")
    raise Opaque


def _literal(node: Node, out: Pieces) -> None:
    """The symbols of one string literal."""
    opening, closing = node.children[0], node.children[-1]
    if opening.type != "string_start" or closing.type != "string_end":
        raise Opaque
    begin = concrete.text(opening)
    prefix = begin.rstrip("\"'")
    if set(prefix.lower()) - set("rfu"):
        raise Opaque
    literal = Literal(node, prefix, begin[len(prefix) :], opening.end_byte, closing.start_byte)
    out.literals.append(literal)
    at = literal.start
    for child in node.named_children:
        if child.type == "interpolation":
            _characters(at, child.start_byte, literal, out)
            _interpolation(child, out)
            at = child.end_byte
    _characters(at, literal.end, literal, out)


def _characters(start: int, end: int, literal: Literal, out: Pieces) -> None:
    """The constant characters between two offsets of a literal."""
    number = len(out.literals) - 1
    raw, base = (literal.node.text or b"")[start - literal.node.start_byte : end - literal.node.start_byte], start
    text, at = raw.decode("utf-8", "replace"), 0
    while at < len(text):
        width, char = 1, text[at]
        if char == "\\" and "r" not in literal.prefix.lower() and at + 1 < len(text):
            width, char = 2, _ESCAPES.get(text[at + 1], "\\" + text[at + 1])
        elif literal.interpolates and text[at : at + 2] in ("{{", "}}"):
            width = 2
        size = len(text[at : at + width].encode())
        out.symbols.append(Symbol(char, base, base + size, number))
        base, at = base + size, at + width


def _interpolation(node: Node, out: Pieces) -> None:
    """One `{…}` of an f-string."""
    spec = next((concrete.text(child)[1:] for child in node.children if child.type == "format_specifier"), "")
    conversion = next((concrete.text(child) for child in node.children if child.type == "type_conversion"), "")
    inner = [child for child in node.named_children if child.type not in ("format_specifier", "type_conversion")]
    if spec not in _PLAIN_SPECS or len(inner) != 1 or conversion == "!a" or any(c.type == "=" for c in node.children):
        raise Opaque
    number, span = len(out.literals) - 1, (inner[0].start_byte, inner[0].end_byte)
    shown = conversion == "!r"
    out.symbols.append(Symbol("", node.start_byte, node.end_byte, number, concrete.text(inner[0]), shown, span))


_Given = dict[str | int, Node]


def _percent(node: Node, where: Node, out: Pieces) -> None:
    """`text % values`: its placeholders become values."""
    left, right = _field(node, "left"), concrete.bare(_field(node, "right"))
    inner = Pieces()
    _take(left, where, inner)
    if any(symbol.char == "" for symbol in inner.symbols):
        raise Opaque
    if right.type == "tuple":
        given: _Given = dict(enumerate(_values(right)))
    elif right.type == "dictionary":
        given = _pairs(right)
    else:
        given = {0: right}
    _join(out, inner, _substituted(inner, _PERCENT, given, _percent_key))
    out.percents += range(len(out.literals) - len(inner.literals), len(out.literals))
    out.trims.append((left.end_byte, node.end_byte))


def _format(node: Node, owner: Node, where: Node, out: Pieces) -> None:
    """`text.format(values)`: its placeholders become values."""
    inner = Pieces()
    _take(owner, where, inner)
    arguments = concrete.arguments(node)
    if any(symbol.char == "" for symbol in inner.symbols) or any(one.name in ("*", "**") for one in arguments):
        raise Opaque
    given: _Given = {one.name or str(i): one.value for i, one in enumerate(arguments)}
    _join(out, inner, _substituted(inner, _BRACES, given, _brace_key))
    out.doubled += range(len(out.literals) - len(inner.literals), len(out.literals))
    out.trims.append((owner.end_byte, node.end_byte))


def _values(node: Node) -> list[Node]:
    if concrete.commented(node) or any(child.type == "list_splat" for child in node.named_children):
        raise Opaque
    return list(node.named_children)


def _pairs(node: Node) -> _Given:
    found: _Given = {}
    for child in _values(node):
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if key is None or value is None or key.type != "string":
            raise Opaque
        found[concrete.text(key).strip("\"'")] = value
    return found


def _join(out: Pieces, inner: Pieces, symbols: list[Symbol]) -> None:
    """Add the inner pieces, their literals renumbered."""
    shift = len(out.literals)
    out.literals += inner.literals
    out.symbols += [
        replace(symbol, literal=symbol.literal + shift) if symbol.literal >= 0 else symbol for symbol in symbols
    ]
    out.trims += inner.trims
    out.variables += inner.variables


class _Counter:
    """Gives placeholders without a name their number."""

    def __init__(self) -> None:
        self.next = 0

    def take(self) -> int:
        self.next += 1
        return self.next - 1


def _percent_key(match: re.Match[str], count: _Counter) -> tuple[str | int, bool] | str:
    name, flags, kind = match.groups()
    if kind == "%" and not flags:
        return "%"
    if flags or kind not in "sdir":
        raise Opaque
    return (name if name else count.take()), kind == "r"


def _brace_key(match: re.Match[str], count: _Counter) -> tuple[str | int, bool] | str:
    if match[0] in ("{{", "}}"):
        return match[0][0]
    if (match[3] or "") not in _PLAIN_SPECS or match[2] == "!a":
        raise Opaque
    return (match[1] if match[1] else str(count.take())), match[2] == "!r"


_Key = Callable[[re.Match[str], _Counter], "tuple[str | int, bool] | str"]


def _substituted(inner: Pieces, pattern: re.Pattern[str], given: _Given, key: _Key) -> list[Symbol]:
    """The symbols with every placeholder that the pattern finds replaced by its value."""
    cooked = "".join(symbol.char if len(symbol.char) == 1 else "\0" for symbol in inner.symbols)
    found: list[Symbol] = []
    at, count, used = 0, _Counter(), set()
    for match in pattern.finditer(cooked):
        found += inner.symbols[at : match.start()]
        first, last = inner.symbols[match.start()], inner.symbols[match.end() - 1]
        if first.literal != last.literal:
            raise Opaque
        asked = key(match, count)
        if isinstance(asked, str):
            found.append(Symbol(asked, first.start, last.end, first.literal))
        else:
            value, code, span = _given(given, asked[0])
            used.add(value)
            found.append(Symbol("", first.start, last.end, first.literal, code, asked[1], span))
        at = match.end()
    if len(used) != len(given):
        raise Opaque
    return found + inner.symbols[at:]


def _given(given: _Given, key: str | int) -> tuple[int, str, tuple[int, int]]:
    """The expression that a placeholder stands for; `{user.name}` reaches into it."""
    if key in given:
        node = given[key]
        return node.id, concrete.text(node), (node.start_byte, node.end_byte)
    base = re.match(r"\w+", str(key))
    if base is None or base[0] not in given or "[" in str(key):
        raise Opaque
    node = given[base[0]]
    return node.id, concrete.text(node) + str(key)[base.end() :], (0, 0)
