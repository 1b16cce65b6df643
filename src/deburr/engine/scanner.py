"""The engine as an object: a rulebook with its compiled triggers, and `scan`, which takes a Source through the stages.

The one invariant: pure and offline. No input raises; what could not be looked at is a Skipped with its reason.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from deburr.engine import languages, report, secrets, taint
from deburr.engine.depth import apart
from deburr.engine.detectors import detect
from deburr.engine.embedded import HOLDERS
from deburr.engine.hit import Hit, Unit
from deburr.engine.islands import Chooser
from deburr.engine.names import bindings, resolver
from deburr.engine.project import Project
from deburr.engine.reach import Led, Reaching
from deburr.engine.report import Place
from deburr.engine.rulebook import Rulebook
from deburr.engine.taint.linking import Links
from deburr.engine.text import bundled
from deburr.engine.triggers import Triggers
from deburr.model import Finding, Report, Skipped, Source

if TYPE_CHECKING:
    from deburr.engine.embedded.part import Part

_LARGE = 20_000
"""Shorter texts are always looked at, however they are written."""


def _wanted(repairs: bool, quick: bool) -> Callable[[Finding], bool]:
    """For which findings a fix is to be worked out."""
    if not repairs:
        return lambda _: False
    return (lambda finding: finding.confidence != "low" and finding.persona == "regular") if quick else lambda _: True


def _spoken(part: Part, hit: Hit) -> bool:
    """Whether a hit in a part is to be told: one in a patch, when the patch adds a line on its way."""
    return part.added is None or any(part.speaks(node.start, node.end) for node in (hit.node, *hit.flow))


class Way(NamedTuple):
    """How a text is to be looked at."""

    quick: bool
    project: Project | None
    code: bool = True
    """Whether anything but secrets is looked for."""


class _Compiled(dict[str, Triggers]):
    """The triggers of each language, compiled or loaded when its first text comes."""

    def __init__(self, rulebook: Rulebook, compiled: Mapping[str, bytes]) -> None:
        super().__init__()
        self._rulebook, self._compiled = rulebook, compiled

    def __missing__(self, about: str) -> Triggers:
        return self.setdefault(about, Triggers(self._rulebook, about, self._compiled.get(about)))


class Engine:
    """Scans texts against one rulebook; threads may share it."""

    def __init__(self, rulebook: Rulebook, compiled: Mapping[str, bytes] | None = None) -> None:
        """`compiled` holds databases from `serialized`, made on the same kind of machine."""
        self.rulebook = rulebook
        compiled = compiled or {}
        self.triggers = _Compiled(rulebook, compiled)
        if "secrets" in compiled:
            secrets.use(compiled["secrets"])

    def serialized(self) -> dict[str, bytes]:
        """The compiled databases, for a cache."""
        return {"secrets": secrets.database(), **{name: self.triggers[name].serialized() for name in languages.FACTS}}

    @apart
    def scan(
        self, source: Source, *, repairs: bool = True, quick: bool = False, project: Project | None = None
    ) -> Report:
        """All that breaks a principle in one text; without `repairs` no fixes are worked out.

        With `quick`, what the default profile does not show need not be found. With a `project`, values are followed
        into and out of the other files that the text imports from.
        """
        # A scan makes many objects and few cycles: looking for cycles meanwhile would take a sixth of its time.
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self._scan(source, _wanted(repairs, quick), Way(quick, project))
        finally:
            if collecting:
                gc.enable()

    def search(self, source: Source) -> Report:
        """The secrets of one text, and no fixes."""
        return self._scan(source, _wanted(False, False), Way(False, None, code=False))

    def _scan(self, source: Source, fixes: Callable[[Finding], bool], way: Way) -> Report:
        if source.language in HOLDERS:
            return self._embedded(source, fixes if source.language != "diff" else _wanted(False, False), way)
        data = source.text.encode("utf-8", "surrogatepass")
        place = Place(source, data)
        hits = self._secrets(source, data)
        skipped: list[Skipped] = []
        if source.language not in languages.NAMES:
            skipped = [Skipped(source.path, f"searched for secrets only: no language is called {source.language!r}")]
        if way.code and source.language in languages.GRAMMARS:
            more, skipped = self._code(place, way)
            hits += more
        return report.make(self.rulebook, [(place, hits)], source, skipped, fixes=fixes)

    def _code(self, place: Place, way: Way) -> tuple[list[Hit], list[Skipped]]:
        """What the stages from *parse* on find; nothing is parsed unless a trigger occurs."""
        source, data = place.source, place.data
        about = languages.describe(source.language).facts
        (words, asked_at, flows, entries), linked, leads = self._found(self.triggers[about], place, way)
        if not words and not linked:
            return [], []
        places = [*asked_at, *(at for at, _ in flows)]
        if way.quick and places and len(data) > _LARGE and bundled(data, places):
            return [], [Skipped(source.path, "bundled code, of which the default profile shows secrets only")]
        chooser = Chooser(data, asked_at, flows, entries)
        module = languages.lower(data, source.language, chooser)
        islands = chooser.islands
        unit = Unit(source, data, module, islands.entered if islands is not None else None)
        place.files = unit.far
        follow = bool(flows) and (islands is None or islands.follow)
        links = Links(way.project, leads) if way.project is not None else None
        hits, ended = taint.analyze(unit, self.rulebook, links if linked else None) if follow else ([], "")
        if links is not None and not linked and any(hit.confidence != "low" or not way.quick for hit in hits):
            # Other files may say that it is harmless.
            hits, ended = taint.analyze(unit, self.rulebook, links)
        rules = self.rulebook.rules.values()
        asked = [rule for rule in rules if about in rule.languages and not words.isdisjoint(rule.triggers)]
        if asked:
            unit.names = bindings(module)
            resolve = resolver(unit, self.rulebook)
            hits += [hit for rule in asked for hit in detect(rule, unit, resolve)]
        skipped = [Skipped(source.path, why, place.lines.line(at)) for at, why in module.notes]
        if ended:
            skipped.append(Skipped(source.path, ended))
        return hits, skipped

    @staticmethod
    def _found(triggers: Triggers, place: Place, way: Way) -> Led:
        """The triggers in a text, and whether values are to be followed into other files."""
        if way.project is None:
            return Led(triggers.found(place.data, way.quick), False, None)
        key = (triggers, way.quick)
        reaching = way.project.kept.get(key)
        if not isinstance(reaching, Reaching):
            reaching = way.project.kept[key] = Reaching(triggers, way.project, way.quick)
        return reaching.found(place.source)

    def _secrets(self, source: Source, data: bytes) -> list[Hit]:
        hits: list[Hit] = []
        for secret in secrets.find(data, source.language, source.path):
            hits += report.of_secret(self.rulebook, secret, data)
        return hits

    def _embedded(self, source: Source, fixes: Callable[[Finding], bool], way: Way) -> Report:
        """A text that only holds code: each part is looked at in its own language, findings point into the whole."""
        from deburr.engine.embedded import parts

        found: list[tuple[Place, list[Hit]]] = []
        skipped: list[Skipped] = []
        for part in parts(source):
            inner = Source(part.text, source.path, part.language)
            place = Place(inner, part.data, None, part)
            hits = self._secrets(replace(inner, path=part.file or source.path), part.data)
            if part.problem:
                skipped.append(Skipped(source.path, part.problem, part.line))
            if way.code and part.kind == "code" and part.language in languages.GRAMMARS:
                more, notes = self._code(place, way)
                hits += more
                skipped += notes if part.added is None else ()  # a patch holds fragments
            found.append((place, [hit for hit in hits if _spoken(part, hit)]))
        if source.language not in ("notebook", "diff"):
            data = source.text.encode("utf-8", "surrogatepass")
            found.append((Place(source, data), self._secrets(source, data)))
        return report.make(self.rulebook, found, source, skipped, fixes=fixes)


@lru_cache(1)
def default() -> Engine:
    """The engine with deburr's own constitution and libraries, read once."""
    from deburr import constitution, libraries

    return Engine(Rulebook.build(constitution.load(), libraries.load()))


_current: list[Engine] = []


def use(engine: Engine) -> None:
    """Scan with this engine from now on."""
    _current[:] = [engine]


def scan(source: Source, *, repairs: bool = True, quick: bool = False, project: Project | None = None) -> Report:
    """All that breaks a principle in one text."""
    return (_current[0] if _current else default()).scan(source, repairs=repairs, quick=quick, project=project)
