"""`deburr principles`: the table of what is looked for."""

from __future__ import annotations

import json
import sys

import click

from deburr.constitution import Principle, load
from deburr.surfaces.cli import table
from deburr.surfaces.cli.terminal import paint_for, write

TABLE = "deburr.surfaces.text.principle:table"


@click.command("principles")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def principles_command(form: str, color: str) -> int:
    """Lists all principles with their severity, weakness class and what is known to be missed."""
    principles = load()
    if form == "json":
        write(json.dumps([_plain(one) for one in principles], indent=2) + "\n")
    else:
        paint = paint_for(color)
        # Who reads this through a pipe wants one line each.
        write(table.load(TABLE)(principles, paint if sys.stdout.isatty() else paint._replace(width=10_000)))
    return 0


def _plain(principle: Principle) -> dict[str, object]:
    return {
        "id": principle.id,
        "title": principle.title,
        "severity": principle.severity,
        "persona": principle.persona,
        "cwe": [f"CWE-{number}" for number in principle.cwe],
        "known_misses": sum(len(example.missed) for example in principle.flagged),
    }
