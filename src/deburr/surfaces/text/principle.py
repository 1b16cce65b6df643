"""A principle for a person at a terminal, and the table of all of them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from deburr.constitution import Example, Principle
from deburr.model import LEVELS
from deburr.surfaces.shared.paint import SEVERITY, Paint
from deburr.surfaces.shared.prose import wrap

_MARK = re.compile(r"\s*(?:#|//|--|/\*|<!--)\s*(?:finding|missed):\s*[a-z0-9-]+\s*(?:\*/|-->)?\s*$")
_IN, _LEAST = " " * 10, 30
"""Before a title that stands below its name, and the columns that a title beside it needs."""

_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")


def page(principle: Principle, paint: Paint) -> str:
    """All that a principle says, its examples without their marks."""
    cwe = ", ".join(f"CWE-{number}" for number in principle.cwe)
    severity = paint(principle.severity, SEVERITY[principle.severity])
    lines = [
        *wrap(principle.title, paint, 0, 0, "bold"),
        f"{principle.id} {paint.plain('·')} {severity} {paint.plain('·')} {cwe}",
    ]
    lines += _section("Why", principle.why, paint)
    lines += _examples("Flagged", principle.flagged, paint)
    lines += _examples("Allowed", principle.allowed, paint)
    lines += _section("Fix", principle.fix, paint)
    lines += _section("Question", principle.question, paint)
    return "\n".join(lines) + "\n"


def _section(name: str, text: str, paint: Paint) -> Iterator[str]:
    yield from ("", paint(name, "bold", "cyan"))
    for block in re.split(r"\n\s*\n", text):
        if block.startswith("```"):
            yield from (f"    {line}" for line in block.split("\n")[1:-1])
        elif block.lstrip().startswith(("- ", "* ")):
            for item in re.split(r"\n(?=[-*] )", block.strip()):
                yield from _paragraph(item, paint, 4)
        else:
            yield from _paragraph(block, paint, 2)
        yield ""


def _paragraph(text: str, paint: Paint, indent: int) -> Iterator[str]:
    lines = wrap(" ".join(_LINK.sub(r"\1", text).split()), paint, indent, 2)
    yield from ("  " + line if not at else line for at, line in enumerate(lines))


def _examples(name: str, examples: Iterable[Example], paint: Paint) -> Iterator[str]:
    """Pieces of code, with a bar in the margin of each line that is reported."""
    yield paint(name, "bold", "cyan")
    for index, example in enumerate(examples):
        if index:
            yield paint(f"    {paint.plain('─' * 12)}", "dim")
        found = {line for line, _ in example.findings}
        missed = {line for line, _ in example.missed}
        for number, line in enumerate(example.code.rstrip("\n").split("\n"), 1):
            sign = paint(">", "red") if number in found else paint("?", "yellow") if number in missed else " "
            yield f"  {sign} {_MARK.sub('', line)}".rstrip()
        if missed:
            yield f"    {paint('(? is known not to be found yet)', 'dim')}"
    yield ""


def table(principles: Iterable[Principle], paint: Paint) -> str:
    """One line per principle, the gravest first."""
    rows = sorted(principles, key=lambda one: (-LEVELS.index(one.severity), one.id))
    wide = max((len(one.id) for one in rows), default=0)
    broad = max((len(_cwe(one)) for one in rows), default=0)
    indent = 8 + 2 + wide + 2 + broad + 2
    lines: list[str] = []
    for one in rows:
        severity = paint(one.severity.ljust(8), SEVERITY[one.severity])
        head = f"{severity}  {one.id.ljust(wide)}  {paint(_cwe(one).ljust(broad), 'dim')}"
        told = _told(one)
        if paint.width - indent < _LEAST:
            lines += [head.rstrip(), *textwrap.wrap(told, paint.width, initial_indent=_IN, subsequent_indent=_IN)]
        else:
            first, *rest = textwrap.wrap(told, paint.width - indent)
            lines += [f"{head}  {first}", *(" " * indent + line for line in rest)]
    missed = sum(len(example.missed) for one in rows for example in one.flagged)
    lines += ["", f"{len(rows)} principles, {missed} known misses in their examples"]
    return "\n".join(lines) + "\n"


def _cwe(principle: Principle) -> str:
    return "CWE-" + ",".join(map(str, principle.cwe))


def _told(principle: Principle) -> str:
    """The title, with who hears of it where that is not everyone, and how many misses are known."""
    missed = sum(len(example.missed) for example in principle.flagged)
    notes = [f"{missed} known miss{'' if missed == 1 else 'es'}"] * bool(missed)
    notes += [f"profile {'strict' if principle.persona == 'pedantic' else 'audit'}"] * (principle.persona != "regular")
    return f"{principle.title} [{'; '.join(notes)}]" if notes else principle.title
