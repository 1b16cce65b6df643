"""Where the `deburr` command begins: answers the quickest questions itself, and lets no traceback reach a person."""

from __future__ import annotations

import gc
import sys

QUIET_PIPE, INTERRUPTED, NOT_DONE = 141, 130, 2
"""Exit statuses: the reader went away, the user stopped it, the job could not be done."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; gives the exit status."""
    if arguments is not None:
        return _main(arguments or ["--help"])
    # The start makes many objects and drops few: looking for cycles among them as often as usual costs 7 ms, and doing
    # it once more at the exit, when the memory is given back anyway, 12 ms.
    gc.set_threshold(100_000, 50, 50)
    try:
        return _main(sys.argv[1:] or ["--help"])
    finally:
        gc.freeze()


def _main(given: list[str]) -> int:
    if given in (["--version"], ["-V"]):
        from deburr import __version__

        sys.stdout.write(f"deburr {__version__}\n")
        return 0
    try:
        return _run(given)
    except KeyboardInterrupt:
        sys.stderr.write("deburr: stopped\n")
        return INTERRUPTED
    except BrokenPipeError:
        return _silence()
    except RecursionError:
        return _say("the code under review is nested too deeply for this computer's stack", foreign=False)
    except MemoryError:
        return _say("out of memory; try --jobs 1 or a smaller --max-size", foreign=False)


def _run(given: list[str]) -> int:
    """The command itself; errors that are known become one line."""
    from deburr.errors import DeburrError

    plain = given[0] == "check" and not any(argument.startswith("-") for argument in given)
    try:
        status = _check(given[1:]) if plain else _click(given)
        sys.stdout.flush()
        return status
    except DeburrError as error:
        return _say(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        return _say(f"{error.filename}: {error.strerror}" if error.filename else str(error))
    except Exception as error:  # noqa: BLE001 - a person gets one line and a status, whatever went wrong
        return _unexpected(error)


def _check(paths: list[str]) -> int:
    """`deburr check` without options, as editors and hooks call it: it needs no parser, which takes 20 ms to import."""
    from deburr.surfaces.cli.checking import check
    from deburr.surfaces.cli.options import Options

    return check(Options(paths=tuple(paths)))


def _click(given: list[str]) -> int:
    """Any other command line."""
    import click

    from deburr.surfaces.cli.group import cli

    try:
        status = cli.main(args=given, prog_name="deburr", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        raise KeyboardInterrupt from None
    except click.ClickException as error:
        usage = error.ctx.get_usage() + "\n" if isinstance(error, click.UsageError) and error.ctx else ""
        sys.stderr.write(usage)
        return _say(error.format_message())
    return status if isinstance(status, int) else 0


def _say(problem: str, *, foreign: bool = True) -> int:
    """Tells why it could not be done; what is `foreign` may quote what somebody wrote, and with it a secret."""
    if foreign:
        import contextlib

        from deburr.errors import DeburrError
        from deburr.surfaces.shared import warm
        from deburr.surfaces.shared.hide import clean

        with contextlib.suppress(OSError, DeburrError):
            warm.engine()  # its kept database: compiling another takes seconds
        problem = clean(problem)
    sys.stderr.write(f"deburr: error: {problem}\n".encode("utf-8", "replace").decode("utf-8"))
    return NOT_DONE


def _unexpected(error: Exception) -> int:
    """A defect of deburr's own: named as such, with the place for whoever is told of it."""
    if isinstance(error, (RecursionError, MemoryError)):
        raise error
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    place = f" ({at.tb_frame.f_code.co_filename.rpartition('deburr/')[2]}:{at.tb_lineno})" if at else ""
    return _say(f"this is a defect of deburr: {type(error).__name__}: {error}{place}")


def _silence() -> int:
    """Nobody reads any more: the interpreter must not complain when it flushes at its end."""
    import contextlib
    import os

    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return QUIET_PIPE
