"""examples/price_scraper.py: products are found, filtered and saved."""

from __future__ import annotations

import builtins
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SHOP = "https://shop.example.com/"
PAGES = {
    SHOP: '<a class="product" href="/pen">pen</a><a class="product" href="/book">book</a><a href="/about">us</a>',
    SHOP + "pen": '<h1>Blue pen</h1><b class="price"> 1,50 EUR</b>',
    SHOP + "book": '<h1> Book </h1><b class="price">12</b>',
}


@pytest.fixture
def scraper(stub: Callable[[str], Any], load: Callable[..., Any]) -> Any:
    """The scraper and a web of one shop."""
    stub("urllib3")
    stub("requests").pages.update(PAGES)
    return load("price_scraper.py")


def test_products_are_collected(scraper: Any) -> None:
    products = scraper.scrape(scraper.make_session(), SHOP)
    assert products == [
        {"title": "Blue pen", "price": 1.5, "url": SHOP + "pen"},
        {"title": "Book", "price": 12.0, "url": SHOP + "book"},
    ]
    assert [url for url, _ in scraper.requests.asked] == [SHOP, SHOP + "pen", SHOP + "book"]


def test_a_filter_narrows(scraper: Any) -> None:
    assert [one["title"] for one in scraper.scrape(scraper.make_session(), SHOP, "^blue")] == ["Blue pen"]


def test_a_page_without_a_price_is_no_product(scraper: Any) -> None:
    assert scraper.parse_product("<h1>About us</h1>") is None


def test_a_missing_page_is_an_error(scraper: Any) -> None:
    with pytest.raises(scraper.requests.HTTPError):
        scraper.fetch(scraper.make_session(), SHOP + "none")


def test_the_session_has_its_proxy(scraper: Any) -> None:
    session = scraper.make_session()
    assert session.headers["User-Agent"].endswith("price-scraper/1.2")
    assert session.proxies["https"] == "http://scraper:Zaun-Koenig9@proxy.internal:3128"


def test_the_whole_run(scraper: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([SHOP, ""])
    monkeypatch.setattr(builtins, "input", lambda _prompt: next(answers))
    scraper.main()
    lines = (tmp_path / "prices.csv").read_text().splitlines()
    assert lines == ["title,price,url", f"Blue pen,1.5,{SHOP}pen", f"Book,12.0,{SHOP}book"]


def test_the_exchange_rate(scraper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scraper.urllib.request, "urlopen", lambda *_, **__: io.BytesIO(b'{"eur": 0.92}'))
    assert scraper.exchange_rate("USD") == 0.92
