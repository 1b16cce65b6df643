"""Every assertion of a program; those of tests are what tests are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_TESTS = re.compile(r"(?:^|/)(?:tests?|testing|conftest)(?:/|_|\.|$)|_test\.py$")


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each assertion outside of tests."""
    stack: list[ir.Node] = [] if _TESTS.search(unit.source.path) else [unit.module]
    while stack:
        node = stack.pop()
        if isinstance(node, ir.Function) and node.name.startswith("test"):
            continue
        if isinstance(node, ir.Assert):
            yield Hit("assertion-as-check", node, "low")
        stack.extend(ir.children(node))
