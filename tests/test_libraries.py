"""Every library fact earns its place: taken away, some example fails. Every kind has a use."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from deburr import constitution, providers
from deburr.constitution import Example, example
from deburr.engine import Engine, languages
from deburr.engine.rulebook import Rulebook, merge
from deburr.libraries import Library, listed, load, read
from deburr.model import Source
from tests.marks import path_of, problems

PRINCIPLES = constitution.load()
LIBRARIES = load()
ENGINE_SOURCES = {
    *constitution.WORTHS,
    "untrusted",
    "literal",
    "exception",
    "secret",
    "password",
    "digest",
    "weak-random",
    "anything",
}
"""Kinds of value that the engine knows without a fact."""

ENGINE_SINKS = {"secret-value", "compare", "compare-secret", "option", "markup-text"}
"""Kinds of place that the engine knows without a fact."""

ENGINE_STATES = {"*", "path-normalized", "json"}
"""What a sanitizer may say beside kinds of sinks."""


@dataclass(frozen=True)
class Shown:
    """An example or witness, and the principle in whose file it stands."""

    example: Example
    principle: str
    library: str = ""


@cache
def shown() -> list[Shown]:
    """All that can notice a fact: the examples of the principles and the witnesses of the libraries."""
    examples = [Shown(one, p.id) for p in PRINCIPLES for one in (*p.flagged, *p.allowed)]
    witnesses = [
        Shown(example(code, library.language, 1), "", library.file)
        for library in LIBRARIES
        for code in library.witnesses
    ]
    return examples + witnesses


@cache
def passing() -> list[Shown]:
    """Those that pass with every fact in place: only they can start to fail."""
    return [one for one in shown() if not fails(one, full())]


@cache
def full() -> Engine:
    return Engine(Rulebook.build(PRINCIPLES, LIBRARIES))


def fails(one: Shown, engine: Engine) -> bool:
    source = Source(one.example.code, path_of(one.example), one.example.language)
    return any(problems(one.example, engine.scan(source, repairs=False).findings, one.principle))


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.file)
def test_witnesses_show_what_they_say(library: Library) -> None:
    wrong: list[str] = []
    for number, code in enumerate(library.witnesses, 1):
        one = example(code, library.language, 1)
        report = full().scan(Source(one.code, path_of(one), one.language), repairs=False)
        wrong += [f"witness {number}, line {line}: {what}" for line, what in problems(one, report.findings)]
    assert not wrong, "\n".join([library.file, *wrong])


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.file)
def test_every_fact_is_missed_when_it_is_gone(library: Library) -> None:
    gone = list(unwitnessed(library, LIBRARIES, passing()))
    assert not gone, "no example fails without these facts:\n" + "\n".join(gone)


def unwitnessed(library: Library, libraries: tuple[Library, ...], examples: list[Shown]) -> Iterator[str]:
    """The facts of a library without which every example still passes, as `section."key"`."""
    for section, key, smaller in without_each(library):
        engine = copy.copy(full())
        book = engine.rulebook
        same = [smaller if one.file == library.file else one for one in libraries if one.language == library.language]
        engine.rulebook = Rulebook(book.rules, {**book.facts, library.language: merge(same)}, book.digest)
        if not any(fails(one, engine) for one in likely(library, key, examples)):
            yield f'{library.file}: {section}."{key}"'


def without_each(library: Library) -> Iterator[tuple[str, str, Library]]:
    """Each fact as (section, key, the library without it); of several facts under one key, each in turn."""
    for section, table in library.facts.items():
        for key, value in table.items():
            rest = {name: fact for name, fact in table.items() if name != key}
            if isinstance(value, list) and all(isinstance(fact, dict) for fact in value):
                for at in range(len(value)):
                    left = {**rest, key: [*value[:at], *value[at + 1 :]]}
                    yield section, f"{key}#{at}", replace(library, facts={**library.facts, section: left})
            else:
                yield section, key, replace(library, facts={**library.facts, section: rest})


def likely(library: Library, key: str, examples: list[Shown]) -> list[Shown]:
    """The examples that could notice, the likeliest first: only text with a word of the fact's name can."""
    words = [word for word in re.split(r"[^A-Za-z0-9_]+", key.split("#")[0]) if word] or [key]
    last = next((word for word in reversed(words) if not word.startswith("__")), "")

    def rank(one: Shown) -> int:
        near = one.library == library.file
        return 0 if near and last in one.example.code else 1 if near else 2 if last in one.example.code else 3

    able = [
        one
        for one in examples
        if facts_of(one.example.language) == library.language and any(word in one.example.code for word in words)
    ]
    return sorted(able, key=rank)


def facts_of(language: str) -> str:
    """The folder of the libraries that speak of a language; typescript's are those of javascript."""
    return languages.describe(language).facts if language in languages.GRAMMARS else language


def test_a_fact_without_a_witness_is_found() -> None:
    library = read('[sources]\n"shop.Basket.note" = "remote"\n', "shop", "python")
    assert list(unwitnessed(library, (*LIBRARIES, library), passing())) == [
        'python/shop.toml: sources."shop.Basket.note"'
    ]


def kinds(section: str) -> set[str]:
    """The kinds that the facts of a section speak of."""
    return {
        kind
        for library in LIBRARIES
        for value in library.facts.get(section, {}).values()
        for fact in listed(value)
        for kind in _kinds_of(fact)
    }


def _kinds_of(fact: Any) -> list[str]:
    if not isinstance(fact, Mapping):
        return [fact]
    return [kind for name in ("kind", "kinds") if name in fact for kind in listed(fact[name])]


def handler_kinds(part: str) -> set[str]:
    """The kinds that handlers give to their parameters, or take as what they return."""
    tables = [fact for library in LIBRARIES for fact in library.facts.get("handlers", {}).values()]
    return {kind for table in tables for fact in listed(table.get(part, [])) for kind in _kinds_of(fact)}


def test_every_kind_of_a_fact_is_used_by_a_principle() -> None:
    sinks = {kind for principle in PRINCIPLES for kind in principle.sinks}
    sources = {principle.source for principle in PRINCIPLES} | ENGINE_SOURCES
    misuses = {principle.misuse for principle in PRINCIPLES}
    unused = {
        "sinks": (kinds("sinks") | handler_kinds("returns")) - sinks,
        "sanitizers": (kinds("sanitizers") | kinds("guards")) - sinks - sources - ENGINE_STATES,
        "sources": (kinds("sources") | handler_kinds("params")) - sources,
        "misuses": kinds("misuses") - misuses,
    }
    assert {section: names for section, names in unused.items() if names} == {}


def test_every_kind_of_a_principle_is_given_by_a_fact() -> None:
    sinks = {kind for principle in PRINCIPLES for kind in principle.sinks}
    sources = {principle.source for principle in PRINCIPLES if principle.source}
    missing = {
        "sinks": sinks - kinds("sinks") - handler_kinds("returns") - ENGINE_SINKS,
        "sources": sources - kinds("sources") - ENGINE_SOURCES,
        "misuses": {p.misuse for p in PRINCIPLES if p.misuse} - kinds("misuses"),
    }
    assert {section: names for section, names in missing.items() if names} == {}


def test_the_kinds_of_secrets_are_known() -> None:
    used = {kind for principle in PRINCIPLES for kind in principle.secrets}
    assert {form.group for provider in providers.load() for form in provider.formats} <= used
