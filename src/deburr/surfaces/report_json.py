"""The result of `deburr check` as one JSON object, described by `schemas/check.schema.json`."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from deburr import __version__
from deburr.constitution import Principle
from deburr.model import LEVELS, Finding, Skipped, Span
from deburr.surfaces.shared import guidance
from deburr.surfaces.shared.allowed import Allow
from deburr.surfaces.shared.beside import GUIDANCE
from deburr.surfaces.shared.checked import Checked, Proposal, Shown, Tally

FORMAT = 1
"""Raised when a field changes its meaning or goes; a new field raises nothing."""


def render(checked: Checked) -> str:
    """The whole result as text."""
    return json.dumps(document(checked), indent=2, ensure_ascii=True) + "\n"


def document(checked: Checked) -> dict[str, Any]:
    """The whole result as plain values."""
    principles = checked.principles
    return {
        "version": FORMAT,
        "tool": {"name": "deburr", "version": __version__},
        "findings": [_shown(shown, principles) for shown in checked.shown],
        "baselined": [_shown(shown, principles) for shown in checked.baselined],
        "waived": [
            {**_finding(waiver.finding, principles), "reason": waiver.reason, "reason_line": waiver.line}
            for waiver in checked.waived
        ],
        "allowed": [{**_shown(one.shown, principles), "allow": _entry(one.entry)} for one in checked.allowed],
        "allow_list": [one._asdict() for one in checked.remarks],
        "stale": [
            {"fingerprint": one.fingerprint, "principle": one.principle, "path": one.path, "count": one.count}
            for one in checked.stale
        ],
        "skipped": [_skipped(one) for one in checked.skipped],
        "left_out": [_skipped(one) for one in checked.left_out],
        "summary": _summary(checked),
    }


def _summary(checked: Checked) -> dict[str, Any]:
    counts = Counter(shown.finding.severity for shown in checked.shown)
    return {
        "profile": checked.profile,
        "files": checked.files,
        "lines": checked.lines,
        "seconds": round(checked.seconds, 3),
        "findings": {level: counts[level] for level in LEVELS},
        "secrets": {
            "findings": checked.secrets.get("", Tally()).findings,
            "distinct": checked.secrets.get("", Tally()).distinct,
            "by_kind": {kind: one._asdict() for kind, one in checked.secrets.items() if kind},
        },
        "hidden": checked.hidden,
        **({"unit": checked.unit, "known": checked.known, "binary": checked.binary} if checked.unit != "file" else {}),
        "secrets_only": dict(sorted(checked.secrets_only.items())),
    }


def _shown(shown: Shown, principles: Any) -> dict[str, Any]:
    brought = {"history": {**shown.brought._asdict(), "guidance": GUIDANCE}} if shown.brought else {}
    fixes = [_fix(fix) for fix in shown.fixes]
    return {**_finding(shown.finding, principles), **brought, "secret": _secret(shown), "fixes": fixes}


def _entry(entry: Allow) -> dict[str, Any]:
    names = ("file", "line", "reason", "owner", "approved_by", "expires")
    return {name: getattr(entry, name) for name in names}


def _secret(shown: Shown) -> dict[str, Any] | None:
    if not shown.finding.kind:
        return None
    known = guidance.advice(shown.finding.kind)
    return {
        "identity": shown.identity,
        "opens": known.opens,
        "revoke": known.revoke,
        "committed": shown.committed,
        "guidance": guidance.in_git(shown),
    }


def _finding(finding: Finding, principles: Any) -> dict[str, Any]:
    principle: Principle | None = principles.get(finding.principle)
    title = principle.title if principle else ""
    return {
        "rule": finding.principle,
        "principle": finding.principle,
        "title": title,
        "message": finding.message or title,
        "cwe": [f"CWE-{number}" for number in principle.cwe] if principle else [],
        "severity": finding.severity,
        "confidence": finding.confidence,
        "path": finding.path,
        **_span(finding.span),
        "flow": [{"path": span.path or finding.path, **_span(span)} for span in finding.flow],
        "fingerprint": finding.fingerprint,
        "kind": finding.kind,
        "cell": {"number": finding.cell[0], "line": finding.cell[1]} if finding.cell else None,
        **({"inside": {"path": finding.inside[0], "line": finding.inside[1]}} if finding.inside else {}),
        "help": f"deburr explain {finding.principle}",
    }


def _span(span: Span) -> dict[str, int]:
    return {"line": span.line, "column": span.column, "end_line": span.end_line, "end_column": span.end_column}


def _fix(fix: Proposal) -> dict[str, Any]:
    edits = [{**_span(span), "new": new} for span, new in fix.edits]
    return {"title": fix.title, "preserves": fix.preserves, "safe": fix.safe, "edits": edits}


def _skipped(one: Skipped) -> dict[str, Any]:
    return {"what": one.what, "why": one.why, "line": one.line}
