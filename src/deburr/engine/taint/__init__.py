"""The one interpreter: a lowered text in, the places out where a value arrives that must not.

It runs the top level, then every function as the outside may call it. Branches are followed separately, constants are
folded, containers are known element by element; a budget in steps ends it, so that the same text always gives the same
result.
"""

from __future__ import annotations

import re

from deburr.engine import ir
from deburr.engine.depth import LIMITS, is_apart, prune
from deburr.engine.hit import Hit, Unit
from deburr.engine.languages import describe
from deburr.engine.rulebook import Rulebook
from deburr.engine.taint import calls, declared, definitions, expressions, statements
from deburr.engine.taint.linking import Links
from deburr.engine.taint.machine import Closure, Env, Machine, OutOfBudget
from deburr.engine.taint.values import MISSING

_MOST_ENTRIES = 12
"""How often a function is run as the outside may call it: once for each time it was made, which may be in a loop."""
_EXPRESSIONS = {**expressions.TABLE, ir.Call: calls.call}


def analyze(unit: Unit, rulebook: Rulebook, links: Links | None = None) -> tuple[list[Hit], str]:
    """The hits in a text, and why the analysis ended early, or ""."""
    try:
        return _analyze(unit, rulebook, links)
    except RecursionError:
        if not is_apart():
            raise
    for limit in LIMITS:
        prune(unit.module, limit)
        try:
            hits, _ = _analyze(unit, rulebook, None)
        except RecursionError:
            continue
        return hits, f"the analysis came too deep: what nests deeper than {limit} levels was left out"
    return [], "the analysis came too deep"


def _analyze(unit: Unit, rulebook: Rulebook, links: Links | None) -> tuple[list[Hit], str]:
    m = Machine(unit, rulebook, describe(unit.source.language))
    m.expressions, m.statements, m.apply = _EXPRESSIONS, statements.TABLE, calls.apply
    m.links = links
    imported = {
        full.split(".")[0] for node in unit.module.body if isinstance(node, ir.Import) for full, _ in node.names
    }
    m.settings_of = "django" if imported & {"django", "rest_framework"} else ""
    m.settings = "settings" in unit.source.path or m.settings_of == "django" or b"INSTALLED_APPS" in unit.data
    try:
        _top(m, unit.module.body, m.module)
        _entries(m)
    except OutOfBudget:
        return list(m.hits.values()), "the analysis ran out of its step budget"
    return list(m.hits.values()), ""


def _top(m: Machine, body: list[ir.Node], env: Env) -> None:
    """Run the top level; a `return` or `exit` there ends nothing, since the text may be a fragment."""
    for node in body:
        m.block([node], env)
    shared = _shared(m)
    for name, value in env.vars.items():
        env.vars[name] = value.but(const=MISSING) if name in shared and value.known else declared.opened(value)


def _shared(m: Machine) -> set[str]:
    """The variables of the top level that functions give other values."""
    if b"global " not in m.unit.data:
        return set()
    said = b",".join(_GLOBAL.findall(m.unit.data)).decode("utf-8", "replace")
    return {name.strip() for name in said.split(",")}


_GLOBAL = re.compile(rb"^[ \t]+global[ \t]+([^\n#;]+)", re.MULTILINE)
"""A statement inside a function that may not have been read."""


def _entries(m: Machine) -> None:
    """Run every function of the text, constructors first; functions defined inside come after those around them."""
    done = 0
    while done < len(m.entries):
        batch = sorted(m.entries[done:], key=_order)
        done = len(m.entries)
        for made in batch:
            if _worth_entering(m, made) and not _private_and_called(m, made):
                m.entered[id(made.node)] = m.entered.get(id(made.node), 0) + 1
                definitions.enter(m, made)


def _order(made: Closure) -> int:
    """Constructors come first, and last what the text keeps to itself, which is mostly called by then."""
    return 0 if made.node.name == ir.CONSTRUCTOR else 2 if _hidden(made) else 1


def _hidden(made: Closure) -> bool:
    name = made.node.name
    return not name or (name.startswith(("_", "#")) and not name.endswith("__"))


def _worth_entering(m: Machine, made: Closure) -> bool:
    """Whether the function was read at all, and can lead to a finding."""
    entered = m.unit.entered
    if m.entered.get(id(made.node), 0) >= _MOST_ENTRIES:
        return False
    return entered is None or made.node.start in entered or _short(made)


def _short(made: Closure) -> bool:
    """Whether a function is no more than an expression, which nobody looks for."""
    return not made.node.name and len(made.node.body) == 1 and isinstance(made.node.body[0], ir.Return)


def _private_and_called(m: Machine, made: Closure) -> bool:
    """Whether all that calls a function has been seen to call it already."""
    return id(made.node) in m.called and _hidden(made) and made.handler is None
