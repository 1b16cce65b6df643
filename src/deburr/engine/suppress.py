"""Comments that waive findings: `# deburr: allow NAME -- reason`, on the line of the findings or alone above it.

No reason, no suppression. Nothing else silences: neither `# nosec` nor `noqa`. Whoever reviews an agent's change reads
suppressions from the text before the change and hands in a Source without the new ones.
"""

from __future__ import annotations

import re

from deburr.model import Finding, Skipped, Waiver

_TALLEST = 50
"""How many lines of a finding a suppression may stand on."""
_ALLOW = re.compile(
    r"(?P<lead>^[ \t]*)?(?:#|//|/\*|--|<!--|;)[ \t]*deburr:[ \t]*allow[ \t]+"
    r"(?P<names>[a-z0-9][a-z0-9-]*(?:[ \t]*,[ \t]*[a-z0-9][a-z0-9-]*)*)(?P<rest>[^\n]*)",
    re.MULTILINE,
)


def suppress(text: str, findings: list[Finding]) -> tuple[list[Finding], list[Waiver], list[Skipped]]:
    """The findings that stand, those that a comment waives, and the comments that do nothing with the reason why."""
    if "deburr:" not in text:
        return findings, [], []
    waived: dict[int, Waiver] = {}
    idle: list[Skipped] = []
    lying = _by_line(findings)
    line, at = 1, 0
    for match in _ALLOW.finditer(text):
        line, at = line + text.count("\n", at, match.start("names")), match.start("names")
        names = [name.strip() for name in match["names"].split(",")]
        covered = (line, line + 1) if match["lead"] is not None else (line,)
        reason = _reason(match["rest"])
        if not reason:
            idle.append(Skipped(f"allow {', '.join(names)}", "a suppression without a reason waives nothing", line))
            continue
        for name in names:
            found = {index for one in covered for index in lying.get((name, one), ()) if index not in waived}
            waived |= {index: Waiver(findings[index], reason, line) for index in sorted(found)}
            if not found:
                idle.append(Skipped(f"allow {name}", "the suppression matches no finding", line))
    open_ = [finding for index, finding in enumerate(findings) if index not in waived]
    return open_, list(waived.values()), idle


def _reason(rest: str) -> str:
    """What stands after ` -- `, without the end of the comment."""
    space, dashes, reason = rest.partition("--")
    if space.strip(" \t") or not space or not dashes:
        return ""
    return reason.strip().removesuffix("*/").removesuffix("-->").strip()


def _by_line(findings: list[Finding]) -> dict[tuple[str, int], list[int]]:
    """By principle and line, which findings lie there."""
    found: dict[tuple[str, int], list[int]] = {}
    for index, finding in enumerate(findings):
        for line in range(finding.span.line, min(finding.span.end_line, finding.span.line + _TALLEST) + 1):
            found.setdefault((finding.principle, line), []).append(index)
    return found
