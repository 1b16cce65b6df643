"""The interpreter, and the variables, functions and classes of the text that it runs over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit
from deburr.engine.languages.description import Description
from deburr.engine.rulebook import Facts, Rulebook
from deburr.engine.taint.classes import Bound, ClassInfo, Closure, Instance, Partial
from deburr.engine.taint.scopes import Cleaned, Env
from deburr.engine.taint.values import Value
from deburr.model import Source

__all__ = [
    "Bound",
    "ClassInfo",
    "Cleaned",
    "Closure",
    "Env",
    "Frame",
    "Instance",
    "Linked",
    "Machine",
    "OutOfBudget",
    "Partial",
    "Run",
]


class OutOfBudget(Exception):
    """The step budget is spent; what was found so far stands."""


class Run:
    """What came of one call: its result, the variables it left, and what it proves."""

    __slots__ = ("always", "changed", "endless", "env", "if_false", "if_true", "node", "raised", "refs", "value")

    def __init__(self, value: Value, env: Env, proved: tuple[Cleaned, ...] = ({}, {}, {})) -> None:
        self.value, self.env = value, env
        self.if_true, self.if_false, self.always = proved
        self.changed: set[str] = set()
        self.refs = 0
        """How many objects went by several names when it began."""
        self.endless = False
        """Whether it never comes back."""
        self.raised: list[Value] = []
        """What it may raise."""
        self.node: ir.Node | None = None
        """The function that was run."""


class Frame:
    """One run of one function, or of the top level."""

    __slots__ = (
        "called",
        "changed",
        "closure",
        "endless",
        "env",
        "exits",
        "globals_",
        "handler",
        "info",
        "linked",
        "loops",
        "outer",
        "returns",
        "scope",
        "set",
        "static",
        "yields",
    )

    def __init__(self, env: Env, outer: Frame | None, scope: str) -> None:
        self.env, self.outer, self.scope = env, outer, scope
        self.linked: Linked | None = None
        """The file that the function stands in."""
        self.closure: Env | None = None
        """The variables around the function, where it was defined."""
        self.static: Frame | None = None
        """The run of the function around it, in which it was defined."""
        self.info: ClassInfo | None = None
        """The class that it is a method of."""
        self.called = False
        """Whether the text calls the function, so that somebody asks what it proves."""
        self.exits: list[tuple[Cleaned | None, Cleaned | None]] = []
        """For each way it was left: what is proved if the answer was true, and if it was false."""
        self.set: set[str] = set()
        """Variables that were given another value."""
        self.changed: set[str] = set()
        """Parameters whose object was changed."""
        self.endless = False
        """Whether it was left neither by an answer nor at its end."""
        self.returns: list[Value] = []
        self.yields: list[Value] = []
        self.loops: list[list[Env]] = []
        """For each loop around: the states in which it was left or begun anew."""
        self.handler: list[str] = []
        """Kinds of sink that a returned value reaches."""
        self.globals_: dict[str, bool] = {}
        """Variables that are not its own, and whether they are the module's."""


class Linked:
    """One file, this text or another of its project: what stands at its top level, and what its names stand for."""

    __slots__ = ("foreign", "frame", "module", "source", "spread", "starred", "stars")

    def __init__(self, source: Source, roots: frozenset[str]) -> None:
        self.source, self.module = source, Env()
        self.frame = Frame(self.module, None, "")
        self.frame.linked = self
        self.foreign = roots.union({"builtins"}).difference(source.path.split("/")[:-1])
        """Modules whose functions do what their names say; not those of the library that the text is a part of."""
        self.stars: list[str] = []
        """Modules of which everything was imported."""
        self.starred: set[str] = set()
        """The full names in them of which the facts speak."""
        self.spread: list[str] = []
        """Modules of the project of which everything was imported."""


Apply = Callable[[Any, Any, Any, ir.Call, Env], Value]
Evaluate = Callable[[Any, Any, Env], Value]
Execute = Callable[[Any, Any, Env], bool]


class Machine:
    """The interpreter: runs over the text, keeps what it knows and collects what it finds.

    How each kind of node is evaluated or executed stands in two tables that it is given, so that the modules with
    those tables can import this one.
    """

    links: Any = None
    """Finds what the text imports from other files, when it is one of a project."""
    site: ir.Node | None = None
    """The call that is about to be followed."""
    border: tuple[ir.Node, str] | None = None
    """While something runs in another file: the call in this text that led there, and the scope it stands in."""
    returned: ir.Node | None = None
    """The expression whose value the function hands back, so that nobody changes it before."""
    apply: Apply
    """What comes of a call of a given function; set together with the tables."""
    refs = 0
    """How many objects go by several names."""
    raised: list[Value] | None = None
    """What was raised so far in what is tried, or in the function that is followed; None when nobody asks."""
    wrapped = 0
    """How many functions were given to decorators of the text."""

    def __init__(self, unit: Unit, rulebook: Rulebook, language: Description) -> None:
        self.language = language
        self.facts = facts = rulebook.facts.get(language.facts, Facts())
        self.expressions: Mapping[type[ir.Node], Evaluate] = {}
        self.statements: Mapping[type[ir.Node], Execute] = {}
        self.roots = frozenset(facts.roots)
        self.unit, self.rulebook = unit, rulebook
        self.hits: dict[tuple[str, int], Hit] = {}
        self.home = Linked(unit.source, self.roots)
        self.cross(self.home)
        self.frame = self.home.frame
        self.steps = min(100_000 + 5 * len(unit.data), 4_000_000)
        """What may still be done; real code takes a sixth of a step for each byte, and never two."""
        self.depth = 0
        """How many blocks are being executed inside one another."""
        self.active: list[ir.Function] = []
        """Functions that are being run, outermost first."""
        self.running: list[object] = []
        """The same, each with the variables around it."""
        self.settings = False
        """Whether the text looks like a settings module."""
        self.settings_of = ""
        """The framework whose views and settings the text may hold."""
        self.acts: set[tuple[str, int]] = set()
        self.looks: dict[tuple[str, int], list[tuple[str, int]]] = {}
        """By principle and where a value enters: whether something is done with it, and where it is looked at."""
        self.klass = ""
        """The name of the class whose body is being run."""
        self._functions()
        self.named: frozenset[bytes] | None = None
        """The functions that the text calls by name, once somebody has asked."""
        self.debugging = 0
        """Above 0 in branches that are for developers alone."""
        self.alone: ir.Node | None = None
        """The call that is a whole statement, so that nothing takes its result."""
        self.quiet = 0
        """Above 0 while something is run whose findings do not count."""

    def cross(self, linked: Linked) -> None:
        """Go on in another file."""
        self.linked = linked
        self.module, self.foreign, self.stars, self.starred = (
            linked.module,
            linked.foreign,
            linked.stars,
            linked.starred,
        )

    def _functions(self) -> None:
        """What is kept of the functions of the text and of their runs."""
        self.entries: list[Closure] = []
        self.entered: dict[int, int] = {}
        """How often each function was run as the outside may call it."""
        self.called: set[int] = set()
        self.runs: dict[tuple[int, int], int] = {}
        """How often each function of the text was run."""
        self.memo: dict[object, Run] = {}
        self.kept: list[object] = []
        """Keeps values alive whose identity is part of a key of `memo`."""
        self.proofs: dict[int, Run] = {}
        """By call of a function of the text, what came of it the last time."""
        self.done: Run | None = None
        """What came of the last method call."""
        self.receiver: Value | None = None
        """The object of the last method call, as the method left it."""

    def knows(self, name: str) -> bool:
        """Whether the facts say something of what goes in and out of a function, or of an attribute, of this name."""
        facts = self.facts
        return (
            name in facts.returns
            or name in facts.sinks
            or name in facts.sources
            or name in facts.sanitizers
            or name in facts.propagators
        )

    def star(self, module: str) -> None:
        """Everything was imported from a module."""
        if module.split(".")[0] not in self.roots or module in self.stars:
            return
        self.stars.append(module)
        prefix = f"{module}."
        tables = (getattr(self.facts, name) for name in self.facts.__slots__ if name not in ("conventions", "roots"))
        names = {name for table in tables for name in table if name.startswith(prefix)}
        self.starred |= {prefix + name[len(prefix) :].split(".")[0] for name in names}

    def eval(self, node: ir.Node, env: Env) -> Value:
        """What an expression is worth."""
        self.steps -= 1
        if self.steps < 0:
            raise OutOfBudget
        return self.expressions[type(node)](self, node, env)

    def block(self, body: list[ir.Node], env: Env) -> bool:
        """Execute statements; whether the control never comes to the end of them."""
        statements = self.statements
        self.depth += 1
        try:
            for node in body:
                self.steps -= 1
                if self.steps < 0:
                    raise OutOfBudget
                if statements[type(node)](self, node, env):
                    return True
            return False
        finally:
            self.depth -= 1

    def lookup(self, name: str, env: Env) -> Value | None:
        """The value of a variable, from this function outwards."""
        value = env.get(name)
        frame: Frame | None = self.frame
        while value is None and frame is not None and frame.closure is not None:
            value = frame.closure.get(name)
            frame = frame.static
        if value is None:
            value = self.module.get(name)
        return value
