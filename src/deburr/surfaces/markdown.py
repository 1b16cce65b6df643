"""The result of `deburr check` as Markdown for a comment on a pull request; nothing from the code can act in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deburr.surfaces.shared import guidance
from deburr.surfaces.shared.beside import note, permission
from deburr.surfaces.shared.checked import Checked, Shown
from deburr.surfaces.shared.paint import safe

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+|~!-])")
_LINKS = re.compile(r"(@|#|://|www\.)")
_TOLD = {"opens": "It opens", "revoke": "Revoke it", "git": "In git"}
_ROWS, _MOST, _LENGTH = 200, 50, 50_000
"""Rows of the table, entries of a list, and characters after which no more is told in full: GitHub refuses 65,536."""


def render(checked: Checked) -> str:
    """A heading, a table of all findings, the first of them in full, and what was not looked at."""
    lines = [f"### deburr: {_headline(checked)}", ""]
    if secrets := checked.secrets:
        kinds = ", ".join(f"{one.distinct} {_code(kind)}" for kind, one in secrets.items() if kind)
        total = secrets[""]
        different = "1 secret" if total.distinct == 1 else f"{total.distinct} different secrets"
        lines += [f"{total.findings} finding{'' if total.findings == 1 else 's'} of {different}: {kinds}.", ""]
    if checked.shown:
        lines += ["| Severity | Where | What | Principle |", "| --- | --- | --- | --- |"]
        lines += [_row(shown, checked) for shown in checked.shown[:_ROWS]]
        lines.append("")
    length, told = sum(map(len, lines)), 0
    for shown in checked.shown[:_MOST]:
        block = list(_details(shown, checked))
        length += sum(len(line) + 1 for line in block)
        if length > _LENGTH:
            break
        told += 1
        lines += block
    if rest := len(checked.shown) - told:
        lines += [f"{rest} more {'is' if rest == 1 else 'are'} not told in full here.", ""]
    lines += _allowed(checked)
    lines += _skipped(checked)
    return "\n".join(lines).rstrip() + "\n"


def _headline(checked: Checked) -> str:
    found = len(checked.shown)
    amount = "no findings" if not found else f"{found} finding{'' if found == 1 else 's'}"
    return f"{amount} in {checked.files} {checked.unit}{'' if checked.files == 1 else 's'}"


def _row(shown: Shown, checked: Checked) -> str:
    finding = shown.finding
    place = f"{finding.path}:{finding.span.line}"
    return f"| {finding.severity} | {_code(place)} | {_message(shown, checked)} | {_code(finding.principle)} |"


def _message(shown: Shown, checked: Checked) -> str:
    principle = checked.principles.get(shown.finding.principle)
    message = shown.finding.message or (principle.title if principle else shown.finding.principle)
    return _text(message + note(shown))


def _details(shown: Shown, checked: Checked) -> Iterator[str]:
    finding = shown.finding
    principle = checked.principles.get(finding.principle)
    place = f"{finding.path}:{finding.span.line}:{finding.span.column}"
    yield f"<details><summary>{_html(place)}: {_html(finding.principle)}</summary>"
    yield ""
    yield from _fenced(list(_rows(shown)))
    if principle:
        yield from ("", principle.why, "", f"**Instead:** {principle.fix}")
    for name, text in guidance.told(shown):
        yield from ("", f"**{_TOLD[name]}:** {_text(text)}")
    yield from ("", "</details>", "")


def _rows(shown: Shown) -> Iterator[str]:
    """The lines of code, with the name of each other file before its own."""
    path = ""
    for row in shown.view.rows:
        if row.path != path:
            path = row.path
            yield f"::: {safe(path or shown.finding.path)}"
        yield f"{row.label}  {safe(row.text)}"


def _allowed(checked: Checked) -> Iterator[str]:
    if checked.allowed:
        yield from (f"**Allowed ({len(checked.allowed)}):**", "")
        for shown, entry in checked.allowed[:_MOST]:
            place = f"{shown.finding.path}:{shown.finding.span.line}"
            yield f"- {_code(place)}: {_code(shown.finding.principle)}: {_text(permission(entry))}"
        yield ""
    for remark in checked.remarks[:_MOST]:
        yield f"- {_code(f'{remark.file}:{remark.line}')}: this entry {_text(remark.text)}"
    if checked.remarks:
        yield ""


def _skipped(checked: Checked) -> Iterator[str]:
    if checked.skipped:
        yield f"**Not looked at ({len(checked.skipped)}):**"
        yield ""
        for one in checked.skipped[:_MOST]:
            yield f"- {_code(one.what)}: {_text(one.why)}"
        if len(checked.skipped) > _MOST:
            yield f"- and {len(checked.skipped) - _MOST} more"
        yield ""
    if checked.secrets_only:
        counts = ", ".join(f"{count} {_text(name)}" for name, count in sorted(checked.secrets_only.items()))
        yield f"Searched for secrets only: {counts}."


def _text(text: str) -> str:
    """Text that shows as itself: no markup, no mention, no link."""
    return _LINKS.sub(r"\1<!-- -->", _SPECIAL.sub(r"\\\1", _html(text)))


def _html(text: str) -> str:
    return safe(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _code(text: str) -> str:
    """Text as code, in a table as well."""
    return f"<code>{_text(text)}</code>"


def _fenced(lines: list[str]) -> list[str]:
    """Lines as a code block that nothing in them can close."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}text", *lines, fence] if lines else []
