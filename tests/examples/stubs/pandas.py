"""A fake of pandas: a frame is a list of rows, and SQL runs on the SQLite connection behind it."""

from __future__ import annotations

import csv
import pickle
import re
import sys
from typing import Any


class DataFrame:
    """Rows as dictionaries."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def head(self, n: int = 5) -> DataFrame:
        return DataFrame(self.rows[:n])

    def to_dict(self, orient: str) -> list[dict[str, Any]]:
        assert orient == "records"
        return [dict(row) for row in self.rows]

    def query(self, expression: str) -> DataFrame:
        """The rows for which the expression holds; `@name` is a variable of the caller."""
        caller = sys._getframe(1)
        names = {**caller.f_globals, **caller.f_locals}
        code = re.sub(r"@(\w+)", r"\1", expression)
        return DataFrame([row for row in self.rows if eval(code, names, row)])

    def to_csv(self, path: str, index: bool = True) -> None:
        assert not index
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, list(self.rows[0]))
            writer.writeheader()
            writer.writerows(self.rows)


def read_csv(path: str) -> DataFrame:
    with open(path, newline="", encoding="utf-8") as file:
        return DataFrame(list(csv.DictReader(file)))


def read_pickle(path: str) -> Any:
    with open(path, "rb") as file:
        return pickle.load(file)


def read_sql(sql: str, con: Any, params: Any = ()) -> DataFrame:
    """The rows that the SQL gives; `con` is a SQLite connection, or the fake engine that holds one."""
    translated = re.sub(r"%\((\w+)\)s", r":\1", str(sql)).replace("%s", "?")
    cursor = getattr(con, "sqlite", con).execute(translated, params or ())
    names = [column[0] for column in cursor.description]
    return DataFrame([dict(zip(names, row, strict=True)) for row in cursor.fetchall()])


read_sql_query = read_sql
