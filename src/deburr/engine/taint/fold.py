"""Operations on known values: arithmetic, comparison, text building, methods of texts. Bounded, and never raising."""

from __future__ import annotations

import binascii
import json
import operator
import re
from collections.abc import Callable, Mapping
from math import prod
from typing import Any

from deburr.engine.taint.values import (
    EVERY,
    HOLE,
    LEVEL,
    MISSING,
    MOST_ITEMS,
    MOST_SHAPE,
    PATH,
    UNKNOWN,
    Taint,
    Value,
    collection,
    constant,
    element,
    equal,
    join,
    parts_of,
    shape_of,
    small,
    union,
)

_MOST_WORK = 1_000_000
"""Characters that an operation on texts may have to look at or to write."""
_ENCODINGS = frozenset({"utf-8", "utf8", "utf_8", "ascii", "us-ascii", "latin-1", "latin1", "iso-8859-1", "utf-16"})
_URLSAFE = str.maketrans("-_", "+/")
_BINARY: Mapping[str, Callable[[Any, Any], Any]] = {
    "-": operator.sub,
    "*": operator.mul,
    "**": lambda a, b: operator.pow(a, b if 0 <= b < 64 else ""),
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": lambda a, b: operator.mod(a, b if not isinstance(a, (str, bytes)) else _no_text()),
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
}


def _no_text() -> Any:
    raise TypeError("the width in a template may be huge")


_UNARY: Mapping[str, Callable[[Any], Any]] = {"-": operator.neg, "+": operator.pos, "~": operator.invert}
_COMPARE: Mapping[str, Callable[[Any, Any], Any]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": lambda a, b: a in b,
    "not in": lambda a, b: a not in b,
}
TEXT_METHODS = frozenset(
    "lower upper strip lstrip rstrip title capitalize swapcase casefold replace removeprefix removesuffix "
    "zfill center ljust rjust expandtabs".split()
)
"""Methods whose result is still the whole text, in another dress."""
_PURE = TEXT_METHODS | frozenset(
    "split rsplit splitlines partition rpartition startswith endswith find rfind index count isdigit isalpha "
    "isalnum isidentifier isnumeric isdecimal islower isupper encode decode hex".split()
)
_METHODS_OF = {(kind, name): getattr(kind, name, None) for kind in (str, bytes) for name in _PURE}
CONTAINERS = frozenset({"list", "tuple", "dict", "set"})
_RESULTS = (str, bytes, int, float, bool, list, tuple)


def binary(op: str, left: Value, right: Value) -> Value:
    """`left op right`."""
    if left.known and right.known:
        done = applied(_BINARY.get(op), left.const, right.const)
        if done is not MISSING:
            return lifted(done)
    taints = union(left.taints, right.taints)
    if op == "%" and (left.type == "str" or left.shape is not None):
        return text([left, right])
    if op == "/" and (left.type.endswith("Path") or right.type.endswith("Path")):
        new = text([left, constant("/"), right]).with_taints(union(left.taints, right.taints))
        new.type = left.type or right.type
        return new
    if op in ("|",) and (left.items or right.items):
        merged = Value(type=left.type, taints=taints)
        merged.items = {**(left.items or {}), **(right.items or {})}
        return merged if len(merged.items) <= MOST_ITEMS else collection(merged.items, "dict")
    if op == "&":
        for one in (left, right):
            if one.type == "set" and not one.taints and (one.items is not None or one.rest is not None):
                return one.but(const=MISSING, items=None, rest=element(one))
    if op == "*" and (left.items or right.items):
        times = next((one.const for one in (left, right) if type(one.const) is int and 0 <= one.const <= 8), 2)
        return _joined_lists([left if left.items else right] * times)
    if op == "-" and left.type == "set":
        return left.but(const=MISSING, items=None, rest=element(left))
    if op == "*" and (left.type == "str" or right.type == "str"):
        return Value(type="str", taints=taints, shape=HOLE)
    return Value(taints=taints) if taints else UNKNOWN


def applied(function: Callable[..., Any] | None, *values: Any) -> Any:
    """The result of an operation on small constants, or MISSING."""
    if function is None or not all(small(value) for value in values):
        return MISSING
    if any(isinstance(value, (str, bytes, list, tuple)) for value in values) and _work(values) > _MOST_WORK:
        return MISSING
    try:
        return _bounded(function(*values))
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError, MemoryError):
        return MISSING


def _work(values: tuple[Any, ...]) -> int:
    """What an operation on these may cost: a text is repeated, filled up, or replaced by another at each character."""
    return prod(max(abs(v) if isinstance(v, int) else len(v) if hasattr(v, "__len__") else 1, 1) for v in values)


def _bounded(value: Any) -> Any:
    return value if small(value) else MISSING


def compare(op: str, left: Value, right: Value) -> object:
    """The known truth of `left op right`, or MISSING."""
    if not (left.known and right.known):
        return MISSING
    if op in ("is", "is not") and left.const is not None and right.const is not None:
        return MISSING
    return applied(_COMPARE.get(op), left.const, right.const)


def truth(value: Value) -> bool | None:
    """Whether a value counts as true, or None when that is not known."""
    if value.known:
        return bool(value.const)
    if value.items and value.type in CONTAINERS:
        return True
    return None


def unary(op: str, value: Value) -> Value:
    """`op value`."""
    if op == "not":
        known = truth(value)
        return UNKNOWN if known is None else constant(not known)
    if value.known and isinstance(value.const, (int, float)):
        result = applied(_UNARY.get(op), value.const)
        if result is not MISSING:
            return constant(result)
    if value.taints and op in ("+", "-"):  # a sign makes a number
        return Value(type="float", taints=tuple(taint.cleaned((EVERY,)) for taint in value.taints))
    return Value(taints=value.taints) if value.taints else UNKNOWN


def text(parts: list[Value]) -> Value:
    """A text made of parts, as interpolation and `+` make it."""
    if all(part.known and small(part.const) for part in parts):
        done = "".join(str(part.const) for part in parts)
        if len(done) <= MOST_SHAPE * 4:
            return constant(done)
    shape = "".join([shape_of(part) for part in parts])
    return Value(type="str", taints=_glued(parts), shape=shape[:MOST_SHAPE])


def _glued(parts: list[Value]) -> tuple[Taint, ...]:
    """The taints of a text: what does not lead upwards, and has something before it, stays below that."""
    taints = union(*(part.taints for part in parts))
    if not taints or all(LEVEL not in taint.clean for taint in taints):
        return taints
    first = next((part for part in parts if part.taints or shape_of(part)), None)
    if first is None or first.taints:
        return taints
    return tuple(taint.cleaned(PATH) if LEVEL in taint.clean else taint for taint in taints)


_DECODERS: Mapping[str, Callable[[Any], Any]] = {
    "base64.b64decode": binascii.a2b_base64,
    "base64.urlsafe_b64decode": lambda text: binascii.a2b_base64(text.translate(_URLSAFE)),
    "binascii.unhexlify": binascii.unhexlify,
    "bytes.fromhex": bytes.fromhex,
    "builtins.bytes.fromhex": bytes.fromhex,
    "builtins.bytes": lambda value: _bytes(value),
    "builtins.bytearray": lambda value: _bytes(value),
    "json.dumps": lambda value: _json(value),
}


def _bytes(value: Any) -> bytes:
    if isinstance(value, int) and value > MOST_SHAPE:
        raise ValueError("too long to know")
    return bytes(value)


def _json(value: Any) -> str:
    text = json.dumps(value)
    if len(text) > MOST_SHAPE:
        raise ValueError("too long to know")
    return text


def decoded(name: str, args: list[Value]) -> Value | None:
    """What a decoding function makes of a constant: a key in hexadecimal stays a constant."""
    function = _DECODERS.get(name)
    if function is None or not args or not args[0].known or len(args) > 2:
        return None
    value = args[0].const
    if len(args) == 2 and isinstance(value, str):
        value = applied(str.encode, value, args[1].const) if args[1].const in _ENCODINGS else MISSING
    done = applied(function, value)
    return None if done is MISSING else constant(done)


def concat(parts: list[Value]) -> Value:
    """The operands of a chain of `+`."""
    if all(part.known for part in parts):
        total: Any = parts[0].const
        for part in parts[1:]:
            total = applied(operator.add, total, part.const)
            if total is MISSING:
                break
        else:
            return lifted(total)
    if any(part.items is not None or part.type in ("list", "tuple") for part in parts):
        return _joined_lists(parts)
    if any(part.shape is not None or part.type in ("str", "bytes") for part in parts):
        return text(parts)
    taints = union(*(part.taints for part in parts))
    return Value(taints=taints, shape="".join(shape_of(p) for p in parts)) if taints else UNKNOWN


def lifted(done: Any) -> Value:
    """The value of a constant, with the elements of a list or tuple one by one."""
    if not isinstance(done, (list, tuple)):
        return constant(done)
    return collection({index: constant(value) for index, value in enumerate(done)}, type(done).__name__)


def _joined_lists(parts: list[Value]) -> Value:
    items: dict[Any, Value] = {}
    rest: Value | None = None
    for part in parts:
        if part.items is not None and part.rest is None and rest is None:
            for value in part.items.values():
                items[len(items)] = value
        else:
            found = element(part)
            rest = found if rest is None else join(rest, found)
    return collection(items, "list", rest)


def method(value: Value, name: str, args: list[Value]) -> Value | None:
    """The result of a text's method when it can be folded, else None."""
    if name in _PURE and value.known and isinstance(value.const, (str, bytes)) and all(a.known for a in args):
        coded = name in ("encode", "decode") and any(a.const not in _ENCODINGS for a in args[:1])
        done = (
            MISSING if coded else applied(_METHODS_OF[type(value.const), name], value.const, *(a.const for a in args))
        )
        if isinstance(done, _RESULTS):
            return lifted(done)
    if name in _WITH_TEXT and (value.shape is not None or value.type == "str"):
        return _WITH_TEXT[name](value, args)
    if name == "join" and len(args) == 1 and (value.type == "str" or value.shape is not None):
        return join_text(value, args[0])
    if name == "format" and value.shape is not None:
        return None
    if name in TEXT_METHODS and (value.shape is not None or value.type == "str"):
        known = value.shape if name in ("strip", "rstrip", "lstrip", "lower", "upper") else None
        return Value(type="str", taints=union(value.taints, *(a.taints for a in args)), shape=known)
    if name in ("split", "rsplit", "splitlines", "partition", "rpartition") and value.type in ("str", ""):
        if not value.taints:
            return None
        new = Value(type="list", taints=parts_of(value.taints, "?"))
        new.rest = Value(type="str", taints=new.taints)
        return new
    return None


def _text_contains(value: Value, args: list[Value]) -> Value:
    if value.known and args and args[0].known and isinstance(value.const, str) and isinstance(args[0].const, str):
        return constant(args[0].const in value.const)
    return Value(type="bool")


def _text_slice(value: Value, args: list[Value]) -> Value:
    """A stretch of a text, between positions as Python counts them."""
    bounds = [arg.const for arg in args[:2]]
    if isinstance(value.const, str) and bounds and all(isinstance(bound, int) for bound in bounds):
        return constant(value.const[slice(*(bounds if len(bounds) == 2 else (bounds[0], None)))])
    return Value(type="str", taints=parts_of(value.taints, "?"), shape=None)


_WITH_TEXT: Mapping[str, Callable[[Value, list[Value]], Value]] = {
    "contains": _text_contains,
    "slice": _text_slice,
    "concat": lambda value, args: text([value, *args]),
}
"""Operations on texts that are no methods of Python's: what they give."""


def join_text(separator: Value, joined: Value) -> Value:
    if joined.items is not None and joined.rest is None:
        parts: list[Value] = []
        for index, item in enumerate(joined.items.values()):
            parts += [separator, item] if index else [item]
        return text(parts) if parts else constant("")
    found = element(joined)
    return text([found, separator, found]) if found.taints else Value(type="str", shape=HOLE, taints=joined.taints)


def formatted(template: str, args: list[Value], kwargs: dict[str, Value]) -> Value:
    """`template.format(*args, **kwargs)`."""
    import string

    parts: list[Value] = []
    automatic = 0
    try:
        pieces = list(string.Formatter().parse(template))
    except ValueError:
        return text([constant(template), *args, *kwargs.values()])
    for literal, field, _, _ in pieces:
        if literal:
            parts.append(constant(literal))
        if field is None:
            continue
        root = field.split(".")[0].split("[")[0]
        if root == "":
            root, automatic = str(automatic), automatic + 1
        if root.isdigit():
            whole = args[int(root)] if int(root) < len(args) else UNKNOWN
        else:
            whole = kwargs.get(root, kwargs.get("", UNKNOWN))
        parts.append(_inside(whole, field))
    return text(parts)


_INDEX = re.compile(r"\w*\[([^\[\]]+)\]")


def _inside(whole: Value, field: str) -> Value:
    """What a field such as `names[0]` asks for of an argument."""
    index = _INDEX.fullmatch(field)
    if index is None or whole.items is None or whole.rest is not None:
        return whole
    return whole.items.get(int(index[1]) if index[1].isdigit() else index[1], UNKNOWN)


def same(a: Value, b: Value) -> bool:
    """Whether two values are known to be equal constants."""
    return a.known and b.known and equal(a.const, b.const)
