"""What a function of the text proves about its arguments by coming to its end, or by what it answers.

`check(name)` that raises, and `is_known(name)` that is true, are guards like those of a library.
"""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint import guards
from deburr.engine.taint.fold import truth
from deburr.engine.taint.machine import Cleaned, Env, Frame, Machine
from deburr.engine.taint.values import Value

_TESTS = (ir.Compare, ir.Logic, ir.Unary, ir.Call)


def left(m: Machine, answer: ir.Node | None, value: Value, env: Env) -> None:
    """Note in what state a function is left, and what would follow from its answer being true, or false."""
    if not m.frame.called or m.quiet or m.frame.yields:
        return
    proved, known = _all(env), truth(value)
    either: list[Cleaned | None] = []
    for wanted in (True, False):
        if known is not None and known is not wanted:
            either.append(None)
            continue
        branch = Env(env)
        if known is None and isinstance(answer, _TESTS):
            guards.refine(m, answer, wanted, branch)
        either.append(_both(proved, branch.cleans))
    m.frame.exits.append((either[0], either[1]))


def common(frame: Frame) -> tuple[Cleaned, Cleaned, Cleaned]:
    """What is proved when the answer was true, when it was false, and whatever it was."""
    if frame.yields:
        return {}, {}, {}
    yes = [true for true, _ in frame.exits if true is not None]
    no = [false for _, false in frame.exits if false is not None]
    return _shared(yes), _shared(no), _shared(yes + no)


class Told:
    """What a variable tells by being true or false: what was proved wherever it became so."""

    __slots__ = ("if_false", "if_true")

    def __init__(self, if_true: Cleaned, if_false: Cleaned) -> None:
        self.if_true, self.if_false = if_true, if_false


_MOST_TOLD = 16


def told(env: Env, branches: list[Env]) -> dict[str, Value]:
    """By variable that differs between branches: what follows from its being true, or false, after them."""
    if not any(branch.cleans for branch in branches) and not any(name[0] == "?" for name in env.vars):
        return {}
    found: dict[str, Value] = {}
    names = [name for name in {name: None for branch in branches for name in branch.vars} if name.isidentifier()]
    for name in names[:_MOST_TOLD]:
        values = [branch.vars.get(name) or env.get(name) for branch in branches]
        truths = [truth(value) if value is not None else None for value in values]
        before = env.get(f"?{name}")
        known = before.function if before is not None and isinstance(before.function, Told) else Told({}, {})
        if any(one is not None for one in truths) and truths.count(truths[0]) < len(truths):
            yes = _shared(
                [_both(b.cleans, known.if_true) for b, t in zip(branches, truths, strict=True) if t is not False]
            )
            no = _shared(
                [_both(b.cleans, known.if_false) for b, t in zip(branches, truths, strict=True) if t is not True]
            )
            if yes or no:
                found[f"?{name}"] = Value().but(function=Told(yes, no))
    return found


def _all(env: Env) -> Cleaned:
    found: Cleaned = {}
    one: Env | None = env
    while one is not None:
        found = _both(found, one.cleans) if one.cleans else found
        one = one.parent
    return found


def _both(a: Cleaned, b: Cleaned) -> Cleaned:
    return {key: a.get(key, frozenset()) | b.get(key, frozenset()) for key in {**a, **b}}


def _shared(several: list[Cleaned]) -> Cleaned:
    if not several:
        return {}
    first, *others = several
    shared = {key: first[key].intersection(*(one.get(key, ()) for one in others)) for key in first}
    return {key: kinds for key, kinds in shared.items() if kinds}
