"""One run of `deburr allow`: the finding is looked for, and an entry that fits it alone is written."""

from __future__ import annotations

import datetime
import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from deburr.errors import ConfigError
from deburr.surfaces.cli import known
from deburr.surfaces.cli.options import Options, Settings, settle
from deburr.surfaces.shared import allowed, principles
from deburr.surfaces.shared.checked import Shown
from deburr.surfaces.shared.hide import clean
from deburr.surfaces.shared.identity import new_salt, of_salt

if TYPE_CHECKING:
    from deburr.surfaces.shared.run import Scan

_DAYS = re.compile(r"(\d{1,4})d")


class Request(NamedTuple):
    """What is to be allowed, and what is said for it."""

    finding: str
    """Its fingerprint, or its path and line."""

    paths: tuple[str, ...] = ()
    reason: str = ""
    expires: str = ""
    owner: str = ""
    approved_by: str = ""
    principle: str = ""
    config: str = ""


def allow(request: Request, scan: Scan | None = None) -> int:
    """Writes the entry, says which, and gives the exit status."""
    if not request.reason.strip():
        raise ConfigError("--reason: say why it may stay")
    said = f"{request.reason}\n{request.owner}\n{request.approved_by}"
    if clean(said) != said:
        raise ConfigError("the reason holds a secret itself; say it without")
    principles.known([request.principle] if request.principle else [], "--principle")
    path, line = _place(request.finding)
    options = Options(paths=request.paths or ((path,) if path else ()), profile="audit", config=request.config)
    settings = settle(options)
    expires = _day(request.expires)
    before = known.known(options, settings)
    salt = before.salt or new_salt()
    shown = _found(request, _all(options, settings, scan, salt), settings, (path, line))
    fields = _fields(request, shown)
    text = allowed.entry(fields, expires)
    if not before.salt and "identity" in fields and not os.path.lexists(settings.allow):
        text = f'salt = "{salt}"\n\n{text}'
    elif not before.salt and "identity" in fields:
        raise ConfigError(f"{os.path.relpath(settings.allow)}: to know a secret again it needs a line: salt = {salt!r}")
    _append(settings.allow, text)
    where = os.path.relpath(settings.allow)
    sys.stdout.write(f"{text}\n{where}: written, to be reviewed; with --diff it counts once the base revision has it\n")
    return 0


def _place(finding: str) -> tuple[str, int]:
    """The path and line that a finding is named by; an empty path where it is a fingerprint."""
    path, colon, line = finding.rpartition(":")
    return (path, int(line)) if colon and line.isdigit() and os.path.lexists(path) else ("", 0)


def _day(text: str) -> datetime.date:
    today = datetime.date.today()
    try:
        days = _DAYS.fullmatch(text)
        day = today + datetime.timedelta(int(days[1])) if days else datetime.date.fromisoformat(text)
    except ValueError:
        raise ConfigError(f"--expires: {text!r} is no day; 2027-02-01 and 90d are") from None
    if not today <= day <= today + datetime.timedelta(allowed.LONGEST):
        last = today + datetime.timedelta(allowed.LONGEST)
        raise ConfigError(f"--expires: {day} is not between today and {last}, {allowed.LONGEST} days from now")
    return day


def _all(options: Options, settings: Settings, scan: Scan | None, salt: str) -> list[Shown]:
    """Everything that there is to find."""
    from deburr.surfaces.cli import checking

    found = checking.find(options, settings, None)
    setup = checking.setup(options, settings, scan)._replace(key=of_salt(salt))
    return [one for file in checking.look(options, setup, found) for one in file.shown]


def _found(request: Request, shown: list[Shown], settings: Settings, place: tuple[str, int]) -> Shown:
    """The one finding that is meant."""
    path, line = settings.scope.path(place[0]) if place[0] else "", place[1]
    near = [one for one in shown if not path or (one.finding.path == path and one.finding.span.line == line)]
    if not path:
        near = [one for one in near if request.finding in (one.finding.fingerprint, one.finding.fingerprint[:-2])]
    near = [one for one in near if request.principle in ("", one.finding.principle)]
    if len(near) == 1:
        return near[0]
    if not near:
        raise ConfigError(
            f"{request.finding}: there is no such finding in {', '.join(request.paths) or 'this project'}"
        )
    each = ", ".join(f"{one.finding.principle} ({one.finding.fingerprint})" for one in near)
    raise ConfigError(
        f"{request.finding}: several findings are meant: {each}; name one with --principle or fingerprint"
    )


def _fields(request: Request, shown: Shown) -> dict[str, str | tuple[str, ...]]:
    """What the entry says: of a secret which one and in which file, of anything else its fingerprint."""
    finding = shown.finding
    said: dict[str, str | tuple[str, ...]] = {"principle": finding.principle}
    if shown.identity:
        said |= {"kind": finding.kind, "identity": shown.identity, "path": _literal(finding.path)}
    else:
        said["fingerprints"] = (finding.fingerprint,)
    return said | {"reason": request.reason.strip(), "owner": request.owner, "approved_by": request.approved_by}


def _literal(path: str) -> str:
    """A path as a pattern that fits it alone."""
    return re.sub(r"([*?\[])", r"[\1]", path)


def _append(file: str, text: str) -> None:
    """Adds an entry at the end of the list."""
    with open(file, "a+", encoding="utf-8") as handle:
        handle.seek(0)
        old = handle.read()
        handle.write(("\n" if old.endswith("\n") else "\n\n" if old else "") + text)
