"""What a test has proved: noted for a value, where it stands and wherever else its origin goes."""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint.machine import Env
from deburr.engine.taint.values import EVERY, LEVEL, PATH, SIZE, Value

ALL = frozenset({EVERY, SIZE})
HOST = frozenset({"url", "redirect"})
UPLOAD = frozenset({"file-upload"})
HOST_PARTS = frozenset({"netloc", "hostname", "host"})
NORMALIZED, RELATIVE = "path-normalized", "path-relative"
"""Known of a path: it has no `..` left in it; it does not begin at the root."""
ROOTED, ONE_SLASH = "redirect-rooted", "redirect-one-slash"
"""Known of an address: it begins with a slash; it does not begin with two."""
_TOGETHER = (({LEVEL, RELATIVE}, PATH), ({ROOTED, ONE_SLASH}, frozenset({"redirect"})))
"""What is proved once all of several things are known."""


def _with(taint_clean: frozenset[str], kinds: frozenset[str]) -> frozenset[str]:
    known = taint_clean | kinds
    for needed, proved in _TOGETHER:
        if needed <= known:
            kinds = kinds | proved
    return kinds


def prove(env: Env, node: ir.Node, value: Value, kinds: frozenset[str]) -> None:
    """The value that stands at `node` is harmless for these kinds of sink from here on."""
    if not kinds or not value.taints:
        return
    if isinstance(node, ir.Name):
        env.vars[node.id] = value.with_taints(tuple(t.cleaned(_with(t.clean, kinds)) for t in value.taints))
    if isinstance(node, ir.Walrus) and isinstance(node.target, ir.Name):
        prove(env, node.target, value, kinds)
    for taint in value.taints:
        env.clean(taint.but(part="") if kinds == HOST else taint, _with(taint.clean, kinds))
