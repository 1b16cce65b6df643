"""Text -> Secrets: ask the gates, confirm what opened, settle what overlaps.

The invariant: pure, and no input raises.
"""

from __future__ import annotations

from deburr.engine.secrets import addresses, gate, generic, random_text
from deburr.engine.secrets.confirm import Confirm
from deburr.engine.secrets.pack import Packed
from deburr.engine.secrets.paths import fixture
from deburr.engine.secrets.secret import Secret, lowered
from deburr.model import RANK


class SecretScanner:
    """Finds secrets with one database; any number of threads may share it."""

    def __init__(self, packed: Packed) -> None:
        self._gate = gate.Gate(packed.database)
        self._forms = [Confirm(form) for form in packed.formats]

    def find(self, data: bytes, language: str, path: str = "") -> list[Secret]:
        """The secrets of the text in order of their place, none overlapping another."""
        hits = self._gate.open(data)
        if not hits:
            return []
        found: list[Secret] = []
        rest = random_text.MOST
        code = generic.is_code(language)
        for end, number in hits:
            if number >= gate.FIRST:
                found.extend(self._forms[number - gate.FIRST].at(data, end))
            elif number == gate.URL:
                found.extend(addresses.url(data, end))
            elif number in (gate.UUID, gate.RANDOM):
                rest -= 1
                if rest > 0:
                    found.extend(random_text.uuids(data, end) if number == gate.UUID else random_text.named(data, end))
            elif number == gate.BLOCK:
                found.extend(addresses.block(data, end))
            else:
                found.extend(generic.candidates(data, end, number, code))
        settled = _settle(found)
        if settled and fixture(path):
            settled = [s._replace(confidence=lowered(s.confidence)) if _guessed(s) else s for s in settled]
        return settled


def _guessed(secret: Secret) -> bool:
    """Whether it was found by its name, not by its form."""
    return secret.group in ("password", "generic-secret", "url-credentials")


def _order(secret: Secret) -> int:
    return 2 if secret.group == random_text.GROUP else _guessed(secret)


def _settle(found: list[Secret]) -> list[Secret]:
    """One secret for each place: a known form before a guess, then the surer, the longer, the more exact."""
    ordered = sorted(found, key=lambda s: (_order(s), -RANK[s.confidence], s.start - s.end, -s.exact, s.start))
    kept: list[Secret] = []
    taken: dict[int, list[Secret]] = {}
    for secret in ordered:
        blocks = range(secret.start >> 10, (secret.end >> 10) + 1)
        if any(s.start < secret.end and secret.start < s.end for b in blocks for s in taken.get(b, ())):
            continue
        kept.append(secret)
        for b in blocks:
            taken.setdefault(b, []).append(secret)
    return sorted(kept, key=lambda s: s.start)
