"""The engine, started fast: rulebook and databases are built once and kept in the user's cache folder.

The one invariant: a cache that is missing, foreign, damaged or not writable costs time, never a finding. Its key covers
every file that the rulebook is made of, deburr's version and the kind of processor.
"""

from __future__ import annotations

import hashlib
import os
import platform
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import deburr
from deburr.engine.rulebook import Rulebook
from deburr.engine.scanner import Engine, use
from deburr.model import Report, Source

_PACKAGE = Path(deburr.__file__).parent
_MADE_OF = (
    "constitution/*.md",
    "libraries/*/*.toml",
    "engine/triggers.py",
    "engine/rulebook.py",
    "engine/secrets/**/*",
)


def folder() -> Path:
    """Where the cache lies: `DEBURR_CACHE_DIR`, else deburr's folder in the user's cache."""
    named = os.environ.get("DEBURR_CACHE_DIR")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "deburr"


def key() -> str:
    """What the cache must have been made of and for."""
    found = [f"{deburr.__version__} {platform.machine()} {platform.system()} {_processor()}"]
    for pattern in _MADE_OF:
        for file in sorted(_PACKAGE.glob(pattern)):
            if file.suffix in (".md", ".toml", ".py"):
                stat = file.stat()
                found.append(f"{file.relative_to(_PACKAGE)} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:32]


def _processor() -> str:
    """What a compiled database depends on: the instructions that the processor has."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next((line for line in lines if line.startswith(("flags", "Features"))), "")
    except OSError:
        return platform.processor()


def _load(place: Path) -> Engine | None:
    try:
        if place.stat().st_uid != os.getuid():
            return None
        rulebook = Rulebook.from_json((place / "rulebook.json").read_text(encoding="utf-8"))
        return Engine(rulebook, {file.stem: file.read_bytes() for file in place.glob("*.db")})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _build(place: Path) -> Engine:
    from deburr import constitution, libraries

    rulebook = Rulebook.build(constitution.load(), libraries.load())
    compiled = Engine(rulebook).serialized()
    _keep(rulebook, compiled, place)
    return Engine(rulebook, compiled)


def _keep(rulebook: Rulebook, compiled: Mapping[str, bytes], place: Path) -> None:
    """Write the cache beside its place and move it there, so that no other process sees half of it."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = Path(tempfile.mkdtemp(prefix="new-", dir=place.parent))
        (made / "rulebook.json").write_text(rulebook.to_json(), encoding="utf-8")
        for name, data in compiled.items():
            (made / f"{name}.db").write_bytes(data)
        made.rename(place)
        _forget(place)
    except OSError:
        return


def _forget(kept: Path) -> None:
    """Remove what earlier versions left."""
    import shutil

    for other in kept.parent.iterdir():
        if other.is_dir() and other != kept and (len(other.name) == 32 or other.name.startswith("new-")):
            shutil.rmtree(other, ignore_errors=True)


@lru_cache(1)
def engine() -> Engine:
    """The engine with deburr's own rules, from the cache or built and kept there."""
    place = folder() / key()
    found = _load(place) or _build(place)
    use(found)
    return found


def scan(source: Source) -> Report:
    """`deburr.engine.scan` on the warm engine; can be sent to another process."""
    return engine().scan(source)


__all__ = ["engine", "folder", "scan"]
