"""The commands as one program: its help, and its word on a command that there is not."""

from __future__ import annotations

import click

from deburr import __version__
from deburr.surfaces.cli.table import COMMANDS, SAYS, load


class Commands(click.Group):
    """A group whose commands stand in a table."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(SAYS.items()))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            command: click.Command = load(COMMANDS[cmd_name])
            return command
        import difflib

        close = difflib.get_close_matches(cmd_name, COMMANDS, n=1)
        hint = f"; did you mean {close[0]}?" if close else f"; there are {', '.join(COMMANDS)}"
        raise click.UsageError(f"no command {cmd_name!r}{hint}", ctx)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 nothing found, 1 findings, 2 the job could not be done.",
)
@click.version_option(__version__, "--version", "-V", prog_name="deburr", message="%(prog)s %(version)s")
def cli() -> None:
    """Finds, explains and corrects the security weaknesses of AI-written code."""
