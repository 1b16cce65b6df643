"""Credentials in text: provider tokens, keys, connection strings, passwords.

What comes in: the bytes of a text, its language and path. What goes out: Secrets, or the text without them. The
invariant: pure, offline, no parse needed, and no input raises. A prebuilt database can be handed in with `use`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine.secrets.secret import Secret, dots, masked, pieces
from deburr.model import Confidence, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deburr.engine.secrets.redacting import Redactor
    from deburr.engine.secrets.scanner import SecretScanner
    from deburr.engine.secrets.streaming import Stretch
    from deburr.engine.secrets.vault import Vault

__all__ = [
    "Secret",
    "candidates",
    "database",
    "dots",
    "find",
    "masked",
    "pieces",
    "redact",
    "redactor",
    "restore",
    "stream",
    "use",
]

_loaded: list[SecretScanner] = []


def database() -> bytes:
    """The formats and their compiled database: keep it and hand it to `use`, keyed by the processor and version."""
    from deburr.engine.secrets.gate import compile_database
    from deburr.engine.secrets.pack import Packed, all_formats

    formats = tuple(all_formats())
    return Packed(formats, compile_database(formats)).to_bytes()


def use(serialized: bytes) -> None:
    """Find with this database from now on."""
    from deburr.engine.secrets.pack import unpack
    from deburr.engine.secrets.scanner import SecretScanner

    _loaded[:] = [SecretScanner(unpack(serialized))]


def find(data: bytes, language: str, path: str = "") -> list[Secret]:
    """The secrets of the text in order of their place, none overlapping another."""
    return _scanner().find(data, language, path)


def _scanner() -> SecretScanner:
    if not _loaded:
        use(database())
    return _loaded[0]


def stream(chunks: Iterable[bytes], language: str, path: str = "") -> Iterator[Stretch]:
    """The text that the chunks make, in stretches, with what `find` finds in the whole; memory stays small."""
    return _scanner().stream(chunks, language, path)


def candidates(data: bytes, language: str) -> list[Secret]:
    """Everything that could be a secret, also what nobody would speak of: for training the classifier."""
    return _scanner().candidates(data, language)


def redactor(key: bytes = b"", *, least: Confidence = "low", vault: Vault | None = None) -> Redactor:
    """What takes the secrets out of many texts, so that equal ones get equal placeholders in all of them."""
    from deburr.engine.secrets.redacting import Redactor

    return Redactor(find, key, least, vault)


def redact(
    text: str, language: str = "text", key: bytes = b"", *, least: Confidence = "low", vault: Vault | None = None
) -> tuple[str, tuple[Span, ...]]:
    """The text with a typed placeholder for each secret, and where those stood.

    Equal secrets get equal placeholders under one key; without a key, within this process. With a vault, its key is
    used, and `restore` can put back what it keeps. Where it fails, DeburrError is raised: nothing is let through.
    """
    done = redactor(key, least=least, vault=vault).redact(text, language)
    return done.text, done.spans


def restore(text: str, vault: Vault) -> str:
    """The text with the secrets back that the vault keeps."""
    from deburr.engine.secrets import vault as kept

    return kept.restore(text, vault).text
