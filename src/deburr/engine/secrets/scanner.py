"""Text -> Secrets: ask the gates, confirm what opened, settle what overlaps.

The invariant: pure, and no input raises.
"""

from __future__ import annotations

import re
from typing import Any

from deburr.engine.secrets import addresses, gate, generic, random_text
from deburr.engine.secrets.checks import check
from deburr.engine.secrets.pack import Packed
from deburr.engine.secrets.paths import fixture
from deburr.engine.secrets.secret import Secret, lowered
from deburr.model import RANK
from deburr.providers import Format, whole

_WINDOW_BEFORE, _WINDOW_AFTER = 640, 2048
_LONG_RUN = 1500


class SecretScanner:
    """Finds secrets with one database; any number of threads may share it."""

    def __init__(self, packed: Packed) -> None:
        self._gate = gate.Gate(packed.database)
        self._formats = packed.formats
        self._compiled: dict[int, Any] = {}

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
                found.extend(self._provider(data, end, number - gate.FIRST))
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

    def _provider(self, data: bytes, end: int, index: int) -> list[Secret]:
        """The format's secret in which its gate opened."""
        regex = self._compiled.get(index)
        if regex is None:
            import re2

            regex = self._compiled[index] = re2.compile(whole(self._formats[index]).encode())
        return _confirmed(data, end, self._formats[index], regex)


def _guessed(secret: Secret) -> bool:
    """Whether it was found by its name, not by its form."""
    return secret.group in ("password", "generic-secret", "url-credentials")


def _confirmed(data: bytes, end: int, form: Format, regex: Any) -> list[Secret]:
    """The secret of the form that covers the place."""
    begin = max(0, end - _WINDOW_BEFORE)
    window = data[begin : end + _WINDOW_AFTER]
    for match in regex.finditer(window):
        if match.end() + begin < end - 1:
            continue
        if match.start() + begin >= end:
            break
        start, stop = match.span(1) if match.re.groups and match.start(1) >= 0 else match.span()
        if not (_alone(window, stop) if form.near else _whole(window, start, stop, form.regex)) or _of_data(
            data, begin + start
        ):
            continue
        try:
            value = window[start:stop].decode()
        except UnicodeDecodeError:
            continue
        confidence = check(form.check, value, form.confidence)
        if confidence:
            place = (begin + start, begin + stop)
            return [Secret(*place, form.id, form.group, confidence, title=form.title, severity=form.severity)]
    return []


_DIGEST = re.compile(rb"(?i)(?:sha-?\d{1,3}|md5|digest|checksum)[-=:]$")


def _of_data(data: bytes, start: int) -> bool:
    """Whether the value is a digest that is named as one, or a piece of a file that is written out in letters."""
    before = data[max(0, start - _LONG_RUN) : start]
    run = re.split(rb"[\s\"'`]", before)[-1]
    return _DIGEST.search(before[-16:]) is not None or b";base64," in run or len(run) == _LONG_RUN


def _whole(window: bytes, start: int, stop: int, regex: str) -> bool:
    """Whether the match is a token by itself, not a piece of a longer run of letters and digits."""
    before, after = window[start - 1 : start] if start else b"", window[stop : stop + 1]
    if before.isalnum() and not (before in b"nrt" and window[start - 2 : start - 1] == b"\\"):
        return False
    return not (after.isalnum() or after == b"_") or regex.endswith("}") is False


def _order(secret: Secret) -> int:
    return 2 if secret.group == random_text.GROUP else _guessed(secret)


def _alone(window: bytes, stop: int) -> bool:
    """Whether nothing goes on after the value: no longer token, no path, no call."""
    after = window[stop : stop + 2]
    return not after or not (
        after[:1].isalnum() or after[0] in b"_-/@(=+" or (after[0] in b".:" and after[1:].isalnum())
    )


def _settle(found: list[Secret]) -> list[Secret]:
    """One secret for each place: a known form before a guess, then the surer, then the longer."""
    ordered = sorted(found, key=lambda s: (_order(s), -RANK[s.confidence], s.start - s.end, s.start))
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
