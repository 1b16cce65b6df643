"""examples/xml_import.py: catalogs are read, merged and searched."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

pytest.importorskip("flask", reason="flask is in the dev group: the XML import was NOT tested")

PEN = b"<catalog><item sku='P1'><name>Pen</name><price>1.5</price></item></catalog>"
BOOK = b"<catalog><item sku='B1'><name>Book</name></item></catalog>"


@pytest.fixture
def importer(load: Callable[..., Any]) -> Any:
    """The importer."""
    return load("xml_import.py")


@pytest.fixture
def client(importer: Any) -> Any:
    """A client of it."""
    return importer.app.test_client()


def test_a_catalog_is_imported(client: Any) -> None:
    assert client.post("/catalog", data=PEN).get_json() == {"imported": 1}
    assert client.get("/catalog/item?sku=P1").get_json() == {"sku": "P1", "name": "Pen", "price": "1.50"}
    assert client.get("/catalog/item?sku=X").status_code == 404


def test_an_archive_is_imported(client: Any) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", PEN)
        archive.writestr("b.xml", BOOK)
        archive.writestr("readme.txt", "two catalogs")
    packed.seek(0)
    assert client.post("/catalog/archive", data={"archive": (packed, "all.zip")}).get_json() == {"imported": 2}
    assert client.get("/catalog/item?sku=B1").get_json()["price"] == "0.00"


def test_broken_xml_is_refused(client: Any) -> None:
    answer = client.post("/catalog", data=b"<catalog>")
    assert answer.status_code == 400
    assert answer.get_json()["error"].startswith("Invalid XML")


def test_a_label(client: Any) -> None:
    label = client.get("/catalog/label?name=Pen&copies=3").get_data(as_text=True)
    assert label == "<label><name>Pen</name><copies>3</copies></label>"


def test_pretty(importer: Any) -> None:
    assert "\n  <item" in importer.pretty(PEN)
