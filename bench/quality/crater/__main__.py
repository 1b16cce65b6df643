"""Compare what deburr says of the pinned projects with what is kept, and tell the noise.

    python -m bench.quality.crater [--project NAME]... [--cache FOLDER] [--update]

Exit status 0: nothing new, nothing gone, everything judged. 1: something to look at. 2: a project could not be had.
With --update the kept files take over what was found (a judgement stays with its finding, the rest is to be judged by
hand in projects/NAME.toml), and docs/crater.md and the README are written anew.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from bench.quality.crater import snapshot
from bench.quality.crater.archive import Missing, unpacked
from bench.quality.crater.pages import publish, totals
from bench.quality.crater.scan import lines, scan
from bench.quality.crater.snapshot import Changes, Finding, Project

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deburr/crater"


def look(project: Project, cache: Path, *, update: bool, kept: Path = snapshot.FOLDER) -> str:
    """Scan one project and say how it differs from what is kept; with `update`, keep what was found."""
    folder = unpacked(project, cache)
    found, failed = scan(folder)
    if update:
        snapshot.write(snapshot.updated(project, found, lines(folder)), kept)
    return told(project, snapshot.compare(project, found)) + "".join(
        f"failed   {project.name}: {one}\n" for one in failed
    )


def told(project: Project, changes: Changes) -> str:
    """The differences of one project, a line each; empty when there are none."""
    groups = (("new", changes.new), ("vanished", changes.vanished), ("unjudged", changes.unjudged))
    return "".join(f"{name:8} {project.name}: {_shown(one)}\n" for name, group in groups for one in group)


def _shown(one: Finding) -> str:
    judged = f" ({one.judgement}: {one.why})" if one.judgement else ""
    return f"{one.file}:{one.line} {one.principle}{judged}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", action="append", metavar="NAME", help="only this one")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="FOLDER", help="where the archives are kept")
    parser.add_argument("--update", action="store_true", help="keep what was found")
    arguments = parser.parse_args()
    wanted = [one for one in snapshot.load() if not arguments.project or one.name in arguments.project]
    if not wanted:
        parser.error("there is no project of this name")
    missing, said = False, ""
    for project in wanted:
        try:
            text = look(project, arguments.cache, update=arguments.update)
        except Missing as error:
            missing, text = True, f"not had  {error}\n"
        print(text, end="", flush=True)
        said += text
    if arguments.update:
        publish()
    print(totals(snapshot.load()))
    return 2 if missing else 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
