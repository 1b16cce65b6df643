"""`deburr review`: what is wrong in these files, the repair of it, and the proof of the repair."""

from __future__ import annotations

from typing import Any, get_args

import click

from deburr.surfaces.cli.options import Options
from deburr.surfaces.shared.profile import Profile


@click.command("review", epilog="Exit status: 0 nothing is open, 1 findings are, 2 usage, 3 something was not checked.")
@click.argument("paths", nargs=-1)
@click.option("--write", is_flag=True, help="Apply the repairs that passed every gate; with -, print the text.")
@click.option(
    "--profile", type=click.Choice(get_args(Profile)), help="How much to show: default is quiet, audit is all."
)
@click.option("--select", multiple=True, metavar="NAME,…", help="Only these principles.")
@click.option("--ignore", multiple=True, metavar="NAME,…", help="Not these principles.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out files, as in a .gitignore.")
@click.option("--format", type=click.Choice(("text", "json", "patch")), default="text", show_default=True)
@click.option("--output", metavar="FILE", help="Where to write it instead of the terminal.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Show the files without findings as well.")
@click.option("--alone", is_flag=True, help="Follow no value into or out of other files.")
@click.option("--config", metavar="FILE", help="Read this pyproject.toml or deburr.toml, and look for no other.")
@click.option("--stdin-filename", metavar="PATH", help="What to call standard input; its ending says the language.")
@click.option("--language", metavar="NAME", help="The language of standard input.")
@click.pass_context
def review_command(ctx: click.Context, /, *, write: bool, **given: Any) -> int:
    """Checks files and folders, repairs what can be repaired, and verifies each repair; "-" is standard input."""
    from deburr.surfaces.cli.reviewing import review

    return review(Options(**{name: value for name, value in given.items() if value is not None}), ctx.obj, write=write)
