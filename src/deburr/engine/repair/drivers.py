"""How each database library writes a parameter, and where it takes the values.

What comes in: the full name of what is called and the imports of the text. What goes out: a Driver, or None when
nothing in the text says which one it is; a placeholder is never guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tree_sitter import Node

from deburr.engine.repair import concrete

_QUERIES = ("execute", "fetch", "fetchrow", "fetchval", "fetch_all", "fetch_one", "read_sql", "read_sql_query", "raw")


@dataclass(frozen=True, slots=True)
class Driver:
    """One way to bind: the placeholder and the form of the values."""

    mark: str
    """"?", "%s", "$" (numbered) or ":" (named)."""

    form: str = "tuple"
    """"tuple", "list", "dict", "bare" (one argument each) or "text" (a dict, and the SQL in `sqlalchemy.text`)."""

    keyword: str = ""
    """The keyword of the values, where they are not simply the next argument."""


_QMARK, _PYFORMAT, _NAMED = Driver("?"), Driver("%s"), Driver(":", "dict")
_ALCHEMY = Driver(":", "text")
_LIBRARIES = {
    "sqlite3": _QMARK,
    "aiosqlite": _QMARK,
    "apsw": _QMARK,
    "pysqlite2": _QMARK,
    "pyodbc": _QMARK,
    "duckdb": Driver("?", "list"),
    "trino": _QMARK,
    "psycopg2": _PYFORMAT,
    "psycopg": _PYFORMAT,
    "pymysql": _PYFORMAT,
    "MySQLdb": _PYFORMAT,
    "mysql": _PYFORMAT,
    "flask_mysqldb": _PYFORMAT,
    "flaskext": _PYFORMAT,
    "aiomysql": _PYFORMAT,
    "aiopg": _PYFORMAT,
    "pymssql": _PYFORMAT,
    "snowflake": _PYFORMAT,
    "redshift_connector": _PYFORMAT,
    "pg8000": _PYFORMAT,
    "django": Driver("%s", "list"),
    "asyncpg": Driver("$", "bare"),
    "sqlalchemy": _ALCHEMY,
    "flask_sqlalchemy": _ALCHEMY,
    "sqlmodel": _ALCHEMY,
    "databases": Driver(":", "dict", "values"),
    "pyspark": Driver(":", "dict", "args"),
    "cx_Oracle": _NAMED,
    "oracledb": _NAMED,
}
_FRAMES = {
    "?": Driver("?", "tuple", "params"),
    "%s": Driver("%s", "tuple", "params"),
    ":": Driver(":", "text", "params"),
}


def find(callee: str, call: Node) -> Driver | None:
    """The driver behind a call of the full name `callee`."""
    library = callee.split(".")[0]
    if library in ("pandas", "polars"):
        return _frame(call)
    if library in _LIBRARIES:
        return _LIBRARIES[library]
    receiver = concrete.text(call.child_by_field_name("function")).rpartition(".")[0]
    known = {driver.mark: driver for driver in _imported(call, receiver)}
    if len(known) == 1:
        return next(iter(known.values()))
    return None if known else _shown(call)


def _frame(call: Node) -> Driver | None:
    """The driver of the connection that a data frame library is given, by the imports."""
    known = {driver.mark for driver in _imported(call, "")}
    if len(known) > 1 and ":" in known:
        connection = concrete.argument(call, "1:con")
        if connection is not None and "engine" in concrete.text(connection.value).lower():
            known = {":"}
    return _FRAMES.get(known.pop()) if len(known) == 1 else None


def _imported(call: Node, receiver: str) -> list[Driver]:
    top = concrete.root_of(call)
    found = {name: _LIBRARIES[name] for name in sorted(concrete.packages(top.text or b"")) if name in _LIBRARIES}
    if re.search(r"\bsession\b|\bdb\.engine\b", receiver):
        found = {name: driver for name, driver in found.items() if driver.form == "text"} or found
    return list(found.values())


_EVIDENCE: tuple[tuple[str, Driver], ...] = ((r"(?<![\w'])\?(?![\w'])", _QMARK), (r"(?<![\w'%])%s", _PYFORMAT))


def _shown(call: Node) -> Driver | None:
    """The driver that other, parametrized queries of the same text show."""
    found: set[str] = set()
    for node in concrete.inside(concrete.root_of(call)):
        if node.type == "call" and node != call and _named(node, _QUERIES):
            given = concrete.arguments(node)
            if len(given) == 2 and given[0].value.type == "string":
                found |= {
                    driver.mark for pattern, driver in _EVIDENCE if re.search(pattern, concrete.text(given[0].value))
                }
    return next((driver for _, driver in _EVIDENCE if found == {driver.mark}), None)


def _named(node: Node, names: tuple[str, ...]) -> bool:
    func = node.child_by_field_name("function")
    return func is not None and concrete.text(func).rpartition(".")[2] in names
