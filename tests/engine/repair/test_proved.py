"""The repairs on the constitution's own flagged examples, through the real engine and every gate."""

from __future__ import annotations

from functools import cache

import pytest

from deburr import constitution
from deburr.engine import scan
from deburr.model import Review, Source
from deburr.review import Tools, revise

PROVED = """
archive-path-traversal assert-for-security autoescape-off bind-to-all-interfaces code-injection cookie-without-httponly
cookie-without-samesite cookie-without-secure credential-in-client-call credentials-in-url cross-site-scripting
dataframe-code-injection debug-mode-on disabled-certificate-warnings exception-text-exposure external-entities-on
few-kdf-iterations hardcoded-credential hardcoded-crypto-key hardcoded-password header-injection jwt-none-algorithm
jwt-without-verification ldap-injection log-injection missing-timeout nosql-injection old-tls-version open-redirect
path-traversal permissive-file-mode predictable-random private-key-in-text public-bucket regex-injection
remote-code-trusted secret-compared-with-equals secret-in-log shell-injection short-key sql-injection
ssh-host-key-ignored stack-trace-exposure template-injection temporary-file-race timing-unsafe-comparison
tls-verification-off unchecked-model-file unsafe-model-file unsafe-yaml weak-hash weak-padding xml-bomb
xml-external-entities xml-injection xpath-injection
""".split()
"""Principles with at least one example whose repair passes every gate."""

PRINCIPLES = {one.id: one for one in constitution.load()}


@cache
def reviews(name: str) -> tuple[Review, ...]:
    tools = Tools(scan, packages=frozenset({"defusedxml"}))
    examples = [example for example in PRINCIPLES[name].flagged if example.language == "python"]
    return tuple(revise(Source(example.code, "app.py"), tools) for example in examples)


@pytest.mark.parametrize("name", PROVED)
def test_a_repair_of_this_principle_passes_every_gate(name: str) -> None:
    accepted = [one for review in reviews(name) for one in review.rounds if one.accepted]
    failed = [
        f"{gate.name}: {gate.reason}"
        for review in reviews(name)
        for one in review.rounds
        for gate in one.gates
        if gate.result == "fail"
    ]
    assert name in {one.finding.principle for one in accepted}, failed


@pytest.mark.parametrize("name", PRINCIPLES)
def test_no_example_ends_worse(name: str) -> None:
    for review in reviews(name):
        before = sorted(finding.principle for finding in review.findings)
        after = sorted(finding.principle for finding in review.remaining)
        assert len(after) <= len(before)
        assert set(after) <= set(before)
        if review.accepted is not None:
            compile(review.accepted.text, "app.py", "exec")
            assert scan(review.accepted).findings == review.remaining
