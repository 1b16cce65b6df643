"""What must hold of every text, in every language."""

from __future__ import annotations

import time
from itertools import pairwise
from random import Random

from deburr.engine import scan, secrets
from deburr.engine.secrets.streaming import joined
from deburr.model import Report, Source, Span
from tests.fuzz.texts import LANGUAGES

SECONDS, SECONDS_PER_KILOBYTE = 10.0, 1.0
"""CPU that a scan may take; far more than it does, since the budget of steps is what ends it."""


def check(text: str, language: str) -> None:
    """Scan twice, thoroughly and quickly, and complain of what no Report may hold."""
    source = Source(text, f"app.{LANGUAGES[language]}", language)
    begin = time.process_time()
    report = scan(source)
    spent = time.process_time() - begin
    assert spent <= SECONDS + SECONDS_PER_KILOBYTE * len(text) / 1000, f"{spent:.1f} s for {len(text)} characters"
    assert scan(source) == report, "the same text gave another Report"
    _whole(report, text)
    _whole(scan(source, quick=True), text)
    check_secrets(text.encode("utf-8", "surrogatepass"), language)


def check_secrets(data: bytes, language: str) -> None:
    """Look for the secrets of any bytes, whole and in pieces, and complain of what no search may give."""
    found = secrets.find(data, language)
    at = 0
    for one in found:
        assert at <= one.start < one.end <= len(data), one
        at = one.end
    draw = Random(len(data))
    places = sorted(draw.randrange(len(data) + 1) for _ in range(draw.randrange(5)))
    pieces = [data[a:b] for a, b in pairwise([0, *places, len(data)])]
    stretches = list(secrets.stream(pieces, language))
    assert b"".join(one.data for one in stretches) == data
    assert joined(stretches) == found, "in pieces, other secrets were found"
    text = data.decode("utf-8", "replace")
    clean, spans = secrets.redact(text, language, b"a key for this test")
    lines = text.split("\n")
    assert clean.count("\n") == text.count("\n")
    assert all(_inside(span, lines) for span in spans), spans
    assert bool(spans) == (clean != text)


def _whole(report: Report, text: str) -> None:
    lines = text.split("\n")
    size = len(text.encode("utf-8", "surrogatepass"))
    for one in report.findings:
        assert all(_inside(span, lines) for span in (one.span, *one.flow)), one
    for fix in report.fixes:
        assert all(0 <= edit.start <= edit.end <= size for edit in fix.edits), fix
    prints = [one.fingerprint for one in report.findings]
    assert len(prints) == len(set(prints)), "two findings of one identity"


def _inside(span: Span, lines: list[str]) -> bool:
    if not (1 <= span.line <= span.end_line <= len(lines)):
        return False
    if (span.line, span.column) > (span.end_line, span.end_column):
        return False
    return span.column <= len(lines[span.line - 1]) + 1 and span.end_column <= len(lines[span.end_line - 1]) + 1
