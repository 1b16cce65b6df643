"""The history of a git repository: every blob in it once, with the first commit that brought it, and its bytes.

What comes in: a folder in a repository. What goes out: Blobs in the order in which commits brought them. The one
invariant: nothing that the repository configures is run, and nothing is fetched.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import IO, NamedTuple

from deburr.errors import ConfigError
from deburr.surfaces.shared import git

_ASKED = "--history"
_SUBMODULE, _TREE = b"160000", b"040000"
_LOG = (
    *("log", "--reverse", "--topo-order", "--root", "-c", "--raw", "-z", "--no-abbrev", "--no-renames"),
    *("--no-ext-diff", "--no-textconv", "--no-color", "--no-show-signature", "--no-notes", "--no-relative"),
    *("--no-decorate", "--ignore-submodules=none", "--format=%x01%H %as"),
)
_PIECE = 1 << 20


class Repository(NamedTuple):
    """Where a repository lies and what is special about it."""

    folder: str
    """Where git is run."""

    common: str
    """Where its objects are, absolute."""

    shallow: bool = False


class Blob(NamedTuple):
    """One version of a file."""

    oid: str
    path: str
    """Undecodable bytes as lone surrogates."""

    commit: str
    """The first that holds it; empty when a reference leads to it without a commit."""

    date: str


class Content(NamedTuple):
    """The bytes of a blob, or why there are none."""

    data: bytes
    problem: str = ""


def find(folder: str) -> Repository:
    """The repository that a folder is in; raises ConfigError when it is in none."""
    asked = ("--absolute-git-dir", "--git-common-dir", "--is-shallow-repository")
    rows = os.fsdecode(git.run(folder, "rev-parse", *asked, asked=_ASKED)).rstrip("\n").split("\n")
    if len(rows) != len(asked):
        raise ConfigError(f"{_ASKED}: the repository lies in a folder whose name cannot be read")
    common = os.path.realpath(os.path.join(folder, rows[1]))
    return Repository(os.path.abspath(folder), common, rows[2] == "true")


def blobs(repository: Repository, since: str = "") -> Iterator[Blob]:
    """Every blob that a reference reaches and `since` does not, by each path that it has, the oldest commit first."""
    if since.startswith("-"):
        raise ConfigError(f"--since: {since!r} is no revision")
    without: tuple[str, ...] = ()
    if since:
        without = ("--not", _commit(repository, since))
    yield from _of_log(_tokens(repository, (*_LOG, "--all", *without)))
    if not since:
        yield from _beside(repository)


def _commit(repository: Repository, revision: str) -> str:
    try:
        oid = git.run(repository.folder, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}", asked="--since")
    except ConfigError:  # asked to be quiet, git does not say what is wrong
        raise ConfigError(f"--since: {revision!r} is no revision of this repository") from None
    return oid.decode().strip()


def head(repository: Repository) -> frozenset[str]:
    """The blobs that HEAD holds; none in a repository without a commit."""
    try:
        listed = git.run(repository.folder, "ls-tree", "-r", "-z", "--full-tree", "HEAD", asked=_ASKED)
    except ConfigError:
        return frozenset()
    return frozenset(row.split(b"\t", 1)[0].split(b" ")[2].decode() for row in listed.split(b"\0") if row)


def _tokens(repository: Repository, arguments: tuple[str, ...]) -> Iterator[bytes]:
    """What git prints between its NULs, as it prints it."""
    command = git.command(repository.folder, *arguments)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=git.environment(), stdin=subprocess.DEVNULL
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        rest = b""
        while piece := running.stdout.read1(_PIECE):  # type: ignore[attr-defined]
            *whole, rest = (rest + piece).split(b"\0")
            yield from whole
        complaint = running.stderr.read()
    if running.returncode:
        raise ConfigError(f"{_ASKED}: {git.complaint(complaint)}")


def _of_log(tokens: Iterator[bytes]) -> Iterator[Blob]:
    """The blobs in the output of `git log --raw -z`: a commit, then what it changes and the path of that, in turn."""
    commit = date = ""
    for token in tokens:
        entry = token.lstrip(b"\n")
        if entry.startswith(b"\x01"):
            commit, _, date = entry[1:].decode("ascii", "replace").strip().partition(" ")
            continue
        if not entry.startswith(b":"):
            continue
        path = next(tokens, b"")
        parents = len(entry) - len(entry.lstrip(b":"))
        fields = entry.lstrip(b":").split(b" ")
        mode, oid = fields[parents], fields[2 * parents + 1]
        if mode != _SUBMODULE and oid.strip(b"0"):
            yield Blob(oid.decode(), os.fsdecode(path), commit, date)


def _beside(repository: Repository) -> Iterator[Blob]:
    """What tags name that are no commits: a blob, or a tree of them."""
    fields = "%(objecttype) %(objectname) %(*objecttype) %(*objectname) %(refname)"
    for row in git.run(repository.folder, "for-each-ref", f"--format={fields}", asked=_ASKED).split(b"\n"):
        kind, oid, inner, target, name = (*row.split(b" ", 4), *[b""] * 5)[:5]
        if inner:
            kind, oid = inner, target
        if kind == b"blob":
            yield Blob(oid.decode(), os.fsdecode(name), "", "")
        elif kind == b"tree":
            for one in git.run(
                repository.folder, "ls-tree", "-r", "-z", "--full-tree", oid.decode(), asked=_ASKED
            ).split(b"\0"):
                about, _, path = one.partition(b"\t")
                if about and about.split(b" ")[0] != _SUBMODULE:
                    yield Blob(about.split(b" ")[2].decode(), os.fsdecode(path), "", "")


class Reader:
    """Reads blobs with two git processes that stay: one tells sizes, one gives bytes."""

    def __init__(self, repository: Repository) -> None:
        self._sizes = _start(repository, "--batch-check")
        self._bytes = _start(repository, "--batch")

    def read(self, oids: list[str], limit: int) -> Iterator[Content]:
        """The content of each blob, in order; a list should be short, for it has to fit a pipe."""
        sizes = list(self._asked(oids))
        small = [oid for oid, size in zip(oids, sizes, strict=True) if 0 <= size <= limit]
        _send(self._bytes, small)
        for size in sizes:
            if size < 0:
                yield Content(b"", "not in this clone")
            elif size > limit:
                yield Content(b"", f"larger than {limit / 1_000_000:g} MB ({size / 1_000_000:.1f} MB)")
            else:
                yield self._content()

    def _asked(self, oids: list[str]) -> Iterator[int]:
        """The size of each blob; -1 when it is not there."""
        _send(self._sizes, oids)
        for _ in oids:
            fields = _out(self._sizes).readline().split()
            yield int(fields[2]) if len(fields) == 3 and fields[1] == b"blob" else -1

    def _content(self) -> Content:
        stream = _out(self._bytes)
        fields = stream.readline().split()
        if len(fields) != 3:
            return Content(b"", "cannot be read from the repository")
        data = stream.read(int(fields[2]))
        stream.read(1)
        return Content(data)

    def close(self) -> None:
        """Ends both processes."""
        for process in (self._sizes, self._bytes):
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    stream.close()


def _start(repository: Repository, mode: str) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    return subprocess.Popen(
        git.command(repository.folder, "cat-file", mode),
        stdin=pipe,
        stdout=pipe,
        stderr=subprocess.DEVNULL,
        env=git.environment(),
        pipesize=_PIECE if sys.platform == "linux" else -1,  # so that git reads on while a blob is looked at
    )


def _send(process: subprocess.Popen[bytes], oids: list[str]) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write("".join(f"{oid}\n" for oid in oids).encode())
        process.stdin.flush()
    except BrokenPipeError:
        return  # git has ended: what it no longer says counts as not there


def _out(process: subprocess.Popen[bytes]) -> IO[bytes]:
    assert process.stdout is not None
    return process.stdout
