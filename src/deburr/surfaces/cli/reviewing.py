"""One run of `deburr review`: files through the revise loop, a report written, an exit status out."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from deburr.errors import DeburrError
from deburr.model import Skipped, Source
from deburr.review import Tools, revise
from deburr.surfaces.cli import known, reviewed
from deburr.surfaces.cli.declared import declared
from deburr.surfaces.cli.known import Known
from deburr.surfaces.cli.options import Options, Settings, language, settle
from deburr.surfaces.cli.permits import Permits
from deburr.surfaces.cli.reviewed import File, Run
from deburr.surfaces.cli.terminal import paint_for, progress, write
from deburr.surfaces.cli.writing import replace_file
from deburr.surfaces.shared.files import CHOICES, Candidate, Loaded, discover, from_bytes, load
from deburr.surfaces.shared.run import Scan

STDIN = "-"
_ORDINARY = {
    "str",
    "repr",
    "len",
    "bool",
    "format",
    "get",
    "join",
    "text",
    "bytes",
    "encode",
    "decode",
    "index",
    "count",
}
"""Functions that clean a value by the way, and that nobody calls for its safety."""


@dataclass(frozen=True)
class _Setup:
    options: Options
    settings: Settings
    tools: Tools
    write: bool
    known: Known


def review(options: Options, scan: Scan | None, *, write: bool) -> int:
    """Reviews what `options` name, writes what there is to say, and gives the exit status."""
    begin = time.perf_counter()
    settings = settle(options)
    setup = _Setup(
        options,
        settings,
        tools(settings, scan, tuple(path for path in options.paths if path != STDIN), alone=options.alone),
        write,
        known.known(options, settings),
    )
    found, not_read = _find(setup)
    files = [*_standard_input(setup), *progress((_file(one, setup) for one in found), len(found))]
    files += [File(path=one.what, unread=(one,)) for one in not_read]
    run = Run(tuple(files), time.perf_counter() - begin, written=write, root=settings.scope.root, here=os.getcwd())
    _show(run, setup)
    return run.status


def tools(settings: Settings, scan: Scan | None = None, named: tuple[str, ...] = (), *, alone: bool = False) -> Tools:
    """What the review may use: the warm engine, and what it and the project know."""
    packages = declared(settings.scope.root)
    if scan is not None:
        return Tools(scan, shown=settings.wanted, packages=packages)
    from deburr.surfaces.shared import around, warm

    names = {
        name.rpartition(".")[2]
        for fact in warm.engine().rulebook.facts.values()
        for table in (fact.sanitizers, fact.guards)
        for name in table
        if name not in fact.sinks
    }
    place = around.around(settings.scope.root, named)
    look = warm.scan if alone else partial(around.scan, place=place)
    return Tools(look, shown=settings.wanted, defenses=frozenset(names) - _ORDINARY, packages=packages)


def _find(setup: _Setup) -> tuple[list[Candidate], list[Skipped]]:
    """The files to review, and those that cannot be; what somebody chose to leave out is neither."""
    named = setup.options.paths
    paths = tuple(path for path in named if path != STDIN) or (() if STDIN in named else (".",))
    found: list[Candidate] = []
    not_read: list[Skipped] = []
    for one in discover(paths, setup.settings.scope):
        if isinstance(one, Candidate):
            found.append(one)
        elif not one.why.startswith(CHOICES):
            not_read.append(one)
    return found, not_read


def _standard_input(setup: _Setup) -> Iterator[File]:
    options = setup.options
    if STDIN not in options.paths:
        return
    kind = language(options.language) if options.language else "" if options.stdin_filename else "python"
    path = options.stdin_filename or "<stdin>"
    loaded = from_bytes(sys.stdin.buffer.read(options.max_size + 1), path, language=kind, limit=options.max_size)
    done = _reviewed(loaded, setup)
    if setup.write:
        # Standard output is for the text alone; what there is to say goes to standard error.
        text = done.review.accepted if done.review is not None and done.review.accepted else done.source
        if isinstance(loaded, Loaded) and text is not None:
            sys.stdout.buffer.write(loaded.decoded.encode(text.text))
            sys.stdout.flush()
        done = replace(done, applied=True)
    yield done


def _file(candidate: Candidate, setup: _Setup) -> File:
    loaded = load(candidate, setup.options.max_size)
    done = _reviewed(loaded, setup)
    if isinstance(loaded, Skipped):
        return replace(done, named=candidate.named)
    if setup.write and done.review is not None and done.review.accepted is not None:
        problem = replace_file(candidate.file, loaded, done.review.accepted.text)
        done = replace(done, applied=not problem, refused=problem)
    return replace(done, named=candidate.named)


def _reviewed(loaded: Loaded | Skipped, setup: _Setup) -> File:
    """One text through the loop."""
    if isinstance(loaded, Skipped):
        return File(path=loaded.what, unread=(loaded,))
    source: Source = loaded.source
    permits = Permits(setup.known, source)
    try:
        review = revise(source, permits.tools(setup.tools))
        return File(source.path, source, review, loaded.skipped, allowed=tuple(permits.given.items()))
    except DeburrError:
        raise
    except Exception as error:  # noqa: BLE001 - one file on which the engine fails must not hide the others
        problem = Skipped(source.path, f"deburr failed on it: {type(error).__name__}: {error}")
        return File(path=source.path, source=source, unread=(problem,))


def _show(run: Run, setup: _Setup) -> None:
    options = setup.options
    to_stdout = STDIN in options.paths and setup.write and not options.output
    if options.format == "json":
        text = reviewed.as_json(reviewed.veiled(run))
    elif options.format == "patch":
        text = reviewed.as_patch(run)
    else:
        from deburr.surfaces.cli.review_text import render

        text = render(
            reviewed.veiled(run), paint_for(options.color, to_file=bool(options.output)), verbose=options.verbose
        )
    if to_stdout:
        sys.stderr.write(text)
    else:
        write(text, options.output)
