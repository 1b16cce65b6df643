"""One run of `deburr check`: options in, a report written, an exit status out."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from deburr.errors import ConfigError
from deburr.model import Skipped, Span
from deburr.surfaces.cli import known
from deburr.surfaces.cli.options import Options, Settings, language, settle
from deburr.surfaces.cli.table import FORMATS, QUICK, SCAN, SEARCH, load
from deburr.surfaces.cli.terminal import paint_for, progress, write
from deburr.surfaces.shared import around, files, veil
from deburr.surfaces.shared.checked import Checked, Looked
from deburr.surfaces.shared.decode import is_binary
from deburr.surfaces.shared.files import Candidate, discover
from deburr.surfaces.shared.principles import names, some
from deburr.surfaces.shared.profile import reaches
from deburr.surfaces.shared.run import LANGUAGES, Setup, run, scanned, searched, unpacked

if TYPE_CHECKING:
    from deburr.surfaces.shared.changes import Changes
    from deburr.surfaces.shared.run import Scan

CLEAN, FINDINGS, NOT_DONE = 0, 1, 2


class _Found(NamedTuple):
    """What the paths led to."""

    candidates: list[Candidate]
    not_read: list[Skipped]


def check(options: Options, scan: Scan | None = None) -> int:
    """Looks at what `options` name, writes what there is to say, and gives the exit status."""
    begin = time.perf_counter()
    settings = settle(options)
    changes = _changes(options, settings)
    before = known.known(options, settings)
    if options.since and not options.history:
        raise ConfigError("--since says where --history is to begin; give both, or --diff")
    if options.history:
        looked, checked = _history(options, settings, scan, before)
    else:
        found = find(options, settings, changes)
        how = setup(options, settings, scan)._replace(changes=changes, key=before.key, archives=options.archives)
        looked = [one for file in look(options, how, found) for one in file.inner or (file,)]
        checked = _put_together(options, settings, looked, found.not_read)
    checked = known.permitted(before, options, settings, checked)
    if options.write_baseline:
        known.rewrite(before, options, settings, checked, looked)
        if not options.no_grow:
            return CLEAN
    checked = known.without(before, options, settings, checked, looked)
    checked = checked._replace(seconds=time.perf_counter() - begin)
    _show(options, _in_git(checked))
    return _status(settings, checked, looked, changed=changes is not None or options.history)


def _history(
    options: Options, settings: Settings, scan: Scan | None, before: known.Known
) -> tuple[list[Looked], Checked]:
    """What the history of the repository holds."""
    from deburr.surfaces.cli.history import look_through

    setup = Setup(scan or load(SEARCH), settings.wanted, options.max_size, key=before.key)
    looked, counts = look_through(options, settings, setup)
    checked = _put_together(options, settings, looked, list(counts.skipped))
    taken = {name: getattr(counts, name) for name in ("files", "lines", "unit", "known", "binary", "secrets_only")}
    return looked, checked._replace(**taken)


def setup(options: Options, settings: Settings, scan: Scan | None) -> Setup:
    """How files are looked at: with the other files of their project, unless that is not wanted."""
    quick = settings.wanted.profile == "default"
    if scan is not None or options.alone:
        return Setup(
            scan or load(QUICK if quick else SCAN), settings.wanted, options.max_size, search=scan or load(SEARCH)
        )
    place = around.around(settings.scope.root, (path for path in options.paths if path != "-"))
    scan = partial(around.scan, place=place, quick=quick)
    return Setup(scan, settings.wanted, options.max_size, around=place, search=load(SEARCH))


def _changes(options: Options, settings: Settings) -> Changes | None:
    if not options.diff:
        return None
    from deburr.surfaces.shared.changes import Changes, since

    found = since(options.diff, settings.scope.root)
    return Changes({settings.scope.path(file): lines for file, lines in found.items()})


def find(options: Options, settings: Settings, changes: Changes | None) -> _Found:
    """The files to look at and what is not looked at, standard input left aside."""
    if options.language and "-" not in options.paths:
        raise ConfigError("--language is for standard input, which is not among the paths")
    paths = tuple(path for path in options.paths if path != "-") or (() if "-" in options.paths else (".",))
    candidates: list[Candidate] = []
    not_read: list[Skipped] = []
    excluded = settings.scope.rules()
    ledgers = {
        os.path.abspath(settings.baseline or known.BASELINE): "left out: the baseline",
        os.path.abspath(settings.allow): "left out: the allow list",
    }
    for one in discover(paths, settings.scope):
        if isinstance(one, Skipped):
            not_read.append(one)
        elif why := ledgers.get(os.path.abspath(one.file)):
            not_read.append(Skipped(one.path, why))
        elif options.force_exclude and excluded.ignores(os.path.abspath(one.file), folder=False):
            not_read.append(Skipped(one.path, files.EXCLUDED))
        elif changes is None or one.path in changes.lines:
            candidates.append(one)
    return _Found(candidates, not_read)


def look(options: Options, setup: Setup, found: _Found) -> Iterator[Looked]:
    if "-" in options.paths:
        yield _standard_input(options, setup)
    yield from progress(run(found.candidates, setup, options.jobs), len(found.candidates))


def _standard_input(options: Options, setup: Setup) -> Looked:
    path = options.stdin_filename or "<stdin>"
    named = language(options.language) if options.language else "" if options.stdin_filename else "python"
    stream = sys.stdin.buffer
    data = stream.read(options.max_size + 1)
    if len(data) > options.max_size and not is_binary(data):
        larger = files.Larger(path, f"larger than {files.size(options.max_size)}")
        chunks = chain([data], iter(partial(stream.read, 1 << 20), b""))
        return searched(chunks, larger, setup._replace(changes=None), named)._replace(named=True)
    whole = len(data) <= options.max_size
    if setup.archives and whole and (found := unpacked(BytesIO(data), Candidate("", path, named=True), setup)):
        return found
    loaded = files.from_bytes(data, path, language=named, limit=options.max_size)
    if isinstance(loaded, Skipped):
        return Looked(path, skipped=(loaded,), read=False, named=True)
    return scanned(loaded, setup._replace(changes=None))._replace(named=True)


def _put_together(options: Options, settings: Settings, looked: list[Looked], not_read: list[Skipped]) -> Checked:
    """The results of all files as one."""
    shown = tuple(one for file in looked for one in file.shown)
    read = [file for file in looked if file.read]
    ids = names() if options.format == "sarif" else {one.finding.principle for one in shown}
    return Checked(
        shown=shown,
        waived=tuple(one for file in looked for one in file.waived),
        skipped=(*(one for one in not_read if not _chosen(one)), *(one for file in looked for one in file.skipped)),
        left_out=tuple(filter(_chosen, not_read)),
        hidden=sum(file.hidden for file in looked),
        files=len(read),
        lines=sum(file.lines for file in read),
        secrets_only=Counter(file.language for file in read if file.language not in LANGUAGES),
        profile=settings.wanted.profile,
        principles=some(ids),
        root=settings.scope.root,
        here=os.getcwd(),
    )


def _in_git(checked: Checked) -> Checked:
    """The result with what git knows of the secrets in it."""
    wanted = [one for one in checked.shown if one.finding.kind and one.brought is None]
    if not wanted:
        return checked
    from deburr.surfaces.shared.committed import committed

    places: dict[str, list[Span]] = {}
    for one in wanted:
        places.setdefault(one.finding.path, []).append(one.finding.span)
    known = committed(places, checked.root)
    return checked._replace(
        shown=tuple(one._replace(committed=known.get((one.finding.path, one.finding.span))) for one in checked.shown)
    )


def _chosen(one: Skipped) -> bool:
    """Whether somebody chose to leave it out."""
    return one.why.startswith(files.CHOICES)


def _show(options: Options, checked: Checked) -> None:
    checked = veil.checked(checked)
    render = load(FORMATS[options.format])
    if options.format == "text":
        text = render(checked, paint_for(options.color, to_file=bool(options.output)), verbose=options.verbose)
    else:
        text = render(checked)
    write(text, options.output)


def _status(settings: Settings, checked: Checked, looked: list[Looked], *, changed: bool) -> int:
    """Findings win; then what should have been looked at and was not."""
    if any(reaches(shown.finding, settings.fail_on) for shown in checked.shown):
        return FINDINGS
    if any(file.failed or (file.named and not (file.read and file.whole)) for file in looked):
        sys.stderr.write("deburr: error: not everything that was asked for could be looked at\n")
        return NOT_DONE
    if not checked.files and not changed:
        sys.stderr.write("deburr: error: looked at no file\n")
        return NOT_DONE
    return CLEAN
