"""A scan that knows one weakness: every line that says `weak(...)`, fed by the last line that says `enter`."""

from __future__ import annotations

import re

from deburr.model import Edit, Finding, Fix, Report, Skipped, Source, Span, Waiver


def scan(source: Source) -> Report:
    """Reports each `weak(...)` as sql-injection; `unsure` lowers the confidence, `crash` raises, `allow` waives."""
    if "crash" in source.text:
        raise ZeroDivisionError("by nothing")
    findings: list[Finding] = []
    fixes: list[Fix] = []
    waived: list[Waiver] = []
    entered: list[Span] = []
    at = 0
    for number, line in enumerate(source.text.split("\n"), 1):
        if match := re.search(r"enter\(.*?\)", line):
            entered = [Span(number, match.start() + 1, number, match.end() + 1)]
        for match in re.finditer(r"weak\(.*?\)", line):
            finding = Finding(
                principle="sql-injection",
                message=f"`{match[0]}` is weak",
                path=source.path,
                span=Span(number, match.start() + 1, number, match.end() + 1),
                severity="high",
                confidence="low" if "unsure" in line else "high",
                flow=(*entered, Span(number, match.start() + 1, number, match.end() + 1)) if entered else (),
                fingerprint=f"{source.path}|{line.strip()}:0",
            )
            if "allow" in line:
                waived.append(Waiver(finding, "it is meant so", number))
                continue
            findings.append(finding)
            start = at + len(line[: match.start()].encode())
            edit = Edit(start, start + 4, "strong")
            fixes.append(Fix(finding.fingerprint, (edit,), source.digest, "Make it strong", "what it returns"))
        at += len(line.encode()) + 1
    skipped = (Skipped(source.path, "a line is odd", 2),) if "odd" in source.text else ()
    return Report(source, source.digest, tuple(findings), tuple(fixes), skipped, tuple(waived))
