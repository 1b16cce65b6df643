"""What the names of a text stand for, as far as its imports tell: {"np": "numpy", "run": "subprocess.run"}."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from deburr.engine import ir
from deburr.engine.hit import Unit
from deburr.engine.languages import describe
from deburr.engine.rulebook import Facts, Rulebook


def bindings(module: ir.Module) -> dict[str, str]:
    """Every imported name of a text, wherever it is imported, with its full name."""
    found: dict[str, str] = {}
    for node in _statements(module):
        if isinstance(node, ir.Import):
            for full, local in node.names:
                if local != "*":
                    found.setdefault(local, full)
    return found


def _statements(module: ir.Module) -> Iterator[ir.Node]:
    """All statements, those inside others too, in the order of the text."""
    stack: list[ir.Node] = [module]
    while stack:
        node = stack.pop()
        yield node
        for name in _blocks(node.fields):
            stack += getattr(node, name)[::-1]


@cache
def _blocks(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the fields that hold statements, the last first."""
    return tuple(name for name in fields[::-1] if name in ("body", "orelse", "handlers", "final", "cases"))


def resolver(unit: Unit, rulebook: Rulebook) -> Callable[[ir.Node], str]:
    """A function that gives the full dotted name of a Name, an Attr or a call's function, or ""."""
    facts = rulebook.facts.get(describe(unit.source.language).facts, Facts())
    roots = frozenset(facts.roots)

    def resolve(node: ir.Node) -> str:
        parts: list[str] = []
        while isinstance(node, ir.Attr):
            parts.append(node.name)
            node = node.obj
        if isinstance(node, ir.Imported):
            return ".".join([node.full, *reversed(parts)])
        if not isinstance(node, ir.Name):
            return ""
        first = unit.names.get(node.id) or facts.conventions.get(node.id) or (node.id if node.id in roots else "")
        if not first:
            first = f"builtins.{node.id}" if not parts else ""
        return ".".join([first, *reversed(parts)]) if first else ""

    return resolve
