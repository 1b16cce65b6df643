"""Paths on the command line to the texts that are to be looked at, and a reason for each that is not.

What comes in: paths, and what is excluded. What goes out: Candidates to read, and a Skipped for every file or folder
that will not be. The one invariant: nothing that was named disappears without a reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from deburr.engine import languages
from deburr.errors import ConfigError
from deburr.model import Skipped, Source
from deburr.surfaces.shared.decode import HEAD, Decoded, decode, is_binary
from deburr.surfaces.shared.ignored import Rules, left_out, rules_above

LIMIT = 10_000_000
"""Files with more bytes than this are skipped unless the user says otherwise."""

IGNORED, EXCLUDED, LINK = "ignored by git", "excluded by configuration", "symbolic link, not followed"
CHOICES = (IGNORED, EXCLUDED, LINK, "left out")
"""How the reasons begin that are somebody's choice, and no failure."""


class Candidate(NamedTuple):
    """A file that is to be read."""

    file: str
    """Where to open it."""

    path: str
    """What it is called in a report: relative to the project, with `/`."""

    named: bool = False
    """Whether it stood on the command line itself."""


class Scope(NamedTuple):
    """Where the project is, and what of it is not wanted."""

    root: str
    """The absolute folder that reported paths are relative to."""

    exclude: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(folder, patterns as in a .gitignore file there)."""

    def path(self, file: str) -> str:
        """What a file is called in a report."""
        absolute = os.path.abspath(file)
        inside = absolute == self.root or absolute.startswith(self.root.rstrip(os.sep) + os.sep)
        return (os.path.relpath(absolute, self.root) if inside else file).replace(os.sep, "/")

    def rules(self) -> Rules:
        """The exclusions, in the form in which ignore files are asked."""
        if not self.exclude:
            return Rules()
        from pathspec import GitIgnoreSpec

        return Rules(tuple((folder, GitIgnoreSpec.from_lines(patterns)) for folder, patterns in self.exclude))


def discover(paths: tuple[str, ...], scope: Scope) -> Iterator[Candidate | Skipped]:
    """Every file that `paths` mean, once, folders in the order of their names; raises ConfigError on a missing one."""
    for path in paths:
        if not os.path.lexists(path):
            raise ConfigError(f"{path}: there is no such file or folder")
    seen: set[str] = set()
    excluded = scope.rules()
    for path in paths:
        if os.path.isdir(path):
            entries = _walk(path, scope, rules_above(os.path.abspath(path)), excluded)
        else:
            entries = iter([Candidate(path, scope.path(path), named=True)])
        for entry in entries:
            key = entry.path if isinstance(entry, Candidate) else entry.what
            if key not in seen:
                seen.add(key)
                yield entry


def _walk(folder: str, scope: Scope, rules: Rules, excluded: Rules) -> Iterator[Candidate | Skipped]:
    """The entries of a folder and of those in it."""
    rules = rules.within(os.path.abspath(folder))
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Skipped(shown(scope.path(folder) + "/"), f"cannot be read ({error.strerror})")
        return
    for entry in entries:
        here = entry.path[2:] if entry.path.startswith("./") else entry.path
        is_folder = entry.is_dir(follow_symlinks=False)
        name = scope.path(here)
        if reason := _unwanted(entry, rules, excluded):
            yield Skipped(shown(name + "/" * is_folder), reason)
        elif is_folder:
            yield from _walk(here, scope, rules, excluded)
        elif not entry.is_file(follow_symlinks=False):
            yield Skipped(shown(name), "not a regular file")
        else:
            yield Candidate(here, name)


def _unwanted(entry: os.DirEntry[str], rules: Rules, excluded: Rules) -> str:
    """Why an entry is left out by choice; empty when it is not."""
    is_folder = entry.is_dir(follow_symlinks=False)
    if is_folder and (what := left_out(entry.name)):
        return f"left out: {what}"
    absolute = os.path.abspath(entry.path)
    if excluded.ignores(absolute, folder=is_folder):
        return EXCLUDED
    if rules.ignores(absolute, folder=is_folder):
        return IGNORED
    return LINK if entry.is_symlink() else ""


class Larger(Skipped):
    """A text that is too large to be scanned whole; it can be searched in stretches."""


class Loaded(NamedTuple):
    """A file that was read."""

    source: Source
    decoded: Decoded
    changed: str = ""
    """What became of the file while it was read."""

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """What of it could not be read."""
        found = (Skipped(self.source.path, self.changed),) if self.changed else ()
        if not self.decoded.problem:
            return found
        return (*found, Skipped(self.source.path, f"{self.decoded.problem}, read with replacements", self.decoded.line))


def load(candidate: Candidate, limit: int = LIMIT) -> Loaded | Skipped:
    """The text of a file, or why there is none."""
    try:
        status = os.stat(candidate.file)
        if not stat.S_ISREG(status.st_mode) and not stat.S_ISFIFO(status.st_mode):
            return Skipped(shown(candidate.path), "not a regular file")
        with open(candidate.file, "rb") as handle:
            before = os.fstat(handle.fileno())
            data = handle.read(limit + 1 if before.st_size <= limit else HEAD)
            change = changed(candidate.file, before, os.fstat(handle.fileno()))
    except OSError as error:
        return Skipped(shown(candidate.path), f"cannot be read ({error.strerror})")
    if stat.S_ISREG(status.st_mode) and max(before.st_size, len(data)) > limit and not is_binary(data):
        return Larger(shown(candidate.path), f"larger than {size(limit)} ({size(max(before.st_size, len(data)))})")
    loaded = from_bytes(data, candidate.path, limit=limit)
    return loaded._replace(changed=change) if isinstance(loaded, Loaded) else loaded


def changed(file: str, before: os.stat_result, after: os.stat_result) -> str:
    """What became of a file while it was read, from what it was when opened and when all was read."""
    if not stat.S_ISREG(before.st_mode):
        return ""
    if after.st_size < before.st_size:
        return "shrank while it was read: what was left was looked at"
    if after.st_size > before.st_size:
        return "grew while it was read: what it held at first was looked at"
    if after.st_mtime_ns != before.st_mtime_ns:
        return "changed while it was read"
    try:
        now = os.stat(file)
    except OSError:
        return "was removed while it was read: what it held was looked at"
    if (now.st_ino, now.st_dev) != (before.st_ino, before.st_dev):
        return "was replaced while it was read: what it held before was looked at"
    return ""


def from_bytes(data: bytes, path: str, *, language: str = "", limit: int = LIMIT) -> Loaded | Skipped:
    """The text that `data` is, or why it is none."""
    path = shown(path)
    if len(data) > limit:
        return Skipped(path, f"larger than {size(limit)}")
    if is_binary(data):
        return Skipped(path, "binary")
    decoded = decode(data)
    return Loaded(Source(decoded.text, path, language or languages.of(path, decoded.text[:256])), decoded)


def shown(path: str) -> str:
    """A path whose name is not valid UTF-8, in a form that can be printed."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def size(count: int) -> str:
    """A number of bytes, as people say it."""
    return f"{count / 1_000_000:g} MB" if count >= 100_000 else f"{count} bytes"
