"""What the project's own files say about how it is to be checked: `[tool.deburr]` of pyproject.toml, or deburr.toml."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from deburr.engine.secrets.mode import MODES
from deburr.errors import ConfigError
from deburr.model import LEVELS
from deburr.surfaces.shared.profile import PROFILES

_KEYS = ("profile", "select", "ignore", "fail-on", "exclude", "baseline", "allow-list", "per-path-ignores", "secrets")


class Config(NamedTuple):
    """The settings of a project; each may be left unsaid."""

    file: str = ""
    """Where they stand; paths in them are relative to its folder."""

    profile: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = ""
    exclude: tuple[str, ...] = ()
    baseline: str = ""
    allow_list: str = ""
    secrets: str = ""
    per_path_ignores: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean X?`, or nothing when no known word is near."""
    import difflib

    close = difflib.get_close_matches(word, list(known), n=3, cutoff=0.5)
    return f"; did you mean {' or '.join(close)}?" if close else ""


def find(folder: str) -> Config:
    """The settings of the nearest file upward from `folder` that has any."""
    while True:
        for name in ("deburr.toml", "pyproject.toml"):
            file = os.path.join(folder, name)
            if os.path.isfile(file) and (config := read(file)):
                return config
        parent = os.path.dirname(folder)
        if parent == folder:
            return Config()
        folder = parent


def read(file: str, *, required: bool = False) -> Config | None:
    """The settings in a file; None where it is a pyproject.toml that says nothing of deburr."""
    import tomllib

    try:
        with open(file, "rb") as handle:
            content = tomllib.load(handle)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from None
    except ValueError as error:
        raise ConfigError(f"{file}: {error}") from None
    table: Any = content
    if os.path.basename(file) == "pyproject.toml":
        table = content.get("tool", {})
        table = table.get("deburr") if isinstance(table, dict) else None
    if table is None:
        if required:
            raise ConfigError(f"{file}: has no [tool.deburr]")
        return None
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: [tool.deburr] must be a table")
    return _config(table, file)


def _config(table: dict[str, Any], file: str) -> Config:
    for key in table:
        if key not in _KEYS:
            raise ConfigError(f"{file}: unknown key {key!r}{nearest(key, _KEYS)}")
    ignores = table.get("per-path-ignores", {})
    if not isinstance(ignores, dict):
        raise ConfigError(f"{file}: per-path-ignores must be a table of patterns and lists of names")
    return Config(
        file=file,
        profile=_choice(table, "profile", PROFILES, file),
        select=_texts(table, "select", file),
        ignore=_texts(table, "ignore", file),
        fail_on=_choice(table, "fail-on", LEVELS, file),
        exclude=_texts(table, "exclude", file),
        baseline=_text(table, "baseline", file),
        allow_list=_text(table, "allow-list", file),
        secrets=_choice(table, "secrets", MODES, file),
        per_path_ignores={pattern: _texts(ignores, pattern, file) for pattern in ignores},
    )


def _text(table: Mapping[str, Any], key: str, file: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise ConfigError(f"{file}: {key} must be a text")
    return value


def _choice(table: Mapping[str, Any], key: str, known: tuple[str, ...], file: str) -> str:
    value = _text(table, key, file)
    if value and value not in known:
        raise ConfigError(f"{file}: {key} must be one of {', '.join(known)}, not {value!r}{nearest(value, known)}")
    return value


def _texts(table: Mapping[str, Any], key: str, file: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{file}: {key} must be a list of texts")
    return tuple(value)
