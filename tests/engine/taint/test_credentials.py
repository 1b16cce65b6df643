"""Names that say that a value is a credential, or must not be guessable."""

from __future__ import annotations

import pytest

from deburr.engine.taint.credentials import is_credential, is_sensitive, kinds_of


@pytest.mark.parametrize(
    "name", ["password", "PASSWORD", "db_password", "dbPassword", "api_key", "apiKey", "access_token", "client_secret"]
)
def test_credentials(name: str) -> None:
    assert is_credential(name)


@pytest.mark.parametrize(
    "name",
    ["max_tokens", "tokens", "pad_token", "csrf_token", "primary_key", "num_tokens", "is_password", "keys", "user", ""],
)
def test_no_credentials(name: str) -> None:
    assert not is_credential(name)


def test_a_password_is_a_secret_of_its_own_kind() -> None:
    assert kinds_of("user_password") == ("secret", "password")
    assert kinds_of("api_key") == ("secret",)
    assert kinds_of("color") == ()


@pytest.mark.parametrize("name", ["session_id", "otp", "reset_code", "salt", "nonce", "invite_code", "token"])
def test_what_must_not_be_guessable(name: str) -> None:
    assert is_sensitive(name)


def test_a_name_without_end_is_judged_by_its_end_and_not_kept() -> None:
    assert is_credential("x" * 1_000_000 + "_password")
    assert not is_credential("password_" + "x" * 1_000_000)
    assert len(is_credential.__self__) <= 4096  # type: ignore[attr-defined]
