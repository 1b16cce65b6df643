"""A scan that knows one weakness, `weak(`, and changes by hand."""

from __future__ import annotations

import hashlib
import re

from deburr.model import Edit, Finding, Fix, Report, Source, Span
from deburr.review.change import Change, candidate


def scan(source: Source, new: str = "strong(") -> Report:
    """Every `weak(` is a finding; its fix writes `strong(`."""
    findings, fixes, seen = [], [], dict[str, int]()
    for number, line in enumerate(source.text.split("\n"), 1):
        for match in re.finditer(r"weak\(", line):
            name = hashlib.sha256(f"weak {line.strip()}".encode()).hexdigest()[:12]
            seen[name] = seen.get(name, -1) + 1
            print_ = f"{name}:{seen[name]}"
            span = Span(number, match.start() + 1, number, match.end() + 1)
            findings.append(Finding("weakness", "it is weak", source.path, span, "high", "high", fingerprint=print_))
            start = sum(len(one.encode()) + 1 for one in source.text.split("\n")[: number - 1])
            start += len(line[: match.start()].encode())
            fixes.append(Fix(print_, (Edit(start, start + 5, new),), source.digest, "Be strong", "all"))
    return Report(source, source.digest, tuple(findings), tuple(fixes))


def change(before: str, after: str, *, line: int = 0, language: str = "python") -> Change:
    """A candidate for the finding on a line, or for the first one."""
    source = Source(before, "app.py", language)
    report = scan(source)
    findings = [f for f in report.findings if not line or f.span.line == line]
    finding = (
        findings[0]
        if findings
        else Finding("weakness", "", "app.py", Span(line or 1, 1, line or 1, 2), "high", "high", fingerprint="none:0")
    )
    return Change(source, Source(after, "app.py", language), finding, report)


def patched(source: Source, fix: Fix) -> Source:
    found = candidate(source, fix)
    assert found is not None
    return found
