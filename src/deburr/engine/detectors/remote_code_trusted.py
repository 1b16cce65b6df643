"""`trust_remote_code=True` in any call or mapping: every loader of model hubs takes it, under many names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_FLAG = "trust_remote_code"


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """Each call or mapping that lets a model's repository run its code, unless the revision is pinned."""
    for node in ir.walk(unit.module):
        if isinstance(node, ir.Call):
            given = dict(node.kwargs)
            fact = {"kind": "remote-code-trusted", "fix": {"drop": [_FLAG], "title": "Refuse the repository's code"}}
            name = resolve(node.func)
            if _on(given.get("trust_repo")) and name == "torch.hub.load":
                yield Hit("remote-code-trusted", node, "high", callee=name)
            if _on(given.get(_FLAG)) and not _pinned(given):
                yield Hit("remote-code-trusted", node, "high", callee=name, fact=fact)
        elif isinstance(node, ir.Dict):
            given = {
                key.value: value
                for key, value in node.items
                if isinstance(key, ir.Const) and isinstance(key.value, str)
            }
            if _on(given.get(_FLAG)) and not _pinned(given):
                yield Hit("remote-code-trusted", node, "high")


def _on(node: ir.Node | None) -> bool:
    return isinstance(node, ir.Const) and node.value is True


def _pinned(given: dict[str, ir.Node]) -> bool:
    """Whether one commit is named, so that the code cannot change after it was read."""
    revision = given.get("code_revision") or given.get("revision")
    return isinstance(revision, ir.Const) and isinstance(revision.value, str) and len(revision.value) >= 7
