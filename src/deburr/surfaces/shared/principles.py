"""The principles by name, each read only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from deburr import constitution
from deburr.constitution import Principle
from deburr.errors import ConfigError
from deburr.surfaces.shared.config import nearest

_FOLDER = Path(constitution.__file__).parent


def names() -> tuple[str, ...]:
    """The name of every principle, in order."""
    return tuple(sorted(file.stem for file in _FOLDER.glob("*.md")))


def some(wanted: Iterable[str]) -> dict[str, Principle]:
    """Those of the wanted principles that there are."""
    files = {name: _FOLDER / f"{name}.md" for name in sorted(set(wanted))}
    return {
        name: constitution.read(file.read_text(encoding="utf-8"), file.name)
        for name, file in files.items()
        if file.is_file()
    }


def known(given: Iterable[str], where: str) -> frozenset[str]:
    """The names, every one of which is a principle's; raises ConfigError with the nearest for one that is not."""
    there = names()
    for name in given:
        if name not in there:
            raise ConfigError(f"{where}: there is no principle {name!r}{nearest(name, there)}")
    return frozenset(given)
