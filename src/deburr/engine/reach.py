"""Whether the other files of a project can matter to a text: what the names that it imports lead to.

What comes in: a text, and the files that it imports from. What goes out: the triggers in the text, with those that only
the other files make some. Files are known by their words alone and cut where a line begins without a space, which errs
on the side of reading too much; nothing is parsed. The one invariant: the answer is the same whatever was asked before.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import NamedTuple

from deburr.engine import languages
from deburr.engine.project import File, Project
from deburr.engine.triggers import Found, Survey, Triggers
from deburr.engine.weights import MODEL, REMOTE, THOROUGH, VALUES
from deburr.model import Source

_WORD = re.compile(rb"[A-Za-z_$\x80-\xff][\w$\x80-\xff]*")
_OWNER = re.compile(rb"([\w$\x80-\xff]+)\.[\w$.]*\(?\Z")
"""Whose attribute a word is that ends here."""
_EDGE = re.compile(rb"^[^\s#)\]}'\"\\@]|^@", re.MULTILINE)
_DEFINED = re.compile(
    rb"\b(?:def|class|function\*?|const|let|var)\s+([\w$\x80-\xff]+)"
    rb"|([\w$\x80-\xff]+(?:\s*,\s*[\w$\x80-\xff]+)*)\s*(?::[^=\n]{1,80})?=(?!=)"
)
"""What gives a name to something, in whichever language; a name too many costs time alone."""
_PLAIN = re.compile(
    rb"(?:async\s+)?(?:def|class)\s|[\w$.]+\s*(?::[^=\n]{1,80})?=(?!=)|@"
    rb"|(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b"
)
"""How a piece begins that defines one thing, however much is defined inside it."""
_FARTHEST, _MOST_PIECES = 3, 100
"""How many mentions away, and how many pieces of files in all, a name can still lead to something that matters."""


class Import(NamedTuple):
    """A name that a text imports."""

    path: str
    """Of the file it is imported from; "" for a library."""
    module: str
    name: str
    """Of what is taken out of the file; "" for the file itself, "*" for everything."""
    local: bytes


Piece = tuple[str, int]
"""A stretch of a file that stands at its top level: the file's path and the stretch's number."""


class Reach(NamedTuple):
    """What a name of another file leads to."""

    gives: int = 0
    """From where a value is taken in there."""
    takes: bool = False
    """A value may do harm there."""
    roots: frozenset[int] = frozenset()
    """The libraries that what it stands for is made with, as words."""


class Led(NamedTuple):
    """Where a text leads to in its project."""

    found: Found
    linked: bool
    """Whether values are to be followed into other files."""
    leads: Callable[[str, int], bool] | None
    """Whether what stands at a byte of a file is to be run although nothing that matters goes into it."""


class Known:
    """What the words of one file say."""

    def __init__(self, file: File, triggers: Triggers) -> None:
        self.file, self.data = file, file.data
        self.survey: Survey = triggers.survey(self.data)
        self.links: dict[int, list[Piece]] = {}
        """By piece, once asked, the pieces that it mentions."""
        self.imports: list[Import] | None = None
        """Once asked."""
        self.near: tuple[int, frozenset[int]] | None = None
        """Once asked, from where this file and those near it take values in, and its words with those of the next."""
        self.given = triggers.given(self.survey)
        self._words: dict[int, frozenset[bytes]] = {}
        self.hot: tuple[dict[int, int], set[int]] | None = None
        """Once asked, the pieces that take values in and from where, and those where values may do harm."""

    @cached_property
    def starts(self) -> list[int]:
        """Where the pieces begin; what is decorated belongs to its decorators."""
        starts: list[int] = []
        decorated = False
        for edge in _EDGE.finditer(self.data):
            if not decorated:
                starts.append(edge.start())
            decorated = edge[0] == b"@"
        return starts

    @cached_property
    def defined(self) -> dict[bytes, list[int]]:
        """By name, the pieces that may define it."""
        found: dict[bytes, list[int]] = {}
        for number, start in enumerate(self.starts):
            for name in self._names(start, self._end(number)):
                found.setdefault(name, []).append(number)
        return found

    def _names(self, start: int, end: int) -> set[bytes]:
        names: set[bytes] = set()
        if self.data.startswith((b"import ", b"from "), start):
            return set()
        plain = bool(_PLAIN.match(self.data, start, end))
        for match in _DEFINED.finditer(self.data, start, end):
            names.update(_WORD.findall(match[1] or match[2]))
            if plain:
                break
        return names

    def _end(self, number: int) -> int:
        return self.starts[number + 1] if number + 1 < len(self.starts) else len(self.data)

    def words(self, number: int) -> frozenset[bytes]:
        """The words of a piece."""
        if number not in self._words:
            self._words[number] = words_of(self.data[self.starts[number] : self._end(number)])
        return self._words[number]

    def at(self, offset: int) -> int:
        """The piece that holds a byte."""
        return bisect_right(self.starts, offset) - 1


def words_of(data: bytes) -> frozenset[bytes]:
    """All that looks like a name."""
    return frozenset(_WORD.findall(data))


class Reaching:
    """Asks what the imports of texts lead to, for one set of triggers and one project."""

    def __init__(self, triggers: Triggers, project: Project, quick: bool) -> None:
        self.triggers, self.project, self.quick = triggers, project, quick
        self._outside = REMOTE | MODEL if quick else VALUES
        self._marked = self._outside if quick else VALUES | THOROUGH
        """For which sources what is marked in a text matters."""
        self._reached: dict[tuple[str, bytes], Reach] = {}
        self._from: dict[Piece, Reach] = {}

    def found(self, source: Source) -> Led:
        """The triggers in a text, and which other files values are to be followed into."""
        home = self._known(self.project.same(source))
        alone = self.triggers.judge(home.survey, self.quick)
        if not self._matter(home, alone):
            return Led(alone, False, self._leads(alone, alone))
        reached = dict(self._reached_by(home))
        gives = _all(reach.gives for reach in reached.values())
        roots = home.survey.words.union(*(reach.roots for reach in reached.values()))
        own = self._own(home, roots)
        found = self.triggers.judge(home.survey, self.quick, roots, gives)
        takes = {name for name, reach in reached.items() if reach.takes}
        if not (gives | own):
            found = found._replace(flows=sorted({*alone.flows, *self._asked(home, found)}))
        if not ((gives and found.flows) or (takes and (gives | own)) or len(found.flows) > len(alone.flows)):
            return Led(alone, False, self._leads(alone, alone))
        giving = [(end, self._marked) for end in _ends(home.data, {n for n, reach in reached.items() if reach.gives})]
        taking = [(end, self._marked) for end in _ends(home.data, takes)]
        more = found._replace(
            flows=sorted({*found.flows, *taking}),
            entries=sorted({*found.entries, *giving}),
        )
        return Led(more, True, self._leads(alone, found))

    def _leads(self, alone: Found, found: Found) -> Callable[[str, int], bool]:
        """What of other files is to be run although nothing goes in: what the words ask for that are new in `found`."""
        wanted = self.triggers.roots(found.words - alone.words) if len(found.flows) > len(alone.flows) else frozenset()
        return partial(self.leads, wanted=wanted)

    def _matter(self, home: Known, alone: Found) -> bool:
        """Whether other files can matter at all, as far as all of their words tell."""
        near = [self._near(path) for path in dict.fromkeys(one.path for one in self._imports(home)) if path]
        if not near:
            return False
        words = home.survey.words.union(*(around for _, around in near))
        return (
            any(bits for bits, _ in near)
            or bool(self._own(home, words))
            or not set(alone.flows).issuperset(self._asked(home, self.triggers.judge(home.survey, self.quick, words)))
        )

    def _asked(self, home: Known, found: Found) -> list[tuple[int, int]]:
        """Those of the places where values must be followed at which an imported name is asked for an attribute."""
        locals_ = {one.local for one in self._imports(home) if one.path}
        owners = ((flow, _OWNER.search(home.data, max(flow[0] - 200, 0), flow[0])) for flow in found.flows)
        return [flow for flow, owner in owners if owner and owner[1] in locals_]

    def _own(self, home: Known, words: frozenset[int]) -> int:
        """From where a text takes values in, if it had these words: its own, or what it asks imported names for."""
        bits = _all(self.triggers.entries(home.survey, home.survey.words).values()) & self._outside
        if bits:
            return bits
        fresh = {word: bits for word, bits in self.triggers.entries(home.survey, words).items() if bits & self._outside}
        locals_ = {one.local for one in self._imports(home) if one.path}
        for word, end in home.survey.seen if fresh else ():
            owner = _OWNER.search(home.data, max(end - 200, 0), end) if word in fresh else None
            if owner and owner[1] in locals_:
                return fresh[word]
        return 0

    def _near(self, path: str) -> tuple[int, frozenset[int]]:
        """From where a file or those near it take values in, and its words with those of the next."""
        known = self._at(path)
        if known is None:
            return 0, frozenset()
        if known.near is None:
            seen, level, bits, words = {path}, [path], 0, frozenset[int]()
            for distance in range(_FARTHEST):
                each = [found for one in level if (found := self._at(one)) is not None]
                bits |= _all(bits for one in each for bits in one.given.values()) & self._outside
                if distance < 2:
                    words = words.union(*(one.survey.words for one in each))
                below = dict.fromkeys(imported.path for one in each for imported in self._imports(one))
                level = [one for one in below if one and one not in seen]
                seen.update(level)
            known.near = bits, words
        return known.near

    def _reached_by(self, home: Known) -> Iterator[tuple[bytes, Reach]]:
        """By name in the text, what an import leads to."""
        words: frozenset[bytes] | None = None
        for one in self._imports(home):
            if one.path and one.name not in ("", "*"):
                yield one.local, self.reach(one.path, one.name.encode())
            elif one.path:
                words = words_of(home.data) if words is None else words
                each = [self.reach(one.path, name) for name in sorted(words & self._names(one.path))]
                roots = frozenset[int]().union(*(reach.roots for reach in each))
                yield one.local, Reach(_all(reach.gives for reach in each), any(reach.takes for reach in each), roots)

    def _imports(self, known: Known) -> list[Import]:
        if known.imports is None:
            source = known.file.source
            listed = languages.imported(known.data, source.language)
            known.imports = [
                Import(*self._target(source, module, name), local.encode("utf-8", "surrogatepass"))
                for module, name, local in listed
            ]
        return known.imports

    def _target(self, source: Source, module: str, name: str) -> tuple[str, str, str]:
        """The file that an import names, and what it takes out of it; a module inside a module is one by itself."""
        find = self.project.find
        if name not in ("", "*"):
            inner = find(source, f"{module}{'' if module.endswith('.') else '.'}{name}")
            if inner:
                return inner, module, ""
        return find(source, module), module, name

    def _known(self, file: File) -> Known:
        known = file.kept.get(self.triggers)
        if not isinstance(known, Known):
            known = file.kept[self.triggers] = Known(file, self.triggers)
        return known

    def _at(self, path: str) -> Known | None:
        file = self.project.file(path) if path else None
        return self._known(file) if file is not None else None

    def _names(self, path: str) -> set[bytes]:
        known = self._at(path)
        return {*known.defined, *(one.local for one in self._imports(known))} if known is not None else set()

    def reach(self, path: str, name: bytes) -> Reach:
        """What a name of a file leads to."""
        key = (path, name)
        if key not in self._reached:
            self._reached[key] = self._walk(list(self._defining(path, name, set())))
        return self._reached[key]

    def leads(self, path: str, offset: int, wanted: frozenset[int]) -> bool:
        """Whether what stands at a byte of a file takes values in by itself, or uses one of these libraries."""
        known = self._at(path)
        if known is None:
            return True
        piece = (path, known.at(offset))
        if piece not in self._from:
            self._from[piece] = self._walk([piece])
        reach = self._from[piece]
        return bool(reach.gives) or not wanted.isdisjoint(reach.roots)

    def _walk(self, level: list[Piece]) -> Reach:
        seen: set[Piece] = set()
        gives, takes, roots = 0, False, frozenset[int]()
        for distance in range(_FARTHEST):
            below: list[Piece] = []
            for piece in dict.fromkeys(level):
                known = self._at(piece[0])
                if known is None or piece in seen or len(seen) >= _MOST_PIECES:
                    continue
                seen.add(piece)
                giving, taking = self._hot(known)
                gives, takes = gives | giving.get(piece[1], 0), takes or piece[1] in taking
                if distance < 2:
                    roots |= self._libraries(known, piece[1])
                below += self._links(known, piece[1])
            level = below
        return Reach(gives, takes, roots)

    def _hot(self, known: Known) -> tuple[dict[int, int], set[int]]:
        """The pieces of a file that take values in, and those in which one may do harm."""
        if known.hot is None:
            survey = known.survey
            giving: dict[int, int] = {}
            for word, end in survey.seen:
                if bits := known.given.get(word, 0) & self._outside:
                    number = known.at(end - 1)
                    giving[number] = giving.get(number, 0) | bits
            when = self._outside if self.quick else THOROUGH
            known.hot = (
                giving,
                {
                    known.at(end - 1)
                    for end in self.triggers.harmful(survey, survey.words | self.triggers.libraries, when)
                },
            )
        return known.hot

    def _libraries(self, known: Known, number: int) -> frozenset[int]:
        """The libraries that a piece mentions, as words."""
        words = known.words(number)
        used = (one.module for one in self._imports(known) if not one.path and one.local in words)
        return frozenset(word for module in used for word in self.triggers.library(module))

    def _links(self, known: Known, number: int) -> list[Piece]:
        """The pieces that a piece mentions."""
        if number not in known.links:
            known.links[number] = list(dict.fromkeys(self._mentioned(known, known.words(number))))
        return known.links[number]

    def _mentioned(self, known: Known, words: frozenset[bytes]) -> Iterator[Piece]:
        path = known.file.source.path
        for name in sorted(words & known.defined.keys()):
            yield from ((path, other) for other in known.defined[name])
        for one in self._imports(known):
            if not one.path or (one.local not in words and one.name != "*"):
                continue
            for name in [one.name.encode()] if one.name not in ("", "*") else sorted(words & self._names(one.path)):
                yield from self._defining(one.path, name, set())

    def _defining(self, path: str, name: bytes, asked: set[tuple[str, bytes]]) -> Iterator[Piece]:
        """The pieces that define a name of a file, or of those that it takes the name from."""
        known = self._at(path)
        if known is None or (path, name) in asked:
            return
        asked.add((path, name))
        yield from ((path, number) for number in known.defined.get(name, ()))
        for one in self._imports(known):
            if one.path and (one.local == name or one.name == "*"):
                yield from self._defining(one.path, name if one.name == "*" else one.name.encode(), asked)


def _all(bits: Iterable[int]) -> int:
    found = 0
    for one in bits:
        found |= one
    return found


def _ends(data: bytes, names: Iterable[bytes]) -> list[int]:
    """The offsets where these names end in a text."""
    listed = b"|".join(map(re.escape, sorted(names)))
    return [found.end() for found in re.finditer(rb"(?<![\w.])(?:%s)(?!\w)" % listed, data)] if listed else []
