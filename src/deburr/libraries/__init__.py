"""Facts about other people's code: where data enters, where it must not arrive, what cleans it.

What comes in: `<language>/<library>.toml`. What goes out: Libraries. The one invariant: every fact is well formed,
stands once per file, and carries a witness somewhere (`tests/test_libraries.py` deletes each in turn).

Keys are full names, after imports and aliases are resolved: `module.function`, `module.Class.method`. A key that
begins with `*.` is a method of any object whose type is not known, and one with `?.` a function of which only the name
is. An argument is named by its position (`0`), its keyword (`"shell"`), both (`"1:Loader"`), `"self"` for the receiver,
`"*"` for any, `"**"` for a mapping that is spread into keywords, or `"="` for an assigned value. Points lead into a
mapping or object that is handed over: `"2.shell"`, `"1:options.tls.verify"`, `"*.shell"` for that key of any argument.

A sink that is `returned` counts where the call's result is handed back at once; a `minor` one only looks.
One that names a method as `redefined` spares classes that have a method of that name of their own.

`when` and `unless` ask about arguments: a value or a list of values is equality; a table asks for more. `is`: one of
these constants. `below`, `above`: a number. `bits`: one of these bits of a number. `matches`: a regular expression is
found in the text, in which every unknown piece is one character that no letter class matches (so end an expression for
the start of an address with `[\\w.]`, or it also holds for addresses whose host is not known). `contains`, `lacks`: a
collection, a mapping's "key=value", or a text. `name`, `type`: the full name of what is handed over, or of its type.
`constant`: whether it is known. `worth`: a kind of source that it comes from. `present`: it is given and not None.
`missing`: it is not given; this one alone is enough, all others must hold together. Of several `unless` in a list, one
is enough.

A handler is a decorator or a base class, or with `callback` a function to which the text hands its own: `callback`
selects the arguments that hold one (`"*"`: all). `params` is what its parameters are worth; `types` gives their types
and `worths` their worth by position, or by "position/number of parameters" (`"1/4"`), "" where nothing is known;
`params` is "" where one of the two is given. `gives` says instead that it is called at once, and with what: "element"
of the receiver, "self", "" or the number of an argument; `result` says what comes back then: a "list" of what it
returns, the "value", or "element" or "self".

A parameter's `type` or `worth` holds where one of the conditions does: another parameter is called as one of `beside`,
one of the attributes `reads` is read of it, or the function is called as one of `functions`; without any, always.

A misuse's `fix` says how to put it right: `call` another function, `set` and `drop` arguments, assign another `value`,
read another `name`, `import` something; `title` is what the user is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deburr.errors import PrincipleError

Fact = Mapping[str, Any]

SECTIONS: dict[str, str] = {
    "sources": "where a value of a kind enters",
    "returns": "of which type a call's result is, or an attribute",
    "sinks": "which argument must not carry a kind of value",
    "sanitizers": "for which kinds of sink the result is clean",
    "guards": "for which kinds of sink a true answer proves the argument clean",
    "propagators": "how a value travels through a call",
    "handlers": "decorators and base classes that let the outside call a function",
    "forwards": "calls that call another function with what they are given",
    "misuses": "what is wrong by itself, whatever flows in",
    "constants": "which number or text stands under a name",
    "conventions": "what a free name means in a text without its imports",
    "parameters": "what a parameter of unknown type is by its name",
    "same": "other names of operations that the engine knows",
}
_SINK = {"arg", "kind", "when", "unless", "looks", "minor", "returned", "note", "redefined"}
_MISUSE = {"kind", "when", "unless", "read", "alone", "note", "fix"}
_FIX = {"call", "set", "drop", "value", "name", "import", "title", "safe"}
_HANDLER = {"params", "returns", "skip", "methods", "types", "worths", "callback", "gives", "result", "when", "unless"}
_PARAMETER = {"type", "worth", "beside", "reads", "functions"}
_CLEANS = {"kinds", "when", "unless"}
_FORWARD = {"function", "args"}
_CONDITION = set("is below above bits matches missing present name type constant contains lacks worth".split())
_ARGUMENT = re.compile(r"(?:\d+|\d+:[A-Za-z_]\w*|[A-Za-z_]\w*|self|\*)(?:\.[\w$-]+)*|\*\*|=")


@dataclass(frozen=True, slots=True)
class Library:
    """One library file: its facts by section, and the witnesses that stand in it."""

    name: str
    language: str
    facts: Mapping[str, Mapping[str, Any]]
    witnesses: tuple[str, ...] = ()
    file: str = ""


@dataclass(slots=True)
class _Checker:
    """Raises PrincipleError for the part of the file that it is looking at."""

    file: str
    part: str = ""
    where: Mapping[str, Any] = field(default_factory=dict)

    def fail(self, problem: str) -> PrincipleError:
        return PrincipleError(problem, file=self.file, part=self.part)

    def need(self, right: bool, problem: str) -> None:
        if not right:
            raise self.fail(problem)


def load(*folders: Path) -> tuple[Library, ...]:
    """The libraries of deburr's own folder and of `folders`; raises PrincipleError on the first bad file."""
    return tuple(
        read(file.read_text(encoding="utf-8"), file.stem, file.parent.name)
        for folder in (Path(__file__).parent, *folders)
        for file in sorted(folder.glob("*/*.toml"))
    )


def read(text: str, name: str, language: str) -> Library:
    """The library that the TOML `text` says."""
    check = _Checker(f"{language}/{name}.toml")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PrincipleError(str(error), file=check.file) from None
    witnesses = data.pop("witness", [])
    for section, facts in data.items():
        check.part = section
        check.need(section in SECTIONS, f"unknown section; known are {', '.join(SECTIONS)}")
        check.need(isinstance(facts, dict), "must be a table")
        for key, value in facts.items():
            check.part = f"{section}.{key}"
            _CHECKS[section](value, check)
    check.part = "witness"
    for witness in witnesses:
        check.need(witness.keys() == {"code"} and isinstance(witness["code"], str), "has `code` and nothing else")
    return Library(name, language, data, tuple(w["code"] for w in witnesses), check.file)


def listed(value: Any) -> list[Any]:
    """One fact or several: always as a list."""
    return value if isinstance(value, list) else [value]


def _kinds(value: Any, check: _Checker) -> None:
    check.need(all(isinstance(kind, str) for kind in listed(value)), "must be a kind or a list of kinds")


def _cleans(value: Any, check: _Checker) -> None:
    """Kinds of sink, or a table that says under which conditions."""
    for fact in listed(value):
        if isinstance(fact, dict):
            _table(fact, _CLEANS, ("kinds",), check)
            _kinds(fact["kinds"], check)
            _conditions(fact, check)
        else:
            _kinds(fact, check)


def _text(value: Any, check: _Checker) -> None:
    check.need(isinstance(value, str) and value != "", "must be a text")


def _constant(value: Any, check: _Checker) -> None:
    check.need(isinstance(value, (str, int)), "must be a number or a text")


def _sink(value: Any, check: _Checker) -> None:
    for fact in listed(value):
        _table(fact, _SINK, ("arg", "kind"), check)
        _arguments(fact["arg"], check)
        _conditions(fact, check)


def _misuse(value: Any, check: _Checker) -> None:
    for fact in listed(value):
        _table(fact, _MISUSE, ("kind",), check)
        _conditions(fact, check)
        if "fix" in fact:
            _table(fact["fix"], _FIX, (), check)


def _handler(value: Any, check: _Checker) -> None:
    _table(value, _HANDLER, (), check)
    _conditions(value, check)


def _parameter(value: Any, check: _Checker) -> None:
    _table(value, _PARAMETER, (), check)
    check.need("type" in value or "worth" in value, "says neither `type` nor `worth`")


def _propagator(value: Any, check: _Checker) -> None:
    for fact in listed(value):
        _table(fact, {"from", "to"}, ("from", "to"), check)
        _arguments(fact["from"], check)


def _forward(value: Any, check: _Checker) -> None:
    _table(value, _FORWARD, ("function",), check)
    _arguments(value["function"], check)


def _table(fact: Any, known: set[str], required: tuple[str, ...], check: _Checker) -> None:
    check.need(isinstance(fact, dict), "must be a table, or a list of tables")
    for key in fact:
        check.need(key in known, f"unknown key {key!r}; known are {', '.join(sorted(known))}")
    for key in required:
        check.need(key in fact, f"`{key}` is missing")


def _arguments(value: Any, check: _Checker) -> None:
    for one in listed(value):
        check.need(bool(_ARGUMENT.fullmatch(str(one))), f"{one!r} names no argument")


def _conditions(fact: Fact, check: _Checker) -> None:
    for clause in (fact.get("when", {}), *listed(fact.get("unless", {}))):
        for argument, wanted in clause.items():
            _arguments(argument, check)
            if isinstance(wanted, dict):
                for key in wanted:
                    check.need(
                        key in _CONDITION, f"unknown condition {key!r}; known are {', '.join(sorted(_CONDITION))}"
                    )


_CHECKS: dict[str, Callable[[Any, _Checker], None]] = {
    "sources": _kinds,
    "returns": _text,
    "sinks": _sink,
    "sanitizers": _cleans,
    "guards": _cleans,
    "propagators": _propagator,
    "handlers": _handler,
    "forwards": _forward,
    "misuses": _misuse,
    "constants": _constant,
    "conventions": _text,
    "parameters": _parameter,
    "same": _text,
}


def facts(libraries: tuple[Library, ...]) -> Iterator[tuple[Library, str, str]]:
    """Every fact as (library, section, key)."""
    for library in libraries:
        for section, table in library.facts.items():
            for key in table:
                yield library, section, key
