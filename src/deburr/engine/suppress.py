"""Comments that waive a finding: `# deburr: allow NAME -- reason`, on the line of the finding or alone above it.

No reason, no suppression. Nothing else silences: neither `# nosec` nor `noqa`. Whoever reviews an agent's change reads
suppressions from the text before the change and hands in a Source without the new ones.
"""

from __future__ import annotations

import re

from deburr.model import Finding, Skipped, Waiver

_ALLOW = re.compile(
    r"(?P<lead>^[ \t]*)?(?:#|//|/\*|--|<!--|;)[ \t]*deburr:[ \t]*allow[ \t]+"
    r"(?P<names>[a-z0-9-]+(?:[ \t]*,[ \t]*[a-z0-9-]+)*)(?:[ \t]+--[ \t]*(?P<reason>[^\n]*?))?[ \t]*(?:\*/|-->)?$",
    re.MULTILINE,
)


def suppress(text: str, findings: list[Finding]) -> tuple[list[Finding], list[Waiver], list[Skipped]]:
    """The findings that stand, those that a comment waives, and the comments that do nothing with the reason why."""
    if "deburr:" not in text:
        return findings, [], []
    waived: dict[int, Waiver] = {}
    idle: list[Skipped] = []
    for match in _ALLOW.finditer(text):
        line = text.count("\n", 0, match.start("names")) + 1
        names = [name.strip() for name in match["names"].split(",")]
        covered = {line, line + 1} if match["lead"] is not None else {line}
        reason = (match["reason"] or "").strip()
        if not reason:
            idle.append(Skipped(f"allow {', '.join(names)}", "a suppression without a reason waives nothing", line))
            continue
        for name in names:
            index = _matching(findings, waived, name, covered)
            if index is None:
                idle.append(Skipped(f"allow {name}", "the suppression matches no finding", line))
            else:
                waived[index] = Waiver(findings[index], reason, line)
    open_ = [finding for index, finding in enumerate(findings) if index not in waived]
    return open_, list(waived.values()), idle


def _matching(findings: list[Finding], waived: dict[int, Waiver], name: str, lines: set[int]) -> int | None:
    """The first finding of a principle that lies on one of the lines and is not waived yet."""
    for index, finding in enumerate(findings):
        touched = set(range(finding.span.line, min(finding.span.end_line, finding.span.line + 50) + 1))
        if index not in waived and finding.principle == name and touched & lines:
            return index
    return None
