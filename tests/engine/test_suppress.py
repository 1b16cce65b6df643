"""Comments that waive findings."""

from __future__ import annotations

import pytest

from deburr.engine.suppress import suppress
from deburr.model import Finding, Span
from tests.engine.seen import report, shown

LINE = "import os\nfrom flask import request\n{above}os.system(request.args['q']){after}\n"


def outcome(above: str = "", after: str = "") -> tuple[list[str], list[tuple[int, str]], list[tuple[int, str]]]:
    done = report(LINE.format(above=above, after=after))
    return (
        shown(done.findings),
        [(one.line, one.reason) for one in done.waived],
        [(one.line, one.why) for one in done.skipped],
    )


def test_on_the_line_with_a_reason() -> None:
    assert outcome(after="  # deburr: allow shell-injection -- reviewed by the ops team") == (
        [],
        [(3, "reviewed by the ops team")],
        [],
    )


def test_alone_on_the_line_above() -> None:
    assert outcome(above="# deburr: allow shell-injection -- ok\n") == ([], [(3, "ok")], [])


@pytest.mark.parametrize("comment", ["# deburr: allow shell-injection", "# deburr: allow shell-injection --"])
def test_no_reason_no_waiver(comment: str) -> None:
    assert outcome(after=f"  {comment}") == (
        ["3 shell-injection high"],
        [],
        [(3, "allow shell-injection: a suppression without a reason waives nothing")],
    )


def test_one_that_matches_nothing_is_reported() -> None:
    assert outcome(after="  # deburr: allow sql-injection -- ok") == (
        ["3 shell-injection high"],
        [],
        [(3, "allow sql-injection: the suppression matches no finding")],
    )


def test_one_far_above_waives_nothing() -> None:
    assert outcome(above="# deburr: allow shell-injection -- ok\n\n")[0] == ["5 shell-injection high"]


def test_behind_code_it_holds_for_that_line_only() -> None:
    assert outcome(above="x = 1  # deburr: allow shell-injection -- ok\n")[0] == ["4 shell-injection high"]


@pytest.mark.parametrize("comment", ["# nosec", "# noqa: S605", "# deburr: ignore", "# deburr: allow -- ok"])
def test_nothing_else_waives(comment: str) -> None:
    assert outcome(after=f"  {comment}") == (["3 shell-injection high"], [], [])


def test_several_names_each_for_itself() -> None:
    assert outcome(after="  # deburr: allow shell-injection, sql-injection -- ok") == (
        [],
        [(3, "ok")],
        [(3, "allow sql-injection: the suppression matches no finding")],
    )


def test_all_findings_of_the_line() -> None:
    assert outcome(after="; os.system(request.args['r'])  # deburr: allow shell-injection -- ok")[:2] == (
        [],
        [(3, "ok"), (3, "ok")],
    )


def test_the_last_line_of_a_long_call() -> None:
    code = (
        "import os\nfrom flask import request\n"
        "os.system(\n    request.args['q'],\n)  # deburr: allow shell-injection -- ok\n"
    )
    assert shown(report(code).findings) == []


def test_with_windows_line_ends() -> None:
    code = LINE.format(above="", after="  # deburr: allow shell-injection -- ok").replace("\n", "\r\n")
    assert [one.reason for one in report(code).waived] == ["ok"]


@pytest.mark.parametrize(
    ("comment", "reason"),
    [("// deburr: allow a -- b", "b"), ("/* deburr: allow a -- b */", "b"), ("<!-- deburr: allow a -- b -->", "b")],
)
def test_comments_of_other_languages(comment: str, reason: str) -> None:
    found = Finding("a", "", "x", Span(1, 1, 1, 2), "high", "high")
    open_, waived, idle = suppress(comment, [found])
    assert (open_, [one.reason for one in waived], idle) == ([], [reason], [])


def test_long_texts_take_linear_time() -> None:
    text = "# deburr: allow a -- " + " " * 500_000 + "b\n"
    many = "# deburr: allow a -- b\n" * 20_000
    findings = [Finding("a", "", "x", Span(n, 1, n, 2), "high", "high") for n in range(1, 20_000)]
    assert suppress(text + many, findings)[0] == []
