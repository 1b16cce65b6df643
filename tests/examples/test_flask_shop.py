"""examples/flask_shop/app.py: customers can register, log in, search, fill a cart and keep invoices."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("flask", reason="flask is in the dev group: the shop was NOT tested")


@pytest.fixture
def shop(load: Callable[..., Any]) -> Any:
    """The shop with two products."""
    module = load("flask_shop/app.py")
    module.init_db()
    with sqlite3.connect(module.DATABASE) as db:
        db.executemany(
            "INSERT INTO products (name, description, price) VALUES (?, ?, ?)",
            [("Blue pen", "writes blue", 1.5), ("Book", "300 pages", 12.0)],
        )
    db.close()
    return module


@pytest.fixture
def client(shop: Any) -> Any:
    """A browser; https, so that secure cookies come back."""
    client = shop.app.test_client()
    client.environ_base["wsgi.url_scheme"] = "https"
    return client


def log_in(client: Any, password: str = "correct horse") -> Any:
    client.post("/register", data={"username": "customer", "password": "correct horse"})
    return client.post("/login", data={"username": "customer", "password": password})


def test_search_finds_the_product(client: Any) -> None:
    found = client.get("/search?q=pen")
    assert [product["name"] for product in found.get_json()] == ["Blue pen"]


def test_search_that_finds_nothing_says_for_what(client: Any) -> None:
    answer = client.get("/search?q=ladder")
    assert answer.status_code == 404
    assert "No results found for ladder" in answer.get_data(as_text=True)


def test_products_are_listed_and_shown(client: Any) -> None:
    assert [product["name"] for product in client.get("/").get_json()] == ["Blue pen", "Book"]
    assert client.get("/products/2").get_json()["price"] == 12.0
    assert client.get("/products/9").status_code == 404


def test_login_works(client: Any) -> None:
    answer = log_in(client)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/"


def test_login_goes_back_to_the_page(client: Any) -> None:
    client.post("/register", data={"username": "customer", "password": "correct horse"})
    answer = client.post("/login?next=/cart", data={"username": "customer", "password": "correct horse"})
    assert answer.headers["Location"] == "/cart"


def test_a_wrong_password_is_refused(client: Any) -> None:
    assert log_in(client, "wrong").status_code == 401


def test_a_name_is_taken_once(client: Any) -> None:
    answers = [client.post("/register", data={"username": "a", "password": "b"}).status_code for _ in range(2)]
    assert answers == [201, 409]
    assert client.post("/register", data={"username": "a"}).status_code == 400


def test_the_cart_adds_up(client: Any) -> None:
    client.post("/cart/add", data={"product_id": 1, "quantity": 2})
    assert client.post("/cart/add", data={"product_id": 2}).get_json() == {"items": 3}
    page = client.get("/cart").get_data(as_text=True)
    assert "Blue pen x 2" in page
    assert "Total: 15.00" in page


def test_an_invoice_comes_back(client: Any) -> None:
    log_in(client)
    file = {"file": (io.BytesIO(b"paid"), "may.pdf")}
    assert client.post("/invoices", data=file).get_json() == {"filename": "may.pdf"}
    answer = client.get("/invoices/download?file=may.pdf")
    assert answer.data == b"paid"
    answer.close()
    assert client.get("/invoices/download?file=june.pdf").status_code == 404


def test_invoices_need_a_login(client: Any) -> None:
    assert client.post("/invoices").status_code == 401
    log_in(client)
    client.get("/logout")
    assert client.get("/invoices/download?file=may.pdf").status_code == 401
