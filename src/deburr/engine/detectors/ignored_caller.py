"""A function that is told who is asking, or in which role, and serves everybody alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.detectors import _unread
from deburr.engine.hit import Hit, Unit

_PERSON = (
    "user|person|member|staff|worker|employee|account|customer|client|principal|actor|caller|requester|requestor|admin|"
    "editor|viewer|author|modifier|manager|operator|agent|visitor"
)
_ASKING = re.compile(
    rf"(?:current|curr|cur)_(?:{_PERSON}|id)\w*|"
    rf"(?:acting|active|requesting|requested_by|calling|invoking|logged_in|authenticated|given|my|own)_(?:{_PERSON})\w*|"
    r"(?:requester|requestor|actor|caller|principal|initiator|acting|requesting|performed_by|initiated_by)(?:_\w+)?|"
    r"(?:\w+_)?(?:roles?|privileges?|permissions?|clearance|access_level)"
)
_IDENTITY = re.compile(rf"(?:{_PERSON})_?(?:id|uuid|identifier|name)|uid|u_id|usr_id|usr|username")
_OWNER = re.compile(r"(?:\w+_)?(?:owner|creator|author)(?:_\w+)?")


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each function that looks something up by one parameter and never mentions the one that says who is asking."""
    for node in _unread.functions(unit.module):
        unread = _unread.unread(node)
        ignored = [name for name in unread if _asks(node, name)]
        if not ignored or any(not _OWNER.fullmatch(name) for name in unread if name not in ignored):
            continue
        others = {param.name for param in node.params} - set(unread) - {"self", "cls"}
        found = _unread.looked_up(node, others)
        if found is not None:
            yield Hit(
                "ignored-caller", found, "medium", f"`{node.name}` is told `{ignored[0]}` and serves everybody alike"
            )


def _asks(node: ir.Function, name: str) -> bool:
    """Whether a parameter says who is asking: by its name, or by being an identity that stands before all others."""
    own = [param.name for param in node.params if param.name not in ("self", "cls")]
    return bool(_ASKING.fullmatch(name) or (own[0] == name and _IDENTITY.fullmatch(name)))
