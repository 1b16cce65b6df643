"""Report + Verdicts -> Review: what one text breaks, what was not checked, and what that amounts to."""

from __future__ import annotations

from collections.abc import Callable

from deburr.model import Finding, Outcome, Report, Review, Round, Skipped, Span, Tier, Verdict
from deburr.review.gates import every, parked, unread_in


def review(report: Report, verdicts: tuple[Verdict, ...] = (), *, shown: Callable[[Finding], bool] = every) -> Review:
    """The Review of a text that nobody asked to repair."""
    findings = tuple(f for f in (*report.findings, *_judged(report, verdicts)) if shown(f))
    unchecked = _unchecked(report, verdicts)
    tiers: tuple[Tier, ...] = ("rules", "judge") if verdicts else ("rules",)
    return Review(
        source=report.source,
        findings=findings,
        outcome=outcome(findings, (), unchecked),
        verdicts=verdicts,
        remaining=findings,
        tiers=tiers,
        unchecked=unchecked,
    )


def outcome(
    remaining: tuple[Finding, ...], rounds: tuple[Round, ...], unchecked: tuple[Skipped, ...], *, revised: bool = False
) -> Outcome:
    """What a review amounts to, in order of precedence."""
    if unchecked or any(not r.accepted and parked(r.gates) for r in rounds):
        return "unverified"
    if remaining and rounds and not any(r.accepted for r in rounds):
        return "rejected"
    if remaining:
        return "findings"
    return "revised" if revised else "clean"


def _judged(report: Report, verdicts: tuple[Verdict, ...]) -> list[Finding]:
    """What the judge calls violated, with a quoted line; what the rules found already is not said twice."""
    found = []
    for verdict in verdicts:
        lines = [e.line for e in verdict.evidence if e.role == "sink"] or [
            e.line for e in verdict.evidence if e.role == "source"
        ]
        known = any(finding.principle == verdict.principle for finding in report.findings)
        if verdict.answer != "violated" or verdict.skipped or not lines or known:
            continue
        text = report.source.text.split("\n")
        width = len(text[lines[0] - 1]) if 0 < lines[0] <= len(text) else 0
        found.append(
            Finding(
                principle=verdict.principle,
                message=verdict.scenario or f"the judge finds `{verdict.principle}` violated",
                path=report.source.path,
                span=Span(lines[0], 1, lines[0], width + 1),
                severity="medium",
                confidence="medium",
                fingerprint=f"judge:{verdict.principle}:{lines[0]}",
                tier="judge",
            )
        )
    return found


def _unchecked(report: Report, verdicts: tuple[Verdict, ...]) -> tuple[Skipped, ...]:
    """What was not looked at, by the rules or by the judge."""
    found = unread_in(report)
    if report.digest != report.source.digest:
        found.append(Skipped(report.source.path, "the report is of another text"))
    silent = [verdict for verdict in verdicts if verdict.skipped]
    found += [Skipped(verdict.principle, f"the judge did not answer: {verdict.skipped}") for verdict in silent]
    return tuple(found)
