"""Constitution and libraries as tables."""

from __future__ import annotations

import dataclasses

from deburr import constitution, libraries
from deburr.engine import Engine, scan
from deburr.engine.ambiguity import is_catastrophic
from deburr.engine.rulebook import Rulebook
from deburr.model import Source

PRINCIPLE = """\
+++
title = "Nobody must shout"
cwe = [1]
severity = "low"
[misuse]
kind = "shout"
confidence = "high"
+++

## Why
Because.

## Flagged
```python
import megaphone
megaphone.shout("x")  # finding: shouting
```

## Allowed
```python
import megaphone
megaphone.say("x")
```

## Fix
Say it.

## Question
Does it shout? Quote the line.
"""
LIBRARY = '[misuses]\n"megaphone.shout" = { kind = "shout" }\n'


def own() -> Rulebook:
    return Rulebook.build(
        [constitution.read(PRINCIPLE, "shouting.md")], [libraries.read(LIBRARY, "megaphone", "python")]
    )


def test_a_rulebook_of_ones_own() -> None:
    found = Engine(own()).scan(Source("import megaphone as m\nm.shout('a')\nm.say('b')\n")).findings
    assert [(one.span.line, one.principle, one.message) for one in found] == [
        (2, "shouting", "Nobody must shout: `m.shout('a')`")
    ]


def test_it_survives_being_written_down() -> None:
    again = Rulebook.from_json(own().to_json())
    assert again == own()
    assert Engine(again).scan(Source("import megaphone\nmegaphone.shout('a')\n")).findings


def test_compiled_triggers_are_as_good_as_new_ones() -> None:
    book = Rulebook.build(constitution.load(), libraries.load())
    engine = Engine(book, Engine(book).serialized())
    source = Source("import os\nos.system(input())\n")
    assert engine.scan(source) == scan(source)


def test_its_digest_follows_its_content() -> None:
    other = Rulebook.build([constitution.read(PRINCIPLE.replace("Nobody", "No one"), "shouting.md")], [])
    assert own().digest == own().digest != other.digest


def test_facts_of_two_libraries_about_one_name_are_put_together() -> None:
    one = libraries.read('[sources]\n"a.b" = "remote"\n', "one", "python")
    two = libraries.read('[sources]\n"a.b" = "stored"\n', "two", "python")
    assert Rulebook.build([], [one, two]).facts["python"].sources == {"a.b": ["remote", "stored"]}


def test_no_pattern_of_a_fact_takes_exponential_time() -> None:
    facts = Rulebook.build([], libraries.load()).facts["python"]
    patterns = set()
    waiting: list[object] = [dataclasses.asdict(facts)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            waiting += one.values()
            patterns |= {one["matches"]} if isinstance(one.get("matches"), str) else set()
        elif isinstance(one, list):
            waiting += one
    assert patterns
    assert [pattern for pattern in patterns if is_catastrophic(pattern)] == []
