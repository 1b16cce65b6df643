"""SARIF as GitHub and other viewers read it.

The official schema is third-party text and not part of this repository: name a copy of sarif-schema-2.1.0.json in
SARIF_SCHEMA to hold the report against it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from deburr.surfaces.sarif import MOST_RESULTS, document, render
from deburr.surfaces.shared.checked import Checked
from tests.surfaces.sample import checked

OFFICIAL = os.environ.get("SARIF_SCHEMA", "")


@pytest.mark.skipif(not OFFICIAL, reason="SARIF_SCHEMA names no copy of the official schema")
def test_the_official_schema(project: Path) -> None:
    validator = jsonschema.Draft7Validator(json.loads(Path(OFFICIAL).read_text(encoding="utf-8")))
    validator.validate(json.loads(render(checked(project))))
    validator.validate(json.loads(render(Checked())))


def run(folder: Path) -> dict[str, Any]:
    content = json.loads(render(checked(folder)))
    assert content["version"] == "2.1.0"
    (only,) = content["runs"]
    assert isinstance(only, dict)
    return only


def test_a_rule_carries_what_github_reads(project: Path) -> None:
    (rule,) = run(project)["tool"]["driver"]["rules"]
    assert rule["id"] == "sql-injection"
    assert rule["shortDescription"] == {"text": "Untrusted text must not become part of an SQL statement."}
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"] == {
        "tags": ["security", "external/cwe/cwe-089"],
        "precision": "high",
        "security-severity": "8.0",
    }
    assert rule["help"]["markdown"].startswith("## Why\n")


def test_a_result_names_its_place_its_way_and_its_identity(project: Path) -> None:
    result = run(project)["results"][0]
    assert result["ruleId"] == "sql-injection"
    assert result["ruleIndex"] == 0
    assert result["level"] == "error"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "src/a%20b%2Cc%3Ad%7C%60%40e%60.py", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 42},
            }
        }
    ]
    assert list(result["partialFingerprints"]) == ["primaryLocationLineHash"]
    assert result["partialFingerprints"]["primaryLocationLineHash"].endswith(":0")
    steps = result["codeFlows"][0]["threadFlows"][0]["locations"]
    assert [step["location"]["message"]["text"] for step in steps] == [
        "The value enters here.",
        "The value is used here.",
    ]
    assert result["fixes"][0]["artifactChanges"][0]["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 5},
            "insertedContent": {"text": "strong"},
        }
    ]


def test_what_is_suppressed_says_by_what(project: Path) -> None:
    results = run(project)["results"]
    assert [result.get("suppressions") for result in results] == [
        None,
        None,
        [{"kind": "external", "status": "accepted", "justification": "in the baseline"}],
        [{"kind": "inSource", "status": "accepted", "justification": "it is meant so"}],
    ]


def test_what_was_not_looked_at_is_a_notification(project: Path) -> None:
    only = run(project)
    assert only["columnKind"] == "unicodeCodePoints"
    notes = only["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == [
        "not looked at: bad é.py: not valid UTF-8, read with replacements",
        "not looked at: b.bin: binary",
    ]


def test_what_is_cut_is_said(project: Path) -> None:
    many = Checked(shown=checked(project).shown * (MOST_RESULTS // 2 + 1), files=1)
    (only,) = document(many)["runs"]
    assert len(only["results"]) == MOST_RESULTS
    assert only["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("2 results")


def test_addresses_need_no_escape(project: Path) -> None:
    for address in re.findall(r'"uri": "([^"]*)"', render(checked(project))):
        assert re.fullmatch(r"(?:[\w./~-]|%[0-9A-F]{2})+", address, re.A)
