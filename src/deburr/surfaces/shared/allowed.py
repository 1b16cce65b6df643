"""The allow list: findings that somebody answers for, with a reason and until a day.

What comes in: the text of `deburr-allow.toml` and the day it is. What goes out: entries, and which findings they cover.
The one invariant: a mistake in the file stops the run, naming its line; none makes an entry cover more than it says.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from deburr.errors import ConfigError
from deburr.model import Finding
from deburr.surfaces.shared.config import nearest

if TYPE_CHECKING:
    import datetime

LONGEST = 180
"""Days that an entry may stand before somebody looks at it again."""
_TEXTS = ("principle", "kind", "identity", "path", "reason", "owner", "approved_by")
_FIELDS = ("principle", "fingerprints", *_TEXTS[1:], "expires")
_HEAD = re.compile(r"^[ \t]*\[\[[ \t]*allow[ \t]*\]\]", re.MULTILINE)
_SALT = re.compile(r"(?:[0-9a-f]{2}){16,64}")


class Allow(NamedTuple):
    """One entry: every field that is given must fit a finding."""

    file: str
    line: int
    reason: str
    expires: str
    """The last day on which it counts, as 2027-02-01."""

    expired: bool = False
    owner: str = ""
    approved_by: str = ""
    principle: str = ""
    fingerprints: tuple[str, ...] = ()
    kind: str = ""
    identity: str = ""
    path: str = ""

    @property
    def what(self) -> tuple[object, ...]:
        """All but its place in the file."""
        return self[2:4] + self[5:]

    def fits(self, finding: Finding, identity: str) -> bool:
        """Whether it speaks of this finding, of the secret with this identity."""
        return (
            self.principle in ("", finding.principle)
            and self.kind in ("", finding.kind)
            and (not self.fingerprints or finding.fingerprint in self.fingerprints)
            and (not self.identity or self.identity == identity)
            and (not self.path or _lies(finding.path, self.path))
        )


class AllowList(NamedTuple):
    """What an allow list says."""

    entries: tuple[Allow, ...] = ()
    salt: str = ""
    """What the identities in it are made with, where there is no baseline."""

    def covering(self, finding: Finding, identity: str = "") -> Allow | None:
        """The entry that allows a finding today."""
        return next((one for one in self.entries if not one.expired and one.fits(finding, identity)), None)


def _lies(path: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(path, pattern) or path.startswith(pattern.rstrip("/") + "/")


def parse(text: str, file: str, today: datetime.date, principles: Collection[str]) -> AllowList:
    """The allow list that a TOML text is; raises ConfigError with the line of what is wrong."""
    import tomllib

    try:
        content = tomllib.loads(text)
    except ValueError as error:
        raise ConfigError(f"{file}: {error}") from None
    for key in content:
        if key not in ("allow", "salt"):
            raise ConfigError(f"{file}:{_line_of(key, text)}: unknown key {key!r}{nearest(key, ('allow', 'salt'))}")
    salt = content.get("salt", "")
    if salt != "" and not (isinstance(salt, str) and _SALT.fullmatch(salt)):
        raise ConfigError(f"{file}:{_line_of('salt', text)}: the salt must be at least 32 hexadecimal digits")
    rows = content.get("allow", [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigError(f"{file}:{_line_of('allow', text)}: entries begin with [[allow]]")
    heads = [match.start() for match in _HEAD.finditer(text)][: len(rows)]
    heads += [0] * (len(rows) - len(heads))
    ends = [*heads[1:], len(text)]
    found = []
    for row, start, end in zip(rows, heads, ends, strict=True):
        reader = _Reader(file, row, text[start:end], text.count("\n", 0, start) + 1)
        found.append(reader.entry(today, principles))
    return AllowList(tuple(found), salt)


def _line_of(key: str, text: str) -> int:
    """The line, from 1, on which a key is set; the first where that is not to be seen."""
    match = re.search(rf"^[ \t]*\[{{0,2}}[ \t]*[\"']?{re.escape(key)}[\"']?[ \t]*[=.\]]", text, re.MULTILINE)
    return text.count("\n", 0, match.start()) + 1 if match else 1


class _Reader:
    """Reads one entry."""

    def __init__(self, file: str, row: dict[str, Any], text: str, line: int) -> None:
        self.file, self.row, self.text, self.line = file, row, text, line

    def entry(self, today: datetime.date, principles: Collection[str]) -> Allow:
        for key in self.row:
            if key not in _FIELDS:
                self._wrong(f"unknown key {key!r}{nearest(key, _FIELDS)}", key)
        texts = {key: self._text(key) for key in _TEXTS}
        if not texts["reason"]:
            self._wrong("an entry needs a reason")
        principle = texts["principle"]
        if principle and principle not in principles:
            self._wrong(f"there is no principle {principle!r}{nearest(principle, principles)}", "principle")
        prints = self._prints()
        if not principle and not texts["kind"]:
            self._wrong("an entry needs a principle, or the kind of a secret")
        if not prints and not texts["identity"] and not texts["path"]:
            self._wrong("an entry needs fingerprints, the identity of a secret, or a path")
        last = self._expires(today)
        return Allow(self.file, self.line, expires=str(last), expired=last < today, fingerprints=prints, **texts)

    def _text(self, key: str) -> str:
        value = self.row.get(key, "")
        if not isinstance(value, str) or (key in self.row and not value.strip()):
            self._wrong(f"{key} must be a text", key)
        return str(value).strip()

    def _prints(self) -> tuple[str, ...]:
        value = self.row.get("fingerprints", [])
        if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
            self._wrong("fingerprints must be a list of texts", "fingerprints")
        if "fingerprints" in self.row and not value:
            self._wrong("fingerprints must name at least one", "fingerprints")
        return tuple(value)

    def _expires(self, today: datetime.date) -> datetime.date:
        import datetime

        value = self.row.get("expires")
        if value is None:
            self._wrong("an entry needs a day on which it expires")
        if type(value) is not datetime.date:
            self._wrong("expires must be a day, written without quotes: expires = 2027-02-01", "expires")
        if (value - today).days > LONGEST:
            last = today + datetime.timedelta(LONGEST)
            self._wrong(f"expires may be at most {LONGEST} days ahead, on {last}", "expires")
        return value

    def _wrong(self, problem: str, key: str = "") -> NoReturn:
        line = self.line + (_line_of(key, self.text) - 1 if key else 0)
        raise ConfigError(f"{self.file}:{line}: {problem}")


def entry(fields: dict[str, str | tuple[str, ...]], expires: datetime.date) -> str:
    """An entry as it is written to the file."""
    import json

    rows = ["[[allow]]"]
    for key in _FIELDS:
        value = fields.get(key)
        if value:
            written = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
            rows.append(f"{key} = {written}".replace("\x7f", "\\u007f"))
    return "\n".join([*rows, f"expires = {expires}"]) + "\n"


def fresh(entries: Iterable[Allow], base: AllowList) -> tuple[Allow, ...]:
    """The entries that the base does not have."""
    had = {one.what for one in base.entries}
    return tuple(one for one in entries if one.what not in had)
