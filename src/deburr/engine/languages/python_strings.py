"""Python's literals: numbers, strings, bytes, f-strings, and what the `%` operator makes of a template."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages import python_kinds as k
from deburr.engine.languages.python_context import ExpressionHandler, Lowering

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_ESCAPE = re.compile(
    r"\\(?:(\r?\n)|([\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2})"
    r"|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|N\{([^}]*)\})"
)
_BYTES_ESCAPE = re.compile(r"\\(?:(\r?\n)|([\\'\"abfnrtv])|([0-7]{1,3})|x([0-9a-fA-F]{2}))")
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}

_PERCENT = re.compile(
    r"%(?:\((?P<key>[^)]*)\))?(?P<flags>[#0\- +]*)(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?(?P<type>.)", re.S
)
_NUMERIC = re.compile(r"(?:.?[<>=^])?[-+ ]?#?0?\d*(?:[,_]|[,_]?(?:\.\d+)?([bcdeEfFgGnoxX%]))", re.S)


def _escape(match: re.Match[str]) -> str:
    newline, letter, octal, *codes = match.groups()
    if newline is not None:
        return ""
    if letter is not None:
        return _LETTERS.get(letter, letter)
    if octal is not None:
        return chr(int(octal, 8))
    for code in codes[:3]:
        if code is not None:
            point = int(code, 16)
            return chr(point) if point < 0x110000 else match[0]
    try:
        return unicodedata.lookup(codes[3])
    except KeyError:
        return match[0]


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def _lines(text: str) -> str:
    """Python reads every line end as a newline."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _octets(text: str) -> bytes:
    """The value of a bytes literal, whose characters stand for one byte each."""
    text = text.encode("utf-8").decode("latin-1")
    return _BYTES_ESCAPE.sub(lambda match: chr(ord(_escape(match)) & 255) if _escape(match) else "", text).encode(
        "latin-1"
    )


def _string(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    start, end = node.start_byte, node.end_byte
    raw = lo.src[start:end]
    first = raw[:1]
    if first in "\"'" and "\\" not in raw and "\r" not in raw and len(raw) > 1 and raw[-1] == first:
        if raw[1:2] != first:
            return ir.Const(start, end, raw[1:-1])
        if len(raw) == 2:
            return ir.Const(start, end, "")
    if first == "`":
        return ir.Unknown(start, end, [])
    parts = _pieces(lo, node, depth)
    if len(parts) == 1 and isinstance(parts[0], ir.Const):
        return ir.Const(start, end, parts[0].value)
    return ir.Format(start, end, parts, "f")


def _pieces(lo: Lowering, node: Tree, depth: int) -> list[ir.Node]:
    """The parts of one string literal; a single Const unless it is an f-string with something to interpolate."""
    children = node.children
    opening = lo.src[children[0].start_byte : children[0].end_byte].lower()
    prefix = opening.rstrip("\"'")
    interpolated = [child for child in children if child.kind_id == k.INTERPOLATION]
    if interpolated:
        return _interpolated(lo, children, "r" in prefix, depth)
    # Without interpolations the content is everything between the quotes, also where the tree has no node for it.
    # Its closing token can hold backslashes of a raw string, so only its length is taken from the opening one.
    closed = children[-1].type == "string_end"
    stop = node.end_byte - (len(opening) - len(prefix) if closed else 0)
    text = _lines(lo.src[children[0].end_byte : stop])
    if "b" in prefix:
        value: str | bytes = text.encode("utf-8") if "r" in prefix else _octets(text)
    else:
        value = _literal(text, "r" in prefix, "f" in prefix or "t" in prefix)
    return [ir.Const(node.start_byte, node.end_byte, value)]


def _literal(text: str, raw: bool, braces: bool) -> str:
    if braces and ("{" in text or "}" in text):
        text = text.replace("{{", "{").replace("}}", "}")
    return text if raw else _unescape(text)


def _interpolated(lo: Lowering, children: list[Tree], raw: bool, depth: int) -> list[ir.Node]:
    parts: list[ir.Node] = []
    for child in children:
        if child.kind_id == k.INTERPOLATION:
            _interpolation(lo, child, depth, parts)
        elif child.kind_id == k.STRING_CONTENT:
            start, end = child.start_byte, child.end_byte
            _text(parts, ir.Const(start, end, _literal(_lines(lo.src[start:end]), raw, True)))
    return parts


def _text(parts: list[ir.Node], piece: ir.Const) -> None:
    """Appends literal text, joined to the literal text before it."""
    last = parts[-1] if parts else None
    if isinstance(last, ir.Const) and isinstance(last.value, str) and isinstance(piece.value, str):
        parts[-1] = ir.Const(last.start, piece.end, last.value + piece.value)
    elif piece.value:
        parts.append(piece)


def _interpolation(lo: Lowering, node: Tree, depth: int, parts: list[ir.Node]) -> None:
    """Appends what `{value=!r:spec}` gives: calls of repr, format and int say what happens to the value."""
    value: ir.Node | None = None
    spec: ir.Node | None = None
    conversion = ""
    children = node.children
    for at, child in enumerate(children):
        kind = child.kind_id
        if kind == k.TYPE_CONVERSION:
            conversion = lo.src[child.start_byte : child.end_byte]
        elif kind == k.FORMAT_SPEC:
            spec = _spec(lo, child, depth)
        elif kind == k.EQUALS:
            start, end = node.start_byte + 1, children[min(at + 1, len(children) - 1)].start_byte
            _text(parts, ir.Const(start, end, _lines(lo.src[start:end])))
            conversion = conversion or "="
        elif child.is_named and kind not in k.EXTRAS:
            value = lo.expr(child, depth)
    if value is None:
        return
    if conversion in ("!r", "!a") or (conversion == "=" and spec is None):
        value = _call("ascii" if conversion == "!a" else "repr", value)
    parts.append(value if spec is None else _formatted(value, spec))


def _spec(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """A format specification: a text, or a Format where it nests values."""
    start, end = node.start_byte + 1, node.end_byte
    parts: list[ir.Node] = []
    at = start
    for child in node.named_children:
        if child.kind_id in k.EXTRAS:
            continue
        _text(parts, ir.Const(at, child.start_byte, lo.src[at : child.start_byte]))
        inner = [part for part in child.named_children if part.kind_id not in k.EXTRAS]
        if inner:
            _interpolation(lo, child, depth + 1, parts)
        at = child.end_byte
    _text(parts, ir.Const(at, end, lo.src[at:end]))
    if any(not isinstance(part, ir.Const) for part in parts):
        return ir.Format(start, end, parts, "f")
    return parts[0] if parts else ir.Const(start, end, "")


def _formatted(value: ir.Node, spec: ir.Node) -> ir.Node:
    if isinstance(spec, ir.Const) and isinstance(spec.value, str):
        if not spec.value:
            return value
        if numeric := _NUMERIC.fullmatch(spec.value):
            return _call("int" if (numeric[1] or "d") in "bcdoxXn" else "float", value)
    return _call("format", value, spec)


def _call(name: str, value: ir.Node, *more: ir.Node) -> ir.Node:
    end = more[-1].end if more else value.end
    return ir.Call(value.start, end, ir.Name(value.start, value.start, name), [value, *more], [])


def _concatenated(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """Adjacent literals, which Python joins."""
    start, end = node.start_byte, node.end_byte
    values = [_string(lo, child, depth) for child in node.named_children if child.kind_id == k.STRING]
    constants = [value.value for value in values if isinstance(value, ir.Const)]
    octets = [value for value in constants if isinstance(value, bytes)]
    if octets:
        return ir.Const(start, end, b"".join(octets))
    if len(constants) == len(values):
        return ir.Const(start, end, "".join(str(value) for value in constants))
    parts: list[ir.Node] = []
    for value in values:
        for part in value.parts if isinstance(value, ir.Format) else [value]:
            if isinstance(part, ir.Const):
                _text(parts, part)
            else:
                parts.append(part)
    return ir.Format(start, end, parts, "f")


def percent(left: ir.Node, right: ir.Node) -> list[ir.Node] | None:
    """The parts of `left % right` when left is text; None when the operator may be arithmetic."""
    if isinstance(left, ir.Format):
        return [left, right]
    if not isinstance(left, ir.Const) or not isinstance(left.value, (str, bytes)):
        return None
    if isinstance(left.value, bytes):
        return [left, right]
    return _split(left, left.value, right) or [left, right]


def _split(left: ir.Const, template: str, right: ir.Node) -> list[ir.Node] | None:
    """Literal text and operands in turn; None when they cannot be paired."""
    operands = right.items if isinstance(right, ir.Seq) and right.kind == "tuple" else [right]
    named: dict[object, ir.Node] = {}
    if isinstance(right, ir.Dict):
        named = {key.value: value for key, value in right.items if isinstance(key, ir.Const)}
    if any(isinstance(operand, ir.Star) for operand in operands):
        return None
    parts: list[ir.Node] = []
    literal = ""
    at = used = 0
    for spec in _PERCENT.finditer(template):
        literal += template[at : spec.start()]
        at = spec.end()
        if spec["type"] == "%":
            literal += "%"
            continue
        if spec["key"] is not None:
            operand = named.get(spec["key"])
        else:
            operand = operands[used] if used < len(operands) else None
            used += 1
        if operand is None or "*" in spec[0]:
            return None
        if literal:
            parts.append(ir.Const(left.start, left.end, literal))
        parts.append(_converted(operand, spec))
        literal = ""
    if literal + template[at:]:
        parts.append(ir.Const(left.start, left.end, literal + template[at:]))
    return parts if used in (0, len(operands)) and (used or named) else None


def _converted(operand: ir.Node, spec: re.Match[str]) -> ir.Node:
    type = spec["type"]
    if type in "ra":
        return _call("repr" if type == "r" else "ascii", operand)
    if type in "diuoxX":
        return _call("int", operand)
    return _call("float", operand) if type in "eEfFgG" else operand


def _integer(lo: Lowering, node: Tree, depth: int) -> ir.Node:  # noqa: ARG001 -- every handler has this shape
    start, end = node.start_byte, node.end_byte
    text = lo.src[start:end]
    try:
        return ir.Const(start, end, int(text) if text.isdigit() and text[0] != "0" else _number(text))
    except ValueError:
        return ir.Unknown(start, end, [])


def _number(text: str) -> int | float | complex:
    """The value of a numeric literal, with Python 2's octal and long forms."""
    text = text.replace("_", "").lower()
    if text[:2] in ("0x", "0o", "0b"):
        return int(text.rstrip("l"), 0)
    if text[-1:] == "j":
        return complex(text)
    text = text.rstrip("l")
    if text.isdigit():
        return int(text, 8) if text[0] == "0" and len(text) > 1 and text.strip("0") else int(text)
    return float(text)


NUMBERS: dict[str, ExpressionHandler] = {"integer": _integer, "float": _integer}
STRINGS: dict[str, ExpressionHandler] = {"string": _string, "concatenated_string": _concatenated, **NUMBERS}
