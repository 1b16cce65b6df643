"""`deburr check --history`: every version of every file looked at once for secrets, and each secret told once."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

from deburr.errors import ConfigError
from deburr.model import Skipped, Source, Span
from deburr.surfaces.cli.options import Options, Settings
from deburr.surfaces.cli.terminal import progress
from deburr.surfaces.shared import files, history, looked_at
from deburr.surfaces.shared.checked import Brought, Checked, Looked, Shown
from deburr.surfaces.shared.history import Blob, Reader, Repository
from deburr.surfaces.shared.run import Setup, scanned, spread

_CHUNK, _FEW, _SHORT = 200, 2000, 10
"""Blobs in one piece of work, blobs for which one process is enough, and characters of a commit's name."""

_WHAT = "the history"


class _Task(NamedTuple):
    """What a worker has to know."""

    repository: Repository
    setup: Setup
    key: bytes
    """Of this run alone: under it the hash of a secret says nothing."""


class _Dirty(NamedTuple):
    """A blob in which something was found, and a mark for each secret that is shown."""

    blob: Blob
    looked: Looked
    marks: tuple[bytes, ...]


class _Seen(NamedTuple):
    """What a piece of work gave."""

    rows: tuple[tuple[str, bytes], ...]
    """What the ledger is to hold."""

    dirty: tuple[_Dirty, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    blobs: int = 0
    lines: int = 0


def look_through(options: Options, settings: Settings, setup: Setup) -> tuple[list[Looked], Checked]:
    """What each blob with something in it gave, and the counts of all."""
    repository = history.find(_folder(options))
    ledger = looked_at.ledger(repository.common)
    known = ledger.read()
    todo, before = _todo(options, settings, repository, known)
    task = _Task(repository, setup, os.urandom(16))
    chunks = [todo[at : at + _CHUNK] for at in range(0, len(todo), _CHUNK)]
    jobs = options.jobs if options.jobs or len(todo) > _FEW else 1
    seen: list[_Seen] = []
    for one in progress(_each(spread(partial(_work, task=task), chunks, jobs)), len(todo), "blobs"):
        if one is not None:
            ledger.add([row for row in one.rows if known.get(bytes.fromhex(row[0])) != row[1]])
            seen.append(one)
    dirty = sorted((one for each in seen for one in each.dirty), key=lambda one: one.blob.path)
    looked = list(_told(dirty, history.head(repository)))
    counts = Checked(
        files=sum(each.blobs for each in seen),
        lines=sum(each.lines for each in seen),
        skipped=tuple(_skipped(seen, repository)),
        known=before[looked_at.CLEAN],
        binary=before[looked_at.BINARY] + sum(letter == looked_at.BINARY for each in seen for _, letter in each.rows),
        unit="blob",
    )
    return looked, counts


def _folder(options: Options) -> str:
    if options.diff or "-" in options.paths or len(options.paths) > 1:
        raise ConfigError("--history looks at one repository; it takes one folder, and neither --diff nor -")
    if options.archives:
        raise ConfigError("--history does not look into archives; leave out --archives")
    first = options.paths[0] if options.paths else "."
    if not os.path.lexists(first):
        raise ConfigError(f"{first}: there is no such file or folder")
    return first if os.path.isdir(first) else os.path.dirname(first) or "."


def _todo(
    options: Options, settings: Settings, repository: Repository, known: dict[bytes, bytes]
) -> tuple[list[Blob], Counter[bytes]]:
    """The blobs that are to be looked at, each once, and how many an earlier run has done with, by their letter."""
    excluded = settings.scope.rules()
    met: set[bytes] = set()
    found: list[Blob] = []
    before = Counter[bytes]()
    for blob in history.blobs(repository, options.since):
        oid = bytes.fromhex(blob.oid)
        if oid in met or excluded.ignores(os.path.join(settings.scope.root, blob.path), folder=False):
            continue
        met.add(oid)
        if (letter := known.get(oid, looked_at.FOUND)) == looked_at.FOUND:
            found.append(blob)
        else:
            before[letter] += 1
    return found, before


def _each(results: Iterator[_Seen]) -> Iterator[_Seen | None]:
    """One turn for each blob that has been looked at, the first of a piece of work with what it gave."""
    for one in results:
        yield one
        yield from [None] * (_CHUNK - 1)


def _work(chunk: list[Blob], task: _Task) -> _Seen:
    """Looks at some blobs."""
    rows: list[tuple[str, bytes]] = []
    dirty: list[_Dirty] = []
    skipped: list[Skipped] = []
    count = lines = 0
    contents = _reader(task.repository).read([blob.oid for blob in chunk], task.setup.limit)
    for blob, content in zip(chunk, contents, strict=True):
        loaded = files.from_bytes(content.data, blob.path, limit=task.setup.limit)
        if content.problem or isinstance(loaded, Skipped):
            skipped += [Skipped(files.shown(blob.path), content.problem)] if content.problem else []
            rows += [] if content.problem else [(blob.oid, looked_at.BINARY)]
            continue
        looked = scanned(loaded, task.setup)
        count, lines = count + 1, lines + looked.lines
        if looked.shown or looked.hidden or looked.waived or looked.failed:
            marks = tuple(_mark(one, loaded.source, task.key) for one in looked.shown)
            dirty.append(_Dirty(blob, looked, marks))
        if not looked.failed:
            rows.append((blob.oid, looked_at.FOUND if dirty and dirty[-1].blob is blob else looked_at.CLEAN))
    return _Seen(tuple(rows), tuple(dirty), tuple(skipped), count, lines)


@lru_cache(1)
def _reader(repository: Repository) -> Reader:
    import atexit

    reader = Reader(repository)
    atexit.register(reader.close)
    return reader


def _mark(shown: Shown, source: Source, key: bytes) -> bytes:
    """What is the same for the same secret, and says nothing else."""
    span: Span = shown.finding.span
    rows = source.text.split("\n")[span.line - 1 : span.end_line]
    text = "\n".join([*rows[:-1], rows[-1][: span.end_column - 1]])[span.column - 1 :]
    data = f"{shown.finding.principle}\n{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, key=key, digest_size=16).digest()


def _told(dirty: list[_Dirty], head: frozenset[str]) -> Iterator[Looked]:
    """Each secret of a path once, with the first commit that held it."""
    of_head = {mark for one in dirty if one.blob.oid in head for mark in one.marks}
    told: set[tuple[str, bytes]] = set()
    waived: set[tuple[str, str]] = set()
    most = Counter[str]()
    for one in dirty:
        path = one.blob.path
        fresh = [pair for pair in zip(one.looked.shown, one.marks, strict=True) if (path, pair[1]) not in told]
        told |= {(path, mark) for _, mark in fresh}
        waivers = [each for each in one.looked.waived if (path, each.finding.fingerprint) not in waived]
        waived |= {(path, each.finding.fingerprint) for each in waivers}
        hidden, most[path] = max(one.looked.hidden - most[path], 0), max(one.looked.hidden, most[path])
        brought = [
            shown._replace(brought=Brought(one.blob.commit[:_SHORT], one.blob.date, mark in of_head), fixes=())
            for shown, mark in fresh
        ]
        yield one.looked._replace(shown=tuple(brought), hidden=hidden, waived=tuple(waivers))


def _skipped(seen: list[_Seen], repository: Repository) -> Iterator[Skipped]:
    """What was not looked at, beside what is no text."""
    if repository.shallow:
        yield Skipped(_WHAT, "a shallow clone: what lies before its first commits is not here")
    yield from chain.from_iterable(each.skipped for each in seen)
