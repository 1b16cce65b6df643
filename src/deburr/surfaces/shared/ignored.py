"""What git ignores, and what nobody means when naming a folder: asked once per entry, from the root downwards."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

FOLDERS = {
    ".git": "version control",
    ".hg": "version control",
    ".svn": "version control",
    ".venv": "virtual environment",
    "venv": "virtual environment",
    "node_modules": "installed packages",
    "site-packages": "installed packages",
    "bower_components": "installed packages",
    "__pycache__": "compiled code",
    ".tox": "build artifact",
    ".nox": "build artifact",
    ".eggs": "build artifact",
    ".mypy_cache": "build artifact",
    ".ruff_cache": "build artifact",
    ".pytest_cache": "build artifact",
    ".hypothesis": "build artifact",
    ".ipynb_checkpoints": "build artifact",
    "__pypackages__": "installed packages",
}
"""Folders that are left out unless they are named, and what they hold."""


def left_out(name: str) -> str:
    """Why a folder of this name is left out; empty when it is not."""
    return FOLDERS.get(name, "build artifact" if name.endswith(".egg-info") else "")


class Rules(NamedTuple):
    """The ignore files that hold in a folder, the nearest last."""

    specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    def ignores(self, path: str, *, folder: bool) -> bool:
        """Whether git would ignore the file or folder at the absolute `path`: the nearest file that speaks decides."""
        for base, spec in reversed(self.specs):
            relative = os.path.relpath(path, base).replace(os.sep, "/")
            if relative.startswith("../"):
                continue
            verdict = spec.check_file(relative + "/" if folder else relative).include
            if verdict is not None:
                return verdict
        return False

    def within(self, folder: str, names: tuple[str, ...] = (".gitignore",)) -> Rules:
        """These rules and those of the ignore files in `folder`."""
        specs = self.specs
        for name in names:
            if lines := _lines(os.path.join(folder, name)):
                from pathspec import GitIgnoreSpec

                specs = (*specs, (folder, GitIgnoreSpec.from_lines(lines)))
        return Rules(specs) if specs is not self.specs else self


def repository(folder: str) -> str:
    """The root of the git repository that `folder` is in; empty when it is in none."""
    while True:
        if os.path.exists(os.path.join(folder, ".git")):
            return folder
        parent = os.path.dirname(folder)
        if parent == folder:
            return ""
        folder = parent


def rules_above(folder: str) -> Rules:
    """The rules that hold for the entries of `folder`, its own ignore file not yet counted."""
    root = repository(folder)
    if not root:
        return Rules()
    rules = Rules().within(root, (os.path.join(".git", "info", "exclude"),))
    steps = os.path.relpath(folder, root).split(os.sep) if folder != root else []
    at = root
    for step in steps:
        rules = rules.within(at)
        at = os.path.join(at, step)
        if rules.ignores(at, folder=True):
            return Rules()
    return rules


def _lines(file: str) -> list[str]:
    try:
        with open(file, encoding="utf-8", errors="replace") as handle:
            return handle.read().splitlines()
    except OSError:
        return []
