"""Variables: their values in one branch of one function, and what guards have proved about them there."""

from __future__ import annotations

from deburr.engine.taint.values import UNKNOWN, Taint, Value, join

Origin = object
Cleaned = dict[Origin, frozenset[str]]
"""By (origin, part): for which kinds of sink a guard has proved it harmless."""


class Env:
    """Variables of one branch of one function: its own changes, over those of the branch around it."""

    __slots__ = ("cleans", "parent", "vars")

    def __init__(self, parent: Env | None = None) -> None:
        self.vars: dict[str, Value] = {}
        self.parent = parent
        self.cleans: Cleaned = {}
        """Origins that a guard has proved harmless, for which kinds of sink."""

    def own(self) -> Env:
        """The branch of the function that this is in, when it is only the part of an expression."""
        return self

    def get(self, name: str) -> Value | None:
        env: Env | None = self
        while env is not None:
            value = env.vars.get(name)
            if value is not None:
                return value
            env = env.parent
        return None

    def scrub(self, value: Value) -> Value:
        """The value with every taint cleaned that a guard has proved harmless."""
        if not value.taints:
            return value
        env: Env | None = self
        taints = value.taints
        while env is not None:
            if env.cleans:
                taints = tuple(_scrubbed(taint, env.cleans) for taint in taints)
            env = env.parent
        return value.with_taints(taints)

    def clean(self, taint: Taint, kinds: frozenset[str]) -> None:
        """A guard has proved this piece of an origin harmless; all pieces, when it is the whole."""
        self._clean((taint.origin, taint.part), kinds)

    def prove(self, proved: Cleaned) -> None:
        """A function has proved these origins harmless."""
        for key, kinds in proved.items():
            self._clean(key, kinds)

    def _clean(self, key: Origin, kinds: frozenset[str]) -> None:
        self.cleans[key] = self.cleans.get(key, frozenset()) | kinds

    def absorb(self, branches: list[Env]) -> None:
        """Go on with what may hold after any one of several branches of this one."""
        if len(branches) == 1:
            self.vars.update(branches[0].vars)
            for origin, kinds in branches[0].cleans.items():
                self._clean(origin, kinds)
            return
        for name in {name: None for branch in branches for name in branch.vars}:
            before = self.get(name)
            merged: Value | None = None
            for branch in branches:
                value = branch.vars.get(name, before)
                if value is not None:
                    merged = value if merged is None else join(merged, value)
            self.vars[name] = merged or UNKNOWN
        if branches:
            for origin in set.intersection(*(set(branch.cleans) for branch in branches)):
                self._clean(origin, frozenset.intersection(*(branch.cleans[origin] for branch in branches)))


def _scrubbed(taint: Taint, cleans: Cleaned) -> Taint:
    kinds = cleans.get((taint.origin, taint.part), frozenset()) | cleans.get((taint.origin, ""), frozenset())
    if taint.part.endswith(".?"):
        kinds |= cleans.get((taint.origin, taint.part[:-2]), frozenset())
    return taint.cleaned(kinds) if kinds else taint


class Part(Env):
    """What holds in one part of an expression; what is assigned there holds after it as well."""

    __slots__ = ()

    def own(self) -> Env:
        return self.parent.own() if self.parent is not None else self
