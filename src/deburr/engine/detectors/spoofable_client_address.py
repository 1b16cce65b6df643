"""Tests of an address that came in a header which any client may write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.detectors._scopes import own
from deburr.engine.hit import Hit, Unit

_HEADER = re.compile(
    r"(?i)(?:http[_-])?(?:x[_-]forwarded[_-]for|x[_-]real[_-]ip|x[_-]client[_-]ip|client[_-]ip|true[_-]client[_-]ip)"
)
_READS = frozenset({"get", "getlist", "getheader", "get_header", "getone"})
_PIECES = frozenset({"split", "strip", "rsplit", "lower", "partition", "replace", "pop"})
_TESTS = frozenset({"startswith", "endswith", "match", "fullmatch"})
_KINDS = frozenset({"is_private", "is_loopback", "is_global", "is_link_local"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each decision by an address of which only the client says that it is its own."""
    for scope in [unit.module, *(node for node in ir.walk(unit.module) if isinstance(node, ir.Function))]:
        known: set[str] = set()
        for node in own(scope):
            if isinstance(node, ir.Assign) and _reported(node.value, known):
                known.update(target.id for target in node.targets if isinstance(target, ir.Name))
            elif _decides(node, known):
                yield Hit("spoofable-client-address", node, "medium")


def _reported(node: ir.Node, known: set[str]) -> bool:
    """Whether a value is such a header, or a piece of one."""
    if isinstance(node, ir.Name):
        return node.id in known
    if isinstance(node, ir.Sub):
        return _named(node.index) or _reported(node.obj, known)
    if isinstance(node, ir.Cond):
        return _reported(node.then, known) or _reported(node.other, known)
    if isinstance(node, ir.Logic):
        return any(_reported(value, known) for value in node.values)
    if isinstance(node, ir.Call):
        if isinstance(node.func, ir.Attr) and node.func.name in _READS and node.args and _named(node.args[0]):
            return True
        if isinstance(node.func, ir.Attr) and node.func.name in _PIECES:
            return _reported(node.func.obj, known)
        last = node.func.name if isinstance(node.func, ir.Attr) else getattr(node.func, "id", "")
        return last in ("ip_address", "IPv4Address", "str") and any(_reported(arg, known) for arg in node.args)
    return False


def _named(node: ir.Node) -> bool:
    return isinstance(node, ir.Const) and isinstance(node.value, str) and bool(_HEADER.fullmatch(node.value))


def _decides(node: ir.Node, known: set[str]) -> bool:
    """Whether the address is compared, looked up in a list, or asked what kind it is."""
    if isinstance(node, ir.Compare):
        pairs = zip((node.left, *node.rights), node.ops, node.rights, strict=False)
        return any(_tells(left, op, right, known) for left, op, right in pairs)
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and node.func.name in _TESTS:
        return _reported(node.func.obj, known) or any(_reported(arg, known) for arg in node.args[1:])
    return isinstance(node, ir.Attr) and node.name in _KINDS and _reported(node.obj, known)


def _tells(left: ir.Node, op: str, right: ir.Node, known: set[str]) -> bool:
    """Whether a comparison depends on what the address is, and not only on whether there is one."""
    if op in ("in", "not in"):
        return _reported(left, known)
    if op not in ("==", "!="):
        return False
    other = right if _reported(left, known) else left if _reported(right, known) else None
    return other is not None and not (isinstance(other, ir.Const) and other.value in (None, "", "unknown"))
