"""The terminal: whether it takes color, how wide it is, and what is written to it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from deburr.surfaces.shared.paint import Paint

_T = TypeVar("_T")
_NARROWEST, _WIDEST, _UNKNOWN = 40, 160, 100
_PATIENCE = 0.7
"""Seconds after which a person wants to know how far it is."""


def paint_for(color: str, *, to_file: bool = False) -> Paint:
    """How to write to standard output, or to a file."""
    terminal = sys.stdout.isatty() and not to_file
    wanted = color == "always" or (
        color == "auto" and terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    encoding = "utf-8" if to_file else (sys.stdout.encoding or "ascii")
    unicode = encoding.lower().replace("-", "").startswith("utf")
    return Paint(wanted, unicode, min(max(_columns(terminal), _NARROWEST), _WIDEST))


def _columns(terminal: bool) -> int:
    """How wide the reader's window is; COLUMNS wins."""
    given = os.environ.get("COLUMNS", "")
    if given.isdigit() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _UNKNOWN if terminal else _UNKNOWN
    except (OSError, ValueError):
        return _UNKNOWN


def write(text: str, file: str = "") -> None:
    """Writes a report; what the terminal cannot show is written as an escape."""
    if file and file != "-":
        with open(file, "w", encoding="utf-8", errors="backslashreplace") as handle:
            handle.write(text)
        return
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def progress(results: Iterable[_T], total: int, what: str = "files") -> Iterator[_T]:
    """The results, and on a terminal a line that tells how far it is once that takes a while."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from results
        return
    begin = last = time.monotonic()
    drawn = False
    try:
        for done, result in enumerate(results, 1):
            now = time.monotonic()
            if now - begin > _PATIENCE and now - last > 0.1:
                last, drawn = now, True
                sys.stderr.write(f"\r\x1b[K{_bar(min(done, total), total, what)}")
                sys.stderr.flush()
            yield result
    finally:
        if drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


def _bar(done: int, total: int, what: str) -> str:
    """A bar of 24 columns and the numbers."""
    filled = 24 * done // max(total, 1)
    return f"checking {'█' * filled}{'░' * (24 - filled)} {done:,} of {total:,} {what}"
