"""A fake of SQLAlchemy for the notebook: an engine that holds a SQLite connection."""

from __future__ import annotations

import sqlite3


class Engine:
    """What `create_engine` gives."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.sqlite = sqlite3.connect("warehouse.db")


def create_engine(url: str) -> Engine:
    return Engine(url)


def text(sql: str) -> str:
    return sql
