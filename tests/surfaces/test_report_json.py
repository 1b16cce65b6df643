"""The JSON report, held against its published schema."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from deburr import __version__, surfaces
from deburr.surfaces.report_json import document, render
from deburr.surfaces.shared.checked import Checked
from tests.surfaces.sample import PATH, checked

SCHEMA = json.loads((Path(surfaces.__file__).parent / "schemas/check.schema.json").read_text(encoding="utf-8"))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_a_result_with_everything_is_as_the_schema_says(project: Path) -> None:
    content = json.loads(render(checked(project)))
    jsonschema.Draft202012Validator(SCHEMA).validate(content)
    assert content["tool"] == {"name": "deburr", "version": __version__}
    first = content["findings"][0]
    flow, fixes = first.pop("flow"), first.pop("fixes")
    assert first.pop("fingerprint").endswith(":0")
    assert first == {
        "rule": "sql-injection",
        "principle": "sql-injection",
        "title": "Untrusted text must not become part of an SQL statement",
        "message": "`weak(a, '%0A::error::x ``` | <b>@user \u202e')` is weak",
        "cwe": ["CWE-89"],
        "severity": "high",
        "confidence": "high",
        "path": PATH,
        "line": 2,
        "column": 1,
        "end_line": 2,
        "end_column": 42,
        "kind": "",
        "cell": None,
        "secret": None,
        "help": "deburr explain sql-injection",
    }
    assert flow[0] == {"path": PATH, "line": 1, "column": 5, "end_line": 1, "end_column": 12}
    assert fixes == [
        {
            "title": "Make it strong",
            "preserves": "what it returns",
            "safe": False,
            "edits": [{"line": 2, "column": 1, "end_line": 2, "end_column": 5, "new": "strong"}],
        }
    ]
    assert content["findings"][1]["cell"] == {"number": 3, "line": 2}
    assert content["waived"][0]["reason"] == "it is meant so"
    assert content["skipped"][1] == {"what": "b.bin", "why": "binary", "line": 0}


def test_an_empty_result_is_as_the_schema_says() -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(document(Checked()))


def test_the_schema_can_fail(project: Path) -> None:
    content = document(checked(project))
    content["findings"][0]["surprise"] = 1
    with pytest.raises(jsonschema.ValidationError, match="surprise"):
        jsonschema.Draft202012Validator(SCHEMA).validate(content)
