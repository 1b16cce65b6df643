"""The result of one run over many files, as every output format receives it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from deburr.model import Finding, Skipped, Span, Waiver
from deburr.surfaces.shared.view import View

if TYPE_CHECKING:
    from deburr.constitution import Principle
    from deburr.surfaces.shared.allowed import Allow


class Proposal(NamedTuple):
    """A fix, with its edits as places that a reader can find."""

    title: str
    preserves: str
    safe: bool
    edits: tuple[tuple[Span, str], ...]


class Brought(NamedTuple):
    """How a finding came into the history of a repository."""

    commit: str
    """The first that holds it, shortened; empty when no commit leads to it."""

    date: str
    in_head: bool
    """Whether the same secret still stands in the files of HEAD."""


class Shown(NamedTuple):
    """A finding with what is needed to show it."""

    finding: Finding
    view: View
    fixes: tuple[Proposal, ...] = ()
    brought: Brought | None = None
    """When it was found in the history of a repository."""
    identity: str = ""
    """Of a secret, which one it is: equal for equal values, see `shared.identity`."""
    committed: bool | None = None
    """Of a secret, whether a commit has it already; None when that is not known."""


class Looked(NamedTuple):
    """What one file gave."""

    path: str
    language: str = "text"
    lines: int = 0
    shown: tuple[Shown, ...] = ()
    hidden: int = 0
    """Findings that the profile or the selection leaves out."""

    waived: tuple[Waiver, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    read: bool = True
    """Whether it was looked at."""

    whole: bool = True
    """Whether no part of it was left out."""

    named: bool = False
    """Whether the command line named it."""

    failed: bool = False
    """Whether it was deburr that failed on it."""

    inner: tuple[Looked, ...] = ()
    """When it is an archive, what each file in it gave; nothing else is said of it then."""


class Tally(NamedTuple):
    """How many findings there are of how many different secrets."""

    findings: int = 0
    distinct: int = 0

    @classmethod
    def of(cls, identities: list[str]) -> Tally:
        """Of findings with these identities; one without is a secret of its own."""
        return cls(len(identities), len({one for one in identities if one}) + identities.count(""))


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a baseline: so many findings like this are known and accepted."""

    fingerprint: str
    principle: str
    path: str
    count: int
    identity: str = ""
    """Of a secret: the entry accepts this one, wherever in the file it stands, and no other."""


class Permitted(NamedTuple):
    """A finding that an entry of the allow list covers."""

    shown: Shown
    entry: Allow


class Remark(NamedTuple):
    """What is to be said of a line of the allow list."""

    file: str
    line: int
    text: str


class Checked(NamedTuple):
    """What a whole run gave, filtered and in order."""

    shown: tuple[Shown, ...] = ()
    """By path and place."""

    baselined: tuple[Shown, ...] = ()
    waived: tuple[Waiver, ...] = ()
    allowed: tuple[Permitted, ...] = ()
    remarks: tuple[Remark, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    """What could not be looked at."""

    left_out: tuple[Skipped, ...] = ()
    """What somebody chose not to have looked at: ignored by git, excluded, build artifacts."""

    stale: tuple[Entry, ...] = ()
    """Baseline entries that absorbed fewer findings than they could."""

    hidden: int = 0
    files: int = 0
    unit: str = "file"
    """What `files` counts."""

    known: int = 0
    """How many more an earlier run had looked at and found nothing in."""

    binary: int = 0
    """How many more are no text, where they are only counted."""

    lines: int = 0
    secrets_only: Mapping[str, int] = MappingProxyType({})
    """How many files of each language there is no grammar for; these were searched for secrets."""

    seconds: float = 0.0
    profile: str = "default"
    principles: Mapping[str, Principle] = MappingProxyType({})
    root: str = "/"
    here: str = "/"
    """The absolute folders that reported paths are relative to, and that the user is in."""

    @property
    def secrets(self) -> Mapping[str, Tally]:
        """By kind, what was found of secrets; under "" all together."""
        found: dict[str, list[str]] = {}
        for one in self.shown:
            if one.finding.kind:
                found.setdefault("", []).append(one.identity)
                found.setdefault(one.finding.kind, []).append(one.identity)
        return {kind: Tally.of(identities) for kind, identities in sorted(found.items())}

    def twins(self, shown: Shown) -> tuple[Finding, ...]:
        """The findings of the same secret at other places."""
        if not shown.identity:
            return ()
        return tuple(o.finding for o in self.shown if o.identity == shown.identity and o.finding is not shown.finding)

    def opened(self, path: str) -> str:
        """A reported path as it can be opened from the current folder."""
        return opened(path, self.root, self.here)


def opened(path: str, root: str, here: str) -> str:
    """A path that is relative to one folder as it can be opened from another."""
    if here == root or path.startswith(("/", "<", "../")):
        return path
    whole = posixpath.join(root, path)
    way = posixpath.relpath(whole, here) + "/" * path.endswith("/")
    return min(way, whole, key=len)
