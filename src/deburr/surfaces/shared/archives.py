"""The files in an archive, one level deep, read into memory one at a time; nothing is written to disk.

What comes in: the bytes of an archive, or an open file. What goes out: an Entry for each text in it, and why others are
none. The one invariant: whatever the archive claims, time and memory are bounded by the limits below.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from deburr.model import Skipped

ENTRIES, TOTAL, RATIO, FREE = 20_000, 1_000_000_000, 200, 50_000_000
"""Entries and unpacked bytes that are looked at; beyond FREE bytes, how many times its size an archive may give."""

_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\0", "xz"),
)
_OPEN: dict[str, Callable[[IO[bytes]], Any]] = {"gz": gzip.open, "bz2": bz2.open, "xz": lzma.open}
_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, KeyError)
_DAMAGED_TOO = (RuntimeError, NotImplementedError, OverflowError, UnicodeDecodeError)
HEAD, _PIECE = 512, 1 << 16
"""Bytes that tell what kind of archive it is, and how many are unpacked at a time."""


class Entry(NamedTuple):
    """One file of an archive."""

    name: str
    data: bytes


class _Full(ValueError):
    """A limit is reached."""


class _Budget:
    """How much an archive may still give."""

    def __init__(self, size: int) -> None:
        self.left = min(TOTAL, max(FREE, size * RATIO))
        self.entries = ENTRIES

    def read(self, stream: IO[bytes], limit: int) -> bytes | None:
        """All of a stream; None when that is more than `limit`."""
        pieces: list[bytes] = []
        size = 0
        while piece := stream.read(_PIECE):
            size += len(piece)
            self.left -= len(piece)
            if self.left < 0:
                raise _Full("it unpacks to far more than its size")
            if size > limit:
                return None
            pieces.append(piece)
        return b"".join(pieces)

    def another(self) -> None:
        self.entries -= 1
        if self.entries < 0:
            raise _Full(f"it has more than {ENTRIES:,} entries")


def kind(head: bytes) -> str:
    """What kind of archive begins so; empty when it is none."""
    if head[257:262] == b"ustar":
        return "tar"
    return next((name for magic, name in _MAGIC if head.startswith(magic)), "")


def entries(stream: IO[bytes], path: str, size: int, limit: int) -> Iterator[Entry | Skipped]:
    """The files in the archive at `path`, of `size` bytes, and a reason for each that is not given."""
    head = stream.read(HEAD)
    stream.seek(0)
    found = kind(head)
    budget = _Budget(size)
    reader = _zip if found == "zip" else _tar if found == "tar" else _packed
    try:
        for one in reader(stream, path, limit, budget):
            if isinstance(one, Entry) and kind(one.data[:HEAD]):
                yield Skipped(f"{path}!{one.name}", "an archive in an archive")
            else:
                yield one
    except _Full as error:
        yield Skipped(path, f"not read to its end: {error}")
    except (*_DAMAGED, *_DAMAGED_TOO) as error:
        yield Skipped(path, f"damaged archive: {type(error).__name__}")


def _zip(stream: IO[bytes], path: str, limit: int, budget: _Budget) -> Iterator[Entry | Skipped]:
    with zipfile.ZipFile(stream) as archive:
        for info in archive.infolist():
            budget.another()
            if info.is_dir():
                continue
            name = f"{path}!{info.filename}"
            if info.flag_bits & 1:
                yield Skipped(name, "encrypted")
                continue
            try:
                with archive.open(info) as inner:
                    data = budget.read(inner, limit)
            except _Full:
                raise
            except (*_DAMAGED, *_DAMAGED_TOO) as error:
                yield Skipped(name, f"damaged: {type(error).__name__}")
                continue
            yield _entry(info.filename, data, name, limit)


def _tar(stream: IO[bytes], path: str, limit: int, budget: _Budget) -> Iterator[Entry | Skipped]:
    with tarfile.open(fileobj=_Counted(stream, budget), mode="r|") as archive:  # type: ignore[call-overload]
        for info in archive:
            budget.another()
            inner = archive.extractfile(info) if info.isreg() else None
            if inner is not None:
                name = f"{path}!{info.name}"
                data = None if info.size > limit else inner.read()
                yield _entry(info.name, data, name, limit)


def _packed(stream: IO[bytes], path: str, limit: int, budget: _Budget) -> Iterator[Entry | Skipped]:
    """A packed tar archive, or one packed file."""
    head = stream.read(HEAD)
    stream.seek(0)
    with _OPEN[kind(head)](stream) as inner:
        first = inner.read(HEAD)
    stream.seek(0)
    with _OPEN[kind(head)](stream) as inner:
        if kind(first) == "tar":
            yield from _tar(inner, path, limit, budget)
            return
        name = path.rsplit("/", 1)[-1]
        name = name.rsplit(".", 1)[0] if "." in name else name
        yield _entry(name, budget.read(inner, limit), f"{path}!{name}", limit)


def _entry(name: str, data: bytes | None, whole: str, limit: int) -> Entry | Skipped:
    if data is None:
        return Skipped(whole, f"larger than {limit / 1_000_000:g} MB")
    return Entry(name.replace("\\", "/"), data)


class _Counted:
    """A stream that a budget is charged for."""

    def __init__(self, stream: IO[bytes], budget: _Budget) -> None:
        self._stream, self._budget = stream, budget

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self._budget.left -= len(data)
        if self._budget.left < 0:
            raise _Full("it unpacks to far more than its size")
        return data
