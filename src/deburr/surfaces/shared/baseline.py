"""A ledger of findings that are known and accepted for now: each entry absorbs exactly as many as it says.

What comes in: what a run found. What goes out: what of it is new. The one invariant: of a secret the file holds no more
than its identity under the file's salt, so that another secret on the same line is new, and the same one moved is not.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from deburr.errors import ConfigError
from deburr.surfaces.shared import veil
from deburr.surfaces.shared.checked import Entry, Shown

_FIELDS = {"fingerprint": str, "principle": str, "path": str, "count": int}
_SALT = re.compile(r"(?:[0-9a-f]{2}){16,64}")

Slot = tuple[str, ...]
"""What an entry and the findings that it absorbs have in common."""


class Baseline(NamedTuple):
    """What a baseline file says."""

    entries: tuple[Entry, ...] = ()
    salt: str = ""
    """What identities of secrets are made with; empty in a file of an older version."""


class Written(NamedTuple):
    """What became of a baseline file, counted in findings."""

    total: int
    came: int
    went: int


def read(file: str) -> Baseline:
    """A baseline file; raises ConfigError when it is not one."""
    try:
        return parse(Path(file).read_bytes(), file)
    except OSError as error:
        raise ConfigError(f"{file}: the baseline cannot be read ({error.strerror})") from None


def parse(data: bytes, file: str) -> Baseline:
    """What a baseline's text says; raises ConfigError when it is none."""
    try:
        content = json.loads(data)
        salt = content.get("salt", "")
        found = [_entry(entry) for entry in content["entries"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ConfigError(f"{file}: not a baseline that deburr wrote") from None
    if salt != "" and not (isinstance(salt, str) and _SALT.fullmatch(salt)):
        raise ConfigError(f"{file}: not a baseline that deburr wrote (its salt has no sense)")
    for entry in found:
        if any(type(getattr(entry, name)) is not kind for name, kind in _FIELDS.items()) or entry.count < 1:
            raise ConfigError(f"{file}: not a baseline that deburr wrote (a field of {entry} has no sense)")
    return Baseline(tuple(found), salt)


def _entry(entry: dict[str, Any]) -> Entry:
    identity = entry.get("identity", "")
    if not isinstance(identity, str):
        raise TypeError("an identity must be a text")
    return Entry(**{name: entry[name] for name in _FIELDS}, identity=identity)


def write(file: str, entries: Iterable[Entry], salt: str, version: str) -> None:
    """Writes a baseline of these entries."""
    plain = [
        {name: getattr(one, name) for name in _FIELDS} | ({"identity": one.identity} if one.identity else {})
        for one in sorted(entries, key=lambda one: (one.path, one.principle, one.fingerprint, one.identity))
    ]
    text = json.dumps({"version": version, "salt": salt, "entries": plain}, indent=2, ensure_ascii=False)
    Path(file).write_text(text + "\n", encoding="utf-8")


def entries_of(shown: Iterable[Shown]) -> list[Entry]:
    """The entries that absorb all of `shown`."""
    counts = Counter(_entry_of(one) for one in shown)
    return [replace(entry, count=count) for entry, count in counts.items()]


def _entry_of(one: Shown) -> Entry:
    return Entry(one.finding.fingerprint, one.finding.principle, veil.path(one.finding.path), 1, one.identity)


def renewed(
    old: Baseline, new: list[Entry], keep: Callable[[Entry], bool], *, grow: bool
) -> tuple[list[Entry], Written]:
    """The entries of the next file: the new ones and those of the old that `keep` says nothing is known of.

    Unless it may `grow`, nothing comes in that the old file did not absorb.
    """
    kept = [one for one in old.entries if keep(one)]
    slot = _slot if old.salt else _line
    before, after = _counted(old.entries, slot), _counted([*kept, *new], slot)
    came, went = after - before, before - after
    if not grow:
        new, came = list(_within(new, before - _counted(kept, slot), slot)), Counter()
    total = sum(one.count for one in (*kept, *new))
    return [*kept, *new], Written(total, came.total(), went.total())


def _within(entries: list[Entry], room: Counter[Slot], slot: Callable[[Entry], Slot]) -> Iterable[Entry]:
    """The entries, as far as there was room for them before."""
    for one in entries:
        count = min(one.count, room[slot(one)])
        if count > 0:
            room[slot(one)] -= count
            yield replace(one, count=count)


def _counted(entries: Iterable[Entry], slot: Callable[[Entry], Slot]) -> Counter[Slot]:
    found = Counter[Slot]()
    for one in entries:
        found[slot(one)] += one.count
    return found


def _slot(entry: Entry) -> Slot:
    """Of a secret its file and identity, whatever principle it breaks there; of anything else its line."""
    return (entry.path, entry.identity) if entry.identity else _line(entry)


def _line(entry: Entry) -> Slot:
    return entry.fingerprint, entry.principle, entry.path


def absorb(
    shown: tuple[Shown, ...], entries: tuple[Entry, ...], looked_at: Collection[str]
) -> tuple[list[Shown], list[Shown], list[Entry]]:
    """The findings that remain, those that an entry absorbs, and the entries of looked-at files with a rest."""
    left, first = _counted(entries, _slot), {_slot(one): one for one in reversed(entries)}
    lines: dict[Slot, list[Slot]] = {}
    for known in entries:
        lines.setdefault(_line(known), []).append(_slot(known))
    remain: list[Shown] = []
    absorbed: list[Shown] = []
    for one in shown:
        entry = _entry_of(one)
        slots = [_slot(entry), _line(entry)]
        if one.finding.kind and not one.identity:
            slots += lines.get(_line(entry), [])  # more passwords than a run hashes: the line has to do
        slot = next((slot for slot in slots if left[slot] > 0), None)
        (remain if slot is None else absorbed).append(one)
        if slot is not None:
            left[slot] -= 1
    rest = [(first[slot], count) for slot, count in left.items() if count > 0]
    stale = [replace(one, count=count) for one, count in rest if one.path in looked_at]
    return remain, absorbed, stale
