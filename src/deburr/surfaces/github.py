"""The result of `deburr check` as workflow commands, which GitHub shows as annotations on the changed lines."""

from __future__ import annotations

from collections.abc import Iterator

from deburr.surfaces.shared import guidance
from deburr.surfaces.shared.beside import note
from deburr.surfaces.shared.checked import Checked, Shown
from deburr.surfaces.shared.paint import safe

_COMMAND = {"critical": "error", "high": "error", "medium": "warning", "low": "notice"}


def render(checked: Checked) -> str:
    """One command per finding and per file that could not be looked at, and a last line for people."""
    lines = [_annotation(shown, checked) for shown in checked.shown]
    lines += _notes(checked)
    found = f"{len(checked.shown)} finding{'' if len(checked.shown) == 1 else 's'}"
    if secrets := checked.secrets:
        total = secrets[""]
        found += f" ({total.findings} of {total.distinct} different secret{'' if total.distinct == 1 else 's'})"
    if checked.allowed:
        found += f", {len(checked.allowed)} allowed"
    lines.append(f"deburr: {found} in {checked.files} {checked.unit}s, {len(checked.skipped)} not looked at")
    return "\n".join(lines) + "\n"


def _annotation(shown: Shown, checked: Checked) -> str:
    finding = shown.finding
    principle = checked.principles.get(finding.principle)
    place = {"file": finding.path, "line": str(finding.span.line), "endLine": str(finding.span.end_line)}
    if finding.span.line == finding.span.end_line:
        place |= {"col": str(finding.span.column), "endColumn": str(finding.span.end_column)}
    place["title"] = f"{finding.principle} ({finding.severity})"
    message = safe(finding.message or (principle.title if principle else finding.principle))
    told = "".join(f"\n{safe(name)}: {safe(text)}" for name, text in guidance.told(shown))
    text = f"{message}{safe(note(shown))}{told}\ndeburr explain {guidance.pages(finding)}"
    return _command(_COMMAND[finding.severity], place, text)


def _notes(checked: Checked) -> Iterator[str]:
    for one in checked.skipped:
        place = {"file": one.what, **({"line": str(one.line)} if one.line else {}), "title": "not looked at"}
        yield _command("warning", place, f"deburr did not look at {safe(one.what)}: {safe(one.why)}")
    for remark in checked.remarks:
        place = {"file": remark.file, "line": str(remark.line), "title": "allow list"}
        yield _command("notice", place, safe(f"this entry {remark.text}"))
    for entry in checked.stale:
        text = f"{entry.count} of {entry.principle} is in the baseline and no longer found"
        yield _command("notice", {"file": entry.path, "title": "stale baseline entry"}, text)


def _command(name: str, properties: dict[str, str], text: str) -> str:
    given = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{name} {given}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
