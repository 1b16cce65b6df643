"""examples/invoice_mailer.py: each customer gets their invoice; the repaired text asks the store for the password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.examples.repaired import original_text, repaired_text

PATH = "invoice_mailer.py"


class Server:
    """A mail server that remembers."""

    def __init__(self, *_: Any, **__: Any) -> None:
        self.logins: list[tuple[str, str]] = []
        self.sent: list[Any] = []

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def login(self, user: str, password: str) -> None:
        self.logins.append((user, password))

    def send_message(self, message: Any) -> None:
        self.sent.append(message)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def mailer(
    stub: Callable[[str], Any], load: Callable[..., Any], server: Server, monkeypatch: pytest.MonkeyPatch
) -> Any:
    """The script, with a store that holds the mailbox and what a repair asks it for."""
    boto3 = stub("boto3")
    boto3.entries["shop/mailbox"] = '{"user": "bills", "address": "bills@shop.example"}'
    boto3.entries["SMTP_PASSWORD"] = original_text(PATH).partition('SMTP_PASSWORD = "')[2].partition('"')[0]
    module = load(PATH)
    monkeypatch.setattr(module.smtplib, "SMTP_SSL", lambda *_, **__: server)
    return module


def test_each_customer_gets_their_invoice(mailer: Any, server: Server, tmp_path: Path) -> None:
    (tmp_path / "7.pdf").write_bytes(b"%PDF")
    customers = [
        {"number": 7, "name": "customer seven", "email": "seven@example.org"},
        {"number": 8, "name": "customer eight", "email": "eight@example.org"},
    ]
    assert mailer.send_all(customers, tmp_path) == 1
    assert [message["To"] for message in server.sent] == ["seven@example.org"]
    assert server.logins[0][0] == "bills"
    assert server.logins[0][1] == mailer.SMTP_PASSWORD != ""


def test_the_password_is_in_the_store_only() -> None:
    assert 'SMTP_PASSWORD = store.get_secret_value(SecretId="SMTP_PASSWORD")["SecretString"]\n' in repaired_text(PATH)
