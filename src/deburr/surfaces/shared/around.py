"""The files around the ones that are looked at: read when the engine follows a value into them.

What comes in: the folders that may be read. What goes out: a Project, one for each process. The one invariant: nothing
outside those folders is read, and nothing of what is left out without being named.
"""

from __future__ import annotations

import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from deburr.engine.project import MOST_BYTES, Project
from deburr.model import Report, Skipped, Source
from deburr.surfaces.shared.files import Candidate, load
from deburr.surfaces.shared.hide import hide
from deburr.surfaces.shared.ignored import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable


class Around(NamedTuple):
    """The folders in which the files of a project lie."""

    root: str
    """The absolute folder that reported paths are relative to."""
    others: tuple[str, ...] = ()
    """Absolute folders of named files that lie elsewhere."""

    def source(self, path: str) -> Source | None:
        """The file at a reported path, as far as it may be read."""
        file = os.path.normpath(os.path.join(self.root, path))
        home = next((one for one in (self.root, *self.others) if file.startswith(one.rstrip(os.sep) + os.sep)), "")
        if not home or any(map(left_out, os.path.relpath(file, home).split(os.sep)[:-1])):
            return None
        if not os.path.isfile(file) or os.path.islink(file):
            return None
        loaded = load(Candidate(file, path), 4 * MOST_BYTES)
        return None if isinstance(loaded, Skipped) else loaded.source

    def shown(self, path: str) -> Source | None:
        """The same with all secrets taken out."""
        source = self.source(path)
        return hide(source)[0] if source is not None else None


def around(root: str, named: Iterable[str]) -> Around:
    """The project of the files in `root`, and of those that are named and lie elsewhere."""
    others = []
    for path in named:
        absolute = os.path.abspath(path)
        if not absolute.startswith(root.rstrip(os.sep) + os.sep) and absolute != root:
            others.append(absolute if os.path.isdir(absolute) else _top(os.path.dirname(absolute)))
    return Around(root, tuple(dict.fromkeys(others)))


def _top(folder: str) -> str:
    """The folder that holds the outermost package around a file."""
    while os.path.exists(os.path.join(folder, "__init__.py")) and os.path.dirname(folder) != folder:
        folder = os.path.dirname(folder)
    return folder


@lru_cache(4)
def _project(place: Around) -> Project:
    return Project(place.source)


def scan(source: Source, *, place: Around, quick: bool = False) -> Report:
    """`deburr.engine.scan` on the warm engine with the files around; can be sent to another process."""
    from deburr.surfaces.shared import warm

    return warm.engine().scan(source, quick=quick, project=_project(place))
