"""The rewritten query, byte for byte, and what a database makes of it before and after."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.engine.repair.repairing import repaired

HEAD = "import sqlite3\n\n\ndef find(cur, name, age):\n"


def fixed(body: str, call: str, *, head: str = HEAD, callee: str = "sqlite3.Cursor.execute") -> str | None:
    code = head + body
    result = repaired(code, "sql-injection", call, callee=callee)
    return result[len(head) :] if result is not None and result.startswith(head) else result


INLINE = {
    "f-string": (
        """cur.execute(f"SELECT * FROM u WHERE name = '{name}' AND age > {age}")""",
        """cur.execute("SELECT * FROM u WHERE name = ? AND age > ?", (name, age))""",
    ),
    "percent": (
        """cur.execute("SELECT * FROM u WHERE name = '%s' AND x LIKE 'a%%'" % name)""",
        """cur.execute("SELECT * FROM u WHERE name = ? AND x LIKE 'a%'", (name,))""",
    ),
    "percent, named": (
        """cur.execute("SELECT * FROM u WHERE age = %(age)d" % {"age": age})""",
        """cur.execute("SELECT * FROM u WHERE age = ?", (age,))""",
    ),
    "format": (
        """cur.execute("SELECT * FROM u WHERE name = '{}' AND age = {age}".format(name, age=age))""",
        """cur.execute("SELECT * FROM u WHERE name = ? AND age = ?", (name, age))""",
    ),
    "format reaching into a value": (
        """cur.execute("SELECT * FROM u WHERE name = '{0.login}'".format(name))""",
        """cur.execute("SELECT * FROM u WHERE name = ?", (name.login,))""",
    ),
    "plus": (
        """cur.execute("SELECT * FROM u WHERE name = '" + name + "';")""",
        """cur.execute("SELECT * FROM u WHERE name = ?;", (name,))""",
    ),
    "plus at the end": (
        """cur.execute("SELECT * FROM u WHERE age = " + str(age))""",
        """cur.execute("SELECT * FROM u WHERE age = ?", (age,))""",
    ),
    "plus with double quotes in SQL": (
        """cur.execute('SELECT * FROM u WHERE name = "' + name + '"')""",
        """cur.execute('SELECT * FROM u WHERE name = ?', (name,))""",
    ),
    "like": (
        """cur.execute(f"SELECT * FROM u WHERE name LIKE '%{name}%'")""",
        """cur.execute("SELECT * FROM u WHERE name LIKE ?", (f"%{name}%",))""",
    ),
    "insert": (
        """cur.execute(f"INSERT INTO u (name, age) VALUES ('{name}', {age})")""",
        """cur.execute("INSERT INTO u (name, age) VALUES (?, ?)", (name, age))""",
    ),
    "update": (
        """cur.execute(f"UPDATE u SET name = '{name}', age = {age} WHERE id = {age}")""",
        """cur.execute("UPDATE u SET name = ?, age = ? WHERE id = ?", (name, age, age))""",
    ),
    "between and limit": (
        """cur.execute(f"SELECT * FROM u WHERE age BETWEEN {age} AND {age} LIMIT {age}")""",
        """cur.execute("SELECT * FROM u WHERE age BETWEEN ? AND ? LIMIT ?", (age, age, age))""",
    ),
    "merged with a parameter": (
        """cur.execute(f"SELECT * FROM u WHERE name = '{name}' AND age = ?", (age,))""",
        """cur.execute("SELECT * FROM u WHERE name = ? AND age = ?", (name, age,))""",
    ),
    "merged behind a parameter": (
        """cur.execute(f"SELECT * FROM u WHERE age = ? AND name = '{name}'", (age,))""",
        """cur.execute("SELECT * FROM u WHERE age = ? AND name = ?", (age, name))""",
    ),
    "braces and escaped quotes": (
        """cur.execute(f'SELECT * FROM u WHERE name = \\'{name}\\' AND tag = \\'{{}}\\'')""",
        """cur.execute('SELECT * FROM u WHERE name = ? AND tag = \\'{}\\'', (name,))""",
    ),
    "hand-made escaping": (
        """cur.execute(f'''SELECT * FROM u WHERE name = '{name.replace("'", "''")}' ''')""",
        """cur.execute('''SELECT * FROM u WHERE name = ? ''', (name,))""",
    ),
    "repr": (
        """cur.execute(f"SELECT * FROM u WHERE name = {name!r}")""",
        """cur.execute("SELECT * FROM u WHERE name = ?", (name,))""",
    ),
}


@pytest.mark.parametrize(("before", "after"), INLINE.values(), ids=INLINE.keys())
def test_values_become_parameters(before: str, after: str) -> None:
    assert fixed(f"    {before}\n", before) == f"    {after}\n"


REFUSED = {
    "table": """cur.execute(f"SELECT * FROM {name}")""",
    "column": """cur.execute(f"SELECT {name} FROM u")""",
    "order": """cur.execute(f"SELECT * FROM u ORDER BY {name}")""",
    "columns of an insert": """cur.execute(f"INSERT INTO u ({name}) VALUES ({age})")""",
    "schema and columns": """cur.execute(f"INSERT INTO s.u ({name}) VALUES ({age})")""",
    "joined list": """cur.execute(f"SELECT * FROM u WHERE id IN ({name})")""",
    "part of a name": """cur.execute(f"SELECT * FROM u_{age} WHERE a = 1")""",
    "part of a number": """cur.execute(f"SELECT * FROM u WHERE a = {age}0")""",
    "condition": """cur.execute(f"SELECT * FROM u WHERE a = 1 AND {name}")""",
    "comment": """cur.execute(f"SELECT * FROM u -- {name}")""",
    "backtick": """cur.execute(f"SELECT * FROM u WHERE `{name}` = 1")""",
    "typed literal": """cur.execute(f"SELECT * FROM u WHERE d > DATE '{name}'")""",
    "no value but a statement": """cur.execute(f"DROP TABLE IF EXISTS {name}")""",
    "account": """cur.execute(f"CREATE USER x IDENTIFIED BY '{name}'")""",
    "one of two": """cur.execute(f"SELECT * FROM {name} WHERE a = '{age}'")""",
    "many": """cur.executemany(f"INSERT INTO u VALUES ('{name}', ?)", age)""",
    "script": """cur.executescript(f"DELETE FROM u WHERE name = '{name}';")""",
    "spread": """cur.execute(f"SELECT * FROM u WHERE name = '{name}'", *age)""",
    "format with a width": """cur.execute(f"SELECT * FROM u WHERE age = {age:>5}")""",
    "opaque": """cur.execute(build(name))""",
}


@pytest.mark.parametrize("call", REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_bound_is_left(call: str) -> None:
    assert fixed(f"    {call}\n", call) is None


def test_a_constant_table_stays() -> None:
    head = "import sqlite3\nTABLE = 'u'\n\n\ndef find(cur, name):\n"
    call = """cur.execute(f"SELECT * FROM {TABLE} WHERE name = '{name}' AND j = '{{}}'")"""
    after = """    cur.execute(f"SELECT * FROM {TABLE} WHERE name = ? AND j = '{{}}'", (name,))\n"""
    assert fixed(f"    {call}\n", call, head=head) == after


def test_query_in_a_variable() -> None:
    body = """    query = "SELECT * FROM u WHERE name = '" + name + "' AND age = " + str(age)
    print(query)
    return cur.execute(query).fetchall()
"""
    assert (
        fixed(body, "cur.execute(query)")
        == """    query = "SELECT * FROM u WHERE name = ? AND age = ?"
    print(query)
    return cur.execute(query, (name, age)).fetchall()
"""
    )


def test_query_over_several_lines() -> None:
    body = """    query = ("SELECT * FROM u WHERE name = '" + name +
             "' AND age = " + str(age))
    cur.execute(query)
"""
    assert (
        fixed(body, "cur.execute(query)")
        == """    query = ("SELECT * FROM u WHERE name = ? AND age = ?")
    cur.execute(query, (name, age))
"""
    )


def test_triple_quotes_and_implicit_concatenation() -> None:
    body = '''    cur.execute(
        f"""
        UPDATE u SET name = '{name}'
        WHERE id = {age}
        """
    )
    cur.execute("SELECT * FROM u "
                f"WHERE name = '{name}' "  # by name
                f"AND age = {age}")
'''
    first = body[4 : body.index('    cur.execute("SELECT')].rstrip()
    half = fixed(body, first)
    assert half is not None
    second = half[half.index('cur.execute("SELECT') :].rstrip()
    assert (
        fixed(half, second)
        == '''    cur.execute(
        """
        UPDATE u SET name = ?
        WHERE id = ?
        """, (name, age)
    )
    cur.execute("SELECT * FROM u "
                "WHERE name = ? "  # by name
                "AND age = ?", (name, age))
'''
    )


NOT_STABLE = {
    "assigned twice": 'q = "SELECT 1"\n    q = f"SELECT * FROM u WHERE a = {age}"\n    cur.execute(q)\n',
    "grown": 'q = f"SELECT * FROM u WHERE a = {age}"\n    q += " LIMIT 1"\n    cur.execute(q)\n',
    "used elsewhere": 'q = f"SELECT * FROM u WHERE a = {age}"\n    keep(q)\n    cur.execute(q)\n',
    "value changes": 'q = f"SELECT * FROM u WHERE a = {age}"\n    age = 3\n    cur.execute(q)\n',
    "in a loop": 'q = f"SELECT * FROM u WHERE a = {age}"\n    for _ in name:\n        cur.execute(q)\n',
}


@pytest.mark.parametrize("body", NOT_STABLE.values(), ids=NOT_STABLE.keys())
def test_a_query_that_may_have_changed_is_left(body: str) -> None:
    assert fixed("    " + body, "cur.execute(q)") is None


def test_windows_line_ends_stay() -> None:
    call = """cur.execute(f"SELECT * FROM u WHERE name = '{name}'")"""
    code = (HEAD + f"    {call}  # é\n").replace("\n", "\r\n")
    after = """    cur.execute("SELECT * FROM u WHERE name = ?", (name,))  # é\n"""
    assert repaired(code, "sql-injection", call) == (HEAD + after).replace("\n", "\r\n")


DRIVERS: dict[str, tuple[str, str, str, str]] = {
    "psycopg2": (
        "import psycopg2\n",
        "psycopg2.extensions.cursor.execute",
        """cur.execute(f"SELECT * FROM u WHERE n = '{name}' AND j LIKE 'a%'")""",
        """cur.execute("SELECT * FROM u WHERE n = %s AND j LIKE 'a%%'", (name,))""",
    ),
    "asyncpg": (
        "import asyncpg\n",
        "asyncpg.Connection.fetch",
        """con.fetch(f"SELECT * FROM u WHERE n = '{name}' AND a = {age}")""",
        """con.fetch("SELECT * FROM u WHERE n = $1 AND a = $2", name, age)""",
    ),
    "sqlalchemy text": (
        "from sqlalchemy import text\n",
        "sqlalchemy.orm.Session.execute",
        """session.execute(text(f"SELECT * FROM u WHERE n = '{name}'"))""",
        """session.execute(text("SELECT * FROM u WHERE n = :name"), {"name": name})""",
    ),
    "sqlalchemy, other call": (
        "from sqlalchemy import text\n",
        "sqlalchemy.text",
        """text(f"SELECT * FROM u WHERE n = '{name}' AND m = '{name}'")""",
        """text("SELECT * FROM u WHERE n = :name AND m = :name2").bindparams(name=name, name2=name)""",
    ),
    "pandas on sqlite3": (
        "import pandas as pd\nimport sqlite3\n",
        "pandas.read_sql",
        """pd.read_sql(f"SELECT * FROM u WHERE n = '{name}'", con)""",
        """pd.read_sql("SELECT * FROM u WHERE n = ?", con, params=(name,))""",
    ),
    "django": (
        "from .models import User\n",
        "django.db.models.Manager.raw",
        """User.objects.raw("SELECT * FROM u WHERE n = '%s'" % name)""",
        """User.objects.raw("SELECT * FROM u WHERE n = %s", [name])""",
    ),
    "spark": (
        "from pyspark.sql import SparkSession\n",
        "pyspark.sql.SparkSession.sql",
        """spark.sql(f"SELECT * FROM u WHERE n = '{name}'")""",
        """spark.sql("SELECT * FROM u WHERE n = :name", args={"name": name})""",
    ),
    "by the imports": (
        "import pymysql\n",
        "*.execute",
        """cur.execute(f"SELECT * FROM u WHERE n = '{name}'")""",
        """cur.execute("SELECT * FROM u WHERE n = %s", (name,))""",
    ),
}


@pytest.mark.parametrize(("head", "callee", "before", "after"), DRIVERS.values(), ids=DRIVERS.keys())
def test_each_driver_has_its_own_placeholder(head: str, callee: str, before: str, after: str) -> None:
    code = f"{head}\n\ndef find(cur, con, session, spark, name, age):\n    return "
    assert repaired(code + before + "\n", "sql-injection", before, callee=callee) == code + after + "\n"


def test_raw_sql_on_an_sqlalchemy_engine_is_wrapped() -> None:
    call = """engine.execute(f"SELECT * FROM u WHERE n = '{name}'")"""
    code = f"from sqlalchemy import create_engine\n\n\ndef f(engine, name):\n    {call}\n"
    assert (
        repaired(code, "sql-injection", call, callee="sqlalchemy.Engine.execute")
        == """from sqlalchemy import create_engine, text


def f(engine, name):
    engine.execute(text("SELECT * FROM u WHERE n = :name"), {"name": name})
"""
    )


def test_an_unknown_driver_is_never_guessed() -> None:
    call = """cur.execute(f"SELECT * FROM u WHERE n = '{name}'")"""
    assert repaired(f"def f(cur, name):\n    {call}\n", "sql-injection", call, callee="*.execute") is None
    both = f"import sqlite3\nimport psycopg2\n\n\ndef f(cur, name):\n    {call}\n"
    assert repaired(both, "sql-injection", call, callee="*.execute") is None


def test_another_query_of_the_text_shows_the_placeholder() -> None:
    call = """cur.execute(f"SELECT * FROM u WHERE n = '{name}'")"""
    code = f"""def f(cur, name):\n    cur.execute("SELECT 1 WHERE a = %s", (name,))\n    {call}\n"""
    found = repaired(code, "sql-injection", call, callee="*.execute")
    assert found is not None
    assert """cur.execute("SELECT * FROM u WHERE n = %s", (name,))""" in found


SIMPLE = {name: case for name, case in INLINE.items() if ".login" not in case[0]}


@pytest.mark.parametrize(("before", "after"), SIMPLE.values(), ids=SIMPLE.keys())
def test_the_database_gives_the_same_rows_to_honest_input(before: str, after: str) -> None:
    assert _rows(before, "ada", 7) == _rows(after, "ada", 7)
    if "SELECT" in after and "name" in after.partition("WHERE")[2]:
        assert _rows(after, "' OR '1'='1", 7)[0] == []


def _rows(line: str, name: str, age: int) -> tuple[list[Any], list[Any]]:
    """What the statement gives, and what is in the table afterwards."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE u (id INTEGER, name TEXT, age INTEGER, x TEXT, tag TEXT)")
    people = [(7, "ada", 7, "ab", "{}"), (8, "ada", 9, "ab", "{}"), (9, "bob", 9, "zz", "")]
    database.executemany("INSERT INTO u VALUES (?, ?, ?, ?, ?)", people)
    cur = database.cursor()
    exec(line, {"cur": cur, "name": name, "age": age})
    found = cur.fetchall(), database.execute("SELECT * FROM u ORDER BY id, name").fetchall()
    database.close()
    return found
