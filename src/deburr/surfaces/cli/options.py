"""What `deburr check` was asked to do, the command line and the project's configuration put together."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NamedTuple, cast, get_args

from deburr.engine.secrets import mode
from deburr.errors import ConfigError
from deburr.model import LEVELS, Level
from deburr.surfaces.shared import config
from deburr.surfaces.shared.config import Config, nearest
from deburr.surfaces.shared.files import LIMIT, Scope
from deburr.surfaces.shared.ignored import repository
from deburr.surfaces.shared.principles import known
from deburr.surfaces.shared.profile import Profile
from deburr.surfaces.shared.run import Wanted

ALLOWED = "deburr-allow.toml"
"""The allow list's name, unless the configuration gives it another."""


class Options(NamedTuple):
    """The command line as it was given; empty means not said."""

    paths: tuple[str, ...] = ()
    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    fail_on: str = ""
    diff: str = ""
    archives: bool = False
    history: bool = False
    since: str = ""
    baseline: str = ""
    write_baseline: bool = False
    no_grow: bool = False
    format: str = "text"
    output: str = ""
    color: str = "auto"
    verbose: bool = False
    jobs: int = 0
    max_size: int = LIMIT
    alone: bool = False
    config: str = ""
    stdin_filename: str = ""
    language: str = ""
    secrets: str = ""


class Settings(NamedTuple):
    """What holds for this run."""

    scope: Scope
    wanted: Wanted
    fail_on: Level
    baseline: str
    """The ledger's file; empty when there is none."""

    allow: str = ""
    """Where the allow list is, or would be."""


def settle(options: Options) -> Settings:
    """The settings of a run; the command line wins over the configuration.

    Who decides about secrets holds for the process from here on.
    """
    first = next((path for path in options.paths if path != "-"), ".")
    start = os.path.abspath(first if os.path.isdir(first) else os.path.dirname(first) or ".")
    found = (config.read(options.config, required=True) if options.config else config.find(start)) or Config()
    base = os.path.dirname(os.path.abspath(found.file)) if found.file else ""
    root = repository(start) or base or os.getcwd()
    profile = options.profile or found.profile or "default"
    inside = os.path.relpath(base, root).replace(os.sep, "/") if base else "."
    wanted = Wanted(
        profile=cast(Profile, profile) if profile in get_args(Profile) else "default",
        select=known(_split(options.select), "--select") or known(found.select, f"{found.file}: select"),
        ignore=known(_split(options.ignore), "--ignore") | known(found.ignore, f"{found.file}: ignore"),
        per_path=tuple(
            (pattern if inside == "." else f"{inside}/{pattern}", known(names, f"{found.file}: per-path-ignores"))
            for pattern, names in found.per_path_ignores.items()
        ),
    )
    mode.use("rules" if (options.secrets or found.secrets) == "rules" else "both")
    given = options.fail_on or found.fail_on or "low"
    fail_on: Level = next((level for level in LEVELS if level == given), "low")
    exclude = ((base, found.exclude), (os.getcwd(), options.exclude))
    return Settings(
        scope=Scope(root, tuple((folder, patterns) for folder, patterns in exclude if patterns)),
        wanted=wanted,
        fail_on=fail_on,
        baseline=options.baseline or (os.path.join(base, found.baseline) if found.baseline else ""),
        allow=os.path.join(base or root, found.allow_list or ALLOWED),
    )


def _split(given: Iterable[str]) -> list[str]:
    """Names that were given one by one or joined by commas."""
    return [name.strip() for text in given for name in text.split(",") if name.strip()]


def language(name: str) -> str:
    """A language by its name or by the ending of its files; raises ConfigError when there is none."""
    from deburr.engine import languages
    from deburr.surfaces.shared.run import LANGUAGES

    if name in LANGUAGES or name in languages.NAMES:
        return name
    if (found := languages.of(f"x.{name}")) != "text":
        return found
    raise ConfigError(f"--language: unknown language {name!r}{nearest(name, LANGUAGES)}")
