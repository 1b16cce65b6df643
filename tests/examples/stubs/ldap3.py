"""A fake of ldap3: a directory in memory that understands `(uid=...)`."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any, Self

ALL, SUBTREE = "ALL", "SUBTREE"
people: dict[str, dict[str, Any]] = {}
"""By uid: password, memberOf."""


class Tls:
    """How the connection is secured."""

    def __init__(self, **settings: Any) -> None:
        self.settings = settings


class Server:
    """Where the directory is."""

    def __init__(self, host: str, **settings: Any) -> None:
        self.host = host
        self.settings = settings


def _dn(uid: str) -> str:
    return f"uid={uid},ou=people,dc=example,dc=com"


def escape_filter_chars(text: str) -> str:
    return re.sub(r"[*()\\\0]", lambda found: f"\\{ord(found[0]):02x}", text)


class Connection:
    """A connection that may be bound."""

    def __init__(self, server: Server, user: str, password: str, auto_bind: bool = False) -> None:
        self.server, self.user, self.password, self.auto_bind = server, user, password, auto_bind
        self.entries: list[Any] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.unbind()

    def bind(self) -> bool:
        return any(self.user == _dn(uid) and self.password == one["password"] for uid, one in people.items())

    def unbind(self) -> None:
        self.entries = []

    def search(self, _base: str, search_filter: str, **_: Any) -> bool:
        found = re.search(r"\(uid=([^)]*)\)", search_filter)
        assert found is not None
        uid = re.sub(r"\\([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), found[1])
        if uid in people:
            self.entries = [SimpleNamespace(entry_dn=_dn(uid), memberOf=people[uid]["memberOf"])]
        return bool(self.entries)


_conv = SimpleNamespace(escape_filter_chars=escape_filter_chars)
PARTS = {"utils": SimpleNamespace(conv=_conv), "utils.conv": _conv}
