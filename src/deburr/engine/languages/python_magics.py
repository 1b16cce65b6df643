"""IPython's magics: shell lines, line and cell magics, help requests, and stray code fences.

They are no Python, so each is written over with a name of the same length before the text is parsed; offsets and
lines stay where they are. What it stands for is put in place of that name afterwards, as the call of `get_ipython()`
that IPython itself makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from deburr.engine import ir

_TOKEN = re.compile(
    rb"""
      (?P<skip>\#[^\n]* | \"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z) | '''(?:[^\\]|\\.)*?(?:'''|\Z)
        | "(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?)
    | (?P<open>[(\[{]) | (?P<close>[)\]}])
    | (?P<line>(?:\A|\n)[ \t]*(?=%%?[A-Za-z_]|%%!|!(?!=)|\?|```|[\w.]+\?\??[ \t\r]*(?:\n|\Z)))
    | (?P<value>(?<![=!<>])=[ \t]*(?=!(?!=)|%[A-Za-z_]))
    """,
    re.S | re.X,
)
_MAYBE = re.compile(rb"^[ \t]*(?:[%!?]|```)|=[ \t]*[!%]|\?[ \t\r]*$", re.M)
_LINE = re.compile(rb"(?:[^\n\\]|\\\r?\n|\\.)*")
_WORD = re.compile(rb"(%%?)([A-Za-z_]\w*|!)[ \t]*")
_CELL_END = re.compile(rb"^# ?(?:%%|In ?\[)", re.M)
_HOLE = re.compile(r"\{\{|\}\}|\$\$|\{([^{}\n]+)\}|\$([A-Za-z_][A-Za-z0-9_.]*)")

_SHELLS = frozenset({"bash", "sh", "script", "sx", "system", "!", "zsh", "cmd"})
_PYTHON_CELLS = frozenset(
    {"time", "timeit", "capture", "prun", "memit", "mprun", "python", "python3", "pypy", "snakeviz"}
)
_PYTHON_LINES = frozenset({"time", "prun", "memit", "timeit"})

Parse = Callable[[int, int], ir.Node | None]
"""Lowers the expression between two offsets; None when that is none."""


class Magic(NamedTuple):
    """One magic: the method of `get_ipython()`, its leading constant arguments, and the text it is given."""

    start: int
    end: int
    method: str
    names: tuple[str, ...]
    text: tuple[int, int]
    body: bool
    """The text is a cell's body, in which IPython replaces nothing."""


def prepare(data: bytes, readable: bytes) -> tuple[bytes, dict[int, Magic]]:
    """The bytes without magics, and what stood at the offsets of the names that replace them."""
    found: dict[int, Magic] = {}
    if not _MAYBE.search(data):
        return readable, found
    clean = bytearray(readable)
    depth = at = 0
    while token := _TOKEN.search(data, at):
        at = token.end()
        kind = token.lastgroup
        if kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind in ("line", "value"):
            inside = depth and not data.startswith((b"!", b"%%", b"```"), at)
            if inside or data.endswith((b"\\", b"\\\r"), 0, token.start()):
                continue
            at = _take(data, at, clean, found)
    return bytes(clean), found


def _take(data: bytes, start: int, clean: bytearray, found: dict[int, Magic]) -> int:
    """Replaces the magic at an offset and says where it ends."""
    line = _LINE.match(data, start)
    end = line.end() if line else start
    end = start + len(data[start:end].rstrip())
    word = _WORD.match(data, start, end)
    if data.startswith(b"```", start):
        clean[start:end] = b" " * (end - start)
        return end
    name = word[2].decode() if word else ""
    if word and word[1] == b"%" and name in _PYTHON_LINES and not data.startswith(b"-", word.end()):
        clean[start : word.end()] = b" " * (word.end() - start)
        return word.end()
    magic = _cell(data, start, end, word) if word and word[1] == b"%%" else _single(data, start, end, word)
    found[start] = magic
    clean[start:end] = b"_" * (end - start)
    for offset in range(start, magic.end):
        if data[offset] in b"\r\n" or offset >= end:
            clean[offset] = 10 if data[offset] == 10 else 32
    _join(data, start, end, clean)
    return magic.end


def _join(data: bytes, start: int, end: int, clean: bytearray) -> None:
    """A magic over several lines is a name in its first line and nothing in the others."""
    newline = data.find(b"\n", start, end)
    if newline >= 0:
        rest = data[newline:end].split(b"\n")
        clean[newline:end] = b"\n".join(b" " * len(piece) for piece in rest)


def _cell(data: bytes, start: int, end: int, word: re.Match[bytes]) -> Magic:
    name = word[2].decode()
    arguments = data[word.end() : end].decode("utf-8", "replace")
    if name in _PYTHON_CELLS:
        return Magic(start, end, "run_cell_magic", (name, arguments), (end, end), True)
    separator = _CELL_END.search(data, end)
    stop = separator.start() if separator else len(data)
    body = (min(end + 1, stop), stop)
    if name in _SHELLS:
        return Magic(start, stop, "system", (), body, True)
    return Magic(start, stop, "run_cell_magic", (name, arguments), body, True)


def _single(data: bytes, start: int, end: int, word: re.Match[bytes] | None) -> Magic:
    if data.startswith(b"!", start):
        first = start + (2 if data.startswith(b"!!", start) else 1)
        return Magic(start, end, "system", (), (first, end), False)
    if word is None:
        text = data[start:end].strip(b"? \t").decode("utf-8", "replace")
        return Magic(start, end, "run_line_magic", ("pinfo", text), (end, end), True)
    name = word[2].decode()
    if name in _SHELLS:
        return Magic(start, end, "system", (), (word.end(), end), False)
    return Magic(start, end, "run_line_magic", (name,), (word.end(), end), False)


def restore(module: ir.Module, data: bytes, found: dict[int, Magic], parse: Parse) -> None:
    """Puts the calls where `prepare` left names."""
    for node in ir.walk(module):
        if isinstance(node, (ir.Expr, ir.Assign)) and isinstance(node.value, ir.Name):
            magic = found.get(node.value.start)
            if magic is not None:
                node.value = _call(magic, data, parse)
                node.end = max(node.end, magic.end)


def _call(magic: Magic, data: bytes, parse: Parse) -> ir.Node:
    start, end = magic.start, magic.end
    shell = ir.Call(start, start, ir.Name(start, start, "get_ipython"), [], [])
    args: list[ir.Node] = [ir.Const(start, start, name) for name in magic.names]
    if magic.text[0] < magic.text[1] or len(args) < 2:
        args.append(_text(magic, data, parse))
    return ir.Call(start, end, ir.Attr(start, start, shell, magic.method), args, [])


def _text(magic: Magic, data: bytes, parse: Parse) -> ir.Node:
    start, end = magic.text
    text = data[start:end].decode("utf-8", "replace")
    if magic.body:
        return ir.Const(start, end, text)
    parts: list[ir.Node] = []
    literal, at = "", 0
    place = start

    def flush(stop: int) -> None:
        if literal:
            parts.append(ir.Const(place, stop, literal))

    for hole in _HOLE.finditer(text):
        low = start + len(text[: hole.start()].encode())
        high = low + len(hole[0].encode())
        value = _hole(hole, low, high, parse)
        literal += text[at : hole.start()]
        at = hole.end()
        if value is None:
            literal += hole[0][1:] if hole[0] in ("{{", "}}", "$$") else hole[0]
            continue
        flush(low)
        parts.append(value)
        literal, place = "", high
    literal += text[at:]
    flush(end)
    if magic.method == "system" or any(not isinstance(part, ir.Const) for part in parts):
        return ir.Format(start, end, parts, "f")
    return ir.Const(start, end, text)


def _hole(hole: re.Match[str], low: int, high: int, parse: Parse) -> ir.Node | None:
    if hole[1] is not None:
        return parse(low + 1, high - 1)
    if hole[2] is not None and not hole[2].endswith("."):
        return parse(low + 1, high)
    return None
