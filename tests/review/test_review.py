"""What a text's review amounts to, with and without a judge."""

from __future__ import annotations

from deburr.model import Evidence, Gate, Report, Round, Skipped, Source, Verdict
from deburr.review import review
from deburr.review.review import outcome
from tests.review.reviewing import scan

CLEAN, OPEN = Source("x = 1\ny = 2\n"), Source("weak(1)\n")


def test_rules_alone() -> None:
    assert (review(scan(CLEAN)).outcome, review(scan(CLEAN)).tiers) == ("clean", ("rules",))
    assert review(scan(OPEN)).outcome == "findings"
    assert review(scan(OPEN), shown=lambda finding: finding.principle != "weakness").outcome == "clean"


def test_a_judge_adds_a_finding_with_a_quoted_line() -> None:
    said = Verdict("missing-check", "violated", (Evidence(2, "y = 2", "sink"),), "anybody sets y")
    found = review(scan(CLEAN), (said,))
    assert (found.outcome, found.tiers) == ("findings", ("rules", "judge"))
    assert [(f.principle, f.message, f.span.line, f.span.end_column, f.tier) for f in found.findings] == [
        ("missing-check", "anybody sets y", 2, 6, "judge")
    ]


def test_a_judge_without_evidence_adds_nothing_and_clears_nothing() -> None:
    assert review(scan(CLEAN), (Verdict("missing-check", "violated"),)).outcome == "clean"
    assert review(scan(OPEN), (Verdict("weakness", "upheld"),)).outcome == "findings"


def test_a_judge_that_did_not_answer_leaves_it_unverified() -> None:
    found = review(scan(CLEAN), (Verdict("missing-check", "unsure", skipped="timeout"),))
    assert (found.outcome, [one.why for one in found.unchecked]) == (
        "unverified",
        ["the judge did not answer: timeout"],
    )


def test_a_report_of_another_text_is_no_review() -> None:
    assert review(Report(CLEAN, "0" * 64)).outcome == "unverified"


def test_precedence() -> None:
    report = scan(OPEN)
    finding, fix = report.findings[0], report.fixes[0]
    failed = Round(finding, fix, (Gate("parses", "fail", ""), Gate("behavior", "not_run", "")), False)
    parked = Round(finding, fix, (Gate("parses", "pass", ""), Gate("behavior", "not_run", "")), False)
    passed = Round(finding, fix, (Gate("parses", "pass", ""),), True)
    skipped = (Skipped("a", "b"),)
    assert outcome((), (passed,), skipped, revised=True) == "unverified"
    assert outcome((finding,), (parked,), ()) == "unverified"
    assert outcome((finding,), (failed,), ()) == "rejected"
    assert outcome((finding,), (failed, passed), (), revised=True) == "findings"
    assert outcome((), (passed,), (), revised=True) == "revised"
    assert outcome((), (), ()) == "clean"
