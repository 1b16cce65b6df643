"""Git, asked so that nothing runs that a repository configures, and nothing is fetched."""

from __future__ import annotations

import os
import subprocess
from itertools import pairwise

from deburr.errors import ConfigError

_QUIET = (
    "--no-pager",
    "--no-replace-objects",
    *("-c", "core.quotePath=false"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "log.showSignature=false"),
)


def command(folder: str, *arguments: str) -> list[str]:
    """The command line of git in a folder."""
    return ["git", *_QUIET, "-C", folder, *arguments]


def environment() -> dict[str, str]:
    """The environment in which git fetches nothing that a partial clone lacks, and asks nobody for a password."""
    return {**os.environ, "GIT_ALLOW_PROTOCOL": "", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def run(folder: str, *arguments: str, asked: str) -> bytes:
    """What git prints; raises ConfigError with `asked`, the option that needs it, when git fails."""
    try:
        done = subprocess.run(command(folder, *arguments), capture_output=True, check=False, env=environment())
    except FileNotFoundError:
        raise ConfigError(f"{asked} needs git, which is not installed") from None
    if done.returncode:
        raise ConfigError(f"{asked}: {complaint(done.stderr)}")
    return done.stdout


def unfiltered(folder: str) -> tuple[str, ...]:
    """Options under which git runs no filter that the repository, and not its user, configures."""
    asked = ("config", "--includes", "--show-scope", "--name-only", "-z", "--get-regexp", r"^filter\.")
    try:
        done = subprocess.run(command(folder, *asked), capture_output=True, check=False, env=environment())
    except FileNotFoundError:
        return ()
    fields = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    keys = {key.rpartition(".")[0] for scope, key in pairwise(fields) if scope in ("local", "worktree")}
    if any("=" in key for key in keys):
        raise ConfigError("the repository configures a filter whose name holds =, which cannot be turned off")
    off = ("clean=", "smudge=", "process=", "required=false")
    return tuple(part for key in sorted(keys) for one in off for part in ("-c", f"{key}.{one}"))


def complaint(stderr: bytes) -> str:
    """The first line that git says when it fails."""
    lines = stderr.decode("utf-8", "replace").strip().splitlines() or ["git failed"]
    return lines[0].removeprefix("fatal: ")
