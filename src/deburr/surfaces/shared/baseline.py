"""A ledger of findings that are known and accepted for now: each entry absorbs exactly as many as it says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from deburr.errors import ConfigError
from deburr.surfaces.shared.checked import Entry, Shown

_FIELDS = {"fingerprint": str, "principle": str, "path": str, "count": int}


def read(file: str) -> tuple[Entry, ...]:
    """The entries of a baseline file; raises ConfigError when it is not one."""
    try:
        content = json.loads(Path(file).read_text(encoding="utf-8"))
        entries = content["entries"]
        found = [Entry(**{name: entry[name] for name in _FIELDS}) for entry in entries]
    except OSError as error:
        raise ConfigError(f"{file}: the baseline cannot be read ({error.strerror})") from None
    except (ValueError, TypeError, KeyError) as error:
        raise ConfigError(f"{file}: not a baseline that deburr wrote ({type(error).__name__}: {error})") from None
    for entry in found:
        if any(type(getattr(entry, name)) is not kind for name, kind in _FIELDS.items()) or entry.count < 1:
            raise ConfigError(f"{file}: not a baseline that deburr wrote (a field of {entry} has no sense)")
    return tuple(found)


def write(file: str, shown: tuple[Shown, ...], version: str) -> int:
    """Writes a baseline that absorbs all of `shown`; gives the number of its entries."""
    counts = Counter((one.finding.path, one.finding.principle, one.finding.fingerprint) for one in shown)
    entries = [
        {"fingerprint": fingerprint, "principle": principle, "path": path, "count": count}
        for (path, principle, fingerprint), count in sorted(counts.items())
    ]
    text = json.dumps({"version": version, "entries": entries}, indent=2, ensure_ascii=False)
    Path(file).write_text(text + "\n", encoding="utf-8")
    return len(entries)


def absorb(
    shown: tuple[Shown, ...], entries: tuple[Entry, ...], looked_at: Collection[str]
) -> tuple[list[Shown], list[Shown], list[Entry]]:
    """The findings that remain, those that an entry absorbs, and the entries of looked-at files with a rest."""
    left = Counter[tuple[str, str, str]]()
    for entry in entries:
        left[entry.fingerprint, entry.principle, entry.path] += entry.count
    remain: list[Shown] = []
    absorbed: list[Shown] = []
    for one in shown:
        key = one.finding.fingerprint, one.finding.principle, one.finding.path
        if left[key] > 0:
            left[key] -= 1
            absorbed.append(one)
        else:
            remain.append(one)
    stale = [Entry(*key, count) for key, count in left.items() if count > 0 and key[2] in looked_at]
    return remain, absorbed, stale
