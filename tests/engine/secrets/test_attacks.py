"""What attackers tried: to hide credentials in everyday ways, and to provoke false alarms, with the true outcome."""

from __future__ import annotations

from pathlib import Path

import pytest

from deburr.engine import scan
from deburr.model import Source
from tests.engine.secrets.attacks.cases import Case, cases

FOLDER = Path(__file__).parent / "attacks"
SECRET = {
    "hardcoded-credential",
    "hardcoded-password",
    "credentials-in-url",
    "private-key-in-text",
    "credential-in-client-call",
    "hardcoded-crypto-key",
}


def wrong(case: Case) -> list[str]:
    """What is marked and not reported in the default profile, or reported and not marked."""
    report = scan(Source(case.text, case.path, case.language))
    shown = [one for one in report.findings if one.confidence != "low" and one.persona == "regular"]
    found = {(one.span.line, one.principle) for one in shown if one.principle in SECRET}
    problems = [
        (line, f"{name} is marked and not reported") for line, name in case.finding if (line, name) not in found
    ]
    problems += [
        (line, f"{name} is found now: change its mark from `missed` to `finding`")
        for line, name in case.missed
        if (line, name) in found
    ]
    marked = {*case.finding, *case.missed}
    problems += [(line, f"{name} is reported and not marked") for line, name in found if (line, name) not in marked]
    return [f"{case.line - 1 + line}: {what}" for line, what in sorted(problems)]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{file.name}:{case.line}: {case.title}")
        for file in sorted(FOLDER.glob("*.md"))
        for case in cases(file)
    ],
)
def test_an_attack(case: Case) -> None:
    assert wrong(case) == []
