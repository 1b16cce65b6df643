"""Which secrets git has already: one `git cat-file` for a run, which reads what HEAD holds and nothing else.

What comes in: findings of secrets with their files. What goes out: for each, whether it stands in a commit; None where
git cannot tell. The one invariant: nothing that the repository configures is run, and nothing is fetched.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from deburr.model import Skipped, Source, Span
from deburr.surfaces.shared.files import LIMIT, Candidate, from_bytes, load
from deburr.surfaces.shared.identity import value_at
from deburr.surfaces.shared.ignored import repository, rules_above

_MOST, _SECONDS = 300, 10.0
"""After so many files, or so long, no more are looked up."""
_TELLING = 12
"""A value this long stands nowhere by chance."""


def committed(places: dict[str, list[Span]], root: str) -> dict[tuple[str, Span], bool]:
    """By path relative to `root` and place, whether the secret there stands in HEAD's version of the file."""
    top = repository(root)
    if not top:
        return {}
    known: dict[tuple[str, Span], bool] = {}
    try:
        with _reader(top) as ask:
            until = time.monotonic() + _SECONDS
            for path, spans in list(places.items())[:_MOST]:
                if time.monotonic() > until:
                    break
                file = os.path.join(root, path)
                inside = os.path.relpath(os.path.realpath(file), os.path.realpath(top)).replace(os.sep, "/")
                if os.path.isfile(file) and not inside.startswith("../") and "\n" not in inside:
                    known |= {(path, span): had for span, had in _file(file, _blob(*ask, inside), spans)}
    except (OSError, ValueError):
        return known
    return known


@contextmanager
def _reader(top: str) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Where to ask git for blobs, and where it answers."""
    environment = os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none", "GIT_TERMINAL_PROMPT": "0"}
    command = ["git", "--no-replace-objects", "-C", top, "cat-file", "--batch"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment) as git:
        if git.stdin is None or git.stdout is None:
            raise OSError("git has no pipes")
        try:
            yield git.stdin, git.stdout
        finally:
            git.kill()


def _blob(write: IO[bytes], read: IO[bytes], path: str) -> bytes | None:
    """What HEAD has at a path; None when it has nothing there."""
    write.write(f"HEAD:{path}\n".encode("utf-8", "surrogateescape"))
    write.flush()
    head = read.readline()
    if head.rstrip().endswith(b" missing"):
        return None
    size = int(head.rpartition(b" ")[2])  # without an answer, a ValueError
    kept = read.read(min(size, LIMIT))
    left = size - len(kept) + 1
    while left > 0 and (piece := read.read(min(left, LIMIT))):
        left -= len(piece)
    return kept


def _file(file: str, blob: bytes | None, spans: list[Span]) -> Iterator[tuple[Span, bool]]:
    """For each place in a file, whether the blob holds the secret that stands there."""
    if blob is None:
        folder = os.path.dirname(os.path.abspath(file))
        if not rules_above(folder).within(folder).ignores(os.path.abspath(file), folder=False):
            yield from ((span, False) for span in spans)
        return
    now, then = load(Candidate(file, file)), from_bytes(blob, file)
    if isinstance(now, Skipped) or isinstance(then, Skipped):
        return
    lines, before = now.source.text.split("\n"), then.source
    rows = {line.strip() for line in before.text.split("\n")}
    for span in spans:
        yield span, _stands(value_at(span, lines), lines[span.line - 1 : span.end_line], before, rows)


def _stands(value: str, lines: list[str], before: Source, rows: set[str]) -> bool:
    if not value or value not in before.text:
        return False
    return len(value) >= _TELLING or all(line.strip() in rows for line in lines)
