"""Each acceptance gate: what passes it, what fails it, and the words in which it says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deburr.errors import SandboxError
from deburr.model import Finding, Gate, Report, Skipped, Source, Span, Waiver
from deburr.review import Tools, gates
from tests.review.reviewing import change, scan

BEFORE = """import os


def run(name):
    if not name:
        raise ValueError(name)
    weak(name)
    return name
"""
AFTER = BEFORE.replace("weak(", "strong(")


def said(gate: Gate) -> tuple[str, str]:
    return gate.result, gate.reason


def test_a_good_change_passes_all_nine() -> None:
    found = gates.judge(change(BEFORE, AFTER), Tools(scan))
    assert [(gate.name, gate.result) for gate in found] == [
        ("parses", "pass"),
        ("untouched lines", "pass"),
        ("interface kept", "pass"),
        ("no evasion", "pass"),
        ("defenses kept", "pass"),
        ("second opinion", "pass"),
        ("target gone", "pass"),
        ("nothing new", "pass"),
        ("behavior", "not_applicable"),
    ]
    assert gates.accepted(found)


PARSES = {
    "syntax": (AFTER.replace("strong(name)", "strong(name"), "the candidate is no valid Python, the original is"),
    "empty": (" \n", "the candidate is empty"),
}


@pytest.mark.parametrize(("after", "reason"), PARSES.values(), ids=PARSES.keys())
def test_parses(after: str, reason: str) -> None:
    assert said(gates.parses(change(BEFORE, after))) == ("fail", reason)


def test_a_text_that_never_parsed_may_be_repaired() -> None:
    assert gates.parses(change("def f(:\n  weak(1)\n", "def f(:\n  strong(1)\n")).result == "pass"


UNTOUCHED = {
    "other line": (
        AFTER.replace("return name", "return  name"),
        "line 8 differs, which the finding does not pass through",
    ),
    "added far away": (AFTER + "\n\nx = 1\n", "lines are added at line 9, away from the finding"),
    "line ends": (AFTER.replace("strong(name)\n", "strong(name)\r\n"), "the line ends are not those of the original"),
    "last line": (AFTER.rstrip("\n"), "line 8 differs, which the finding does not pass through"),
}


@pytest.mark.parametrize(("after", "reason"), UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_untouched_lines(after: str, reason: str) -> None:
    assert said(gates.untouched_lines(change(BEFORE, after))) == ("fail", reason)


MAY_DIFFER = {
    "import": AFTER.replace("import os\n", "import os\nimport shlex\n"),
    "lines before the statement": AFTER.replace("    strong", "    check(name)\n    strong"),
    "a statement of several lines": AFTER.replace("strong(name)", "strong(\n        name,\n    )"),
}


@pytest.mark.parametrize("after", MAY_DIFFER.values(), ids=MAY_DIFFER.keys())
def test_lines_that_may_differ(after: str) -> None:
    assert gates.untouched_lines(change(BEFORE, after)).result == "pass"


def test_the_lines_of_the_flow_may_differ() -> None:
    before = "a = source()\nb = 1\nweak(a)\n"
    found = change(before, "a = clean(source())\nb = 1\nstrong(a)\n")
    assert gates.untouched_lines(found).result == "fail"
    flow = (Span(1, 5, 1, 13), Span(3, 6, 3, 7))
    assert gates.untouched_lines(replace(found, finding=replace(found.finding, flow=flow))).result == "pass"


def test_only_the_head_of_a_compound_statement_is_flagged() -> None:
    before = "with weak(1) as f:\n    a()\n    b()\n"
    assert gates.untouched_lines(change(before, "with strong(1) as f:\n    a()\n    b()\n")).result == "pass"
    gate = gates.untouched_lines(change(before, "with strong(1) as f:\n    a()\n"))
    assert said(gate) == ("fail", "line 3 differs, which the finding does not pass through")


SIGNATURE = "def (name) returns a value"
INTERFACE = {
    "parameter": (
        AFTER.replace("run(name)", "run(name, more)"),
        f"`run` was `{SIGNATURE}` and is `def (name, more) returns a value`",
    ),
    "name": (AFTER.replace("def run", "def go"), "`run` is gone"),
    "result": (
        AFTER.replace("return name", "return name, 1"),
        f"`run` was `{SIGNATURE}` and is `def (name) returns a tuple of 2`",
    ),
    "emptied": ("def run(name):\n    pass\n", "`run` does nothing any more"),
    "long": (
        AFTER.replace("    strong(name)\n", "    strong(name)\n" * 40),
        "40 lines differ, more than the 24 that this finding needs",
    ),
}


@pytest.mark.parametrize(("after", "reason"), INTERFACE.values(), ids=INTERFACE.keys())
def test_interface_kept(after: str, reason: str) -> None:
    before = "def run(name):\n    weak(name)\n" if "pass" in after else BEFORE
    assert said(gates.interface_kept(change(before, after))) == ("fail", reason)


def test_the_value_of_a_default_is_no_interface() -> None:
    before, after = "def f(a, key='weak('):\n    return a\n", "def f(a, key=None):\n    return a\n"
    assert gates.interface_kept(change(before, after)).result == "pass"


EVASION = {
    "suppression": (AFTER.replace("strong(name)", "strong(name)  # nosec"), "line 7 adds a suppression"),
    "our own": (
        AFTER.replace("strong(name)", "strong(name)  # deburr: allow weakness -- no"),
        "line 7 adds a suppression",
    ),
    "remark": (AFTER.replace("strong(name)", "strong(name)  # false positive"), "line 7 speaks to the reviewer"),
    "getattr": (AFTER.replace("strong(", "getattr(m, 'we' + 'ak')("), "calls `getattr`, which the original does not"),
    "alias": (AFTER.replace("strong(name)", "go = os.system; go(name)"), "gives `os.system` another name"),
    "invented package": (
        AFTER.replace("import os", "import os\nimport strongly"),
        "imports `strongly`, which the project does not declare",
    ),
}


@pytest.mark.parametrize(("after", "reason"), EVASION.values(), ids=EVASION.keys())
def test_no_evasion(after: str, reason: str) -> None:
    assert said(gates.no_evasion(change(BEFORE, after))) == ("fail", reason)


def test_known_imports_and_old_comments_are_no_evasion() -> None:
    after = AFTER.replace("import os", "import os\nimport strongly")
    assert gates.no_evasion(change(BEFORE, after), frozenset({"strongly"})).result == "pass"
    before = "from flask import request\nweak(request)  # noqa: E501\n"
    after = "from flask import request\nfrom markupsafe import escape\nstrong(escape(request))  # noqa: E501\n"
    assert gates.no_evasion(change(before, after)).result == "pass"


DEFENSES = {
    "guard": (
        AFTER.replace("    if not name:\n        raise ValueError(name)\n", ""),
        "the guard in `run` is gone: `not name`",
    ),
    "guard made void": (AFTER.replace("if not name", "if False"), "the guard in `run` is gone: `not name`"),
}


@pytest.mark.parametrize(("after", "reason"), DEFENSES.values(), ids=DEFENSES.keys())
def test_defenses_kept(after: str, reason: str) -> None:
    assert said(gates.defenses_kept(change(BEFORE, after))) == ("fail", reason)


LOST = {
    "timeout": ("weak(u, timeout=3)\n", "strong(u)\n", "the option `timeout` is gone: `3`"),
    "sanitizer": ("weak(quote(a))\n", "strong(a)\n", "the check `quote` is gone"),
    "assertion": ("assert a\nweak(a)\n", "strong(a)\n", "the assertion is gone: `a`"),
    "handler": (
        "try:\n    weak(1)\nexcept OSError:\n    stop()\n",
        "strong(1)\n",
        "the handler is gone: `OSError`",
    ),
    "decorator": (
        "@login_required\ndef f():\n    weak(1)\n",
        "def f():\n    strong(1)\n",
        "the decorator is gone: `login_required`",
    ),
    "lock": ("with lock:\n    weak(1)\n", "strong(1)\n", "the context is gone: `lock`"),
}


@pytest.mark.parametrize(("before", "after", "reason"), LOST.values(), ids=LOST.keys())
def test_other_defenses(before: str, after: str, reason: str) -> None:
    assert said(gates.defenses_kept(change(before, after))) == ("fail", reason)


REPLACED = {
    "better guard": ("if a != b:\n    raise X\nweak(1)\n", "if not same(a, b):\n    raise X\nstrong(1)\n"),
    "assertion made a guard": ("assert a\nweak(1)\n", "if not a:\n    raise AssertionError\nstrong(1)\n"),
    "what was off anyway": ("weak(u, verify=False)\n", "strong(u)\n"),
    "other value": ("weak(u, timeout=None)\n", "strong(u, timeout=5)\n"),
}


@pytest.mark.parametrize(("before", "after"), REPLACED.values(), ids=REPLACED.keys())
def test_a_defense_that_is_replaced_is_not_lost(before: str, after: str) -> None:
    assert gates.defenses_kept(change(before, after)).result == "pass"


def test_other_languages_keep_their_words() -> None:
    gate = gates.defenses_kept(change("assert(a); weak(a)\n", "strong(a)\n", language="javascript"))
    assert said(gate) == ("fail", "a line with `assert` is gone")


def test_second_opinion() -> None:
    gate = gates.second_opinion(change(BEFORE, AFTER.replace("strong(name)", "sub.run(name, shell=True)")))
    assert said(gate) == ("fail", "adds `shell=True`")
    gate = gates.second_opinion(change("weak(:\n", "strong(:\n"))
    assert said(gate) == ("not_applicable", "no second model is configured, nor is the text valid Python")
    moved = "if a:\n    weak(1)\n    b()\n", "if a:\n    strong(1)\nb()\n"
    assert gates.second_opinion(change(*moved)).result == "pass", "the diff shows the moved line: gate 2 sees it"


def test_target_gone() -> None:
    found = change(BEFORE, BEFORE + "# more\n")
    assert said(gates.target_gone(found, scan(found.after))) == ("fail", "`weakness` is still reported")
    found = change(BEFORE, AFTER)
    assert said(gates.target_gone(found, scan(found.before))) == ("not_run", "the report is not of the candidate")


def test_one_of_two_equal_lines() -> None:
    before = "weak(1)\nweak(1)\n"
    for line, after in ((1, "strong(1)\nweak(1)\n"), (2, "weak(1)\nstrong(1)\n")):
        found = change(before, after, line=line)
        report = scan(found.after)
        assert gates.target_gone(found, report).result == "pass"
        assert gates.nothing_new(found, report).result == "pass"


def test_a_waived_target_is_not_gone() -> None:
    found = change(BEFORE, AFTER)
    report = Report(found.after, found.after.digest, waived=(Waiver(found.finding, "so", 1),))
    assert gates.target_gone(found, report).result == "fail"


def test_nothing_new() -> None:
    found = change(BEFORE, AFTER.replace("strong(name)", "strong(name); weak(1)"))
    assert said(gates.nothing_new(found, scan(found.after))) == ("fail", "line 7 now breaks `weakness`")


def test_another_finding_on_the_rewritten_line_is_not_new() -> None:
    found = change("weak(1); weak(2)\n", "strong(1); weak(2)\n")
    assert gates.nothing_new(found, scan(found.after)).result == "pass"


def test_a_finding_that_got_worse_is_new() -> None:
    found = change("weak(1)\nweak(2)\n", "strong(1)\nweak(2)\n")
    report = scan(found.after)
    worse = tuple(replace(one, severity="critical") for one in report.findings)
    assert said(gates.nothing_new(found, replace(report, findings=worse))) == ("fail", "line 2 now breaks `weakness`")


def test_what_is_no_longer_looked_at_fails() -> None:
    found = change(BEFORE, AFTER)
    report = replace(scan(found.after), skipped=(Skipped("app.py", "out of steps"),))
    assert said(gates.nothing_new(found, report)) == ("fail", "a part is no longer looked at: out of steps")
    report = replace(scan(found.after), skipped=(Skipped("app.py", "allow x: the suppression matches no finding"),))
    assert gates.nothing_new(found, report).result == "pass"


def passing(results: dict[str, dict[str, bool]]) -> gates.Works:
    return lambda source: results.get("before" if "weak" in source.text else "after")


BEHAVIOR = {
    "same": ({"a": True, "b": False}, {"a": True, "b": False}, ("pass", "1 tests pass as before")),
    "fails now": ({"a": True}, {"a": False}, ("fail", "the test `a` passed before and fails now")),
    "vanished": ({"a": True, "b": False}, {"a": True}, ("fail", "the test `b` is gone")),
}


@pytest.mark.parametrize(("before", "after", "expected"), BEHAVIOR.values(), ids=BEHAVIOR.keys())
def test_behavior(before: dict[str, bool], after: dict[str, bool], expected: tuple[str, str]) -> None:
    works = passing({"before": before, "after": after})
    assert said(gates.behavior(change(BEFORE, AFTER), works)) == expected


def test_without_a_sandbox_the_candidate_is_parked() -> None:
    def works(source: Source) -> dict[str, bool]:
        raise SandboxError(f"no Landlock here for {source.path}")

    found = gates.judge(change(BEFORE, AFTER), Tools(scan, works))
    assert said(found[-1]) == ("not_run", "no Landlock here for app.py")
    assert gates.parked(found)
    assert not gates.accepted(found)


def test_after_a_failure_nothing_is_scanned() -> None:
    def refuse(source: Source) -> Report:
        raise AssertionError(source.path)

    found = gates.judge(change(BEFORE, AFTER + "x = 1\n"), Tools(refuse))
    assert [gate.result for gate in found] == ["pass", "fail", *["not_run"] * 7]
    assert found[2].reason == "an earlier gate failed"


def test_notebooks_keep_everything_but_their_code() -> None:
    cell = '{"cells": [{"cell_type": "code", "metadata": {}, "source": ["weak(1)"]}, %s], "nbformat": 4}'
    before, after = (
        cell % '{"cell_type": "markdown", "source": ["a"]}',
        cell % '{"cell_type": "markdown", "source": ["b"]}',
    )
    gate = gates.untouched_lines(change(before, after.replace("weak", "strong"), language="notebook"))
    assert said(gate) == ("fail", "more than the code of the notebook differs")
    assert gates.untouched_lines(change(before, before.replace("weak", "strong"), language="notebook")).result == "pass"


def test_deep_nesting_is_a_value() -> None:
    deep = "x = " + "-" * 3000 + "1\n"
    found = gates.judge(change(f"weak(1)\n{deep}", f"strong(1)\n{deep}"), Tools(scan))
    assert not any(gate.result == "fail" for gate in found)


def test_every_finding_has_a_place_even_without_a_fingerprint() -> None:
    bare = Finding("weakness", "", "app.py", Span(1, 1, 1, 2), "high", "high")
    found = replace(change("weak(1)\n", "strong(1)\n"), finding=bare)
    assert gates.nothing_new(found, scan(found.after)).result == "pass"


def test_the_constant_that_a_flagged_line_uses_may_differ() -> None:
    before = "KEY = 'k'\nOTHER = 'o'\nweak(KEY)\n"
    assert gates.untouched_lines(change(before, "KEY = load()\nOTHER = 'o'\nstrong(KEY)\n")).result == "pass"
    gate = gates.untouched_lines(change(before, "KEY = 'k'\nOTHER = load()\nstrong(KEY)\n"))
    assert said(gate) == ("fail", "line 2 differs, which the finding does not pass through")
