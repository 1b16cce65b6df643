"""What well-known functions and methods give for constants: decoding, joining, reversing, replacing.

What comes in: a function's last name and constants. What goes out: a constant, or None when it is not known. The
invariant: nothing raises, and nothing grows beyond `MOST` characters.
"""

from __future__ import annotations

import binascii
import codecs
import re
import string
import zlib
from base64 import b32decode, b85decode
from collections.abc import Callable, Mapping, Sequence
from html import unescape
from typing import Any

from deburr.engine.secrets.checks import decoded

MOST = 16_384
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_ENCODINGS = frozenset("utf-8 utf8 utf_8 ascii us-ascii latin-1 latin1 iso-8859-1 binary utf-16 utf-16le".split())
_FAILS = (TypeError, ValueError, ArithmeticError, LookupError, AttributeError, zlib.error, binascii.Error)


def call(name: str, args: Sequence[Any]) -> Any:
    """What a function of this name gives."""
    return _bounded(_FUNCTIONS.get(name), args)


def decode(name: str, args: Sequence[Any]) -> Any:
    """What a function of `DECODING` gives."""
    return _bounded(DECODING[name], args)


def method(receiver: Any, name: str, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """What a method of this name of a constant gives."""
    if name == "format" and isinstance(receiver, str):
        return _bounded(_formatted, (receiver, args, named))
    if isinstance(receiver, (str, bytes)) and name in _SAME:
        return _bounded(getattr(receiver, name, None), args)
    if name in _METHODS:
        return _bounded(_METHODS[name], (receiver, *args))
    return None


def _bounded(function: Callable[..., Any] | None, args: Sequence[Any]) -> Any:
    if function is None or sum(len(arg) for arg in args if hasattr(arg, "__len__")) > MOST:
        return None
    if any(isinstance(arg, int) and abs(arg) > 0x10FFFF for arg in args):
        return None
    try:
        done = function(*args)
    except _FAILS:
        return None
    return None if hasattr(done, "__len__") and len(done) > MOST else done


def _as_bytes(value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _base64(value: Any, *_: Any) -> bytes | None:
    return decoded("".join(_as_bytes(value).decode().split()))


def _hex(value: Any) -> bytes:
    return binascii.unhexlify("".join(_as_bytes(value).decode().split()))


def _characters(*codes: Any) -> str:
    return "".join(map(chr, codes))


def _bytes(value: Any = b"", encoding: str = "utf-8", *_: Any) -> bytes:
    if isinstance(value, int):
        raise TypeError("a size, not a value")
    return value.encode(encoding) if isinstance(value, str) else bytes(value)


def _text(value: Any = "", encoding: str = "utf-8", *_: Any) -> str | None:
    if isinstance(value, bytes):
        return _decode(value, encoding)
    return str(value) if isinstance(value, (str, int, float)) and not isinstance(value, bool) else None


def _codec(value: Any, name: str = "utf-8", *_: Any) -> Any:
    plain = name.lower().replace("-", "").replace("_", "")
    if plain == "rot13":
        return codecs.decode(value, "rot13")
    if plain in ("hex", "hexcodec"):
        return _hex(value)
    return _base64(value) if plain.startswith("base64") else _decode(value, name)


def _decode(value: Any, name: str = "utf-8", *_: Any) -> str | None:
    if name.lower() in ("base64", "hex"):
        return None
    return value.decode(name) if name.lower() in _ENCODINGS else None


def _buffer(value: Any, encoding: str = "utf8", *_: Any) -> bytes | None:
    if isinstance(value, list):
        return bytes(value)
    if encoding in ("base64", "base64url"):
        return _base64(value)
    return _hex(value) if encoding == "hex" else _as_bytes(value)


def _unzipped(value: Any, *_: Any) -> bytes:
    return zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(value, MOST)


def _unquoted(value: Any, *_: Any) -> str:
    return _PERCENT.sub(lambda match: chr(int(match[1], 16)), value)


def _listed(value: Any = ()) -> list[Any]:
    return list(value)


def _reversed(value: Any) -> list[Any]:
    return list(value)[::-1]


def _joined(value: Any, other: Any = ",") -> Any:
    """`"".join(parts)` and `parts.join("")`."""
    glue, parts = (other, value) if isinstance(value, list) else (value, other)
    return glue.join([str(part) if isinstance(glue, str) else part for part in parts])


def _formatted(template: str, args: Sequence[Any], named: Mapping[str, Any]) -> str:
    out: list[str] = []
    number = 0
    for literal, field, _, _ in string.Formatter().parse(template):
        out.append(literal)
        if field is None:
            continue
        if not field:
            field, number = str(number), number + 1
        out.append(str(args[int(field)] if field.isdigit() else named[field]))
    return "".join(out)


def _replaced(value: Any, old: Any, new: Any, *_: Any) -> Any:
    return value.replace(old, new) if isinstance(old, type(value)) and old else None


def _sliced(value: Any, start: int = 0, stop: int | None = None) -> Any:
    return value[start:stop]


def _substring(value: str, start: int, stop: int | None = None) -> str:
    return value[max(start, 0) : stop if stop is None else max(stop, 0)]


def _translated(value: Any, table: Any, *_: Any) -> Any:
    return value.translate(table)


def _to_string(value: Any, encoding: str = "utf8", *_: Any) -> str | None:
    return _decode(value, encoding) if isinstance(value, bytes) else _text(value)


def _split(value: Any, separator: Any = None, *_: Any) -> list[Any]:
    return list(value) if separator in ("", b"") else value.split(separator)


def _together(value: Any, *more: Any) -> Any:
    if isinstance(value, list):
        return [*value, *(one for part in more for one in (part if isinstance(part, list) else [part]))]
    return value + "".join(map(str, more))


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("b64decode", "urlsafe_b64decode", "standard_b64decode", "decodebytes", "a2b_base64"), _base64),
    **dict.fromkeys(("fromhex", "unhexlify", "a2b_hex", "b16decode"), _hex),
    **dict.fromkeys(("chr", "fromCharCode", "fromCodePoint"), _characters),
    **dict.fromkeys(("bytes", "bytearray"), _bytes),
    **dict.fromkeys(("unquote", "unquote_plus", "decodeURIComponent", "decodeURI"), _unquoted),
    **dict.fromkeys(("list", "tuple"), _listed),
    "atob": lambda value: (_base64(value) or b"").decode("latin-1") or None,
    "b32decode": lambda value, *_: b32decode(value),
    "b85decode": lambda value, *_: b85decode(value),
    "decompress": _unzipped,
    "maketrans": str.maketrans,
    "ord": ord,
    "reversed": _reversed,
    "str": _text,
    "String": _text,
    "unescape": lambda value: unescape(_unquoted(value)),
}
_SAME = frozenset(
    "strip lstrip rstrip lower upper title capitalize swapcase casefold removeprefix removesuffix encode".split()
)
_METHODS: Mapping[str, Callable[..., Any]] = {
    "concat": _together,
    "decode": _decode,
    "join": _joined,
    "replace": _replaced,
    "replaceAll": _replaced,
    "reverse": lambda value: value[::-1] if isinstance(value, list) else None,
    "slice": _sliced,
    "split": _split,
    "substring": _substring,
    "toLowerCase": str.lower,
    "toString": _to_string,
    "toUpperCase": str.upper,
    "translate": _translated,
    "trim": str.strip,
}
DECODING: Mapping[str, Callable[..., Any]] = {"codecs.decode": _codec, "Buffer.from": _buffer, "Array.from": _listed}
"""Functions that are known by more than their last name."""
