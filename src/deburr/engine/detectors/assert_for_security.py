"""`assert` as the only guard of something: it is gone when Python runs with -O."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_GUARD = re.compile(
    r"is_(?:admin|staff|superuser|authenticated|authorized|owner|allowed|valid_(?:token|signature))"
    r"|(?:has|check)_(?:perm|perms|permission|permissions|role|access|password|token|signature)"
    r"|verify\w*|compare_digest|authenticate|authorize|can_(?:edit|delete|view|access|write)|current_user|csrf\w*"
)


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each assertion that asks who somebody is or what they may do, outside of tests."""
    if re.search(r"(?:^|/)(?:tests?|conftest)(?:/|_|\.|$)|_test\.py$", unit.source.path):
        return
    stack: list[ir.Node] = [unit.module]
    while stack:
        node = stack.pop()
        if isinstance(node, ir.Function) and node.name.startswith("test"):
            continue
        if isinstance(node, ir.Assert) and _guards(node.test):
            yield Hit("assert-for-security", node, "medium")
        stack.extend(ir.children(node))


def _guards(test: ir.Node) -> bool:
    for part in ir.walk(test):
        name = part.id if isinstance(part, ir.Name) else part.name if isinstance(part, ir.Attr) else ""
        if _GUARD.fullmatch(name):
            return True
    return False
