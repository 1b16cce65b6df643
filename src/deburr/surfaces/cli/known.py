"""What a project has accepted before a run begins, and what of the run's result that leaves."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import NamedTuple

from deburr.errors import ConfigError
from deburr.surfaces.cli.options import Options, Settings
from deburr.surfaces.shared.baseline import Baseline
from deburr.surfaces.shared.checked import Checked, Entry, Looked
from deburr.surfaces.shared.identity import Key, fresh, new_salt, of_salt

BASELINE = "deburr-baseline.json"


class Known(NamedTuple):
    """The project's ledgers."""

    file: str = ""
    """Of the baseline; empty when there is none."""

    baseline: Baseline = Baseline()
    salt: str = ""
    """What identities are made with that are compared with a file's; empty when none are."""

    @property
    def key(self) -> Key:
        """What this run makes identities with."""
        return of_salt(self.salt) if self.salt else fresh()


def known(options: Options, settings: Settings) -> Known:
    """The ledgers of a run, read before anything is looked at."""
    if options.no_grow and not options.write_baseline:
        raise ConfigError("--no-grow says how --write-baseline is to write; give both")
    file = settings.baseline or (BASELINE if options.write_baseline else "")
    if not file or (options.write_baseline and not os.path.lexists(file)):
        return Known(file, salt=new_salt() if options.write_baseline else "")
    from deburr.surfaces.shared import baseline

    found = baseline.read(file)
    if options.write_baseline:
        return Known(file, found, found.salt or new_salt())
    if found.entries and not found.salt:
        _say(f"{file} has no salt, so it knows a secret by its line only; --write-baseline renews it")
    return Known(file, found, found.salt)


def rewrite(known: Known, options: Options, settings: Settings, checked: Checked, looked: Iterable[Looked]) -> None:
    """Writes the baseline anew, and says what came and what went."""
    from deburr import __version__
    from deburr.surfaces.shared import baseline

    read = {file.path for file in looked if file.read}

    def untouched(entry: Entry) -> bool:
        if not settings.wanted.asks(entry.principle):
            return True
        return entry.path not in read and os.path.lexists(os.path.join(settings.scope.root, entry.path))

    new = baseline.entries_of(checked.shown)
    entries, written = baseline.renewed(known.baseline, new, untouched, grow=not options.no_grow)
    baseline.write(known.file, entries, known.salt, __version__)
    moved = f" ({written.came} new, {written.went} gone)" if known.baseline.entries else ""
    _say(f"{known.file} now accepts {written.total} finding{'' if written.total == 1 else 's'}{moved}")


def without(known: Known, options: Options, settings: Settings, checked: Checked, looked: Iterable[Looked]) -> Checked:
    """The result with what the project accepted set apart."""
    if not known.baseline.entries:
        return checked
    from deburr.surfaces.shared import baseline

    whole = {file.path for file in looked if file.read} if not options.diff else set[str]()
    asked = tuple(entry for entry in known.baseline.entries if settings.wanted.asks(entry.principle))
    remain, absorbed, stale = baseline.absorb(checked.shown, asked, whole)
    return checked._replace(
        shown=tuple(remain), baselined=tuple(absorbed), stale=() if options.no_grow else tuple(stale)
    )


def _say(text: str) -> None:
    sys.stderr.write(f"deburr: {text}\n")
