"""What the snapshot says, as a page of the docs, as a paragraph of the README, and as totals on the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.measure import ROOT, table
from bench.quality.crater import snapshot
from bench.quality.crater.snapshot import First, Project, count

NOISE, SHARE = 0.20, 0.70
"""At most so many findings per 1,000 lines, of which at least this share is true or debatable."""

PAGE = ROOT / "docs/crater.md"
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- bench\.quality\.crater -->\n).*?(<!-- end -->)", re.DOTALL)

HEAD = """\
# What the default profile says about well-kept code

{noise}

The projects are pinned by version and hash and scanned as they are shipped, with their tests, examples and vendored
copies: source archives, or wheels where a source archive cannot be read without building it. Lines are lines of Python.
Every finding was judged after reading the code around it:

- **true**: the code does what the principle warns of; a default or an old protocol may be the reason.
- **debatable**: it does, and it is meant to, or whether it harms depends on who calls.
- **false**: it does not.

*First look* is what the engine said of a project that nobody had run it on before; what came out false there was then
put right in general where that could be done, so the later figure of the same projects is no longer a blind one. A dash
marks projects that the rules had been improved on before anyone counted.

`python -m bench.quality.crater` brings the projects, scans them, and says what is new, gone or not judged.

"""


def publish(page: Path = PAGE, readme: Path = README) -> None:
    """Write the page, and the paragraph of the README."""
    projects = snapshot.load()
    page.write_text(markdown(projects), encoding="utf-8")
    text = readme.read_text("utf-8")
    shown = noise(projects)
    readme.write_text(BLOCK.sub(lambda found: f"{found[1]}{shown}\n{found[2]}", text), encoding="utf-8")


def noise(projects: Sequence[Project], link: str = "docs/crater.md") -> str:
    """The figures in one paragraph."""
    every = _sum(projects)
    fresh = [one for one in projects if one.first]
    first, after = _first(fresh), _sum(fresh)
    text = (
        f"Noise in the default profile: {_rate(every.findings, projects)} findings per 1,000 lines on {len(projects)} "
        f"well-kept projects ({_lines(projects):,} lines), of which {_share(every)} are true or debatable."
    )
    if fresh:
        text += (
            f" On the {len(fresh)} of them that no rule had been tried on, the first look gave "
            f"{_rate(first.findings, fresh)} ({_share(first)}); now it is {_rate(after.findings, fresh)} "
            f"({_share(after)})."
        )
    return f"{text} [Each finding with its judgement]({link})." if link else text


def totals(projects: Sequence[Project]) -> str:
    """The figures on the terminal, against what is asked for."""
    every = _sum(projects)
    rate, share = every.findings / max(_lines(projects), 1) * 1000, _good(every)
    verdict = "reached" if rate <= NOISE and share >= SHARE else "NOT reached"
    return f"{noise(projects, '')}\nasked for: at most {NOISE:.2f}, at least {SHARE:.0%}: {verdict}"


def markdown(projects: Sequence[Project]) -> str:
    """The page."""
    parts = [HEAD.format(noise=noise(projects, "")), _by_project(projects), "\n## By principle\n\n"]
    parts += [_by_principle(projects), "\n## Each finding\n"]
    return "".join([*parts, *(_each(one) for one in projects if one.findings)])


def _by_project(projects: Sequence[Project]) -> str:
    head = ["project", "version", "kind", "lines", "findings", "per 1,000", "true", "debatable", "false"]
    rows = []
    for one in [*projects, None]:
        group = projects if one is None else [one]
        figures = _sum(group)
        name = ["**all**", "", ""] if one is None else [one.name, one.version, one.kind]
        cells = [figures.findings, figures.true, figures.debatable, figures.false]
        rate = _rate(figures.findings, group)
        numbers = [f"{_lines(group):,}", str(cells[0]), rate, *map(str, cells[1:]), _share(figures)]
        rows.append([*name, *numbers, _first_cell(one)])
    return table([*head, "true or debatable", "first look"], rows)


def _first_cell(project: Project | None) -> str:
    if project is None:
        return ""
    if project.first is None:
        return "-"
    return f"{project.first.findings}, {project.first.false} false"


def _by_principle(projects: Sequence[Project]) -> str:
    rows = []
    for principle in {one.principle for project in projects for one in project.findings}:
        figures = count(one for project in projects for one in project.findings if one.principle == principle)
        cells = (figures.findings, figures.true, figures.debatable, figures.false)
        rows.append([principle, *map(str, cells)])
    rows.sort(key=lambda row: (-int(row[1]), row[0]))
    return table(["principle", "findings", "true", "debatable", "false"], rows)


def _each(project: Project) -> str:
    rows = [
        f"- `{one.file}:{one.line}` {one.principle}: {one.judgement or 'not judged'}{', ' * bool(one.why)}{one.why}\n"
        for one in project.findings
    ]
    return f"\n### {project.name}\n\n{''.join(rows)}"


def _sum(projects: Iterable[Project]) -> First:
    return count(one for project in projects for one in project.findings)


def _first(projects: Iterable[Project]) -> First:
    every = [one.first for one in projects if one.first]
    return First(
        sum(one.findings for one in every),
        sum(one.true for one in every),
        sum(one.debatable for one in every),
        sum(one.false for one in every),
    )


def _lines(projects: Iterable[Project]) -> int:
    return sum(one.lines for one in projects)


def _rate(findings: int, projects: Iterable[Project]) -> str:
    return f"{findings / max(_lines(projects), 1) * 1000:.3f}"


def _good(figures: First) -> float:
    return (figures.true + figures.debatable) / figures.findings if figures.findings else 1.0


def _share(figures: First) -> str:
    return f"{_good(figures):.0%}" if figures.findings else "-"
