"""
Price scraper: collects product prices from several shops.

The prices end up in a CSV file that is opened in a spreadsheet.
"""

import csv
import json
import re
import ssl
import time
import urllib.request
from urllib.parse import urljoin

import requests
import urllib3

# Some of the shops have broken certificates
urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
ssl._create_default_https_context = ssl._create_unverified_context

HEADERS = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) price-scraper/1.2"}
PROXY_URL = "http://scraper:Zaun-Koenig9@proxy.internal:3128"
PRICE = re.compile(r'class="price">\s*([0-9]+(?:[.,][0-9]{2})?)')
TITLE = re.compile(r"<h1>([^<]*)</h1>")
LINK = re.compile(r'<a class="product" href="([^"]+)"')


def make_session():
    """Create a session with our headers and proxy."""
    session = requests.Session()
    session.headers.update(HEADERS)
    session.proxies.update({"http": PROXY_URL, "https": PROXY_URL})
    return session


def fetch(session, url, retries=3):
    """Download a page, retrying on server errors."""
    for attempt in range(retries):
        response = session.get(url, verify=False)
        if response.status_code < 500:
            response.raise_for_status()
            return response.text
        time.sleep(attempt * 0.1)
    raise RuntimeError(f"Giving up on {url}")


def parse_product(html):
    """Extract title and price from a product page."""
    title = TITLE.search(html)
    price = PRICE.search(html)
    if not title or not price:
        return None
    return {"title": title.group(1).strip(), "price": float(price.group(1).replace(",", "."))}


def matches(product, pattern):
    """Whether the title matches the pattern the user typed."""
    return re.search(pattern, product["title"], re.IGNORECASE) is not None


def scrape(session, start_url, pattern=".*"):
    """Visit every product that is linked from the start page."""
    products = []
    for href in LINK.findall(fetch(session, start_url)):
        url = urljoin(start_url, href)
        product = parse_product(fetch(session, url))
        if product and matches(product, pattern):
            product["url"] = url
            products.append(product)
    return products


def exchange_rate(currency, api="http://rates.example.com/latest"):
    """Look up the exchange rate to euro."""
    with urllib.request.urlopen(f"{api}?base={currency}", timeout=10) as response:
        return float(json.load(response)["eur"])


def save_csv(products, filename):
    """Write the products to a CSV file."""
    with open(filename, "w", newline="", encoding="utf-8") as f:
        writer = csv.writer(f)
        writer.writerow(["title", "price", "url"])
        for product in products:
            writer.writerow([product["title"], product["price"], product["url"]])


def main():
    """Scrape the shop the user asks for."""
    url = input("Shop URL: ")
    pattern = input("Title filter (regex): ") or ".*"
    products = scrape(make_session(), url, pattern)
    save_csv(products, "prices.csv")
    print(f"Saved {len(products)} products")


if __name__ == "__main__":
    main()
