"""The result of `deburr review` for a person at a terminal: each repair as a diff, with every gate's word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from deburr.model import Finding, Gate, Round
from deburr.surfaces.cli.reviewed import File, Run
from deburr.surfaces.shared.beside import permission
from deburr.surfaces.shared.checked import opened
from deburr.surfaces.shared.guidance import advice
from deburr.surfaces.shared.paint import SEVERITY, Paint, safe
from deburr.surfaces.shared.prose import wrap

_SIGNS = {"pass": ("✓", "green"), "fail": ("✗", "red"), "not_run": ("?", "yellow"), "not_applicable": ("-", "dim")}
_ASCII = {"✓": "*", "✗": "x"}
_OUTCOMES = {
    "clean": ("clean (rules only)", "green"),
    "revised": ("repaired", "green"),
    "findings": ("open findings", "yellow"),
    "rejected": ("no repair passed", "red"),
    "unverified": ("not everything was checked", "yellow"),
}

_SUMMED = {
    "findings": "with open findings",
    "rejected": "without a repair that passed",
    "unverified": "not checked in full",
}
"""The same of several files."""


def render(run: Run, paint: Paint, *, verbose: bool = False) -> str:
    """All that there is to say, ready to be written."""
    lines: list[str] = []
    for file in run.files:
        if verbose or file.outcome != "clean" or file.allowed:
            lines += [*_file(file, opened(file.path, run.root, run.here), paint), ""]
    return "\n".join([*lines, *_summary(run, paint)]) + "\n"


def _file(file: File, path: str, paint: Paint) -> Iterator[str]:
    said, style = _OUTCOMES[file.outcome]
    yield f"{paint(safe(path), 'bold')}: {paint(said, style)}"
    for skipped in file.unchecked:
        line = f", line {skipped.line}" if skipped.line else ""
        yield f"  {paint('not checked', 'yellow')}{line}: {safe(skipped.why)}"
    if file.review is None or file.source is None:
        return
    tried = {round.finding.fingerprint for round in file.review.rounds}
    for round in file.review.rounds:
        yield ""
        yield from _head(round.finding, path, paint)
        yield from _round(round, round.patch, paint)
    for finding in file.review.remaining:
        if finding.fingerprint not in tried:
            yield ""
            yield from _head(finding, path, paint)
            yield f"  {paint('no repair is known', 'yellow')}; deburr explain {finding.principle} says what to do"
    for finding, entry in file.allowed:
        yield f"  {paint('allowed', 'dim')}: line {finding.span.line}: {finding.principle}: {safe(permission(entry))}"
    if file.refused:
        yield f"  {paint('not written', 'red')}: {safe(file.refused)}"


def _head(finding: Finding, path: str, paint: Paint) -> Iterator[str]:
    style = SEVERITY[finding.severity]
    head = f"{finding.severity}[{finding.principle}]"
    message = wrap(safe(finding.message), paint, 4, len(head) + 4, "bold")
    yield f"  {paint(head, style)}: {message[0] if message else ''}"
    yield from message[1:]
    cell = f" (cell {finding.cell[0]}, line {finding.cell[1]})" if finding.cell else ""
    yield f"  {paint('-->', 'blue')} {safe(path)}:{finding.span.line}:{finding.span.column}{cell}"


def _round(round: Round, patch: str, paint: Paint) -> Iterator[str]:
    word = paint("repaired", "green") if round.accepted else paint("proposed, not accepted", "yellow")
    yield f"  {word}: {safe(round.fix.title)}"
    yield f"  {paint('keeps', 'dim')}: {safe(round.fix.preserves)}"
    if round.finding.kind:
        yield from _paragraph("revoke", advice(round.finding.kind).revoke, paint)
    for line in patch.split("\n")[2:-1]:
        yield "    " + _diff_line(line, paint)
    yield from _gates(round.gates, paint)


def _paragraph(name: str, text: str, paint: Paint) -> Iterator[str]:
    """What is left to do: a secret that is gone from the text still opens what it opened."""
    first, *rest = wrap(safe(text), paint, 4, len(name) + 4)
    yield f"  {paint(name, 'yellow')}: {first}"
    yield from rest


def _diff_line(line: str, paint: Paint) -> str:
    style = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    shown = line[:1] + safe(line[1:].rstrip("\r"))
    return paint(shown, style) if style else shown


def _gates(gates: tuple[Gate, ...], paint: Paint) -> Iterator[str]:
    """The gates that passed in one line, each other one with its reason."""
    passed = ", ".join(gate.name for gate in gates if gate.result == "pass")
    if passed:
        lines = wrap(passed, paint, 4, 4)
        yield f"  {paint(paint.plain('✓'), 'green')} {lines[0]}"
        yield from lines[1:]
    for gate in gates:
        if gate.result != "pass" and gate.reason != "an earlier gate failed":
            yield f"  {_sign(gate, paint)} {gate.name}: {safe(gate.reason)}"


def _sign(gate: Gate, paint: Paint) -> str:
    sign, style = _SIGNS[gate.result]
    return paint(sign if paint.unicode else _ASCII.get(sign, sign), style)


def _summary(run: Run, paint: Paint) -> Iterator[str]:
    """What was reviewed, what was repaired, and what is left to do."""
    reviews = [file.review for file in run.files if file.review is not None]
    found = sum(len(review.findings) for review in reviews)
    left = sum(len(review.remaining) for review in reviews)
    outcomes = Counter(file.outcome for file in run.files)
    named = [f"{count} {_SUMMED.get(name, _OUTCOMES[name][0])}" for name, count in outcomes.items()]
    yield f"{_count(len(run.files), 'file')} in {run.seconds:.2f} s: {', '.join(named) or 'nothing to review'}"
    if found:
        repaired = paint(f"{found - left} repaired and verified", "green" if found > left else "dim")
        yield f"{_count(found, 'finding')}: {repaired}, {paint(f'{left} open', 'yellow' if left else 'dim')}"
    ready = sum(review.accepted is not None for review in reviews)
    applied = sum(file.applied and file.review is not None and file.review.accepted is not None for file in run.files)
    if run.written and ready:
        yield f"{_count(applied, 'file')} written" + (f", {ready - applied} refused" if ready > applied else "")
    elif ready:
        yield f"--write applies the repairs of {_count(ready, 'file')}; --format patch prints them"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
