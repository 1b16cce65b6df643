"""examples/password_reset.py: the link in the letter sets a new password, once and for an hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def letters() -> list[tuple[str, str, str]]:
    """What was sent."""
    return []


@pytest.fixture
def reset(load: Callable[..., Any], letters: list[tuple[str, str, str]], tmp_path: Path) -> Iterator[Any]:
    """The workflow with one user."""
    module = load("password_reset.py")
    workflow = module.PasswordReset(str(tmp_path / "users.db"), lambda *letter: letters.append(letter))
    workflow.module = module
    workflow.create_user("user@example.com", "old password")
    yield workflow
    workflow.db.close()


def token_of(letters: list[tuple[str, str, str]]) -> str:
    return letters[-1][2].split("token=")[1].strip()


def test_a_password_is_reset(reset: Any, letters: list[tuple[str, str, str]]) -> None:
    reset.request_reset("user@example.com")
    assert letters[0][:2] == ("user@example.com", "Reset your password")
    reset.reset_password(token_of(letters), "new password")
    assert reset.check_login("user@example.com", "new password")
    assert not reset.check_login("user@example.com", "old password")
    with pytest.raises(reset.module.ResetError, match="invalid or has expired"):
        reset.reset_password(token_of(letters), "third password")


def test_unknown_people_get_no_letter(reset: Any, letters: list[tuple[str, str, str]]) -> None:
    reset.request_reset("nobody@example.com")
    assert letters == []


def test_a_link_expires(reset: Any, letters: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    reset.request_reset("user@example.com")
    later = reset.module.time.time() + 3601
    monkeypatch.setattr(reset.module.time, "time", lambda: later)
    with pytest.raises(reset.module.ResetError):
        reset.find_reset(token_of(letters))


def test_short_passwords_are_refused(reset: Any) -> None:
    with pytest.raises(reset.module.ResetError, match="8 characters"):
        reset.reset_password("any", "short")


def test_tokens_and_temporary_passwords(reset: Any) -> None:
    token = reset.generate_token()
    assert len(token) >= 24
    assert token != reset.generate_token()
    assert len(reset.temporary_password()) == 10
