from __future__ import annotations

from deburr import providers
from docs.providers import markdown

_SHOP = """
title = "Shop"
docs = "https://docs.shop.example/keys"
revoke = "Delete the key."
[[format]]
id = "shop-key"
title = "Shop API key"
opens = "the `a_b` of *all* my_shops"
severity = "high"
regex = 'shop_[0-9a-f]{32}'
[[format]]
id = "shop-session"
title = "Shop session"
opens = "one shop"
severity = "low"
revoke = "Wait for an hour."
regex = 'shops_[0-9a-f]{32}'
"""


def test_a_provider_has_a_section_and_each_format_an_entry() -> None:
    text = markdown([providers.read(_SHOP, "shop")])
    assert "1 providers, 2 formats" in text
    assert "\n## Shop\n\nDelete the key. [Documented](https://docs.shop.example/keys).\n\n- " in text
    assert "- **Shop API key** (`shop-key`, high) opens the `a_b` of \\*all\\* my\\_shops.\n" in text
    assert "- **Shop session** (`shop-session`, low) opens one shop. Wait for an hour.\n" in text


def test_every_format_stands_on_the_page() -> None:
    known = providers.load()
    text = markdown(known)
    assert [form.id for one in known for form in one.formats if f"(`{form.id}`, {form.severity})" not in text] == []
