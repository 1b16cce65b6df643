"""Regular expressions that take exponential time on some text; `engine.ambiguity` decides which."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.ambiguity import is_catastrophic
from deburr.engine.hit import Hit, Unit

_TAKES_PATTERN = frozenset(
    f"re.{name}" for name in "compile match fullmatch search findall finditer sub subn split".split()
) | {"builtins.RegExp"}


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:
    """Each call that is given a pattern in which some loop is ambiguous."""
    for node in ir.walk(unit.module):
        if isinstance(node, ir.Call) and node.args and resolve(node.func) in _TAKES_PATTERN:
            pattern = _text(node.args[0])
            whole = resolve(node.func) == "re.fullmatch"
            if pattern and is_catastrophic(pattern, whole=whole, verbose=_is_verbose(node)):
                yield Hit("catastrophic-regex", node, "high", callee=resolve(node.func))


def _is_verbose(call: ir.Call) -> bool:
    given = [*call.args[1:], *(value for _, value in call.kwargs)]
    return any(isinstance(p, ir.Attr) and p.name in ("X", "VERBOSE") for value in given for p in ir.walk(value))


def _text(node: ir.Node) -> str:
    """The text of a literal, or of literals that are joined."""
    if isinstance(node, ir.Const):
        value = node.value
        return value if isinstance(value, str) else value.decode("latin-1") if isinstance(value, bytes) else ""
    parts = [_text(part) for part in node.parts] if isinstance(node, (ir.Concat, ir.Format)) else [""]
    return "".join(parts) if all(parts) else ""
