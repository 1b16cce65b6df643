"""The result of `deburr check` for a person at a terminal: each finding with its code, then what was looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from deburr.model import LEVELS, Skipped
from deburr.surfaces.shared import guidance
from deburr.surfaces.shared.beside import GUIDANCE, came, permission, within
from deburr.surfaces.shared.checked import Checked, Shown
from deburr.surfaces.shared.paint import SEVERITY, Paint, safe
from deburr.surfaces.shared.prose import first_sentences, wrap
from deburr.surfaces.text.snippet import snippet

_WHY, _INSTEAD = 260, 200
"""How many characters of a principle's sections are worth reading beside a finding."""

_COLUMN = len("instead: ")
_TWINS = 3
"""How many other places of a secret are named."""
_NAMED = 10
"""How many files that were not looked at are named without being asked."""


def report(checked: Checked, paint: Paint, *, verbose: bool = False) -> str:
    """All that there is to say, ready to be written."""
    lines: list[str] = []
    told: set[str] = set()
    for shown in checked.shown:
        lines += [*_finding(shown, checked, paint, told), ""]
    for entry in checked.stale:
        lines.append(
            f"{paint('stale', 'yellow')} baseline entry: {entry.count} of {entry.principle} "
            f"in {safe(checked.opened(entry.path))} no longer found"
        )
    for remark in checked.remarks:
        place = f"{remark.file}:{remark.line}"
        lines.append(f"{paint('allow list', 'yellow')}: {safe(place)}: this entry {safe(remark.text)}")
    if verbose:
        lines += _all_skipped(checked, paint)
    elif checked.skipped:
        lines += _skipped(checked, paint)
    return "\n".join([*lines, *summary(checked, paint)]) + "\n"


def _finding(shown: Shown, checked: Checked, paint: Paint, told: set[str]) -> Iterator[str]:
    finding = shown.finding
    principle = checked.principles.get(finding.principle)
    style = SEVERITY[finding.severity]
    head = paint(finding.severity, style) + paint(f"[{finding.principle}]", style)
    used = len(finding.severity) + len(finding.principle) + 4
    message = wrap(f"{safe(finding.message or (principle.title if principle else ''))}", paint, 4, used, "bold")
    yield f"{head}: {message[0] if message else ''}"
    yield from message[1:]
    gutter = max((len(row.label) for row in shown.view.rows), default=0)
    arrow = paint("-->", "blue")
    place = f"{safe(checked.opened(finding.path))}:{finding.span.line}:{finding.span.column}"
    if inside := within(finding):
        place += f" ({safe(inside)})"
    if since := came(shown.brought):
        place += paint(f"  {since}", "yellow")
    doubt = paint(f"  {finding.confidence} confidence", "dim") if finding.confidence != "high" else ""
    yield f"{' ' * gutter}{arrow} {place}{doubt}"
    if shown.view.rows:
        yield from snippet(shown.view, paint, style, lambda path: checked.opened(path or finding.path))
    yield from _advice(shown, checked, paint, gutter, told)


def _advice(shown: Shown, checked: Checked, paint: Paint, gutter: int, told: set[str]) -> Iterator[str]:
    """Why it matters and what to do, in full where the principle is met for the first time."""
    principle = checked.principles.get(shown.finding.principle)
    cwe = ", ".join(f"CWE-{number}" for number in principle.cwe) if principle else ""
    said: list[tuple[str, str]] = []
    if principle and principle.id not in told:
        told.add(principle.id)
        said += [("why", first_sentences(principle.why, _WHY)), ("instead", first_sentences(principle.fix, _INSTEAD))]
    if shown.brought:
        said.append(("history", GUIDANCE))
    said += [("fix", f"{fix.title}{'' if fix.safe else ' (a proposal, to be reviewed)'}") for fix in shown.fixes[:1]]
    said += _guidance(shown, told)
    if same := _same(shown, checked):
        said.append(("same", same))
    pages = guidance.pages(shown.finding)
    said.append(("help", f"deburr explain {pages}{f'  ({cwe})' if cwe else ''}"))
    for name, text in said:
        used = gutter + 3 + _COLUMN
        lines = wrap(safe(text), paint, used, used)
        sign = paint("=", "blue")
        head = paint(f"{name}:", "bold") + " " * (_COLUMN - len(name) - 1)
        yield f"{' ' * gutter} {sign} {head}{lines[0] if lines else ''}"
        yield from lines[1:]


def _guidance(shown: Shown, told: set[str]) -> Iterator[tuple[str, str]]:
    """What a secret opens and how to revoke it where its kind is met for the first time, and whether git has it."""
    for name, text in guidance.told(shown):
        if name == "git" or shown.finding.kind not in told:
            yield name, text
    told.add(shown.finding.kind)


def _same(shown: Shown, checked: Checked) -> str:
    """Where the same secret stands as well."""
    twins = checked.twins(shown)
    places = [f"{checked.opened(one.path)}:{one.span.line}" for one in twins[:_TWINS]]
    more = f" and {len(twins) - _TWINS} more" if len(twins) > _TWINS else ""
    return f"this secret stands at {', '.join(places)}{more} as well" if places else ""


def _skipped(checked: Checked, paint: Paint) -> Iterator[str]:
    """What could not be looked at, the first few by name."""
    for one in checked.skipped[:_NAMED]:
        yield _not_looked_at(one, checked, paint)
    if len(checked.skipped) > _NAMED:
        yield f"{paint('not looked at', 'yellow')}: {len(checked.skipped) - _NAMED} more (--verbose names them)"
    yield ""


def _not_looked_at(one: Skipped, checked: Checked, paint: Paint) -> str:
    line = f":{one.line}" if one.line else ""
    return f"{paint('not looked at', 'yellow')}: {safe(checked.opened(one.what))}{line}: {safe(one.why)}"


def _all_skipped(checked: Checked, paint: Paint) -> Iterator[str]:
    for one in checked.skipped:
        yield _not_looked_at(one, checked, paint)
    for one in checked.left_out:
        why = one.why.removeprefix("left out: ")
        yield f"{paint('left out', 'dim')}: {safe(checked.opened(one.what))}: {safe(why)}"
    for waiver in checked.waived:
        place = f"{safe(checked.opened(waiver.finding.path))}:{waiver.finding.span.line}"
        yield f"{paint('waived', 'dim')}: {place}: {waiver.finding.principle}: {safe(waiver.reason)}"
    for shown, entry in checked.allowed:
        place = f"{safe(checked.opened(shown.finding.path))}:{shown.finding.span.line}"
        yield f"{paint('allowed', 'dim')}: {place}: {shown.finding.principle}: {safe(permission(entry))}"
    for shown in checked.baselined:
        place = f"{safe(checked.opened(shown.finding.path))}:{shown.finding.span.line}"
        yield f"{paint('in the baseline', 'dim')}: {place}: {shown.finding.principle}"
    if checked.skipped or checked.left_out or checked.waived or checked.allowed or checked.baselined:
        yield ""


def summary(checked: Checked, paint: Paint) -> Iterator[str]:
    """What was found in what, and what was not looked at or not shown."""
    scope = f"{_count(checked.files, checked.unit)}, {_count(checked.lines, 'line')}, {checked.seconds:.2f} s"
    if checked.shown:
        counts = Counter(shown.finding.severity for shown in checked.shown)
        levels = [paint(f"{counts[level]} {level}", SEVERITY[level]) for level in reversed(LEVELS) if counts[level]]
        total = _count(len(checked.shown), "finding")
        yield from _fold(f"{paint(total, 'bold')} ({', '.join(levels)}) in {scope}", paint)
    elif checked.files or checked.unit != "file":
        yield f"{paint('No findings', 'green')} in {scope}"
    else:
        yield f"{paint('Looked at no file', 'yellow')}"
    for name, text in _remarks(checked):
        yield from _fold(f"  {name}: {text}", paint)


def _remarks(checked: Checked) -> Iterator[tuple[str, str]]:
    secrets = checked.secrets
    if secrets:
        kinds = sorted(((-one.distinct, kind) for kind, one in secrets.items() if kind))
        told = f"{_count(secrets[''].findings, 'finding')} of {_different(secrets[''].distinct)}"
        yield "secrets", f"{told}: {', '.join(f'{-count} {kind}' for count, kind in kinds)}"
    if checked.known:
        yield "looked at by an earlier run", f"{_count(checked.known, checked.unit)} without a finding"
    if checked.binary:
        yield "binary, not looked at", _count(checked.binary, checked.unit)
    if checked.skipped:
        yield "not looked at", _reasons(checked.skipped)
    if checked.left_out:
        yield "left out", _reasons(checked.left_out)
    if checked.secrets_only:
        files = sorted(checked.secrets_only.items(), key=lambda item: (-item[1], item[0]))
        yield "searched for secrets only", ", ".join(f"{count} {language}" for language, count in files)
    if checked.waived:
        yield "waived by a comment", str(len(checked.waived))
    if checked.allowed:
        first = min(entry.expires for _, entry in checked.allowed)
        yield "allowed", f"{len(checked.allowed)} (until {first} at the earliest; --verbose names them)"
    if checked.baselined:
        yield "in the baseline", str(len(checked.baselined))
    if checked.hidden:
        more = {"default": "; --profile strict or audit shows more", "strict": "; --profile audit shows more"}
        least = "at least " if checked.profile == "default" else ""
        yield "not shown in this profile", f"{least}{checked.hidden}{more.get(checked.profile, '')}"


def _reasons(skipped: Iterable[Skipped]) -> str:
    """How often each reason occurs, the most frequent first."""
    counts = Counter(one.why.removeprefix("left out: ").split(" (")[0].split(": ")[0] for one in skipped)
    return ", ".join(
        f"{count} {safe(why)}" for why, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def _different(number: int) -> str:
    return "1 secret" if number == 1 else f"{number:,} different secrets"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _fold(text: str, paint: Paint) -> list[str]:
    return [text] if paint.color else wrap(text, paint, 4)
