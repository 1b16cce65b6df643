"""Constitution and libraries, compiled into the tables that the analysis looks things up in.

What comes in: Principles and Libraries. What goes out: a Rulebook of plain data, which can be written as JSON and read
back faster than the files it was made from.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any

from deburr.model import Confidence, Level, Persona

if TYPE_CHECKING:
    from deburr.constitution import Principle
    from deburr.libraries import Library

Table = dict[str, Any]


@dataclass(slots=True)
class Rule:
    """A principle without its prose: what the analysis must know of it."""

    id: str
    title: str
    cwe: list[int]
    severity: Level
    persona: Persona
    source: str
    sinks: list[str]
    misuse: str
    secrets: list[str]
    triggers: list[str]
    near: str
    languages: list[str]
    supersedes: list[str]
    glued: list[str]
    confidence: dict[str, Confidence]


@dataclass(slots=True)
class Facts:
    """What the libraries of one language say, merged."""

    sources: dict[str, list[str]] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)
    sinks: dict[str, list[Table]] = field(default_factory=dict)
    sanitizers: dict[str, list[Any]] = field(default_factory=dict)
    guards: dict[str, list[Any]] = field(default_factory=dict)
    propagators: dict[str, list[Table]] = field(default_factory=dict)
    handlers: dict[str, Table] = field(default_factory=dict)
    forwards: dict[str, Table] = field(default_factory=dict)
    misuses: dict[str, list[Table]] = field(default_factory=dict)
    """Calls that are wrong by themselves."""
    reads: dict[str, list[Table]] = field(default_factory=dict)
    """Names that are wrong to mention."""
    assigns: dict[str, list[Table]] = field(default_factory=dict)
    """Settings that are wrong to make."""
    constants: dict[str, Any] = field(default_factory=dict)
    conventions: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Table] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    roots: list[str] = field(default_factory=list)
    """The modules that the facts speak of."""


@dataclass(slots=True)
class Rulebook:
    """All principles and facts, ready to look up."""

    rules: dict[str, Rule]
    facts: dict[str, Facts]
    digest: str
    by_sink: dict[str, list[Rule]] = field(default_factory=dict)
    by_misuse: dict[str, list[Rule]] = field(default_factory=dict)
    by_secret: dict[str, list[Rule]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for table, name in ((self.by_sink, "sinks"), (self.by_secret, "secrets")):
            for rule in self.rules.values():
                for kind in getattr(rule, name):
                    table.setdefault(kind, []).append(rule)
        for rule in self.rules.values():
            if rule.misuse:
                self.by_misuse.setdefault(rule.misuse, []).append(rule)

    @classmethod
    def build(cls, principles: Iterable[Principle], libraries: Iterable[Library]) -> Rulebook:
        """The rulebook that these principles and libraries make."""
        names = [part.name for part in fields(Rule)]
        rules = {
            p.id: Rule(**{n: _plain(getattr(p, n)) for n in names if n != "misuse"}, misuse=p.misuse)
            for p in principles
        }
        by_language: dict[str, list[Library]] = defaultdict(list)
        for library in libraries:
            by_language[library.language].append(library)
        facts = {language: merge(group) for language, group in by_language.items()}
        content = json.dumps([[asdict(r) for r in rules.values()], {k: asdict(v) for k, v in facts.items()}])
        return cls(rules, facts, hashlib.sha256(content.encode()).hexdigest())

    def to_json(self) -> str:
        """The rulebook as text; `from_json` gives it back."""
        data = {
            "rules": {k: asdict(r) for k, r in self.rules.items()},
            "facts": {k: asdict(f) for k, f in self.facts.items()},
        }
        return json.dumps({**data, "digest": self.digest})

    @classmethod
    def from_json(cls, text: str) -> Rulebook:
        """The rulebook that `to_json` wrote."""
        data = json.loads(text)
        rules = {name: Rule(**rule) for name, rule in data["rules"].items()}
        return cls(rules, {name: Facts(**facts) for name, facts in data["facts"].items()}, data["digest"])


def _plain(value: Any) -> Any:
    """Tuples as lists and mappings as dicts, as JSON would give them back."""
    return list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, dict) else value


def merge(libraries: list[Library]) -> Facts:
    """The facts of several libraries in one set of tables; lists of one name are put together."""
    merged = Facts()
    for library in libraries:
        for section, table in library.facts.items():
            for name, value in table.items():
                if section == "misuses":
                    for fact in _listed(value):
                        getattr(merged, _misuse_table(name, fact)).setdefault(name, []).append(fact)
                elif section in ("returns", "handlers", "forwards", "constants", "conventions", "parameters", "same"):
                    getattr(merged, section)[name] = value
                else:
                    getattr(merged, section).setdefault(name, []).extend(_listed(value))
    _spread_requests(merged)
    tables = {part.name for part in fields(Facts)} - {"conventions", "parameters", "roots"}
    named = {name for table in tables for name in getattr(merged, table)}
    merged.roots = sorted({name.split(".")[0] for name in named} - {"*", "?", "builtins", "str", "bytes", "any"})
    return merged


REQUESTS = (
    "django.http.HttpRequest",
    "rest_framework.request.Request",
    "starlette.requests.Request",
    "aiohttp.web.Request",
    "werkzeug.wrappers.Request",
    "flask.Request",
)
"""Request classes whose attributes a parameter called `request` of unknown type may have; the last one wins."""


def _spread_requests(facts: Facts) -> None:
    """Say of `any.Request` what is said of every framework's request."""
    tables: tuple[dict[str, Any], ...] = (facts.sources, facts.returns, facts.sinks, facts.sanitizers)
    for table in tables:
        for name, value in list(table.items()):
            owner, _, attribute = name.rpartition(".")
            if owner in REQUESTS:
                table.setdefault(f"any.Request.{attribute}", value)


def _misuse_table(name: str, fact: Table) -> str:
    if fact.get("read"):
        return "reads"
    return "assigns" if "=" in fact.get("when", {}) or name.endswith("]") else "misuses"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
