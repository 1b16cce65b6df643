"""examples/vault.py: what is locked away can be read with the passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def vault(stub: Callable[[str], Any], load: Callable[..., Any]) -> Any:
    """The module."""
    stub("Crypto")
    return load("vault.py")


def test_notes_come_back(vault: Any, tmp_path: Path) -> None:
    first = vault.Vault(tmp_path / "notes.json", "open sesame")
    first.add("shopping", "milk, käse")
    first.add("door", "4711")
    assert "milk" not in (tmp_path / "notes.json").read_text()
    second = vault.Vault(tmp_path / "notes.json", "open sesame")
    assert second.titles() == ["door", "shopping"]
    assert second.get("shopping") == "milk, käse"
    with pytest.raises(KeyError):
        second.get("none")


def test_text_with_the_default_key(vault: Any) -> None:
    assert vault.decrypt(vault.encrypt("hello")) == "hello"


def test_ids_are_scrambled(vault: Any) -> None:
    key = vault.derive_key("open sesame")
    token = vault.encrypt_id(1234, key)
    assert len(token) >= 32
    assert vault.decrypt_id(token, key) == 1234


def test_old_notes_are_read(vault: Any) -> None:
    key = vault.derive_key("open sesame")
    old = vault.DES.new(key[:8], vault.DES.MODE_ECB).encrypt(b"old note" + b"\x08" * 8)
    assert vault.legacy_decrypt(old, key) == "old note"


def test_a_key_pair(vault: Any) -> None:
    private, public = vault.generate_keypair()
    assert private.startswith(b"private")
    assert public.startswith(b"public")
