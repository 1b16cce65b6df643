"""`deburr explain`: what a principle says, or what a kind of secret opens."""

from __future__ import annotations

import click

from deburr.errors import ConfigError
from deburr.surfaces.cli.table import load
from deburr.surfaces.cli.terminal import paint_for, write
from deburr.surfaces.shared.config import nearest
from deburr.surfaces.shared.principles import names as principles
from deburr.surfaces.shared.principles import some
from deburr.surfaces.shared.secret_kinds import all_kinds, kinds

PAGE = "deburr.surfaces.text.principle:page"
KIND = "deburr.surfaces.text.secret_kind:page"


@click.command("explain")
@click.argument("names", nargs=-1, required=True, metavar="NAME…")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
def explain_command(names: tuple[str, ...], color: str) -> int:
    """Tells why a principle is one, how it looks when it is broken, and what to write instead.

    Of a kind of secret, such as aws-access-key-id, it tells what that opens and how to revoke it.
    """
    found = some(names)
    secret = kinds(name for name in names if name not in found)
    for name in names:
        if name not in found and name not in secret:
            near = nearest(name, [*principles(), *all_kinds()])
            raise ConfigError(f"explain: there is no principle {name!r}, and no such kind of secret{near}")
    paint = paint_for(color)
    pages = [
        load(PAGE)(found[name], paint) if name in found else load(KIND)(*secret[name], paint)
        for name in dict.fromkeys(names)
    ]
    write("\n".join(pages))
    return 0
