"""Whose secrets have a form of their own: one TOML file per provider, what its secrets open and how to revoke them.

What comes in: `<provider>.toml`. What goes out: Providers. The one invariant: every format says all it must, its id
stands once over all files, and its regex compiles in hyperscan and in RE2 (`tests/engine/secrets/test_patterns.py`
makes examples and counter-examples of each at run time; no file holds one).

A regex is of RE2's syntax and hyperscan's, so without look-around; the value is its group 1 if there is one, else all
of it. Where the value alone says too little, `near` is what must stand before it on its line, as an alternation of
words; `regex` is then the value's. `gate` is what hyperscan looks for where the regex is too costly: it must match
whatever the regex matches, and end inside it. `check` names a structure check of `engine/secrets/checks.py` that the
value must pass. `opens`, `severity` and `revoke` (the format's own or that of its provider) are what a person is told:
the first completes "It opens ...", the last is a sentence. `group` is the word by which a principle claims the format.
`not` lists texts that must not be found.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast, get_args

from deburr.errors import PrincipleError
from deburr.model import LEVELS, Confidence, Level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GROUPS = ("provider-token", "private-key", "generic-secret", "password", "url-credentials")
_PROVIDER = {"title", "docs", "revoke", "format"}
_FORMAT = {"id", "title", "near", "regex", "gate", "check", "group", "confidence", "severity", "opens", "revoke", "not"}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Format(NamedTuple):
    """One kind of secret with a form of its own."""

    id: str
    """Stands in findings and placeholders: `aws-access-key-id`."""

    title: str
    """What it is, with its article left out: "AWS access key id"."""

    regex: str
    near: str = ""
    gate: str = ""
    check: str = "token"
    group: str = "provider-token"
    confidence: Confidence = "high"

    severity: Level | Literal[""] = ""
    """How bad it is that a stranger has it: critical is money, administration, code, production data; low is public."""

    opens: str = ""
    """Completes "It opens ...": "repositories of its owner"."""

    revoke: str = ""
    """How to make it worthless and where to look afterwards, in sentences."""

    unlike: tuple[str, ...] = ()
    """Texts that must not be found."""


def whole(form: Format) -> str:
    """The expression that finds the value, as group 1 or as all of it."""
    return rf"{before(form)}({form.regex})(?:[^0-9A-Za-z]|$)" if form.near else form.regex


def before(form: Format) -> str:
    """The expression for what stands before the value of a form that is known by a word near it."""
    return rf"(?i:{form.near})[^\n]{{0,40}}?[\"'`=:\s(>,]"


class Provider(NamedTuple):
    """Somebody who hands out secrets, and the forms they have."""

    name: str
    """That of its file."""

    title: str
    """As its owner writes it."""

    formats: tuple[Format, ...]
    docs: str = ""
    """The address of the page that documents the form or the revocation."""

    revoke: str = ""
    """How to make worthless whatever has no text of its own for that."""


def load(*folders: Path) -> tuple[Provider, ...]:
    """The providers of deburr's own folder and of `folders`, by name; raises PrincipleError on the first bad file."""
    from pathlib import Path

    found: list[Provider] = []
    where: dict[str, str] = {}
    for folder in (Path(__file__).parent, *folders):
        for file in sorted(folder.glob("*.toml")):
            provider = read(file.read_text(encoding="utf-8"), file.stem)
            for one in provider.formats:
                if one.id in where:
                    problem = f"there is a format of this id in {where[one.id]}"
                    raise PrincipleError(problem, file=file.name, part=one.id)
                where[one.id] = file.name
            found.append(provider)
    return tuple(found)


@lru_cache(1024)
def format_of(kind: str) -> tuple[Provider, Format] | None:
    """The format with this id and its provider; reads no more than the one file that has it."""
    from pathlib import Path

    if not _NAME.fullmatch(kind):
        return None
    for file in _likely(Path(__file__).parent, kind):
        text = file.read_text(encoding="utf-8")
        if f'id = "{kind}"' in text:
            provider = read(text, file.stem)
            return next(((provider, one) for one in provider.formats if one.id == kind), None)
    return None


def _likely(folder: Path, kind: str) -> Iterator[Path]:
    """All files, that whose name begins the id first."""
    yield from sorted(folder.glob("*.toml"), key=lambda file: (not kind.startswith(file.stem), file.stem))


def read(text: str, name: str) -> Provider:
    """The provider that the TOML `text` says."""
    import tomllib

    check = _Checker(f"{name}.toml")
    check.need(bool(_NAME.fullmatch(name)), "a provider's file name is lower-case words joined by hyphens")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PrincipleError(str(error), file=check.file) from None
    check.known(data, _PROVIDER)
    check.texts(data, ("title",), ("docs", "revoke"))
    check.need(data.get("docs", "https://").startswith("https://"), "`docs` begins with https://")
    rows = data.get("format")
    check.need(isinstance(rows, list) and rows != [] and all(isinstance(r, dict) for r in rows), "has no [[format]]")
    formats = tuple(_format(row, number, data, check) for number, row in enumerate(cast("list[Any]", rows), 1))
    return Provider(name, data["title"], formats, data.get("docs", ""), data.get("revoke", ""))


def _told(row: dict[str, Any], data: dict[str, Any], check: _Checker) -> None:
    """What a person is told of a format is all there, and has the form that its sentences need."""
    check.texts(row, ("opens", "severity"), ("revoke",))
    check.one_of(row, "severity", LEVELS)
    check.need(not row["opens"].endswith("."), '`opens` completes a sentence that begins "It opens": no full stop')
    revoke = row.get("revoke", data.get("revoke"))
    check.need(revoke is not None, "`revoke` is missing, here and before the first [[format]]")
    check.need(str(revoke).endswith("."), "`revoke` is made of sentences: it ends with a full stop")


class _Checker:
    """Raises PrincipleError for the part of the file that it is looking at."""

    def __init__(self, file: str) -> None:
        self.file, self.part = file, ""

    def need(self, right: bool, problem: str) -> None:
        if not right:
            raise PrincipleError(problem, file=self.file, part=self.part)

    def known(self, row: dict[str, Any], keys: set[str]) -> None:
        for key in row:
            self.need(key in keys, f"unknown key {key!r}; known are {', '.join(sorted(keys))}")

    def texts(self, row: dict[str, Any], required: tuple[str, ...], optional: tuple[str, ...]) -> None:
        for key in required:
            self.need(key in row, f"`{key}` is missing")
        for key in (*required, *optional):
            value = row.get(key, "x")
            self.need(isinstance(value, str) and value.strip() != "", f"`{key}` must be a text")

    def one_of(self, row: dict[str, Any], key: str, choices: tuple[str, ...]) -> None:
        self.need(row.get(key, choices[0]) in choices, f"`{key}` must be one of {', '.join(choices)}")


def _format(row: dict[str, Any], number: int, data: dict[str, Any], check: _Checker) -> Format:
    """One [[format]], every key checked."""
    check.part = f"format {number}"
    check.known(row, _FORMAT)
    check.texts(row, ("id", "title", "regex"), ("near", "gate", "check"))
    check.part = row["id"]
    check.need(bool(_NAME.fullmatch(row["id"])), "`id` is lower-case words joined by hyphens")
    check.one_of(row, "group", GROUPS)
    check.one_of(row, "confidence", get_args(Confidence))
    _told(row, data, check)
    unlike = row.get("not", [])
    check.need(isinstance(unlike, list) and all(isinstance(t, str) for t in unlike), "`not` must be a list of texts")
    for key in ("near", "regex", "gate"):
        try:
            groups = re.compile(row.get(key, "")).groups
        except re.error as error:
            raise PrincipleError(f"`{key}`: {error}", file=check.file, part=check.part) from None
        most = 1 if key == "regex" and "near" not in row else 0
        check.need(groups <= most, f"`{key}` may have {'one group' if most else 'no group'}")
    revoke = row.get("revoke", data.get("revoke", ""))
    fields = {key: row[key] for key in _FORMAT - {"not", "revoke"} if key in row}
    return Format(**fields, revoke=revoke, unlike=tuple(unlike))
