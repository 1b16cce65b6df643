"""Kinds of secret by name: what `deburr.providers` says of them, and the principle that they break."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from deburr.providers import format_of

if TYPE_CHECKING:
    from deburr.providers import Format, Provider


def kinds(names: Iterable[str]) -> dict[str, tuple[Provider, Format, str]]:
    """Those of the names that are a format's, with its provider and its principle."""
    found = {name: format_of(name) for name in dict.fromkeys(names)}
    told = {name: pair for name, pair in found.items() if pair is not None}
    if not told:
        return {}
    from deburr import constitution

    claimed = {group: principle.id for principle in constitution.load() for group in principle.secrets}
    return {name: (*pair, claimed.get(pair[1].group, "")) for name, pair in told.items()}
