"""Decisions about rights by what a client says of itself, in a cookie, a header or a parameter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.detectors._scopes import own
from deburr.engine.hit import Hit, Unit

_RIGHT = re.compile(
    r"(?i)(?:http_)?(?:x[-_])?(?:user[-_])?(?:role|is[-_]?(?:admin|staff|superuser|authenticated|authorized|logged[-_]?in)|admin|"
    r"logged[-_]?in|authenticated|authorized|privileges?|access[-_]?level|user[-_]?type|superuser)"
)
_POWER = re.compile(r"(?i)admin\w*|administrator|root|superuser|staff|owner|moderator|editor|manager|true|yes|1|on")
_FROM_CLIENT = frozenset("cookies COOKIES headers args form GET POST query_params META json data values params".split())
_READS = frozenset(
    {"get", "get_cookie", "get_secure_cookie", "get_header", "get_argument", "get_query_argument", "pop"}
)
_PLAIN = frozenset({"lower", "strip", "upper", "casefold"})
_ASKED = frozenset({"get_json", "json"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each test that a client passes by saying that it may."""
    for scope in [unit.module, *(node for node in ir.walk(unit.module) if isinstance(node, ir.Function))]:
        known: set[str] = set()
        for node in own(scope):
            if isinstance(node, ir.Assign):
                names = {target.id for target in node.targets if isinstance(target, ir.Name)}
                known = known | names if _claimed(node.value, known) else known - names
            elif isinstance(node, ir.Compare) and _decides(node, known):
                yield Hit("rights-from-client", node, "medium")


def _claimed(node: ir.Node, known: set[str]) -> bool:
    """Whether a value is what the client says of its own rights."""
    if isinstance(node, ir.Name):
        return node.id in known
    if isinstance(node, ir.Sub):
        return _right(node.index) and _of_request(node.obj)
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Attr):
        if node.func.name in _PLAIN:
            return _claimed(node.func.obj, known)
        own = node.func.name not in ("get", "pop")
        return (
            node.func.name in _READS
            and bool(node.args)
            and _right(node.args[0])
            and (own or _of_request(node.func.obj))
        )
    return False


def _right(node: ir.Node) -> bool:
    return isinstance(node, ir.Const) and isinstance(node.value, str) and bool(_RIGHT.fullmatch(node.value))


def _of_request(node: ir.Node) -> bool:
    """`request.cookies`, `self.request.GET`, `request.get_json()`."""
    if isinstance(node, ir.Call):
        return isinstance(node.func, ir.Attr) and node.func.name in _ASKED and _is_request(node.func.obj)
    return isinstance(node, ir.Attr) and node.name in _FROM_CLIENT and _is_request(node.obj)


def _is_request(node: ir.Node) -> bool:
    name = node.id if isinstance(node, ir.Name) else node.name if isinstance(node, ir.Attr) else ""
    return name in ("request", "req")


def _decides(node: ir.Compare, known: set[str]) -> bool:
    """Whether a claim is compared with a word that stands for a right."""
    for left, op, right in zip((node.left, *node.rights), node.ops, node.rights, strict=False):
        if op in ("==", "!=") and any(
            _claimed(one, known) and _powerful(other) for one, other in ((left, right), (right, left))
        ):
            return True
        if op in ("in", "not in") and _claimed(left, known) and isinstance(right, ir.Seq) and right.items:
            return all(_powerful(item) for item in right.items)
    return False


def _powerful(node: ir.Node) -> bool:
    return isinstance(node, ir.Const) and bool(_POWER.fullmatch(str(node.value)))
