"""The result of `deburr check` in SARIF 2.1.0, with what GitHub code scanning reads of it and what other viewers do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from deburr import __version__
from deburr.constitution import Principle
from deburr.model import LEVELS, Finding, Skipped, Span
from deburr.surfaces.shared import guidance
from deburr.surfaces.shared.beside import note, permission
from deburr.surfaces.shared.checked import Checked, Proposal, Remark, Shown
from deburr.surfaces.shared.view import steps

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 25_000
"""GitHub refuses a run with more."""

_LEVEL = {"critical": "error", "high": "error", "medium": "warning", "low": "note"}
_SCORE = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.5"}
_BASE = "%SRCROOT%"


def render(checked: Checked) -> str:
    """The whole result as text."""
    return json.dumps(document(checked), indent=1, ensure_ascii=True) + "\n"


def document(checked: Checked) -> dict[str, Any]:
    """The whole result as plain values: one run, the most severe results first."""
    names = sorted(checked.principles)
    results = [
        *(_result(one, names) for one in checked.shown),
        *(_suppressed(_result(one, names), "external", "in the baseline") for one in checked.baselined),
        *(_suppressed(_result(one, names), "external", permission(entry)) for one, entry in checked.allowed),
        *(_suppressed(_bare(one.finding, names), "inSource", one.reason) for one in checked.waived),
    ]
    severity = {name: LEVELS.index(checked.principles[name].severity) for name in names}
    results.sort(key=lambda result: -severity.get(result["ruleId"], 0))
    cut = len(results) - MOST_RESULTS
    notes = [_notification(one, "warning") for one in checked.skipped]
    notes += [_remark(one) for one in checked.remarks]
    if cut > 0:
        notes.append({"level": "error", "message": {"text": f"{cut} results of low severity are left out here"}})
    run = {
        "tool": {"driver": _driver(checked.principles)},
        "automationDetails": {"id": "deburr/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_BASE: {"description": {"text": "The root of the project."}}},
        "invocations": [{"executionSuccessful": checked.files > 0, "toolExecutionNotifications": notes}],
        "results": results[:MOST_RESULTS],
        "properties": {"secrets": {kind or "all": one._asdict() for kind, one in checked.secrets.items()}},
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _driver(principles: Mapping[str, Principle]) -> dict[str, Any]:
    return {
        "name": "deburr",
        "semanticVersion": __version__,
        "rules": [_rule(principles[name]) for name in sorted(principles)],
    }


def _rule(principle: Principle) -> dict[str, Any]:
    precision = max(principle.confidence.values(), key=("low", "medium", "high").index, default="medium")
    markdown = f"## Why\n{principle.why}\n\n## Fix\n{principle.fix}\n"
    return {
        "id": principle.id,
        "name": "".join(word.capitalize() for word in principle.id.split("-")),
        "shortDescription": {"text": principle.title + "."},
        "fullDescription": {"text": " ".join(principle.why.split())},
        "help": {"text": f"{principle.why}\n\nInstead: {principle.fix}", "markdown": markdown},
        "helpUri": f"https://cwe.mitre.org/data/definitions/{principle.cwe[0]}.html",
        "defaultConfiguration": {"level": _LEVEL[principle.severity]},
        "properties": {
            "tags": ["security", *(f"external/cwe/cwe-{number:03d}" for number in principle.cwe)][:10],
            "precision": precision,
            "security-severity": _SCORE[principle.severity],
        },
    }


def _result(shown: Shown, names: list[str]) -> dict[str, Any]:
    result = _bare(shown.finding, names)
    result["message"] = {"text": (shown.finding.message or shown.finding.principle) + note(shown)}
    if fixes := [_fix(fix, shown.finding.path) for fix in shown.fixes if fix.edits]:
        result["fixes"] = fixes
    if shown.finding.kind:
        result["message"]["text"] += f". {guidance.sentence(shown)}"
        result["properties"] |= {"kind": shown.finding.kind, "identity": shown.identity, **dict(guidance.told(shown))}
    return result


def _bare(finding: Finding, names: list[str]) -> dict[str, Any]:
    """A result without what needs the text of the file."""
    result: dict[str, Any] = {
        "ruleId": finding.principle,
        "level": _LEVEL[finding.severity],
        "message": {"text": finding.message or finding.principle},
        "locations": [_location(finding.path, finding.span)],
        "partialFingerprints": {"primaryLocationLineHash": finding.fingerprint},
        "properties": {"severity": finding.severity, "confidence": finding.confidence},
    }
    if finding.principle in names:
        result["ruleIndex"] = names.index(finding.principle)
    if finding.flow:
        way = steps(finding)
        related = [_location(way[0].path or finding.path, way[0], "The value enters here.") | {"id": 1}]
        if way[-1].path:
            related.append(_location(way[-1].path, way[-1], "The value is used here.") | {"id": 2})
        result["codeFlows"] = [{"threadFlows": [{"locations": list(_steps(finding.path, way))}]}]
        result["relatedLocations"] = related
    return result


def _suppressed(result: dict[str, Any], kind: str, why: str) -> dict[str, Any]:
    return {**result, "suppressions": [{"kind": kind, "status": "accepted", "justification": why}]}


def _steps(path: str, way: list[Span]) -> Iterable[dict[str, Any]]:
    for number, span in enumerate(way, 1):
        words = "enters here" if number == 1 else "is used here" if number == len(way) else "passes here"
        yield {"location": _location(span.path or path, span, f"The value {words}."), "executionOrder": number}


def _location(path: str, span: Span, message: str = "") -> dict[str, Any]:
    place: dict[str, Any] = {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(span)}}
    return {**place, "message": {"text": message}} if message else place


def _artifact(path: str) -> dict[str, str]:
    address = {"uri": quote(path, safe="/~")}
    return address if path.startswith("/") else {**address, "uriBaseId": _BASE}


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(fix: Proposal, path: str) -> dict[str, Any]:
    replacements = [{"deletedRegion": _region(span), "insertedContent": {"text": new}} for span, new in fix.edits]
    return {
        "description": {"text": f"{fix.title}. {fix.preserves}".strip()},
        "artifactChanges": [{"artifactLocation": _artifact(path), "replacements": replacements}],
    }


def _remark(one: Remark) -> dict[str, Any]:
    place = {"artifactLocation": _artifact(one.file), "region": {"startLine": one.line}}
    text = f"allow list: {one.file}:{one.line}: {one.text}"
    return {"level": "note", "message": {"text": text}, "locations": [{"physicalLocation": place}]}


def _notification(one: Skipped, level: str) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": _artifact(one.what)}
    if one.line:
        location["region"] = {"startLine": one.line}
    return {
        "level": level,
        "message": {"text": f"not looked at: {one.what}: {one.why}"},
        "locations": [{"physicalLocation": location}],
    }
