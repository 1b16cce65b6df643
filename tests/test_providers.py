"""The providers' files are read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest

from deburr import providers
from deburr.errors import PrincipleError

_GOOD = """
title = "Shop"
docs = "https://docs.shop.example/keys"
revoke = "Delete the key."

[[format]]
id = "shop-key"
title = "Shop API key"
opens = "the shop"
severity = "high"
regex = 'shop_[0-9a-f]{32}'
not = ["shop_" ]
"""


def test_a_file_says_what_a_format_is() -> None:
    provider = providers.read(_GOOD, "shop")
    (form,) = provider.formats
    assert (provider.name, provider.title, provider.docs) == ("shop", "Shop", "https://docs.shop.example/keys")
    assert (form.id, form.group, form.confidence, form.check) == ("shop-key", "provider-token", "high", "token")
    assert (form.severity, form.opens, form.revoke, form.unlike) == ("high", "the shop", "Delete the key.", ("shop_",))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('title = "Shop"\n', "", "shop.toml: `title` is missing"),
        ("docs", "doc", "shop.toml: unknown key 'doc'; known are docs, format, revoke, title"),
        ("https://docs", "http://docs", "shop.toml: `docs` begins with https://"),
        ("[[format]]", "[format]", "shop.toml: has no [[format]]"),
        ('id = "shop-key"\n', "", "shop.toml: format 1: `id` is missing"),
        ("shop-key", "shop_key", "shop.toml: shop_key: `id` is lower-case words joined by hyphens"),
        ('"high"', '"severe"', "shop.toml: shop-key: `severity` must be one of low, medium, high, critical"),
        ("{32}'", "{32'", None),
        ("shop_[0-9a-f]{32}", "(shop)_([0-9a-f]{32})", "shop.toml: shop-key: `regex` may have one group"),
        ("shop_[0-9a-f]{32}", "shop_([0-9a-f]{32}", "shop.toml: shop-key: `regex`: missing ), unterminated subpattern"),
        ('["shop_" ]', '"shop_"', "shop.toml: shop-key: `not` must be a list of texts"),
        ('opens = "the shop"', "opens = 3", "shop.toml: shop-key: `opens` must be a text"),
        ('opens = "the shop"\n', "", "shop.toml: shop-key: `opens` is missing"),
        ("the shop", "The shop.", "shop.toml: shop-key: `opens` completes a sentence"),
        ('severity = "high"\n', "", "shop.toml: shop-key: `severity` is missing"),
        (
            'revoke = "Delete the key."\n',
            "",
            "shop.toml: shop-key: `revoke` is missing, here and before the first [[format]]",
        ),
        ('revoke = "Delete the key."', 'revoke = ""', "shop.toml: `revoke` must be a text"),
        ("the key.", "the key", "shop.toml: shop-key: `revoke` is made of sentences"),
        ("[[format]]", "[[format", "shop.toml: Expected"),
    ],
)
def test_what_is_wrong_is_named(old: str, new: str, complaint: str | None) -> None:
    text = _GOOD.replace(old, new)
    if complaint is None:
        providers.read(text, "shop")
        return
    with pytest.raises(PrincipleError) as raised:
        providers.read(text, "shop")
    assert str(raised.value).startswith(complaint)


def test_a_format_may_say_itself_how_it_is_revoked() -> None:
    text = _GOOD.replace('revoke = "Delete the key."\n', "").replace("not =", 'revoke = "Ask the shop."\nnot =')
    assert providers.read(text, "shop").formats[0].revoke == "Ask the shop."


def test_an_id_stands_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "one.toml").write_text(_GOOD)
    assert [p.name for p in providers.load(tmp_path)][-1] == "one"
    (tmp_path / "two.toml").write_text(_GOOD)
    with pytest.raises(PrincipleError, match=r"two\.toml: shop-key: there is a format of this id in one\.toml"):
        providers.load(tmp_path)


def test_a_format_is_found_by_its_id() -> None:
    found = providers.format_of("aws-access-key-id")
    assert found is not None
    assert (found[0].title, found[1].title) == ("Amazon Web Services", "AWS access key id")
    assert providers.format_of("amazon-oauth-secret") is not None
    assert providers.format_of("generic-password") is None
    assert providers.format_of('x"') is None
