"""Text -> Secrets: ask the gates, confirm what opened, settle what overlaps.

The invariant: pure, and no input raises.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import NamedTuple

from deburr.engine.secrets import addresses, folded, gate, generic, random_text
from deburr.engine.secrets.confirm import Confirm
from deburr.engine.secrets.pack import Packed
from deburr.engine.secrets.paths import fixture
from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.streaming import BLOCK, Stretch, joined, stretches
from deburr.engine.secrets.weigh import guessed, weighed
from deburr.model import RANK

_LARGE = 2 * BLOCK
"""A longer text is searched in stretches, so that what its candidates take is bounded."""
_FAR = 4096
"""A secret begins at most so far behind the end of its gate."""


class _Kind(NamedTuple):
    """What a text is."""

    language: str
    tests: bool = False


class _Layer(NamedTuple):
    """How many layers of writing were taken off a text, and where it is worth looking for another."""

    depth: int
    fresh: Callable[[int], bool]


_SURFACE = _Layer(0, lambda _: True)


class SecretScanner:
    """Finds secrets with one database; any number of threads may share it."""

    def __init__(self, packed: Packed) -> None:
        self._gate = gate.Gate(packed.database)
        self._forms = [Confirm(form) for form in packed.formats]

    def find(self, data: bytes, language: str, path: str = "") -> list[Secret]:
        """The secrets of the text in order of their place, none overlapping another."""
        if len(data) > _LARGE:
            return joined(self.stream([data], language, path))
        kind = _Kind(language, fixture(path))
        found = self._candidates(data, kind)
        return _settle(weighed(found, data, *kind)) if found else []

    def stream(self, chunks: Iterable[bytes], language: str, path: str = "") -> Iterator[Stretch]:
        """The text that the chunks make, in stretches, with what `find` finds in the whole."""
        kind = _Kind(language, fixture(path))

        def raw(data: bytes, begin: int, most: int) -> list[Secret]:
            return weighed(self._candidates(data, kind, begin, most), data, *kind)

        return stretches(chunks, raw, _settle, random_text.MOST)

    def candidates(self, data: bytes, language: str) -> list[Secret]:
        """Whatever could be a secret, also what the rules alone would not speak of."""
        return self._candidates(data, _Kind(language))

    def _candidates(
        self, data: bytes, kind: _Kind, begin: int = 0, most: int = random_text.MOST, layer: _Layer = _SURFACE
    ) -> list[Secret]:
        """Whatever could be a secret and begins at `begin` or behind it; one place may have several."""
        found: list[Secret] = []
        hits = self._gate.open(data)
        if not hits:
            return found
        wrapped = folded.Wrapped(data, kind.language)
        code = generic.is_code(kind.language)
        for end, number in hits:
            if end + _FAR < begin:
                continue
            if number in folded.WATCHED and layer.fresh(end):
                wrapped.note(end, number)
            if number in folded.GATES:
                continue
            if number >= gate.FIRST:
                more: Iterable[Secret] = self._forms[number - gate.FIRST].at(data, end)
            elif number == gate.URL:
                more = addresses.url(data, end)
            elif number in (gate.UUID, gate.RANDOM):
                if most <= 0:
                    continue
                more = list(random_text.uuids(data, end) if number == gate.UUID else random_text.named(data, end))
                most -= sum(secret.start >= begin for secret in more)
            elif number == gate.BLOCK:
                more = addresses.block(data, end)
            else:
                more = generic.candidates(data, end, number, code)
            found += [secret for secret in more if secret.start >= begin] if begin else more
        if wrapped.any and layer.depth < folded.DEEPEST:

            def find(whole: bytes, fresh: Callable[[int], bool]) -> list[Secret]:
                inner = _Layer(layer.depth + 1, fresh)
                return _settle(weighed(self._candidates(whole, kind, most=0, layer=inner), whole, *kind))

            more = wrapped.secrets(find, found)
            found += [secret for secret in more if secret.start >= begin]
        return found


def _order(secret: Secret) -> int:
    return 2 if secret.group == random_text.GROUP else guessed(secret)


_start = attrgetter("start")


def _rank(secret: Secret) -> tuple[int, ...]:
    plain = not (secret.value and guessed(secret))  # of two guesses that in which nothing is encoded any more
    size = secret.start - secret.end
    return _order(secret), -RANK[secret.confidence], size, -secret.exact, plain, secret.start


def _settle(found: list[Secret]) -> list[Secret]:
    """One secret for each place: a known form before a guess, then the surer, the longer, the more exact."""
    settled: list[Secret] = []
    together: list[Secret] = []
    end = -1
    for secret in sorted(found, key=_start):
        if secret.start >= end and together:
            settled += together if len(together) == 1 else _best(together)
            together = []
        together.append(secret)
        end = max(end, secret.end)
    return settled + _best(together)


def _best(together: list[Secret]) -> list[Secret]:
    """Those of secrets that stand across one another which come first, in the order of their places."""
    kept: list[Secret] = []
    for secret in sorted(dict.fromkeys(together), key=_rank):
        at = bisect(kept, secret)
        if (at == 0 or kept[at - 1].end <= secret.start) and (at == len(kept) or secret.end <= kept[at].start):
            kept.insert(at, secret)
    return kept
