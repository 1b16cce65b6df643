"""What the names of a text stand for, as far as its imports tell: {"np": "numpy", "run": "subprocess.run"}."""

from __future__ import annotations

from collections.abc import Callable

from deburr.engine import ir
from deburr.engine.hit import Unit
from deburr.engine.rulebook import Facts, Rulebook


def bindings(module: ir.Module) -> dict[str, str]:
    """Every imported name of a text, wherever it is imported, with its full name."""
    found: dict[str, str] = {}
    for node in ir.walk(module):
        if isinstance(node, ir.Import):
            for full, local in node.names:
                if local != "*":
                    found.setdefault(local, full)
    return found


def resolver(unit: Unit, rulebook: Rulebook) -> Callable[[ir.Node], str]:
    """A function that gives the full dotted name of a Name, an Attr or a call's function, or ""."""
    facts = rulebook.facts.get(unit.source.language, Facts())
    roots = frozenset(facts.roots)

    def resolve(node: ir.Node) -> str:
        parts: list[str] = []
        while isinstance(node, ir.Attr):
            parts.append(node.name)
            node = node.obj
        if not isinstance(node, ir.Name):
            return ""
        first = unit.names.get(node.id) or facts.conventions.get(node.id) or (node.id if node.id in roots else "")
        if not first:
            first = f"builtins.{node.id}" if not parts else ""
        return ".".join([first, *reversed(parts)]) if first else ""

    return resolve
