"""The project around a text: the other files that it imports from, each read and lowered when it is first needed.

What comes in: a function that gives a file's Source by its path. What goes out: the file that a name is imported from,
and what that file says in the intermediate representation. The one invariant: what comes out depends on the texts
alone, and on nothing that was asked before.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from itertools import count

from deburr.engine import ir, languages
from deburr.model import Source

Read = Callable[[str], Source | None]
"""Gives the Source at a path relative to the project, or None; it never raises."""

FAR = 1 << 32
"""The bytes of every other file are counted from a multiple of this, so that no two nodes share an offset."""
MOST_BYTES = 500_000
"""Larger files are machine-made, and stay unknown."""
_MOST_HELD, _MOST_NAMES, _MOST_LOWERED = 16_000_000, 200_000, 64
"""Bytes of text and numbers of paths and lowered files that are kept."""
_MOST_OWN = 500
_SOURCES = ("", "src", "lib")
"""Folders in which the modules of a project may lie, below any folder around the file that imports them."""
_numbers = count(1)


class File:
    """Another file of the project."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.kept: dict[object, object] = {}
        """What was found out about its text, by whoever found it."""

    @cached_property
    def data(self) -> bytes:
        return self.source.text.encode("utf-8", "surrogatepass")

    def lowered(self) -> Lowered:
        """Its text in the intermediate representation."""
        return _lowered(self)


class Lowered:
    """A file in the intermediate representation, at offsets that no other file has."""

    def __init__(self, file: File) -> None:
        self.file = file
        self.number = next(_numbers)
        self.module = languages.lower(file.data, file.source.language)
        _move(self.module, self.number * FAR)


@lru_cache(_MOST_LOWERED)
def _lowered(file: File) -> Lowered:
    return Lowered(file)


def _move(module: ir.Module, by: int) -> None:
    """Count the bytes of all nodes from another number on."""
    for node in ir.walk(module):
        if node.start < FAR:
            node.start += by
            node.end += by


class Project:
    """The files of one project, as they were when they were first read."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._files: dict[str, File] = {}
        self._held = 0
        self._own: dict[str, File] = {}
        """The files that were looked at themselves."""
        self._absent: set[str] = set()
        self._found: dict[tuple[str, str, str], str] = {}
        self.kept: dict[object, object] = {}
        """What was found out about the project, by whoever found it."""

    def file(self, path: str) -> File | None:
        """The file at a path, unless there is none that can be read."""
        file = self._files.pop(path, None)
        if file is None:
            if path in self._absent:
                return None
            file = self._fetch(path)
            if file is None:
                return None
        self._files[path] = file
        return file

    def same(self, source: Source) -> File:
        """The file that this text is, or would be."""
        file = self._files.get(source.path) or self._own.get(source.path)
        if file is None or file.source != source:
            if len(self._own) >= _MOST_OWN:
                self._own.pop(next(iter(self._own)))
            file = self._own[source.path] = File(source)
        return file

    def _fetch(self, path: str) -> File | None:
        source = self._read(path)
        if source is None or len(source.text) > MOST_BYTES or source.language not in languages.GRAMMARS:
            if len(self._absent) >= _MOST_NAMES:
                self._absent.clear()
            self._absent.add(path)
            return None
        self._held += len(source.text)
        while self._held > _MOST_HELD and self._files:
            self._held -= len(self._files.pop(next(iter(self._files))).source.text)
        own = self._own.get(path)
        return own if own is not None and own.source == source else File(source)

    def find(self, source: Source, name: str) -> str:
        """The path of the module that a text calls by this dotted name, "" when the project has none."""
        folder = posixpath.dirname(source.path)
        key = (folder, source.language, name)
        found = self._found.get(key)
        if found is None:
            if len(self._found) >= _MOST_NAMES:
                self._found.clear()
            paths = self._candidates(source.language, folder, name)
            found = next((path for path in paths if self.file(path) is not None), "")
            self._found[key] = found
        return found

    def _candidates(self, language: str, folder: str, name: str) -> Iterator[str]:
        """Where a module of this name may lie, the likeliest place first."""
        parts = [part for part in name.split(".") if part]
        up = len(name) - len(name.lstrip("."))
        if up:
            for _ in range(up - 1):
                if not folder:
                    return
                folder = posixpath.dirname(folder)
            yield from languages.modules(language, posixpath.join(folder, *parts))
            return
        for base in self._bases(language, folder):
            for inner in _SOURCES:
                yield from languages.modules(language, posixpath.join(base, inner, *parts))

    def _bases(self, language: str, folder: str) -> Iterator[str]:
        """The folders around a file that its imports may start from; not those that are packages themselves."""
        while True:
            if not any(self.file(path) is not None for path in languages.modules(language, folder, whole=True)):
                yield folder
            above = posixpath.dirname(folder)
            if above == folder:
                return
            folder = above
