"""examples/report.py: entries become a page, a table and a letter."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from datetime import date
from typing import Any, Self

import pytest

for package in ("flask", "jinja2"):
    pytest.importorskip(package, reason=f"{package} is in the dev group: the report generator was NOT tested")


class Mail:
    """A fake of smtplib.SMTP that keeps what is sent."""

    sent: list[Any]
    logins: list[tuple[str, str]]

    def __init__(self, *_: Any, **__: Any) -> None:
        """Connects to nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def starttls(self, **_: Any) -> None:
        """Nothing to encrypt."""

    def login(self, user: str, password: str) -> None:
        self.logins.append((user, password))

    def send_message(self, message: Any) -> None:
        self.sent.append(message)


@pytest.fixture
def reports(load: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The generator with two entries."""
    Mail.sent, Mail.logins = [], []
    monkeypatch.setattr(smtplib, "SMTP", Mail)
    monkeypatch.setattr(smtplib, "SMTP_SSL", Mail)
    module = load("report.py")
    client = module.app.test_client()
    for name, amount in (("Paper", 3.5), ("Ink", 20)):
        assert client.post("/entries", json={"name": name, "amount": amount}).status_code == 201
    return module


def test_the_page(reports: Any) -> None:
    page = reports.app.test_client().get("/report?title=May").get_data(as_text=True)
    assert "<h1>May</h1>" in page
    assert "<tr><td>Ink</td><td>20.0</td></tr>" in page
    assert "<p>Total: 23.5</p>" in page


def test_the_footer(reports: Any) -> None:
    page = reports.app.test_client().get("/report", query_string={"footer": "Created on {{ day }}"})
    assert page.get_data(as_text=True).endswith(f"Created on {date.today().isoformat()}")


def test_the_table(reports: Any) -> None:
    answer = reports.app.test_client().get("/report.csv?filename=may.csv")
    assert answer.get_data(as_text=True).splitlines() == ["name,amount", "Paper,3.5", "Ink,20.0"]
    assert answer.headers["Content-Disposition"] == "attachment; filename=may.csv"


def test_the_letter(reports: Any) -> None:
    client = reports.app.test_client()
    assert client.post("/report/send", data={"to": "user@example.com", "subject": "May"}).get_json() == {"sent": True}
    (message,) = Mail.sent
    assert (message["To"], message["Subject"]) == ("user@example.com", "May")
    assert Mail.logins == [("reports", "Wolken-Bruch-3")]


def test_an_entry_needs_a_name(reports: Any) -> None:
    assert reports.app.test_client().post("/entries", json={"amount": 1}).status_code == 400
