"""Kinds of secret by name: what is said of them, and the principle that they break.

Most are formats of `deburr.providers`; the others are known by their name or use, whoever gave them out.
"""

from __future__ import annotations

from collections.abc import Iterable

from deburr.providers import Format, Provider, format_of, load
from deburr.surfaces.shared.guidance import advice

_GENERAL = {
    "generic-password": ("password", "password"),
    "login-password": ("password of a login", "password"),
    "sql-password": ("password of a database user", "password"),
    "netrc-password": ("password in a .netrc file", "password"),
    "basic-authorization": ("user name and password of HTTP Basic", "password"),
    "generic-secret": ("credential", "generic-secret"),
    "authorization-header": ("token of an Authorization header", "generic-secret"),
    "service-credential": ("credential of a service", "provider-token"),
    "url-password": ("password in an address", "url-credentials"),
    "private-key": ("private key", "private-key"),
    "openssh-private-key": ("OpenSSH private key", "private-key"),
    "pgp-private-key": ("PGP private key", "private-key"),
    "uuid": ("UUID", "random-text"),
    "random-looking-text": ("random text", "random-text"),
}
"""The title and the group of each kind that is no provider's."""


def kinds(names: Iterable[str]) -> dict[str, tuple[Provider, Format, str]]:
    """Those of the names that are a kind's, with its provider and its principle."""
    found = {name: _general(name) if name in _GENERAL else format_of(name) for name in dict.fromkeys(names)}
    told = {name: pair for name, pair in found.items() if pair is not None}
    if not told:
        return {}
    from deburr import constitution

    claimed = {group: principle.id for principle in constitution.load() for group in principle.secrets}
    return {name: (*pair, claimed.get(pair[1].group, "")) for name, pair in told.items()}


def all_kinds() -> list[str]:
    """The name of every kind; reads the files of all providers."""
    return [*_GENERAL, *(form.id for provider in load() for form in provider.formats)]


def _general(kind: str) -> tuple[Provider, Format]:
    title, group = _GENERAL[kind]
    said = advice(kind)
    form = Format(kind, title, "", group=group, opens=said.opens, revoke=said.revoke)
    return Provider("", "of any service", (form,)), form
