"""`deburr check`: what is wrong in these files."""

from __future__ import annotations

from typing import Any, get_args

import click

from deburr.engine.secrets.mode import MODES
from deburr.model import LEVELS
from deburr.surfaces.cli.options import Options
from deburr.surfaces.cli.size import Size
from deburr.surfaces.cli.table import FORMATS
from deburr.surfaces.shared.files import LIMIT
from deburr.surfaces.shared.profile import Profile


@click.command("check")
@click.argument("paths", nargs=-1)
@click.option(
    "--profile", type=click.Choice(get_args(Profile)), help="How much to show: default is quiet, audit is all."
)
@click.option("--select", multiple=True, metavar="NAME,…", help="Show only these principles.")
@click.option("--ignore", multiple=True, metavar="NAME,…", help="Do not show these principles.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out files, as in a .gitignore.")
@click.option("--force-exclude", is_flag=True, help="Leave out excluded files even when they are named.")
@click.option("--fail-on", type=click.Choice(LEVELS), help="Exit with 1 only from this severity on.  [default: low]")
@click.option("--diff", metavar="REV", help="Only what is new since this git revision.")
@click.option("--archives", is_flag=True, help="Look at the files in zip, jar, whl, tar, gz, bz2 and xz as well.")
@click.option("--history", is_flag=True, help="Look for secrets in every version of every file that git keeps.")
@click.option("--since", metavar="REV", help="With --history: only what this revision does not hold.")
@click.option("--baseline", metavar="FILE", help="Findings that are known and accepted.")
@click.option("--write-baseline", is_flag=True, help="Accept all present findings: write them to the baseline.")
@click.option("--no-grow", is_flag=True, help="With --write-baseline: take out what is gone, and let nothing in.")
@click.option("--format", type=click.Choice(tuple(FORMATS)), default="text", show_default=True, help="How to say it.")
@click.option("--output", metavar="FILE", help="Where to write it instead of the terminal.")
@click.option("--color", type=click.Choice(("auto", "always", "never")), default="auto", show_default=True)
@click.option("-v", "--verbose", is_flag=True, help="Name everything that was left out, waived or in the baseline.")
@click.option("-j", "--jobs", type=click.IntRange(0), default=0, help="Processes; 0 is as many as are worth it.")
@click.option(
    "--max-size",
    type=Size(),
    default=LIMIT,
    metavar="SIZE",
    help="Search larger files for secrets only.  [default: 10MB]",
)
@click.option("--alone", is_flag=True, help="Follow no value into or out of other files.")
@click.option("--secrets", type=click.Choice(MODES), help="Leave the classifier of credentials out: rules.")
@click.option("--config", metavar="FILE", help="Read this pyproject.toml or deburr.toml, and look for no other.")
@click.option("--stdin-filename", metavar="PATH", help="What to call standard input; its ending says the language.")
@click.option("--language", metavar="NAME", help="The language of standard input.")
@click.pass_context
def check_command(ctx: click.Context, /, **given: Any) -> int:
    """Looks for security weaknesses in files and folders; "-" is standard input, nothing is the current folder."""
    from deburr.surfaces.cli.checking import check

    options = Options(**{name: value for name, value in given.items() if value is not None})
    return check(options, ctx.obj)
