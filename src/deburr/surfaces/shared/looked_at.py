"""Which blobs of a repository have been looked at already: names and a letter each, no text and no secret.

The one invariant: a ledger that is missing, foreign, damaged or not writable costs time, never a finding. It is written
as a run goes on, so that a run which was stopped can be taken up again.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterable
from typing import NamedTuple

from deburr.surfaces.shared import warm

CLEAN, FOUND, BINARY = b"c", b"f", b"b"
"""Nothing in it; something in it, so that it is looked at each time; no text."""

_PREFIX, _HEAD = "history-", b"deburr history 1\n"
_MADE_OF = ("engine", "surfaces/shared", "model.py")
_MONTH = 30 * 24 * 3600


class Ledger(NamedTuple):
    """The blobs of one repository, looked at by one version of the rules."""

    file: str

    def read(self) -> dict[bytes, bytes]:
        """By blob, in binary, its letter."""
        try:
            if os.stat(self.file).st_uid != os.getuid():
                return {}
            with open(self.file, "rb") as handle:
                data = handle.read()
        except OSError:
            return {}
        if not data.startswith(_HEAD):
            return {}
        found: dict[bytes, bytes] = {}
        for row in data[len(_HEAD) :].split(b"\n")[:-1]:  # a row that was cut off does not count
            letter, oid = row[:1], row[1:]
            if letter in (CLEAN, FOUND, BINARY) and len(oid) in (40, 64):
                with contextlib.suppress(ValueError):
                    found[bytes.fromhex(oid.decode("ascii", "replace"))] = letter
        return found

    def add(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Writes down what has been looked at."""
        if not (data := b"".join(letter + oid.encode() + b"\n" for oid, letter in rows)):
            return
        try:
            os.makedirs(os.path.dirname(self.file), mode=0o700, exist_ok=True)
            handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o600)
        except OSError:
            return
        with contextlib.suppress(OSError), os.fdopen(handle, "ab") as stream:
            stream.write(data if stream.tell() else _HEAD + data)


def ledger(repository: str) -> Ledger:
    """The ledger of the repository whose objects lie in a folder; one that nobody used for a month is removed."""
    name = hashlib.sha256(f"{warm.key((*warm.MADE_OF, *_MADE_OF))}\n{repository}".encode("utf-8", "surrogateescape"))
    mine = os.path.join(warm.folder(), _PREFIX + name.hexdigest()[:32])
    with contextlib.suppress(OSError):
        for entry in os.scandir(warm.folder()):
            old = time.time() - entry.stat().st_mtime > _MONTH
            if old and entry.name.startswith(_PREFIX) and entry.path != mine:
                os.unlink(entry.path)
    return Ledger(mine)
