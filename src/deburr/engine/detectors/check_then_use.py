"""A file that is checked by its path and then used by the same path, which may be another file by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_CHECKS = {"os.path.exists", "os.path.isfile", "os.path.lexists", "os.path.islink", "os.access"}
_USES = {
    *("open", "builtins.open", "io.open", "os.open", "os.remove", "os.unlink", "os.rename", "os.replace"),
    *("os.chmod", "os.chown", "shutil.copy", "shutil.copyfile", "shutil.move"),
}


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """The first use of a path in a branch whose condition says that the path was there."""
    for node in ir.walk(unit.module):
        if not isinstance(node, ir.If):
            continue
        for checked in [_text(unit, call.args[0]) for call in _calls(_sure(node.test), _CHECKS, resolve)]:
            used = next((c for c in _calls(node.body, _USES, resolve) if _text(unit, c.args[0]) == checked), None)
            if used is not None:
                yield Hit("check-then-use", used, "medium", callee=resolve(used.func))


def _sure(test: ir.Node) -> list[ir.Node]:
    """What must hold for the branch to be taken."""
    return list(test.values) if isinstance(test, ir.Logic) and test.op == "and" else [test]


def _calls(nodes: list[ir.Node], names: set[str], resolve: Callable[[ir.Node], str]) -> Iterator[ir.Call]:
    """Calls of some functions, in the order of the text, that name a path; not what is denied."""
    for node in nodes:
        if isinstance(node, ir.Unary) and node.op == "not":
            continue
        for part in ir.walk(node):
            if isinstance(part, ir.Call) and part.args and resolve(part.func) in names:
                yield part


def _text(unit: Unit, node: ir.Node) -> bytes:
    return unit.data[node.start : node.end]
