"""The revise loop keeps what is proved and nothing else, whoever proposes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from deburr.model import Edit, Finding, Fix, Report, Skipped, Source
from deburr.review import Tools, review, revise
from deburr.review.revise import TRIES
from tests.review.reviewing import scan

TEXT = "import os\n\n\ndef f(a):\n    weak(a)\n    b = 2\n    weak(b)\n    return a\n"


def test_one_finding_after_another() -> None:
    found = revise(Source(TEXT, "app.py"), Tools(scan))
    assert found.outcome == "revised"
    assert found.accepted is not None
    assert found.accepted.text == TEXT.replace("weak(", "strong(")
    assert [(one.finding.span.line, one.accepted) for one in found.rounds] == [(5, True), (7, True)]
    assert (len(found.findings), found.remaining) == (2, ())
    assert found.rounds[0].patch.split("\n")[:8] == [
        "--- a/app.py",
        "+++ b/app.py",
        "@@ -2,7 +2,7 @@",
        " ",
        " ",
        " def f(a):",
        "-    weak(a)",
        "+    strong(a)",
    ]


def test_a_clean_text() -> None:
    found = revise(Source("x = 1\n"), Tools(scan))
    assert (found.outcome, found.accepted, found.rounds) == ("clean", None, ())


def test_a_repair_that_repairs_nothing_is_thrown_away() -> None:
    found = revise(Source(TEXT), Tools(lambda source: scan(source, "weak(0) or weak(")))
    assert found.outcome == "rejected"
    assert found.accepted is None
    assert [one.accepted for one in found.rounds] == [False, False]
    assert {gate.reason for one in found.rounds for gate in one.gates if gate.result == "fail"} == {
        "line 5 now breaks `weakness`",
        "line 7 now breaks `weakness`",
    }


def test_some_repaired_some_open() -> None:
    def half(source: Source) -> Report:
        report = scan(source)
        return replace(report, fixes=report.fixes[:1] if "strong" not in source.text else ())

    found = revise(Source(TEXT), Tools(half))
    assert found.outcome == "findings"
    assert found.accepted is not None
    assert [one.span.line for one in found.remaining] == [7]


def test_only_what_is_shown_is_repaired() -> None:
    found = revise(Source(TEXT), Tools(scan, shown=lambda finding: finding.span.line == 7))
    assert found.outcome == "revised"
    assert found.accepted is not None
    assert found.accepted.text == TEXT.replace("weak(b)", "strong(b)")


def test_what_was_not_checked_is_never_clean() -> None:
    def partly(source: Source) -> Report:
        return replace(scan(source), skipped=(Skipped(source.path, "out of steps", 3),))

    assert revise(Source("x = 1\n"), Tools(partly)).outcome == "unverified"
    found = revise(Source(TEXT), Tools(partly))
    assert found.outcome == "unverified"
    assert [one.why for one in found.unchecked] == ["out of steps"]
    assert review(partly(Source("x = 1\n"))).outcome == "unverified"


def test_a_parked_candidate_is_a_suggestion() -> None:
    found = revise(Source(TEXT), Tools(scan, works=lambda source: None if source.text else {}))
    assert (found.outcome, found.accepted) == ("unverified", None)
    assert [one.gates[-1].result for one in found.rounds] == ["not_run", "not_run"]


def test_a_fix_for_another_text_is_not_tried() -> None:
    def stale(source: Source) -> Report:
        report = scan(source)
        return replace(report, fixes=tuple(replace(fix, digest="0" * 64) for fix in report.fixes))

    found = revise(Source(TEXT), Tools(stale))
    assert (found.outcome, found.rounds) == ("findings", ())


WORDS = ("", "weak(1)\n", "strong(", "x", "\r", "é", "#")
edits = st.lists(
    st.tuples(st.integers(-3, 90), st.integers(-3, 90), st.sampled_from(WORDS)),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_repairer_makes_it_worse(data: st.DataObject) -> None:
    """Hostile edits, wrong ranges and endless proposals included: the output has no finding that the input lacks."""

    def hostile(source: Source) -> Report:
        report = scan(source)
        fixes = [
            Fix(finding.fingerprint, tuple(Edit(*one) for one in data.draw(edits)), source.digest, "t", "p")
            for finding in report.findings
        ]
        return replace(report, fixes=(*fixes, *report.fixes) if data.draw(st.booleans()) else tuple(fixes))

    source = Source(TEXT, "app.py")
    found = revise(source, Tools(hostile))
    result = found.accepted or source
    assert len(scan(result).findings) <= len(scan(source).findings)
    assert {line for line in result.text.split("\n") if "weak(" in line} <= {"    weak(a)", "    weak(b)"}
    assert len(found.rounds) <= TRIES * len(found.findings)
    if found.accepted is not None:
        assert any(one.accepted for one in found.rounds)
        compile(result.text, "app.py", "exec")
    if found.outcome in ("clean", "revised"):
        assert found.remaining == ()


def test_findings_are_those_of_the_original() -> None:
    found = revise(Source(TEXT), Tools(scan))
    assert all(isinstance(one, Finding) and one.span.line in (5, 7) for one in found.findings)
