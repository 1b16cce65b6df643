"""What a candidate must pass before it may replace the text: nine gates, each with its reason.

What comes in: a Change, then a fresh Report on it. What goes out: Gates in the order in which they ran, cheap ones
first; after a `fail` the rest did not run. The one invariant: a gate that could not be asked says so; it never passes.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from deburr.errors import SandboxError
from deburr.model import LEVELS, Finding, Gate, GateResult, Report, Skipped, Source
from deburr.review import evasion, inventory, opinion
from deburr.review.change import Change, code, lines, without_code

Works = Callable[[Source], Mapping[str, bool] | None]
"""Runs the tests that belong to a source: each test's name and whether it passed; None when it could not run them."""

NAMES = (
    "parses",
    "untouched lines",
    "interface kept",
    "no evasion",
    "defenses kept",
    "second opinion",
    "target gone",
    "nothing new",
    "behavior",
)
"""In the order in which they are asked."""

_BUDGET = 24


def every(_finding: Finding) -> bool:
    """Every finding counts."""
    return True


@dataclass(frozen=True)
class Tools:
    """What the composing surface gives to the loop, which may not fetch anything itself."""

    scan: Callable[[Source], Report]
    works: Works | None = None
    shown: Callable[[Finding], bool] = every
    """Which findings are to be repaired and decide the outcome; new ones count whether shown or not."""

    defenses: frozenset[str] = field(default_factory=frozenset)
    """Names of functions that validate or sanitize."""

    packages: frozenset[str] = field(default_factory=frozenset)
    """The packages that the project declares, by the name that is imported."""


def judge(change: Change, tools: Tools) -> tuple[Gate, ...]:
    """Every gate's word on a change."""
    found: list[Gate] = []
    report: list[Report] = []

    def fresh() -> Report:
        if not report:
            report.append(tools.scan(change.after))
        return report[0]

    for name in NAMES:
        if any(gate.result == "fail" for gate in found):
            found.append(Gate(name, "not_run", "an earlier gate failed"))
            continue
        try:
            found.append(_ask(name, change, tools, fresh))
        except RecursionError:
            found.append(Gate(name, "not_run", "the text is nested too deeply to compare"))
    return tuple(found)


def accepted(gates: tuple[Gate, ...]) -> bool:
    """Whether a candidate may replace the text: nothing failed, and nothing that was required did not run."""
    return bool(gates) and all(gate.result in ("pass", "not_applicable") for gate in gates)


def parked(gates: tuple[Gate, ...]) -> bool:
    """Whether a candidate failed nothing, but a required gate could not run."""
    return not any(gate.result == "fail" for gate in gates) and not accepted(gates)


def _ask(name: str, change: Change, tools: Tools, fresh: Callable[[], Report]) -> Gate:
    match name:
        case "parses":
            return parses(change)
        case "untouched lines":
            return untouched_lines(change)
        case "interface kept":
            return interface_kept(change)
        case "no evasion":
            return no_evasion(change, tools.packages)
        case "defenses kept":
            return defenses_kept(change)
        case "second opinion":
            return second_opinion(change)
        case "target gone":
            return target_gone(change, fresh())
        case "nothing new":
            return nothing_new(change, fresh())
        case _:
            return behavior(change, tools.works)


def parses(change: Change) -> Gate:
    """The candidate is text of the same language with no error that the original lacks."""
    if not change.after.text.strip():
        return _gate("parses", "the candidate is empty")
    if change.after.language != change.before.language or change.after.path != change.before.path:
        return _gate("parses", "the candidate is of another language or file")
    before, after = change.trees
    if before is not None and after is None:
        return _gate("parses", "the candidate is no valid Python, the original is")
    if change.before.language not in ("python", "notebook"):
        readable = _readable(change.before), _readable(change.after)
        if readable == (None, None):
            return Gate("parses", "not_applicable", "read by the engine alone, before and after")
        return _gate("parses", "the candidate cannot be read, the original can" if readable == (True, False) else "")
    return _gate("parses", "", "no syntax error that the original lacks")


def _readable(source: Source) -> bool | None:
    """Whether a text is what its language says; None where nothing here can tell."""
    try:
        match source.language:
            case "json":
                json.loads(source.text)
            case "toml":
                tomllib.loads(source.text)
            case _:
                return None
    except (ValueError, RecursionError):
        return False
    return True


def untouched_lines(change: Change) -> Gate:
    """Only the flagged statement, its flow and the imports differ, to the byte."""
    before, after = lines(change.before.text), lines(change.after.text)
    for start, end, new_start, new_end in change.blocks:
        added = after[new_start:new_end]
        if all(_imports(line) for line in before[start:end]) and all(_imports(line) for line in added):
            continue
        outside = [line for line in range(start, end) if line not in change.flagged and not _imports(before[line])]
        if outside:
            return _gate("untouched lines", f"line {outside[0] + 1} differs, which the finding does not pass through")
        if start == end and not {start - 1, start} & change.flagged:
            return _gate("untouched lines", f"lines are added at line {start + 1}, away from the finding")
    if without_code(change.before) != without_code(change.after):
        return _gate("untouched lines", "more than the code of the notebook differs")
    if _ends(before) - _ends(after) or (_ends(after) - _ends(before)):
        return _gate("untouched lines", "the line ends are not those of the original")
    if change.before.text.endswith("\n") != change.after.text.endswith("\n"):
        return _gate("untouched lines", "the end of the last line differs")
    return _gate("untouched lines", "", "every other line is the same to the byte")


def _imports(line: str) -> bool:
    bare = line.strip().lstrip('"')
    return not bare or bare.startswith(("import ", "from ")) or bare in (")", '\\n",')


def _ends(text: list[str]) -> set[str]:
    return {"\r\n" if line.endswith("\r\n") else "\n" for line in text if line.endswith("\n")}


def interface_kept(change: Change) -> Gate:
    """Names, signatures and the shapes of results stay, nothing is emptied, and the change is small."""
    name = "interface kept"
    changed = sum(max(b - a, d - c) for a, b, c, d in change.blocks)
    allowed = max(_BUDGET, 3 * len(change.flagged))
    if changed > allowed:
        return _gate(name, f"{changed} lines differ, more than the {allowed} that this finding needs")
    before, after = change.trees
    if before is None or after is None:
        return Gate(name, "not_applicable", "no syntax tree of the original to compare with")
    old, new = inventory.interface(before), inventory.interface(after)
    for what, signature in old.items():
        if what not in new:
            return _gate(name, f"`{what}` is gone")
        if new[what] != signature:
            return _gate(name, f"`{what}` was `{signature}` and is `{new[what]}`")
    if empty := inventory.emptied(before, after):
        return _gate(name, f"`{empty[0]}` does nothing any more")
    return _gate(name, "", "names, signatures and shapes of results are the same")


def no_evasion(change: Change, packages: frozenset[str] = frozenset()) -> Gate:
    """The finding is repaired, not hidden from the reviewer."""
    problem = evasion.comments(change) or evasion.detours(change) or evasion.imports(change, packages)
    return _gate("no evasion", problem, "no suppression, no detour around the sink, no unknown import")


def defenses_kept(change: Change) -> Gate:
    """No guard, check, option or error handling is lost."""
    before, after = change.trees
    if before is None or after is None:
        lost = evasion.words_lost(change)
        problem = f"a line with `{lost}` is gone" if lost else ""
        return _gate("defenses kept", problem, "no line that defends is gone")
    found = inventory.lost(inventory.defenses(before, change.defenses), inventory.defenses(after, change.defenses))
    if found:
        scope, kind, text = found[0]
        where = f" in `{scope}`" if scope else ""
        return _gate("defenses kept", f"the {kind}{where} is gone" + (f": `{text}`" if text else ""))
    return _gate("defenses kept", "", "every guard, check and option is still there")


def second_opinion(change: Change) -> Gate:
    """A check of another family than the one that proposed the repair: the stdlib's syntax trees."""
    before, after = change.trees
    if before is None or after is None or code(change.before) is None:
        return Gate("second opinion", "not_applicable", "no second model is configured, nor is the text valid Python")
    problem = opinion.elsewhere(change, before, after) or opinion.worse(before, after)
    return _gate("second opinion", problem, "the syntax trees agree outside of the change")


def target_gone(change: Change, new: Report) -> Gate:
    """The finding is not in a fresh report, nor waived there."""
    if new.digest != change.after.digest:
        return Gate("target gone", "not_run", "the report is not of the candidate")
    print_, old = _base(change.finding), [*change.old.findings, *(waiver.finding for waiver in change.old.waived)]
    present = [*new.findings, *(waiver.finding for waiver in new.waived)]
    was, still = (sum(_base(finding) == print_ for finding in found) for found in (old, present))
    if still >= max(was, 1):
        return _gate("target gone", f"`{change.finding.principle}` is still reported")
    return _gate("target gone", "", "a fresh scan does not report it")


def _base(finding: Finding) -> str:
    """The fingerprint without its ordinal, which moves when an equal finding goes."""
    return finding.fingerprint.rpartition(":")[0] or finding.fingerprint


def nothing_new(change: Change, new: Report) -> Gate:
    """No finding, of whatever principle, that the original lacks, and nothing that was not looked at."""
    name = "nothing new"
    if new.digest != change.after.digest:
        return Gate(name, "not_run", "the report is not of the candidate")
    unread = Counter((s.what, s.why) for s in unread_in(new)) - Counter((s.what, s.why) for s in unread_in(change.old))
    if unread:
        return _gate(name, f"a part is no longer looked at: {next(iter(unread))[1]}")
    if len(new.waived) > len(change.old.waived):
        return _gate(name, "a finding is waived that was not there")
    for finding in unmatched(change, new):
        return _gate(name, f"line {finding.span.line} now breaks `{finding.principle}`")
    return _gate(name, "", "no finding that the original lacks")


def unread_in(report: Report) -> list[Skipped]:
    """What of a text was not looked at; a suppression that does nothing is only a remark."""
    return [skipped for skipped in report.skipped if not skipped.why.startswith("allow ")]


def unmatched(change: Change, new: Report) -> list[Finding]:
    """The new findings that no old one accounts for; the target accounts for none."""
    spare = [finding for finding in change.old.findings if finding is not change.finding]
    if len(spare) == len(change.old.findings):
        spare = [finding for finding in spare if finding.fingerprint != change.finding.fingerprint]
    fresh = []
    for finding in new.findings:
        same = next((old for old in spare if _base(old) == _base(finding) and not _worse(old, finding)), None)
        if same is None:
            fresh.append(finding)
        else:
            spare.remove(same)
    rest = []
    for finding in fresh:
        twin = next((old for old in spare if _moved(change, old, finding)), None)
        if twin is None:
            rest.append(finding)
        else:
            spare.remove(twin)
    return rest


def _worse(old: Finding, new: Finding) -> bool:
    return LEVELS.index(new.severity) > LEVELS.index(old.severity)


def _moved(change: Change, old: Finding, new: Finding) -> bool:
    """Whether two findings are one whose line the change rewrote."""
    if old.principle != new.principle or _worse(old, new):
        return False
    before, after = old.span.line - 1, new.span.line - 1
    return any(a <= before < b and c <= after < d for a, b, c, d in change.blocks)


def behavior(change: Change, works: Works | None) -> Gate:
    """The tests that passed before still pass."""
    name = "behavior"
    if works is None:
        return Gate(name, "not_applicable", "no tests are given")
    try:
        before, after = works(change.before), works(change.after)
    except SandboxError as error:
        return Gate(name, "not_run", str(error))
    if before is None or after is None:
        return Gate(name, "not_run", "the tests could not be run in isolation")
    for test, passed in before.items():
        if test not in after:
            return _gate(name, f"the test `{test}` is gone")
        if passed and not after[test]:
            return _gate(name, f"the test `{test}` passed before and fails now")
    return _gate(name, "", f"{sum(before.values())} tests pass as before")


def _gate(name: str, problem: str, passed: str = "") -> Gate:
    result: GateResult = "fail" if problem else "pass"
    return Gate(name, result, problem or passed)
