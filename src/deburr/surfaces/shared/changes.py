"""What git says has changed: the files, and the lines of each that are new."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deburr.errors import ConfigError
from deburr.model import Finding
from deburr.surfaces.shared import git
from deburr.surfaces.shared.ignored import repository

_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True)
class Changes:
    """By path as reports call it, the lines that are new; None stands for all of them."""

    lines: Mapping[str, frozenset[int] | None]

    def has(self, path: str, line: int) -> bool:
        """Whether a line is new."""
        if path not in self.lines:
            return False
        lines = self.lines[path]
        return lines is None or line in lines

    def behind(self, lines: int) -> Changes:
        """The same, for the part of a text that so many lines stand before."""
        moved = {path: new and frozenset(one - lines for one in new) for path, new in self.lines.items()}
        return Changes(moved)

    def touch(self, finding: Finding) -> bool:
        """Whether the change touches the finding's own lines or a step of the way to it."""
        spans = (finding.span, *finding.flow)
        return any(
            self.has(s.path or finding.path, line) for s in spans for line in range(s.line, max(s.end_line, s.line) + 1)
        )


def since(revision: str, root: str) -> dict[str, frozenset[int] | None]:
    """The absolute paths of the files that differ from `revision`, or that git does not know, with their new lines."""
    top = repository(root)
    if not top:
        raise ConfigError("--diff needs a git repository, and this folder is in none")
    if revision.startswith("-"):
        raise ConfigError(f"--diff: {revision!r} is no revision")
    options = ["--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"]
    diff = (*git.unfiltered(top), "diff")
    found = dict(_parse(_git(top, *diff, *options, "--no-renames", revision, "--")))
    for row in _git(top, *diff, *options, "--no-renames", "--numstat", "-z", revision, "--").split("\0"):
        if row.startswith("-\t-\t"):  # git takes it for binary: UTF-16, an archive
            found[row[4:]] = None
    for path in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split("\0"):
        if path:
            found[path] = None
    return {os.path.join(top, path): lines for path, lines in found.items()}


def before(revision: str, file: str) -> bytes | None:
    """A file as `revision` has it; None when it has none. What git does not keep, as it is now."""
    absolute = os.path.realpath(file)
    top = repository(os.path.dirname(absolute))
    if top:
        inside = os.path.relpath(absolute, os.path.realpath(top)).replace(os.sep, "/")
        if _git(top, "ls-tree", "-z", revision, "--", inside):
            return _git(top, "cat-file", "blob", f"{revision}:{inside}").encode("utf-8", "surrogateescape")
        if _git(top, "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", inside):
            return None
    if not os.path.exists(absolute):
        return None
    with open(absolute, "rb") as handle:
        return handle.read()


def _git(top: str, *arguments: str) -> str:
    """What git prints."""
    return git.run(top, *arguments, asked="--diff").decode("utf-8", "surrogateescape")


def _parse(diff: str) -> Iterator[tuple[str, frozenset[int] | None]]:
    """The path and new lines of each file in a diff without context; deleted files are not in it."""
    path, lines, left = "", set[int](), 0
    for line in diff.split("\n"):
        if left > 0 and line.startswith(("+", "-", "\\")):
            left -= line.startswith(("+", "-"))
        elif line.startswith("+++ "):
            if path:
                yield path, frozenset(lines)
            path, lines = _name(line[4:]), set()
        elif match := _HUNK.match(line):
            count = int(match[2] or 1)
            lines.update(range(int(match[1]), int(match[1]) + count))
            left = count + _removed(line)
    if path:
        yield path, frozenset(lines)


def _removed(hunk: str) -> int:
    """How many lines a hunk takes away."""
    old = hunk.split(" ")[1]
    return int(old.partition(",")[2] or 1)


def _name(text: str) -> str:
    """The path after `+++`; empty for a deleted file."""
    text = text.rstrip("\t\r")
    if text.startswith('"'):
        text = codecs.escape_decode(text[1:-1].encode("utf-8", "surrogateescape"))[0].decode("utf-8", "surrogateescape")
    return text.removeprefix("b/") if text != "/dev/null" else ""
