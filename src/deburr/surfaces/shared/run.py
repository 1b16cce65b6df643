"""Many files through `scan`, in one process or several, the results in the order of the files."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING, NamedTuple, TypeVar

from deburr.engine import languages
from deburr.engine.secrets import mode
from deburr.errors import DeburrError
from deburr.model import Edit, Finding, Fix, Report, Skipped, Source, Span, Waiver
from deburr.surfaces.shared import large, veil
from deburr.surfaces.shared.checked import Looked, Proposal, Shown
from deburr.surfaces.shared.files import LIMIT, Candidate, Larger, Loaded, from_bytes, load, shown
from deburr.surfaces.shared.hide import hide, without
from deburr.surfaces.shared.identity import Key, identities
from deburr.surfaces.shared.profile import Profile, visible
from deburr.surfaces.shared.view import View, view

if TYPE_CHECKING:
    from deburr.surfaces.shared.around import Around
    from deburr.surfaces.shared.changes import Changes

Scan = Callable[[Source], Report]
_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_FEW = 64
"""With fewer files than this, starting processes costs more than it gives."""


@dataclass(frozen=True)
class Wanted:
    """Which findings are shown."""

    profile: Profile = "default"
    select: frozenset[str] = frozenset()
    """Only these principles; all when empty."""

    ignore: frozenset[str] = frozenset()
    per_path: tuple[tuple[str, frozenset[str]], ...] = ()
    """(pattern of paths, principles that are ignored there)."""

    def asks(self, principle: str) -> bool:
        """Whether this principle is asked for at all."""
        return principle not in self.ignore and (not self.select or principle in self.select)

    def __call__(self, finding: Finding) -> bool:
        if not self.asks(finding.principle) or not visible(finding, self.profile, {}):
            return False
        return not any(
            finding.principle in names and (fnmatch.fnmatch(finding.path, pattern) or _under(finding.path, pattern))
            for pattern, names in self.per_path
        )


def _under(path: str, pattern: str) -> bool:
    return path.startswith(pattern.rstrip("/") + "/")


class Setup(NamedTuple):
    """What a worker has to know."""

    scan: Scan
    wanted: Wanted = Wanted()
    limit: int = LIMIT
    changes: Changes | None = None
    """With these, only what a change touches is shown, and it cannot waive its own findings."""
    around: Around | None = None
    """Where the other files lie that findings may lead through."""
    search: Scan | None = None
    """What looks for secrets alone, for texts beyond the limit; without it they are skipped."""
    key: Key | None = None
    """What the identities of secrets are made with; None where nobody asks for them."""
    archives: bool = False
    """Whether the files in archives are looked at."""


def look(candidate: Candidate, setup: Setup) -> Looked:
    """One file, read and scanned."""
    if setup.archives and os.path.isfile(candidate.file):
        with open(candidate.file, "rb") as stream:
            if found := unpacked(stream, candidate, setup):
                return found
    loaded = load(candidate, setup.limit)
    if isinstance(loaded, Larger) and setup.search:
        reading = large.Reading(candidate.file)
        looked = searched(reading, loaded, setup)
        if reading.problem:
            looked = looked._replace(skipped=(*looked.skipped, Skipped(loaded.what, reading.problem)), whole=False)
        return looked._replace(named=candidate.named)
    if isinstance(loaded, Skipped):
        return Looked(loaded.what, skipped=(loaded,), read=False, named=candidate.named)
    return scanned(loaded, setup)._replace(named=candidate.named)


def unpacked(stream: IO[bytes], candidate: Candidate, setup: Setup) -> Looked | None:
    """What the files in an archive give; None when it is none."""
    from deburr.surfaces.shared import archives

    head = stream.read(archives.HEAD)
    if not archives.kind(head):
        return None
    setup = setup._replace(changes=None)  # git cannot say what is new in it
    size = stream.seek(0, os.SEEK_END)
    stream.seek(0)
    inner: list[Looked] = []
    binary = 0
    for one in archives.entries(stream, shown(candidate.path), size, setup.limit):
        loaded = one if isinstance(one, Skipped) else from_bytes(one.data, f"{candidate.path}!{one.name}")
        if not isinstance(loaded, Skipped):
            inner.append(scanned(loaded, setup)._replace(named=candidate.named))
        elif loaded.why == "binary":
            binary += 1
        else:
            inner.append(Looked(loaded.what, skipped=(loaded,), read=False, named=candidate.named))
    if binary or not inner:
        left = Skipped(shown(candidate.path), f"binary: {binary:,} of its entries" if binary else "an empty archive")
        inner.append(Looked(left.what, skipped=(left,), read=False))
    return Looked(shown(candidate.path), inner=tuple(inner))


def searched(chunks: Iterable[bytes], larger: Larger, setup: Setup, language: str = "") -> Looked:
    """What the secrets give of a text that is too large for more."""

    def piece(loaded: Loaded, lines: int) -> Looked:
        changes = setup.changes.behind(lines) if setup.changes else None
        return scanned(loaded, setup._replace(scan=setup.search or setup.scan, changes=changes, around=None))

    return large.searched(chunks, larger.what, f"{larger.why}: searched for secrets only", piece, language)


def scanned(loaded: Loaded, setup: Setup) -> Looked:
    """What a text that was read gives."""
    source = loaded.source
    try:
        report = setup.scan(source)
    except DeburrError:
        raise
    except Exception as error:  # noqa: BLE001 - one file on which the engine fails must not hide the others
        problem = Skipped(source.path, f"deburr failed on it: {type(error).__name__}: {error}")
        return Looked(source.path, source.language, skipped=(*loaded.skipped, problem), read=False, failed=True)
    waived, given = report.waived, report.findings
    if setup.changes:
        waived, granted = _split(report.waived, setup.changes)
        given = tuple(one for one in (*given, *granted) if setup.changes.touch(one))
    findings = sorted(filter(setup.wanted, given), key=_place)
    clean, values = hide(source) if findings or waived or report.skipped else (source, ())
    findings = [replace(one, message=without(one.message, values)) for one in findings]
    secret = identities(findings, source, setup.key) if setup.key is not None else {}
    return Looked(
        path=source.path,
        language=source.language,
        lines=source.text.count("\n") + (not source.text.endswith("\n") and bool(source.text)),
        shown=tuple(
            Shown(one, _view(one, clean, setup), _fixes(one, report, values), identity=secret.get(index, ""))
            for index, one in enumerate(findings)
        ),
        hidden=len(given) - len(findings),
        waived=tuple(veil.waiver(one, values) for one in waived if setup.wanted(one.finding)),
        skipped=(*loaded.skipped, *(_located(skipped, source.path, values) for skipped in report.skipped)),
        # An allow is a waiver that waives nothing.
        whole=not loaded.changed and all(skipped.why.startswith("allow ") for skipped in report.skipped),
    )


def _view(finding: Finding, clean: Source, setup: Setup) -> View:
    return view(finding, clean, setup.around.shown) if setup.around is not None else view(finding, clean)


def _split(waived: tuple[Waiver, ...], changes: Changes) -> tuple[tuple[Waiver, ...], tuple[Finding, ...]]:
    """Waivers that stood before the change, and the findings of those that came with it."""
    fresh = tuple(one for one in waived if changes.has(one.finding.path, one.line))
    return tuple(one for one in waived if one not in fresh), tuple(one.finding for one in fresh)


def _place(finding: Finding) -> tuple[int, int, str]:
    return finding.span.line, finding.span.column, finding.principle


def _located(skipped: Skipped, path: str, values: tuple[str, ...]) -> Skipped:
    """What the engine skipped in a text with these secrets, with the path of the file."""
    skipped = replace(skipped, why=without(skipped.why, values))
    if skipped.what == path or skipped.what.startswith(f"{path}:"):
        return skipped
    return replace(skipped, what=f"{path}: {skipped.what}" if skipped.what else path)


def _fixes(finding: Finding, report: Report, values: tuple[str, ...]) -> tuple[Proposal, ...]:
    return tuple(veil.proposal(one, values) for one in _proposals(finding, report))


def _proposals(finding: Finding, report: Report) -> Iterator[Proposal]:
    data = report.source.text.encode("utf-8", "surrogatepass")
    for fix in report.fixes:
        if fix.fingerprint == finding.fingerprint:
            yield _proposal(fix, data)


def _proposal(fix: Fix, data: bytes) -> Proposal:
    return Proposal(fix.title, fix.preserves, fix.safe, tuple((_span(edit, data), edit.new) for edit in fix.edits))


def _span(edit: Edit, data: bytes) -> Span:
    """The place of an edit, in lines and columns."""
    return Span(*_position(data, edit.start), *_position(data, edit.end))


def _position(data: bytes, offset: int) -> tuple[int, int]:
    begin = data.rfind(b"\n", 0, offset) + 1
    return data.count(b"\n", 0, offset) + 1, len(data[begin:offset].decode("utf-8", "replace")) + 1


def run(candidates: list[Candidate], setup: Setup, jobs: int = 0) -> Iterator[Looked]:
    """What each file gives, in the order of `candidates`; `jobs` 0 means as many processes as are worth it."""
    if jobs == 0:
        jobs = 1 if len(candidates) < _FEW else _processors()
    if jobs == 1 or len(candidates) < 2:
        yield from map(partial(look, setup=setup), candidates)
        return
    yield from _parallel(partial(look, setup=setup), candidates, min(jobs, len(candidates)))


def spread(work: Callable[[_Item], _Result], items: list[_Item], jobs: int = 0) -> Iterator[_Result]:
    """The result of each piece of work, in order, from as many processes; 0 is as many as there are processors."""
    jobs = min(jobs or _processors(), len(items))
    yield from _parallel(work, items, jobs) if jobs > 1 else map(work, items)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _parallel(work: Callable[[_Item], _Result], items: list[_Item], jobs: int) -> Iterator[_Result]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    from deburr.surfaces.shared import logs

    logs.install()  # processes are the one thing here that logs, through the standard library
    first, *todo = items
    yield work(first)  # here, so that what the engine compiles and keeps is there for the others
    chunk = max(1, min(32, len(todo) // (jobs * 4)))
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, context, initializer=_begin, initargs=(mode.current(),))
    try:
        yield from pool.map(work, todo, chunksize=chunk)
    except BrokenProcessPool:
        raise DeburrError("a worker process died, perhaps for want of memory; try --jobs 1") from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(secrets: mode.Mode) -> None:
    """A worker judges as its parent does, leaves Ctrl-C to it, and logs no secret."""
    import signal

    from deburr.surfaces.shared import logs

    logs.install()
    mode.use(secrets)
    signal.signal(signal.SIGINT, signal.SIG_IGN)


__all__ = ["LANGUAGES", "Scan", "Setup", "Wanted", "look", "run", "scanned", "searched", "spread", "unpacked"]
LANGUAGES = languages.GRAMMARS | {"notebook", "markdown", "rst", "diff"}
"""What is looked at for more than secrets."""
