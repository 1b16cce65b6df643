"""Every text that stands under a credential's name, for a reader to judge."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit
from deburr.engine.secrets.paths import fixture

_NAME = re.compile(
    r"(?i)passw|passphrase|passcode|(?:^|_)pwd|secret|token|api_?key|access_?key|private_?key|credential"
)
_REFERENCE = re.compile(r"SecretId|[Ss]ecret_?[Nn]ame")
"""By these a store of secrets is asked for one."""

Named = tuple[str, ir.Node | None, ir.Node]
"""A name, the value that stands under it, and the node to report."""


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each constant text that is given such a name; in tests they are invented."""
    if fixture(unit.source.path):
        return
    for node in ir.walk(unit.module):
        for name, value, where in _named(node):
            if _credential(name) and isinstance(value, ir.Const) and isinstance(value.value, str) and value.value:
                hit = Hit("credential-named-text", where, "low")
                hit.argument, hit.worth = value, "literal"
                yield hit


def _credential(name: str) -> bool:
    return _NAME.search(name) is not None and not _REFERENCE.fullmatch(name)


def _named(node: ir.Node) -> Iterator[Named]:
    """The values that a node gives names to."""
    if isinstance(node, ir.Assign):
        yield from ((_name(target), node.value, node) for target in node.targets)
    elif isinstance(node, ir.Call):
        yield from ((name, value, node) for name, value in node.kwargs)
    elif isinstance(node, ir.Function):
        yield from ((param.name, param.default, param) for param in node.params)
    elif isinstance(node, ir.Dict):
        yield from ((_name(key), value, value) for key, value in node.items if key is not None)
    elif isinstance(node, ir.Compare) and node.ops[0] in ("==", "!="):
        yield _name(node.left), node.rights[0], node


def _name(node: ir.Node) -> str:
    if isinstance(node, ir.Sub):
        node = node.index
    said = getattr(node, "id", "") or getattr(node, "name", "") or getattr(node, "value", "")
    return said if isinstance(said, str) else ""
