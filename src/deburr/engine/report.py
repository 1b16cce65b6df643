"""Hits become Findings: spans, messages, fingerprints, fixes; what is waived is set apart."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from deburr.engine import fingerprint, ir, secrets
from deburr.engine.hit import Hit, Unit
from deburr.engine.project import FAR, File
from deburr.engine.rulebook import Rulebook
from deburr.engine.suppress import suppress
from deburr.engine.text import Lines, bundled
from deburr.model import RANK, Edit, Finding, Fix, Report, Skipped, Source, Span

if TYPE_CHECKING:
    from deburr.engine.embedded.part import Part

_OF_TESTS = re.compile(
    r"(?:^|/)(?:tests?|testing|testdata|fixtures|__tests__)/|(?:^|/)(?:test_[^/]*|conftest|[^/]*(?:_test|\.test|\.spec))\.\w+$"
)
"""Files that are not run in production, where weaknesses do no harm; of secrets the engine for them speaks."""
_OF_PROGRAMS = re.compile(r"[.-](?:min|bundle|chunk)\.[cm]?js$|(?:^|/)(?:assets|chunks)/[^/]+[.-][\w-]{8,}\.[cm]?js$")
"""Files that a program wrote."""

_ADDED = re.compile(r"^ *\+.*$", re.M)

_SPOKEN = {
    "remote": "which comes from outside",
    "model": "which a language model wrote",
    "stored": "which was stored earlier",
    "local": "which comes from the command line, the environment or a file",
    "parameter": "which the caller decides",
    "unknown": "of which nothing is known",
}
_LONGEST, _READ = 60, 1000


class Place:
    """A text with what is needed to point into it: its lines or, inside another text, its map."""

    def __init__(self, source: Source, data: bytes, unit: Unit | None = None, part: Part | None = None) -> None:
        self.source, self.data, self.unit, self.part = source, data, unit, part
        self.lines = Lines(data)
        self.hidden: list[tuple[int, int]] = []
        """Stretches that hold a secret: no message quotes them."""
        self._plain: dict[int, bytes] = {}
        self.files: Mapping[int, File] = {}
        """The other files whose nodes hits may hold, by what `project.FAR` goes into their offsets."""
        self._far: dict[int, Place] = {}

    def span(self, start: int, end: int) -> Span:
        return self.part.span(start, end) if self.part else self.lines.span(start, end)

    def cell(self, start: int) -> tuple[int, int] | None:
        return self.part.cell(start) if self.part else None

    def far(self, node: ir.Node) -> tuple[Place, ir.Node]:
        """The place of the other file that holds a node, and the node as one of that file."""
        number, start = divmod(node.start, FAR)
        if number not in self._far:
            file = self.files[number]
            place = self._far[number] = Place(file.source, file.data)
            known = secrets.find(file.data, file.source.language, file.source.path)
            place.hide({(start, end) for start, end, _ in secrets.pieces(known)})
        return self._far[number], ir.Node(start, node.end - number * FAR)

    def step(self, node: ir.Node) -> Span:
        """Where a node of this file or another one stands."""
        if node.start < FAR:
            return self.span(node.start, node.end)
        place, node = self.far(node)
        return replace(place.span(node.start, node.end), path=place.source.path)

    def where(self, node: ir.Node) -> str:
        """The line where a node begins, in words; in a notebook, with its cell, in another file, with its path."""
        if node.start >= FAR:
            span = self.step(node)
            return f"line {span.line} of {span.path}"
        cell = self.cell(node.start)
        return f"line {cell[1]} of cell {cell[0]}" if cell else f"line {self.span(node.start, node.end).line}"

    def edits(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...] | None:
        """Edits of this text as edits of the file; None when one of them cannot be said there."""
        if self.part is None:
            return edits
        mapped = [self.part.edit(edit) for edit in edits]
        return None if None in mapped else tuple(edit for edit in mapped if edit is not None)

    def hide(self, stretches: set[tuple[int, int]]) -> None:
        """From now on no message quotes these secrets, wherever in the text they stand."""
        if not stretches:
            return
        from deburr.engine.secrets.echoes import Echoes, Value

        values = [Value(self.data[start:end].strip(b"\"'`"), "") for start, end in sorted(stretches)]
        again = {(echo.start, echo.end) for echo in Echoes(values)(self.data)}
        self.hidden += sorted(stretches | again)

    def shown(self, start: int, end: int) -> bytes:
        """A stretch of the text with a star for every byte of a secret."""
        piece = self.data[start:end]
        for first, last in self.hidden:
            if first < end and start < last:
                left, right = max(first - start, 0), min(last - start, len(piece))
                piece = piece[:left] + b"*" * (right - left) + piece[right:]
        return piece

    def code(self, node: ir.Node) -> str:
        """The code of a node as one short line."""
        if node.start >= FAR:
            place, node = self.far(node)
            return place.code(node)
        end = min(node.end, node.start + _READ)
        text = " ".join(self.shown(node.start, end).decode("utf-8", "replace").split())
        return text if len(text) <= _LONGEST and end == node.end else text[: _LONGEST - 1] + "…"

    def plain(self, offset: int) -> bytes:
        """The line that holds a byte, as a fingerprint sees it."""
        line = self.lines.line(offset)
        if line not in self._plain:
            self._plain[line] = fingerprint.plain(self.shown(*self.lines.bounds(line)))
        return self._plain[line]


def of_secret(rulebook: Rulebook, secret: secrets.Secret, data: bytes) -> list[Hit]:
    """A secret as a hit of each principle that claims its kind."""
    parts: list[ir.Node] = [ir.Const(start, end, None) for start, end in secret.parts]
    node = ir.Unknown(secret.start, secret.end, parts) if parts else ir.Const(secret.start, secret.end, None)
    shown = secrets.masked(secret.value or data[secret.start : secret.end].decode("utf-8", "replace"))
    named = f" in `{secret.name}`" if secret.name else ""
    return [
        Hit(
            rule.id,
            node,
            secret.confidence,
            message=f"{secret.title or 'a credential'}{named} stands in the text: {shown}",
            callee=secret.kind,
            fact={"name": secret.name, "kind": secret.kind, "severity": secret.severity},
            argument=node,
            worth="literal",
        )
        for rule in rulebook.by_secret.get(secret.group, ())
    ]


def make(
    rulebook: Rulebook,
    found: list[tuple[Place, list[Hit]]],
    source: Source,
    skipped: list[Skipped],
    *,
    fixes: Callable[[Finding], bool],
) -> Report:
    """The Report of a source from the hits in it or in its parts."""
    pairs = [(place, hit) for place, hits in found for hit in hits]
    if not pairs and not skipped and "deburr:" not in source.text:
        return Report(source, source.digest)
    for place, hits in found:
        literals = [hit.argument for hit in hits if hit.worth == "literal" and hit.argument is not None]
        place.hide(
            {(part.start, part.end) for node in literals for part in ir.walk(node) if isinstance(part, ir.Const)}
        )
    pairs = _settle(rulebook, pairs)
    prints = fingerprint.number([_digest(place, hit) for place, hit in pairs])
    rows = [
        (_finding(rulebook, place, hit, name), place, hit) for (place, hit), name in zip(pairs, prints, strict=True)
    ]
    rows.sort(key=lambda row: (row[0].span.line, row[0].span.column, row[0].principle))
    # What a patch adds cannot waive what it adds.
    text = _ADDED.sub("", source.text) if source.language == "diff" else source.text
    open_, waived, idle = suppress(text, [finding for finding, _, _ in rows])
    kept = {id(finding) for finding in open_}
    fixed = [row for row in rows if id(row[0]) in kept and fixes(row[0])][: _most_fixes(source)]
    proposed = [_fix(*row, source.digest) for row in fixed]
    return Report(
        source,
        source.digest,
        tuple(open_),
        tuple(fix for fix in proposed if fix is not None),
        (*skipped, *(Skipped(source.path, f"{s.what}: {s.why}", s.line) for s in idle)),
        tuple(waived),
    )


def _most_fixes(source: Source) -> int:
    """For how many findings a fix is worked out: each takes time linear in the text, which must be UTF-8."""
    try:
        source.text.encode()
    except UnicodeEncodeError:
        return 0
    return max(8, min(200, 10_000_000 // (len(source.text) + 1)))


def _begin(place: Place, hit: Hit) -> tuple[int, int]:
    """Where a hit begins in its file."""
    span = place.span(hit.node.start, hit.node.end)
    return span.line, span.column


def _settle(rulebook: Rulebook, pairs: list[tuple[Place, Hit]]) -> list[tuple[Place, Hit]]:
    """One hit for each principle and place in the file; where a secret is seen twice, once."""
    best: dict[tuple[str, int, int], tuple[Place, Hit]] = {}
    for place, hit in pairs:
        span = place.span(hit.node.start, hit.node.end)
        key = (hit.principle, span.line, span.column)
        if key not in best or RANK[hit.confidence] > RANK[best[key][1].confidence]:
            best[key] = (place, hit)
    said = {
        (less, _begin(place, hit)) for place, hit in best.values() for less in rulebook.rules[hit.principle].supersedes
    }
    best = {key: pair for key, pair in best.items() if (pair[1].principle, _begin(*pair)) not in said}
    texts = [(id(place), hit.node.start, hit.node.end) for place, hit in best.values() if _in_text(hit)]
    return [(place, hit) for place, hit in best.values() if not _said(place, hit, texts)]


def _in_text(hit: Hit) -> bool:
    """Whether a hit is a secret that was found in the text itself."""
    return hit.argument is hit.node and hit.worth == "literal"


def _in_pieces(hit: Hit) -> bool:
    """Whether a hit is a secret that no single literal holds, so that there is none to replace."""
    return _in_text(hit) and isinstance(hit.node, ir.Unknown)


def _said(place: Place, hit: Hit, texts: list[tuple[int, int, int]]) -> bool:
    """Whether a literal that is handed to a call has been reported as a secret in the text already."""
    if hit.worth != "literal" or hit.argument is None or _in_text(hit):
        return False
    first, last = hit.argument.start, hit.argument.end
    return any(which == id(place) and start < last and first < end for which, start, end in texts)


def _digest(place: Place, hit: Hit) -> str:
    return fingerprint.digest(hit.principle, place.source.path, hit.scope, place.plain(hit.node.start))


def _finding(rulebook: Rulebook, place: Place, hit: Hit, name: str) -> Finding:
    rule = rulebook.rules[hit.principle]
    in_text = _in_text(hit)
    return Finding(
        principle=rule.id,
        message=hit.message or _message(rule.title, place, hit),
        path=place.source.path,
        span=place.span(hit.node.start, hit.node.end),
        severity=(hit.fact.get("severity") or rule.severity) if in_text else rule.severity,
        confidence=hit.confidence if rule.secrets or not _aside(place, hit) else "low",
        persona=rule.persona,
        flow=_flow(place, hit),
        fingerprint=name,
        kind=hit.fact.get("kind", "") if in_text else "",
        cell=place.cell(hit.node.start),
        inside=place.part.inside(hit.node.start) if place.part else None,
    )


def _aside(place: Place, hit: Hit) -> bool:
    """Whether the place is in a test or in what a program wrote, as lines of its length are: nobody mends it there."""
    path = place.source.path
    if _OF_TESTS.search(path) or _OF_PROGRAMS.search(path):
        return True
    return bundled(place.data, [hit.node.start])


def _flow(place: Place, hit: Hit) -> tuple[Span, ...]:
    """The steps of a taint, one for each line it stops on."""
    spans: list[Span] = []
    for node in hit.flow:
        span = place.step(node)
        if not spans or (spans[-1].line, spans[-1].path) != (span.line, span.path):
            spans.append(span)
    return tuple(spans) if len(spans) > 1 or hit.worth not in ("", "literal") else ()


def _message(title: str, place: Place, hit: Hit) -> str:
    """One sentence about this place."""
    if not hit.flow or hit.worth not in _SPOKEN:
        return f"{title}: `{place.code(hit.node)}`"
    first = hit.flow[0]
    entered, here = place.where(first), place.where(hit.node)
    where = "" if entered == here else f" on {entered}"
    target = hit.callee.lstrip("*.?") or place.code(hit.sink or hit.node)
    there = f" on {place.where(hit.sink)}" if hit.sink is not None else ""
    return f"{title}: `{place.code(first)}`{where}, {_SPOKEN[hit.worth]}, reaches `{target}`{there}"


def _fix(finding: Finding, place: Place, hit: Hit, digest: str) -> Fix | None:
    python = place.source.language == "python"
    if hit.sink is not None or _in_pieces(hit) or not (python or (place.part is None and _in_text(hit))):
        return None
    from deburr.engine.repair import ELSEWHERE, propose

    if not python and place.source.language not in ELSEWHERE:
        return None
    if any(node.start >= FAR for node in hit.flow):
        hit = replace(hit, flow=tuple(node for node in hit.flow if node.start < FAR))
    unit = place.unit or Unit(place.source, place.data, ir.Module(0, len(place.data), [], []))
    try:
        proposal = propose(hit, unit)
    except RecursionError:
        return None  # code too deeply nested to be rewritten is still reported
    edits = place.edits(proposal.edits) if proposal is not None else None
    if proposal is None or edits is None:
        return None
    ordered = tuple(sorted(edits, key=lambda edit: (edit.start, edit.end)))
    return Fix(finding.fingerprint, ordered, digest, proposal.title, proposal.preserves, proposal.safe)
