"""Reading only what can matter loses nothing: neither the islands of a text nor the quick mode."""

from __future__ import annotations

import pytest

from deburr import constitution, libraries
from deburr.constitution import Example, example
from deburr.engine import scan
from deburr.engine.islands import Chooser, Islands, Outline
from deburr.model import Finding, Source
from tests.marks import path_of

FENCES = [
    pytest.param(one, id=f"{principle.file}:{one.line}")
    for principle in constitution.load()
    for one in (*principle.flagged, *principle.allowed)
]
WITNESSES = [
    pytest.param(example(code, library.language, 1), id=f"{library.file}-{number}")
    for library in libraries.load()
    for number, code in enumerate(library.witnesses)
]
FILLER = "".join(f"\n\ndef unrelated_{number}(a, b):\n    return a + b\n" for number in range(6))


def shown(source: Source, *, quick: bool) -> set[tuple[int, str]]:
    """What the default profile shows."""

    def visible(finding: Finding) -> bool:
        return finding.confidence != "low" and finding.persona == "regular"

    report = scan(source, repairs=False, quick=quick)
    return {(one.span.line, one.principle) for one in report.findings if visible(one)}


@pytest.mark.parametrize("one", [*FENCES, *WITNESSES])
def test_quick_shows_the_same(one: Example) -> None:
    source = Source(one.code, path_of(one), one.language)
    assert shown(source, quick=True) == shown(source, quick=False)


@pytest.mark.parametrize("one", [param for param in FENCES if param.values[0].language == "python"])  # type: ignore[union-attr]
def test_functions_beside_it_change_nothing(one: Example) -> None:
    alone, among = (Source(one.code + more, path_of(one)) for more in ("", FILLER))
    assert shown(among, quick=False) == shown(alone, quick=False)


def outlines(text: str) -> tuple[bytes, list[Outline]]:
    """The functions of a text in which each `def` stands on a line of its own at the left."""
    data = text.encode()
    starts = [at for at in range(len(data)) if data.startswith(b"def ", at) and (not at or data[at - 1 : at] == b"\n")]
    ends = [*starts[1:], len(data)]
    names = [data[at + 4 : data.index(b"(", at)] for at in starts]
    return data, [Outline(at, at, end, name) for at, end, name in zip(starts, ends, names, strict=True)]


TEXT = """\
def helper(x):
    return x.strip()
def sink(x):
    run(helper(x))
def between(x):
    sink(x)
def handler():
    between(take())
def idle():
    return 1
"""


def chosen(text: str, flows: list[str], entries: list[str]) -> tuple[Islands, dict[int, str]]:
    data, functions = outlines(text)
    marks, taking = ([data.index(word.encode()) + len(word) for word in words] for words in (flows, entries))
    chooser = Chooser(data, marks, marks, taking)
    chooser(functions)
    assert chooser.islands is not None
    return chooser.islands, {one.start: one.name.decode() for one in functions}


def test_what_calls_and_what_is_used_is_read() -> None:
    islands, names = chosen(TEXT, ["run("], ["take("])
    assert {names[at] for at in islands.lowered} == {"helper", "sink", "between", "handler"}


def test_what_takes_in_and_what_holds_the_sink_is_entered() -> None:
    islands, names = chosen(TEXT, ["run("], ["take("])
    assert {names[at] for at in islands.entered} == {"sink", "between", "handler"}


def test_few_functions_are_all_taken() -> None:
    data, functions = outlines("def one():\n    pass\ndef two():\n    pass\n")
    assert Chooser(data, [], [], [])(functions) is None


def test_a_name_of_the_top_level_carries_its_trigger_along() -> None:
    islands, names = chosen("call = system\n" + TEXT.replace("run(", "call("), ["system"], ["take("])
    assert "sink" in {names[at] for at in islands.entered}


def test_another_name_in_an_import_is_followed() -> None:
    islands, names = chosen("from os import system as call\n" + TEXT.replace("run(", "call("), ["system"], ["take("])
    assert "sink" in {names[at] for at in islands.entered}
