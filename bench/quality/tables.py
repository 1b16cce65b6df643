"""The kept results as tables: a short one for the README, all of them for docs/quality.md."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.measure import table
from bench.quality.runs import TOOLS

Results = Mapping[str, Any]
LEAST = 10
"""Rules with fewer marked lines say nothing one by one."""

ASIDE = "untrusted-data-to-external-api"
"""The end of the names of rules that mark every call with data of others; they are two fifths of the marks."""


@dataclass(frozen=True)
class Figure:
    """One row: a set, what is counted in it, and what is asked of deburr."""

    group: str
    set: str
    at: str
    """Level and way of judging, as score.py names them."""

    measures: tuple[str, ...]
    asked: str = ""


FIGURES = (
    Figure("python", "semgrep_rules_tests", "line/cwe", ("recall", "fpr"), "≥ .75 / ≤ .05"),
    Figure("python", "codesecurity2025", "file/cwe", ("f1", "fpr"), "≥ .80 / ≤ .08"),
    Figure("python", "codesecurity2025", "line/cwe", ("least rule",), "≥ .80"),
    Figure("python", "safecoder", "file/cwe", ("told", "reversed"), "≥ .60 / ≤ .01"),
    Figure("python", "seccodeplt", "file/cwe", ("told", "mean told"), "≥ .30 / ≥ .40"),
    Figure("python", "sallm_insecure", "file/cwe", ("recall",), "≥ .88"),
    Figure("python", "cvt_copilot", "file/cwe", ("f1", "fpr"), "≥ .95"),
    Figure("python", "cyberseceval_instruct_v2", "file/cwe", ("recall",), "≥ .75"),
    Figure("javascript", "semgrep_rules_tests", "line/cwe", ("recall", "fpr"), "≥ .40 / ≤ .06"),
    Figure("typescript", "semgrep_rules_tests", "line/cwe", ("recall", "fpr"), "≥ .40 / ≤ .06"),
    Figure("javascript", "codesecurity2025", "file/cwe", ("recall", "fpr"), "≥ .50 / ≤ .10"),
    Figure("javascript", "codesecurity2025", "line/cwe", ("recall aside",)),
    Figure("javascript", "safecoder", "file/cwe", ("told", "reversed"), "≥ .30"),
    Figure("javascript", "cyberseceval_instruct_v2", "file/cwe", ("recall",)),
    Figure("secrets", "secret_rule_examples", "file/cwe", ("recall", "fpr")),
    Figure("secrets", "creddata_subset", "line/cwe", ("f1", "recall", "precision", "fpr")),
)


def short(results: Results) -> str:
    """The table of the README; a dash is what a tool does not do or was not measured on."""
    rows = [
        [f"{one.group}: {one.set}: {' / '.join(one.measures)}", *(cell(results, tool, one) for tool in TOOLS)]
        for one in FIGURES
    ]
    return table(["language: set: measure", *TOOLS], rows)


def cell(results: Results, tool: str, figure: Figure) -> str:
    """The figures of one tool, or a dash."""
    one = results.get(tool, {}).get("groups", {}).get(figure.group, {}).get(figure.set)
    if not one:
        return "-"
    return " / ".join(_shown(_value(one, figure.at, name)) for name in figure.measures)


def _value(one: Mapping[str, Any], at: str, name: str) -> float | None:
    if name in _DERIVED:
        return _DERIVED[name](one["by"], at)
    found = one["scores"].get(at) or one["scores"].get(at.replace("cwe", "any")) or {}
    value: float | None = found.get(name)
    return value


def rules(by: Mapping[str, Any], at: str) -> dict[str, tuple[int, float]]:
    """For each rule with enough marked lines: how many, and the share of them that is found."""
    counted = {name: one[at] for name, one in by.items() if name != "-" and at in one}
    return {name: (one["bad"], one["recall"]) for name, one in counted.items() if one["bad"] >= LEAST}


def _least(by: Mapping[str, Any], at: str) -> float | None:
    found = [share for name, (_, share) in rules(by, at).items() if not name.endswith(ASIDE)]
    return min(found, default=None)


def _aside(by: Mapping[str, Any], at: str) -> float | None:
    counted = [one[at] for name, one in by.items() if name != "-" and not name.endswith(ASIDE) and at in one]
    bad = sum(one["bad"] for one in counted)
    return sum(one["tp"] for one in counted) / bad if bad else None


def _mean(by: Mapping[str, Any], at: str) -> float | None:
    found = [one[at]["told"] for one in by.values() if at in one and one[at]["told"] is not None]
    return statistics.mean(found) if found else None


_DERIVED: dict[str, Callable[[Mapping[str, Any], str], float | None]] = {
    "least rule": _least,
    "mean told": _mean,
    "recall aside": _aside,
}


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


HEAD = """\
# Quality, measured

Written by `make bench` (`python -m bench.quality`), which runs every tool on public labeled sets with the sets' own
scorer. The sets are no part of this project and nothing of them is in it; only these figures are kept. What deburr
missed there was read while its rules grew, so expect somewhat less on other code. All figures but those marked *audit*
are of the default profile.

- *recall*: the share of the weak cases (or marked lines) that is found under a CWE of the right family;
- *fpr*: the share of the good ones that is flagged under it;
- *told*: the share of pairs of weak and mended code of which only the weak one is flagged; *reversed*: only the good;
- *mean told*: the mean over the CWEs; *least rule*: of the rules with {least} marked lines or more, the share of lines
  found of the one that fares worst; *recall aside*: without the rules that mark every call with data of others.

Labels are those of the sets. Some say what this project holds to be no finding: the rules about hard-coded credentials
mark names of users, and texts that stand for a password.

"""


def page(results: Results, notes: list[str]) -> str:
    """The whole page."""
    parts = [HEAD.format(least=LEAST), "".join(f"- {note}\n" for note in notes), "\n"]
    for group, title in (("python", "Python"), ("javascript", "JavaScript"), ("typescript", "TypeScript")):
        parts += [f"## {title}\n\n", _group(results, group), "\n"]
    parts += ["## Secrets, all languages\n\n", _group(results, "secrets"), "\n"]
    for group, title in (("python", "Python"), ("javascript", "JavaScript")):
        parts += [f"## Marked lines of codesecurity2025 by rule, {title}\n\n", _by_rule(results, group), "\n"]
    parts += ["## Pairs of seccodeplt told, by CWE\n\n", _by_cwe(results)]
    return "".join(parts)


def _group(results: Results, group: str) -> str:
    tools = [tool for tool, known in TOOLS.items() if group in known.groups]
    rows = []
    for one in FIGURES:
        if one.group == group:
            audit = " (audit)" if one.set == "cyberseceval_instruct_v2" else ""
            name = f"{one.set}, {one.at.partition('/')[0]}s: {' / '.join(one.measures)}{audit}"
            rows.append([name, one.asked or "-", *(cell(results, tool, one) for tool in tools)])
    return table(["set: measure", "asked for", *tools], rows)


def _by_rule(results: Results, group: str) -> str:
    tools = [tool for tool, known in TOOLS.items() if group in known.groups]
    found = {tool: rules(_by(results, tool, (group, "codesecurity2025")), "line/cwe") for tool in tools}
    names = sorted(found["deburr"], key=lambda name: (-found["deburr"][name][0], name))
    rows = [
        [f"`{name}`", str(found["deburr"][name][0]), *(_shown(found[tool].get(name, (0, None))[1]) for tool in tools)]
        for name in names
    ]
    return table(["rule", "lines", *tools], rows)


def _by_cwe(results: Results) -> str:
    tools = [tool for tool, known in TOOLS.items() if "python" in known.groups]
    found = {tool: _by(results, tool, ("python", "seccodeplt")) for tool in tools}
    rows = [
        [name, str(one["file/cwe"]["pairs"]), *(_shown(_told(found[tool].get(name))) for tool in tools)]
        for name, one in sorted(found["deburr"].items(), key=lambda row: int(row[0].removeprefix("CWE-") or 0))
    ]
    return table(["CWE", "pairs", *tools], rows)


def _told(one: Mapping[str, Any] | None) -> float | None:
    value: float | None = one["file/cwe"]["told"] if one else None
    return value


def _by(results: Results, tool: str, at: tuple[str, str]) -> Mapping[str, Any]:
    group, name = at
    found: Mapping[str, Any] = results.get(tool, {}).get("groups", {}).get(group, {}).get(name, {}).get("by", {})
    return found
