"""The principles by name, each read only when somebody asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

import deburr
from deburr.errors import ConfigError
from deburr.surfaces.shared.config import nearest

if TYPE_CHECKING:
    from deburr.constitution import Principle

_FOLDER = os.path.join(os.path.dirname(deburr.__file__), "constitution")


def names() -> tuple[str, ...]:
    """The name of every principle, in order."""
    return tuple(sorted(file.removesuffix(".md") for file in os.listdir(_FOLDER) if file.endswith(".md")))


def some(wanted: Iterable[str]) -> dict[str, Principle]:
    """Those of the wanted principles that there are."""
    asked = sorted(set(wanted))
    if not asked:
        return {}
    from deburr.constitution import read

    found = {}
    for name in asked:
        file = os.path.join(_FOLDER, f"{name}.md")
        if os.path.isfile(file):
            with open(file, encoding="utf-8") as text:
                found[name] = read(text.read(), f"{name}.md")
    return found


def known(given: Iterable[str], where: str) -> frozenset[str]:
    """The names, every one of which is a principle's; raises ConfigError with the nearest for one that is not."""
    asked = tuple(given)
    there = names() if asked else ()
    for name in asked:
        if name not in there:
            raise ConfigError(f"{where}: there is no principle {name!r}{nearest(name, there)}")
    return frozenset(asked)
