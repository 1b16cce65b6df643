"""examples/ldap_auth.py: people of the directory log in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def auth(stub: Callable[[str], Any], load: Callable[..., Any]) -> Any:
    """The helper, and a directory of one person."""
    groups = ["cn=staff,ou=groups,dc=example,dc=com"]
    stub("ldap3").people["user1"] = {"password": "correct horse", "memberOf": groups}
    return load("ldap_auth.py")


def test_a_login_gives_a_session(auth: Any) -> None:
    token = auth.login("user1", "correct horse")
    assert len(token) >= 32
    assert auth.current_user(token) == "user1"
    auth.logout(token)
    assert auth.current_user(token) is None


@pytest.mark.parametrize(("user", "password"), [("user1", "wrong"), ("nobody", "correct horse")])
def test_wrong_credentials_are_refused(auth: Any, user: str, password: str) -> None:
    with pytest.raises(auth.AuthError, match="Invalid credentials"):
        auth.login(user, password)


def test_a_session_ends(auth: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    token = auth.login("user1", "correct horse")
    later = auth.time.time() + auth.SESSION_TTL + 1
    monkeypatch.setattr(auth.time, "time", lambda: later)
    assert auth.current_user(token) is None


def test_groups(auth: Any) -> None:
    assert auth.is_member("user1", "staff")
    assert not auth.is_member("user1", "admins")


def test_tokens_differ(auth: Any) -> None:
    assert len({auth.create_token() for _ in range(50)}) == 50
