"""Tests of an address that another can pass: an ending without its dot, a beginning without its slash, a bare dot."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_TOP = r"(?:com|org|net|edu|gov|io|dev|app|info|biz)"
_ENDING = re.compile(rf"[\w-]+(?:\.[\w-]+)*\.{_TOP}/?|\.{_TOP}/?")
_BEGINNING = re.compile(rf"https?://[\w-]+(?:\.[\w-]+)*\.{_TOP}")
_INSIDE = re.compile(rf"(?:https?://)?[\w-]+(?:\.[\w-]+)*\.{_TOP}/?")
_BARE_DOT = re.compile(rf"[\w)\]]\.{_TOP}(?![\w@-]|\\.)")
_PLURAL = re.compile(r"[^s]s$", re.IGNORECASE)
_COMMENT = re.compile(r"\s#[^\n]*")
_ADDRESS = re.compile(r"(?i)ur[il]|link|href|host|domain|origin|referr?er|netloc|site|address|mail")
_TAKES_PATTERN = frozenset(f"re.{name}" for name in "compile match fullmatch search".split()) | {"builtins.RegExp"}


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """Each test that an address of somebody else can pass."""
    for node in ir.walk(unit.module):
        if isinstance(node, ir.Compare):
            yield from _contained(node)
        elif isinstance(node, ir.Call) and node.args:
            if resolve(node.func) in _TAKES_PATTERN:
                if any(_BARE_DOT.search(_COMMENT.sub("", text)) for text in _texts(node.args[0])):
                    yield Hit("incomplete-host-check", node, "medium", "the pattern's bare dot matches any character")
            elif isinstance(node.func, ir.Attr) and node.func.name.lower() in ("startswith", "endswith"):
                yield from _at_an_end(node, node.func)


def _at_an_end(node: ir.Call, method: ir.Attr) -> Iterator[Hit]:
    """`address.endswith("example.com")`, `address.startswith("https://example.com")`."""
    shape, what = (_ENDING, "dot") if method.name.lower() == "endswith" else (_BEGINNING, "slash")
    if _is_address(method.obj) and any(shape.fullmatch(text) for text in _texts(node.args[0])):
        where = "before" if what == "dot" else "after"
        yield Hit("incomplete-host-check", node, "medium", f"the name of the host has no {what} {where} it")


def _contained(node: ir.Compare) -> Iterator[Hit]:
    """`"example.com" in address`."""
    for op, right in zip(node.ops, node.rights, strict=True):
        if op in ("in", "not in") and _is_address(right) and any(_INSIDE.fullmatch(text) for text in _texts(node.left)):
            yield Hit("incomplete-host-check", node, "low", "the name of the host may stand anywhere in the address")


def _is_address(node: ir.Node) -> bool:
    """Whether something is called an address, or is got from what is."""
    while isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and not node.args:
        node = node.func.obj
    name = node.id if isinstance(node, ir.Name) else node.name if isinstance(node, ir.Attr) else ""
    return bool(_ADDRESS.search(name)) and not _PLURAL.search(name)


def _texts(node: ir.Node) -> Iterator[str]:
    """The text of a literal, or the texts of a tuple."""
    for part in node.items if isinstance(node, ir.Seq) else [node]:
        if isinstance(part, ir.Const) and isinstance(part.value, str):
            yield part.value
