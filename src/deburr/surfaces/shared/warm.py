"""The engine, started fast: rulebook and databases are built once and kept in the user's cache folder.

The one invariant: a cache that is missing, foreign, damaged or not writable costs time, never a finding. Its key covers
every file that the rulebook is made of, deburr's version and the kind of processor.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

import deburr
from deburr.engine.rulebook import Rulebook
from deburr.engine.scanner import Engine, use
from deburr.model import Report, Source

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(deburr.__file__)
_RULES = (
    "engine/needs.py",
    "engine/names_needed.py",
    "engine/shapes.py",
    "engine/triggers.py",
    "engine/weights.py",
    "engine/rulebook.py",
)
MADE_OF = ("constitution", "libraries", "providers", "engine/secrets", *_RULES)
_PREFIX, _SEAL = "rules-", "seal"
_MONTH = 30 * 24 * 3600
_KINDS = (".md", ".toml", ".py")

# pathlib, tempfile and platform are imported only when the cache is written: they take 15 ms, and a start takes 100.


def folder() -> str:
    """Where the cache lies: `DEBURR_CACHE_DIR`, else deburr's folder in the user's cache."""
    named = os.environ.get("DEBURR_CACHE_DIR")
    if named:
        return named
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(base, "deburr")


def key(made_of: tuple[str, ...] = MADE_OF) -> str:
    """What the cache must have been made of and for."""
    found = [f"{deburr.__version__} {sys.platform} {_processor()}"]
    for part in made_of:
        found += sorted(_stamps(part))
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:32]


def _stamps(path: str) -> Iterator[str]:
    """Name, size and time of a file of the package, or of every file in a folder of it."""
    whole = os.path.join(_PACKAGE, path)
    if not os.path.isdir(whole):
        stat = os.stat(whole)
        yield f"{path} {stat.st_size} {stat.st_mtime_ns}"
        return
    with os.scandir(whole) as entries:
        for entry in entries:
            if entry.name.endswith(_KINDS):
                stat = entry.stat()
                yield f"{path}/{entry.name} {stat.st_size} {stat.st_mtime_ns}"
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _stamps(f"{path}/{entry.name}")


def _processor() -> str:
    """What a compiled database depends on: the kind of processor and the instructions that it has."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next((line for line in lines if line.startswith(("flags", "Features"))), "")
    except OSError:
        import platform

        return f"{platform.machine()} {platform.processor()}"


def _load(place: str) -> Engine | None:
    try:
        if os.stat(place).st_uid != os.getuid():
            return None
        kept = {name: _read(place, name) for name in os.listdir(place)}
        if kept.pop(_SEAL, b"").decode() != _seal(kept):
            return None
        compiled = {name.removesuffix(".db"): data for name, data in kept.items() if name.endswith(".db")}
        return Engine(Rulebook.from_json(kept["rulebook.json"].decode()), compiled)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _read(place: str, name: str) -> bytes:
    with open(os.path.join(place, name), "rb") as file:
        return file.read()


def _build(place: str) -> Engine:
    from deburr import constitution, libraries

    if sys.stderr.isatty():
        sys.stderr.write("deburr: compiling its rules, once for this version and machine\n")
    rulebook = Rulebook.build(constitution.load(), libraries.load())
    compiled = Engine(rulebook).serialized()
    _keep(rulebook, compiled, place)
    return Engine(rulebook, compiled)


def _keep(rulebook: Rulebook, compiled: Mapping[str, bytes], place: str) -> None:
    """Write the cache beside its place and move it there, so that no other process sees half of it."""
    import shutil
    import tempfile
    from pathlib import Path

    home = Path(place).parent
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}new-", dir=home))
        files = {"rulebook.json": rulebook.to_json().encode(), **{f"{n}.db": data for n, data in compiled.items()}}
        for name, data in {**files, _SEAL: _seal(files).encode()}.items():
            (made / name).write_bytes(data)
        shutil.rmtree(place, ignore_errors=True)  # what lies there could not be read
        made.rename(place)
        _forget(Path(place))
    except OSError:
        return


def _seal(files: Mapping[str, bytes]) -> str:
    """What tells a whole cache from a damaged one."""
    digest = hashlib.blake2b(digest_size=16)
    for name in sorted(files):
        digest.update(f"{name} {len(files[name])} ".encode() + files[name])
    return digest.hexdigest()


def _forget(kept: Path) -> None:
    """Remove what has not been made anew for a month; a younger one may be that of another installation."""
    import shutil

    for other in kept.parent.iterdir():
        ours = other.name.startswith(_PREFIX)
        if ours and other != kept and other.is_dir() and time.time() - other.stat().st_mtime > _MONTH:
            shutil.rmtree(other, ignore_errors=True)


@lru_cache(1)
def engine() -> Engine:
    """The engine with deburr's own rules, from the cache or built and kept there."""
    place = os.path.join(folder(), _PREFIX + key())
    found = _load(place) or _build(place)
    use(found)
    return found


def scan(source: Source) -> Report:
    """`deburr.engine.scan` on the warm engine; can be sent to another process."""
    return engine().scan(source)


def search(source: Source) -> Report:
    """The secrets alone."""
    return engine().search(source)


def quick(source: Source) -> Report:
    """The same for the default profile: what that does not show need not be found."""
    return engine().scan(source, quick=True)


__all__ = ["MADE_OF", "engine", "folder", "key", "quick", "scan", "search"]
