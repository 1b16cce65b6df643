"""`deburr explain`: what a principle says."""

from __future__ import annotations

import click

from deburr.surfaces.cli.table import load
from deburr.surfaces.cli.terminal import paint_for, write
from deburr.surfaces.shared.principles import known, some

PAGE = "deburr.surfaces.text.principle:page"


@click.command("explain")
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def explain_command(names: tuple[str, ...], color: str) -> int:
    """Tells why a principle is one, how it looks when it is broken, and what to write instead."""
    known(names, "explain")
    found = some(names)
    page = load(PAGE)
    write("\n".join(page(found[name], paint_for(color)) for name in dict.fromkeys(names)))
    return 0
