"""Reading only what can matter loses nothing: neither the islands of a text nor the quick mode."""

from __future__ import annotations

import pytest

from deburr import constitution, libraries
from deburr.constitution import Example, example
from deburr.engine import scan
from deburr.engine.islands import Chooser, Islands, Layout, Outline
from deburr.engine.weights import ALWAYS, LOCAL, REMOTE
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


def layout(text: str) -> tuple[bytes, Layout]:
    """The functions of a text in which each `def` stands on a line of its own at the left."""
    data = text.encode()
    starts = [at for at in range(len(data)) if data.startswith(b"def ", at) and (not at or data[at - 1 : at] == b"\n")]
    ends = [*starts[1:], len(data)]
    names = [data[at + 4 : data.index(b"(", at)] for at in starts]
    return data, Layout([Outline(at, at, end, name) for at, end, name in zip(starts, ends, names, strict=True)], [])


def entered(text: str, sink: str, matters: int, source: str = "take(") -> set[str]:
    """The functions that are run when one word leads to a sink and another takes something in from outside."""
    data, functions = layout(text)
    flows, entries = [(data.index(sink.encode()) + len(sink), matters)], [(data.index(source.encode()) + 5, REMOTE)]
    islands = Chooser(data, [], flows, entries)(functions)
    assert islands.follow is bool(islands.entered)
    return {one.name.decode() for one in functions.functions if one.start in islands.entered}


def test_what_takes_in_and_what_holds_the_sink_is_entered() -> None:
    assert entered(TEXT, "run(", ALWAYS) == {"sink", "between", "handler"}


def test_what_matters_only_for_values_from_outside_is_entered_where_they_come_in() -> None:
    assert entered(TEXT, "run(", REMOTE) == {"handler"}


def test_nothing_is_entered_for_values_that_nothing_takes_in() -> None:
    assert entered(TEXT, "run(", LOCAL) == set()


def test_detectors_read_the_functions_in_which_they_look() -> None:
    data, functions = layout(TEXT)
    islands = Chooser(data, [data.index(b"return 1")], [], [])(functions)
    assert islands == Islands(frozenset(), frozenset({data.index(b"def idle"), -1}), follow=False)


def test_a_name_of_the_top_level_carries_its_trigger_along() -> None:
    text = "call = system\n" + TEXT.replace("run(", "call(")
    assert "sink" in entered(text, "system", ALWAYS)


def test_another_name_in_an_import_is_followed() -> None:
    text = "from os import system as call\n" + TEXT.replace("run(", "call(")
    assert "sink" in entered(text, "system", ALWAYS)
