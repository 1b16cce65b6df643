"""`deburr redact` and `deburr restore`: texts without their secrets, and with them again."""

from __future__ import annotations

from typing import Any

import click

from deburr.surfaces.cli.size import Size
from deburr.surfaces.shared.files import LIMIT

_REDACT = """Exit status: 0 everything was redacted, 2 something was not: it is named, and nothing of it is written.

Whoever has the vault has the secrets: it is readable by you alone, and never written where git would take it.
"""
_RESTORE = "Exit status: 0 all is as it was, 1 placeholders are unknown, lost or moved, 2 it could not be done."


@click.command("redact", epilog=_REDACT)
@click.argument("paths", nargs=-1, metavar="FILE|FOLDER|-")
@click.option("--output", metavar="PATH", help="Where to write it; for several files, a folder for the copies.")
@click.option("--in-place", is_flag=True, help="Write the redacted text over the file.")
@click.option("--vault", metavar="FILE", help="Keep what was taken out in this file, so that it can be restored.")
@click.option("--key-file", metavar="FILE", help="Equal secrets get equal tags in all runs with this key.")
@click.option(
    "--least",
    type=click.Choice(("low", "medium", "high")),
    default="low",
    show_default=True,
    help="How sure deburr must be of a secret to take it out.",
)
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out files, as in a .gitignore.")
@click.option(
    "--max-size", type=Size(), default=LIMIT, metavar="SIZE", help="Do not read larger files.  [default: 10MB]"
)
@click.option("--stdin-filename", metavar="PATH", help="What to call standard input; its ending says the language.")
@click.option("--language", metavar="NAME", help="The language of standard input.")
def redact_command(**given: Any) -> int:
    """Takes the secrets out of a text and leaves a typed placeholder for each; what is around it still parses.

    "-" or nothing is standard input; one text goes to standard output. Several files need --in-place or --output.
    """
    from deburr.surfaces.cli.redacting import Wish, redact

    if given["in_place"] and given["output"]:
        raise click.UsageError("--in-place and --output do not go together")
    if given["in_place"] and (not given["paths"] or "-" in given["paths"]):
        raise click.UsageError("--in-place needs a file")
    return redact(Wish(**{name: value for name, value in given.items() if value is not None}))


@click.command("restore", epilog=_RESTORE)
@click.argument("file", default="-", metavar="FILE|-")
@click.option("--vault", required=True, metavar="FILE", help="The file that `deburr redact --vault` wrote.")
@click.option("--output", default="", metavar="FILE", help="Where to write it instead of standard output.")
@click.option("--in-place", is_flag=True, help="Write the restored text over the file.")
def restore_command(file: str, **given: Any) -> int:
    """Puts the secrets of a vault back into a text, and names each placeholder that is unknown, lost or moved."""
    from deburr.surfaces.cli.redacting import Wish, restore

    if given["in_place"] and (given["output"] or file == "-"):
        raise click.UsageError("--in-place needs a file, and no --output")
    return restore(Wish(paths=(file,), **given))
