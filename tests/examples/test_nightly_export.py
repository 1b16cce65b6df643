"""examples/etl/nightly_export.py: yesterday's orders reach the partner."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest


class Ftp:
    """A fake of ftplib.FTP that keeps what is stored."""

    stored: dict[str, bytes]
    logins: list[tuple[str, str]]

    def __init__(self, _host: str = "", **_: Any) -> None:
        """Connects to nothing."""

    def login(self, user: str, password: str) -> None:
        self.logins.append((user, password))

    def prot_p(self) -> None:
        """Of FTP_TLS."""

    def cwd(self, _folder: str) -> None:
        """There is one folder."""

    def storbinary(self, command: str, file: Any) -> None:
        self.stored[command.removeprefix("STOR ")] = file.read()

    def quit(self) -> None:
        """Nothing to close."""


@pytest.fixture
def export(
    stub: Callable[[str], Any], load: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """The job, a database with four orders, and a server that keeps what it gets."""
    with closing(sqlite3.connect(tmp_path / "orders.db")) as db, db:
        db.execute("CREATE TABLE orders (id, customer, amount, created, region, exported DEFAULT 0)")
        rows = [
            (1, "C-1", 10.126, "2024-05-01", "north"),
            (2, "", 5, "2024-05-01", "north"),
            (3, "C-2", 7, "2024-05-01", "south"),
            (4, "C-3", 9, "2024-05-02", "north"),
        ]
        db.executemany("INSERT INTO orders VALUES (?, ?, ?, ?, ?, 0)", rows)
    stub("pymysql")
    module = load("etl/nightly_export.py")
    Ftp.stored, Ftp.logins = {}, []
    monkeypatch.setattr(module.ftplib, "FTP", Ftp)
    monkeypatch.setattr(module.ftplib, "FTP_TLS", Ftp)
    return module


def test_orders_of_a_day(export: Any) -> None:
    with closing(export.get_connection()) as connection:
        assert [row[0] for row in export.extract(connection, "2024-05-01")] == [1, 2, 3]
        assert [row[0] for row in export.extract(connection, "2024-05-01", "south")] == [3]
    assert export.pymysql.connected_with["password"] == "Sommer-Regen-42!"


def test_orders_without_a_customer_are_left_out(export: Any) -> None:
    rows = [(1, "C-1", "10.126", "2024-05-01"), (2, "", "5", "2024-05-01")]
    assert export.transform(rows) == [{"id": 1, "customer": "C-1", "amount": 10.13, "created": "2024-05-01"}]


@pytest.mark.skipif(shutil.which("gzip") is None, reason="no gzip on this machine: the whole export was NOT tested")
def test_the_whole_export(export: Any, tmp_path: Path) -> None:
    assert export.main(["--day", "2024-05-01"]) == 0
    assert list(Ftp.stored) == ["orders-2024-05-01.csv.gz"]
    assert Ftp.logins == [("export", "ftp_Kranich77")]
    lines = gzip.decompress(Ftp.stored["orders-2024-05-01.csv.gz"]).decode().splitlines()
    assert lines == ["id,customer,amount,created", "1,C-1,10.13,2024-05-01", "3,C-2,7.0,2024-05-01"]
    with closing(sqlite3.connect(tmp_path / "orders.db")) as db:
        assert db.execute("SELECT id FROM orders WHERE exported = 1").fetchall() == [(1,), (3,)]


def test_a_day_without_orders(export: Any) -> None:
    assert export.run("2024-01-01") == 0
    assert Ftp.stored == {}
