"""The revise loop: one finding after another is repaired, and only what passes every gate is kept.

What comes in: a Source and Tools. What goes out: a Review. The one invariant: the best text so far starts as the
original, and only a candidate that passed replaces it; a failed one is thrown away and never built upon.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import chain

from deburr.model import Finding, Fix, Gate, Report, Review, Round, Source
from deburr.review import change
from deburr.review.change import Change
from deburr.review.gates import Tools, accepted, judge
from deburr.review.review import outcome, review

TRIES = 3
"""Candidates for one finding."""

LIMIT = 200
"""Candidates for one text."""


def revise(source: Source, tools: Tools) -> Review:
    """Check a text, repair what can be repaired, and keep what is proved."""
    tools = replace(tools, scan=_once(tools.scan))
    first = tools.scan(source)
    start = review(first, shown=tools.shown)
    loop = _Loop(tools, source, first)
    while len(loop.rounds) < LIMIT and loop.step():
        pass
    end = review(loop.report, shown=tools.shown)
    rounds = tuple(loop.rounds)
    revised = loop.best.text != source.text
    unchecked = tuple(dict.fromkeys(chain(start.unchecked, end.unchecked)))
    return replace(
        start,
        outcome=outcome(end.remaining, rounds, unchecked, revised=revised),
        rounds=rounds,
        accepted=loop.best if revised else None,
        remaining=end.remaining,
        unchecked=unchecked,
    )


def _once(scan: Callable[[Source], Report]) -> Callable[[Source], Report]:
    """The same scan, which does not look twice at the text it saw last."""
    last: list[Report] = []

    def remembered(source: Source) -> Report:
        if not last or last[0].source != source:
            last[:] = [scan(source)]
        return last[0]

    return remembered


class _Loop:
    """The state between two candidates."""

    def __init__(self, tools: Tools, source: Source, report: Report) -> None:
        self.tools, self.best, self.report = tools, source, report
        self.rounds: list[Round] = []
        self.seen: set[str] = {source.digest}
        """Every text that was tried; one that comes back is not tried again."""
        self.tries: Counter[str] = Counter()
        self.failed: dict[str, str] = {}
        """By finding, the gate that failed last; the same one twice ends the attempts."""
        self.given_up: set[str] = set()

    def step(self) -> bool:
        """Try one candidate; False when there is none left."""
        for finding, fix in self._open():
            after = change.candidate(self.best, fix)
            if after is None or after.digest in self.seen:
                self.given_up.add(finding.fingerprint)
                continue
            self.seen.add(after.digest)
            self._try(finding, fix, after)
            return True
        return False

    def _open(self) -> list[tuple[Finding, Fix]]:
        fixes = {fix.fingerprint: fix for fix in reversed(self.report.fixes)}
        return [
            (finding, fixes[finding.fingerprint])
            for finding in self.report.findings
            if finding.fingerprint in fixes and finding.fingerprint not in self.given_up and self.tools.shown(finding)
        ]

    def _try(self, finding: Finding, fix: Fix, after: Source) -> None:
        tried = Change(self.best, after, finding, self.report, self.tools.defenses)
        gates = judge(tried, self.tools)
        passed = accepted(gates)
        self.rounds.append(Round(finding, fix, gates, passed, change.patch(self.best, after)))
        self.tries[finding.fingerprint] += 1
        if passed:
            self.best, self.report = after, self.tools.scan(after)
        else:
            self._learn(finding, gates)

    def _learn(self, finding: Finding, gates: tuple[Gate, ...]) -> None:
        why = next((gate.name for gate in gates if gate.result == "fail"), "")
        name = finding.fingerprint
        if not why or self.failed.get(name) == why or self.tries[name] >= TRIES:
            self.given_up.add(name)
        self.failed[name] = why
