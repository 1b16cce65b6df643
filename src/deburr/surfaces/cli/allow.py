"""`deburr allow`: an entry of the allow list, written for somebody to review."""

from __future__ import annotations

import click


@click.command("allow")
@click.argument("finding", metavar="FINGERPRINT|PATH:LINE")
@click.argument("paths", nargs=-1)
@click.option("--reason", required=True, help="Why it may stay, for whoever reviews the entry.")
@click.option("--expires", required=True, metavar="DAY", help="The last day, as 2027-02-01 or 90d; 180 days at most.")
@click.option("--owner", default="", help="Who answers for it.")
@click.option("--approved-by", default="", help="Who agreed; not the author of the code.")
@click.option("--principle", default="", metavar="NAME", help="Which finding, where a line has several.")
@click.option("--config", default="", metavar="FILE", help="Read this pyproject.toml or deburr.toml, and no other.")
@click.pass_context
def allow_command(ctx: click.Context, /, finding: str, paths: tuple[str, ...], **given: str) -> int:
    """Writes an entry into deburr-allow.toml that lets one finding pass until a day; PATHS is where to look for it."""
    from deburr.surfaces.cli.allowing import Request, allow

    return allow(Request(finding, paths, **given), ctx.obj)
