"""A fake of PyMySQL over SQLite: the same placeholders, the same cursor in a `with`."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, Self

DATABASE = "orders.db"
connected_with: dict[str, Any] = {}


def _translate(sql: str) -> str:
    return re.sub(r"%\((\w+)\)s", r":\1", sql).replace("%s", "?")


class Cursor:
    """A cursor that is also its own context."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._cursor.close()

    def execute(self, sql: str, args: Any = None) -> int:
        self._cursor.execute(_translate(sql), () if args is None else args)
        return self._cursor.rowcount

    def executemany(self, sql: str, args: Iterable[Sequence[Any]]) -> None:
        self._cursor.executemany(_translate(sql), args)

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()


class Connection:
    """One open database."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(DATABASE)

    def cursor(self) -> Cursor:
        return Cursor(self._connection.cursor())

    def commit(self) -> None:
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()


def connect(**settings: Any) -> Connection:
    """Opens DATABASE, whatever the settings; they are kept in `connected_with`."""
    connected_with.update(settings)
    return Connection()
