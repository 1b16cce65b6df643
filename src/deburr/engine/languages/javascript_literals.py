"""JavaScript's literals: numbers, texts, templates, regular expressions, arrays and objects."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_context import ExpressionHandler, Lowering
from deburr.engine.languages.javascript_functions import inline, method

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_ESCAPE = re.compile(r"\\(?:(\r?\n|\u2028|\u2029)|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]+)\}|(.))", re.S)
_LETTERS = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}


def _escape(match: re.Match[str]) -> str:
    newline, octets, short, long, letter = match.groups()
    if newline is not None:
        return ""
    if letter is not None:
        return _LETTERS.get(letter, letter)
    point = int(octets or short or long, 16)
    return chr(point) if point < 0x110000 else match[0]


def unescape(text: str) -> str:
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def string(lo: Lowering, node: Tree, depth: int = 0) -> ir.Const:  # noqa: ARG001 -- every handler has this shape
    """A text between quotes."""
    start, end = node.start_byte, node.end_byte
    raw = lo.src[start:end]
    closed = len(raw) > 1 and raw[-1] == raw[0]
    return ir.Const(start, end, unescape(raw[1:-1] if closed else raw[1:]))


def template(lo: Lowering, node: Tree, depth: int, style: str = "f") -> ir.Node:
    """A text between backquotes, with values in it."""
    parts: list[ir.Node] = []
    start, end = node.start_byte, node.end_byte
    for child in node.named_children:
        kind = child.kind_id
        if kind == lo.k.template_substitution:
            parts += lo.exprs(child.named_children, depth)
        elif kind not in lo.k.extras:
            _text(parts, ir.Const(child.start_byte, child.end_byte, unescape(lo.text(child))))
    if style == "f" and len(parts) < 2 and all(isinstance(part, ir.Const) for part in parts):
        return ir.Const(start, end, parts[0].value if parts and isinstance(parts[0], ir.Const) else "")
    return ir.Format(start, end, parts, style)


def _text(parts: list[ir.Node], piece: ir.Const) -> None:
    """Appends literal text, joined to the literal text before it."""
    last = parts[-1] if parts else None
    if isinstance(last, ir.Const) and isinstance(last.value, str) and isinstance(piece.value, str):
        parts[-1] = ir.Const(last.start, piece.end, last.value + piece.value)
    else:
        parts.append(piece)


def _template(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    return template(lo, node, depth)


def _number(lo: Lowering, node: Tree, depth: int) -> ir.Node:  # noqa: ARG001 -- as above
    start, end = node.start_byte, node.end_byte
    text = lo.src[start:end].replace("_", "").lower()
    try:
        return ir.Const(start, end, int(text) if text.isdigit() and text[0] != "0" else _value(text))
    except (ValueError, OverflowError):
        return ir.Unknown(start, end, [])


def _value(text: str) -> int | float:
    if text[:2] in ("0x", "0o", "0b"):
        return int(text.rstrip("n"), 0)
    if text.rstrip("n").isdigit():
        digits = text.rstrip("n")
        octal = len(digits) > 1 and digits[0] == "0" and set(digits) <= set("01234567")
        return int(digits, 8 if octal else 10)
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 1 << 53 else number


def _regex(lo: Lowering, node: Tree, depth: int) -> ir.Node:  # noqa: ARG001 -- as above
    """`/x/g`, as the call of its constructor."""
    start, end = node.start_byte, node.end_byte
    flags = lo.field(node, lo.k.f_flags)
    pattern = lo.field(node, lo.k.f_pattern)
    args: list[ir.Node] = [ir.Const(start, end, lo.text(pattern) if pattern is not None else "")]
    if flags is not None:
        args.append(ir.Const(flags.start_byte, flags.end_byte, lo.text(flags)))
    return ir.Call(start, end, ir.Name(start, start, "RegExp"), args, [])


def _array(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    return ir.Seq(node.start_byte, node.end_byte, "list", lo.exprs(node.named_children, depth))


def _object(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    items: list[tuple[ir.Node | None, ir.Node]] = []
    k = lo.k
    for child in node.named_children:
        kind = child.kind_id
        if kind == k.pair:
            key, value = lo.field(child, k.f_key), lo.field(child, k.f_value)
            if key is not None and value is not None:
                items.append((property_key(lo, key, depth), inline(lo, value, depth, lo.text(key))))
        elif kind == k.shorthand_property_identifier:
            start, end = child.start_byte, child.end_byte
            name = lo.src[start:end]
            items.append((ir.Const(start, end, name), ir.Name(start, end, name)))
        elif kind == k.spread_element:
            items += [(None, value) for value in lo.exprs(child.named_children, depth)]
        elif kind == k.method_definition:
            name_node = lo.field(child, k.f_name)
            if name_node is not None:
                function = method(lo, child, depth, [])
                items.append(
                    (property_key(lo, name_node, depth), ir.Lambda(child.start_byte, child.end_byte, function))
                )
        elif kind not in k.extras:
            items.append((None, lo.expr(child, depth)))
    return ir.Dict(node.start_byte, node.end_byte, items)


def property_key(lo: Lowering, node: Tree, depth: int) -> ir.Node:
    """The key of a property: a constant, unless it is computed."""
    kind = node.kind_id
    if kind == lo.k.computed_property_name:
        parts = lo.exprs(node.named_children, depth)
        return parts[0] if len(parts) == 1 else ir.Unknown(node.start_byte, node.end_byte, parts)
    if kind == lo.k.string:
        return string(lo, node)
    return ir.Const(node.start_byte, node.end_byte, lo.text(node))


def _constant(value: ir.expressions.Constant) -> ExpressionHandler:
    def handler(lo: Lowering, node: Tree, depth: int) -> ir.Node:  # noqa: ARG001 -- as above
        return ir.Const(node.start_byte, node.end_byte, value)

    return handler


LITERALS: dict[str, ExpressionHandler] = {
    "string": string,
    "template_string": _template,
    "number": _number,
    "regex": _regex,
    "array": _array,
    "object": _object,
    "true": _constant(True),
    "false": _constant(False),
    "null": _constant(None),
    "undefined": _constant(None),
}
