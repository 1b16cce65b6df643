"""Names that a text imports from other files of its project: found, and run as far as their top level, when needed.

What another file says at its top level is run once for each text that asks, without its findings, which are its own.
"""

from __future__ import annotations

from collections.abc import Callable

from deburr.engine import ir
from deburr.engine.project import FAR, Project
from deburr.engine.taint.conditions import Args
from deburr.engine.taint.machine import Closure, Linked, Machine, OutOfBudget
from deburr.engine.taint.values import Value

_MOST_FILES, _DEEPEST = 24, 8
"""How many other files one text may lead to, and how many of them may ask for one another in a row."""
DEEP = 2
"""So far down, what the top level of a file makes of imported names is no longer looked up."""
_VAGUE = frozenset({"parameter", "unknown", "exception"})
_STEPS, _TOP = 6_000, 10_000
"""What following values into them may cost in all, and what running the top level of one of them may."""


Leads = Callable[[str, int], bool]
"""Whether what stands at a byte of a file takes values in by itself, or makes what the text asks for."""


class Lazy:
    """A name that was imported and not yet used."""

    __slots__ = ("full", "linked")

    def __init__(self, linked: Linked, full: str) -> None:
        self.linked, self.full = linked, full


class ModuleOf:
    """A module of the project, as a value."""

    __slots__ = ("full", "linked", "path")

    def __init__(self, linked: Linked, full: str, path: str) -> None:
        self.linked, self.full, self.path = linked, full, path


class Links:
    """The other files that one text leads to."""

    def __init__(self, project: Project, leads: Leads | None) -> None:
        self.project = project
        self._leads = leads
        self.steps = _STEPS
        """What following values into other files may still cost; what remains unknown then is as if alone."""
        self.files: dict[str, Linked] = {}
        self.forced: dict[tuple[int, str], Value] = {}
        self.deep = 0

    def worth_following(self, closure: Closure, args: Args) -> bool:
        """Whether a function of another file can make anything of these arguments, or of nothing."""
        if self.steps < 0:
            return False
        if self._leads is None or closure.frame.linked is None:
            return True
        if args.receiver is not None and _serious(args.receiver[1]):
            return True
        if any(_serious(value) for _, value in args.all()):
            return True
        return self._leads(closure.frame.linked.source.path, closure.node.start % FAR)


def _serious(value: Value, depth: int = 2) -> bool:
    """Whether a value, or something in it, is not to be trusted for another reason than that nobody knows it."""
    if any(taint.kind not in _VAGUE for taint in value.taints):
        return True
    if not depth:
        return False
    parts = (*(value.items or {}).values(), *(value.attrs or {}).values(), *([value.rest] if value.rest else ()))
    return any(_serious(part, depth - 1) for part in parts)


def lazy(m: Machine, full: str) -> Lazy | None:
    """What an imported name stands for, unless it belongs to a library that the facts know."""
    return None if m.links is None or full.split(".")[0] in m.roots else Lazy(m.linked, full)


def spread(m: Machine, full: str) -> None:
    """Everything is imported from a module: `full` ends with a star."""
    if m.links is not None and full.split(".")[0] not in m.roots:
        m.linked.spread.append(full[:-1] if full.strip(".*") == "" else full[:-2])


def forced(m: Machine, value: Value) -> Value:
    """The value of a name that was imported, now that it is needed."""
    what: Lazy = value.function
    key = (id(what.linked), what.full)
    found: Value | None = m.links.forced.get(key)
    if found is None:
        found = _imported(m, what)
        if found is None:
            found = value.copy()
            found.function = None
        m.links.forced[key] = found
    return found


def _imported(m: Machine, what: Lazy) -> Value | None:
    """What a file imports by a full name: something that a module defines, or a module."""
    links: Links = m.links
    owner, _, last = what.full.rpartition(".")
    if owner or what.full.startswith("."):
        path = links.project.find(what.linked.source, owner or ".")
        found = _defined(m, path, last)
        if found is not None:
            return _named(found, what.full)
    path = links.project.find(what.linked.source, what.full)
    if not path and owner:
        return None
    value = Value(name=what.full)
    value.function = ModuleOf(what.linked, what.full, path)
    return value


def _named(value: Value, full: str) -> Value:
    """A function or class of another file with its full name, by which it is known as a decorator."""
    if value.function is None or value.name or value.type:
        return value
    value = value.copy()
    value.name = full
    return value


def member(m: Machine, what: ModuleOf, name: str) -> Value | None:
    """`module.name`: what the module defines, or a module inside it."""
    found = _defined(m, what.path, name)
    if found is not None:
        return _named(found, f"{what.full}.{name}")
    full = f"{what.full}{'' if what.full.endswith('.') else '.'}{name}"
    path = m.links.project.find(what.linked.source, full)
    if not path:
        return None
    value = Value(name=full)
    value.function = ModuleOf(what.linked, full, path)
    return value


def starred(m: Machine, name: str) -> Value | None:
    """What a name means that may come from a module of the project of which everything was imported."""
    if m.links is None:
        return None
    for module in reversed(m.linked.spread):
        found = _defined(m, m.links.project.find(m.linked.source, module), name) if name[:1] != "_" else None
        if found is not None:
            return found
    return None


def _defined(m: Machine, path: str, name: str) -> Value | None:
    """What a file defines by a name at its top level."""
    linked = _load(m, path) if path else None
    if linked is None:
        return None
    value = linked.module.vars.get(name)
    before = m.linked
    m.cross(linked)
    try:
        if value is None:
            return starred(m, name)
        return forced(m, value) if type(value.function) is Lazy else value
    finally:
        m.cross(before)


def _load(m: Machine, path: str) -> Linked | None:
    """A file with its top level run as far as it goes; one that asks for itself finds what was run so far."""
    links: Links = m.links
    if path == m.home.source.path:
        return m.home
    linked = links.files.get(path)
    if linked is not None:
        return linked
    file = links.project.file(path)
    if file is None or len(links.files) >= _MOST_FILES or links.deep >= _DEEPEST:
        return None
    lowered = file.lowered()
    m.unit.far[lowered.number] = file
    linked = links.files[path] = Linked(file.source, m.roots)
    links.deep += 1
    _run(m, linked, lowered.module.body)
    links.deep -= 1
    return linked


def _run(m: Machine, linked: Linked, body: list[ir.Node]) -> None:
    """Run the top level of another file, with nothing around it."""
    kept = m.linked, m.frame, m.active, m.border, m.klass, m.debugging, m.steps, m.receiver, m.done, m.alone
    m.cross(linked)
    m.frame = linked.frame
    m.active, m.klass, m.debugging, m.steps = [], "", 0, _TOP
    m.quiet += 1
    try:
        for node in body:
            m.block([node], linked.module)
    except OutOfBudget:
        pass  # what was run so far is known
    finally:
        m.quiet -= 1
        before, m.frame, m.active, m.border, m.klass, m.debugging, m.steps, m.receiver, m.done, m.alone = kept
        m.cross(before)
