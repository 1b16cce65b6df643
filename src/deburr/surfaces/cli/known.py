"""What a project has accepted before a run begins, and what of the run's result that leaves.

With `--diff`, what counts is what the revision before the change says: no change accepts its own findings.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from deburr.errors import ConfigError
from deburr.surfaces.cli.options import Options, Settings
from deburr.surfaces.shared.checked import Checked, Entry, Looked, Permitted, Remark
from deburr.surfaces.shared.identity import Key, new_salt, of_salt
from deburr.surfaces.shared.identity import fresh as fresh_key

if TYPE_CHECKING:
    from deburr.surfaces.shared.allowed import Allow, AllowList
    from deburr.surfaces.shared.baseline import Baseline

BASELINE = "deburr-baseline.json"


class Known(NamedTuple):
    """The project's ledgers."""

    file: str = ""
    """Of the baseline; empty when there is none."""

    baseline: Baseline | None = None
    allow: AllowList | None = None
    arrived: tuple[Allow, ...] = ()
    """Entries of the allow list that come with the change and do not count yet."""

    salt: str = ""
    """What identities are made with that are compared with a file's; empty when none are."""

    @property
    def key(self) -> Key:
        """What this run makes identities with."""
        return of_salt(self.salt) if self.salt else fresh_key()


def known(options: Options, settings: Settings) -> Known:
    """The ledgers of a run, read before anything is looked at."""
    if options.no_grow and not options.write_baseline:
        raise ConfigError("--no-grow says how --write-baseline is to write; give both")
    allow, arrived = allow_list(settings, options.diff)
    file = settings.baseline or (BASELINE if options.write_baseline else "")
    old = _baseline(file, options)
    if old and old.entries and not old.salt and not options.write_baseline:
        _say(f"{file} has no salt, so it knows a secret by its line only; --write-baseline renews it")
    salt = _salt(old, allow, settings.allow) or (new_salt() if options.write_baseline else "")
    return Known(file, old, allow, arrived, salt)


def _baseline(file: str, options: Options) -> Baseline | None:
    if not file or (options.write_baseline and not os.path.lexists(file)):
        return None
    from deburr.surfaces.shared import baseline

    if not options.diff:
        return baseline.read(file)
    from deburr.surfaces.shared.changes import before

    data = before(options.diff, file)
    if data is None and os.path.lexists(file):
        _say(f"{file} comes with the change and accepts nothing yet")
        return None
    return baseline.parse(data, file) if data is not None else baseline.read(file)


def allow_list(settings: Settings, revision: str = "") -> tuple[AllowList | None, tuple[Allow, ...]]:
    """The allow list as the revision has it, and the entries that came since; without a revision, as it is now."""
    file = settings.allow
    if not revision:
        return (_parsed(_bytes(file), file) if os.path.lexists(file) else None), ()
    from deburr.surfaces.shared.allowed import AllowList, fresh
    from deburr.surfaces.shared.changes import before

    data = before(revision, file)
    base = _parsed(data, file) if data is not None else AllowList()
    now = _parsed(_bytes(file), file) if os.path.lexists(file) else AllowList()
    return base._replace(salt=base.salt or now.salt), fresh(now.entries, base)


def _bytes(file: str) -> bytes:
    try:
        with open(file, "rb") as handle:
            return handle.read()
    except OSError as error:
        raise ConfigError(f"{file}: the allow list cannot be read ({error.strerror})") from None


def _parsed(data: bytes, file: str) -> AllowList:
    import datetime

    from deburr.surfaces.shared.allowed import parse
    from deburr.surfaces.shared.principles import names

    shown = os.path.relpath(file)
    try:
        return parse(data.decode("utf-8"), shown, datetime.date.today(), names())
    except UnicodeDecodeError:
        raise ConfigError(f"{shown}: not valid UTF-8") from None


def _salt(baseline: Baseline | None, allow: AllowList | None, file: str) -> str:
    """The one salt of a project's ledgers."""
    if allow is None:
        return baseline.salt if baseline else ""
    kept = baseline.salt if baseline else ""
    identified = next((one for one in allow.entries if one.identity), None)
    if identified is None:
        return kept or allow.salt
    if kept and allow.salt and kept != allow.salt:
        raise ConfigError(f"{os.path.relpath(file)}: its salt is not the baseline's, so one of them knows no secret")
    if not kept and not allow.salt:
        where = f"{os.path.relpath(file)}:{identified.line}"
        raise ConfigError(f"{where}: an identity means nothing without a salt, here or in the baseline")
    return kept or allow.salt


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
    entries, written = baseline.renewed(known.baseline or baseline.Baseline(), new, untouched, grow=not options.no_grow)
    baseline.write(known.file, entries, known.salt, __version__)
    moved = f" ({written.came} new, {written.went} gone)" if known.baseline and known.baseline.entries else ""
    _say(f"{known.file} now accepts {written.total} finding{'' if written.total == 1 else 's'}{moved}")


def without(known: Known, options: Options, settings: Settings, checked: Checked, looked: Iterable[Looked]) -> Checked:
    """The result with what the baseline absorbs set apart."""
    if not known.baseline or not known.baseline.entries:
        return checked
    from deburr.surfaces.shared import baseline

    whole = {file.path for file in looked if file.read} if not options.diff else set[str]()
    asked = tuple(entry for entry in known.baseline.entries if settings.wanted.asks(entry.principle))
    remain, absorbed, stale = baseline.absorb(checked.shown, asked, whole)
    if options.no_grow:
        stale = []  # they have just been taken out
    return checked._replace(shown=tuple(remain), baselined=tuple(absorbed), stale=tuple(stale))


def permitted(known: Known, options: Options, settings: Settings, checked: Checked) -> Checked:
    """The result with what the allow list covers set apart, and what is to be said of its entries."""
    if known.allow is None or not (known.allow.entries or known.arrived):
        return checked
    covered = [(one, known.allow.covering(one.finding, one.identity)) for one in checked.shown]
    allowed = tuple(Permitted(one, entry) for one, entry in covered if entry is not None)
    return checked._replace(
        shown=tuple(one for one, entry in covered if entry is None),
        allowed=allowed,
        remarks=tuple(_remarks(known, checked, whole=_whole(options, settings))),
    )


def _whole(options: Options, settings: Settings) -> bool:
    """Whether the run looks at all that an entry may speak of."""
    root = settings.scope.root.rstrip(os.sep) + os.sep
    named = options.paths or (".",)
    everything = any(path != "-" and root.startswith(os.path.abspath(path).rstrip(os.sep) + os.sep) for path in named)
    return everything and not (options.diff or options.history or settings.wanted.select or settings.wanted.ignore)


def _remarks(known: Known, checked: Checked, *, whole: bool) -> Iterator[Remark]:
    """What is to be said of entries: too old, too new, or of nothing."""
    for entry in known.allow.entries if known.allow else ():
        found = sum(entry.fits(one.finding, one.identity) for one in checked.shown)
        if entry.expired:
            back = f"; {found} finding{' is' if found == 1 else 's are'} back" if found else ""
            yield Remark(entry.file, entry.line, f"expired on {entry.expires}{back}")
        elif whole and not found:
            yield Remark(entry.file, entry.line, f"allows nothing that profile {checked.profile} finds")
    for entry in known.arrived:
        found = sum(entry.fits(one.finding, one.identity) for one in checked.shown)
        would = f"; it would hide {found} finding{'' if found == 1 else 's'}" if found else ""
        yield Remark(entry.file, entry.line, f"comes with the change and allows nothing yet{would}")


def _say(text: str) -> None:
    sys.stderr.write(f"deburr: {text}\n")
