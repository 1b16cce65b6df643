"""Credentials in text: provider tokens, keys, connection strings, passwords.

What comes in: the bytes of a text, its language and path. What goes out: Secrets, or the text without them. The
invariant: pure, offline, no parse needed, and no input raises. A prebuilt database can be handed in with `use`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from deburr.engine.secrets.secret import Secret, masked
from deburr.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deburr.engine.secrets.scanner import SecretScanner
    from deburr.engine.secrets.streaming import Stretch

__all__ = ["Secret", "database", "find", "masked", "redact", "stream", "use"]

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


def redact(text: str, language: str = "text", key: bytes = b"") -> tuple[str, tuple[Span, ...]]:
    """The text with a typed placeholder for each secret, and where those stood."""
    from deburr.engine.secrets.placeholders import replace, spans

    data = text.encode("utf-8", "surrogatepass")
    secrets = [secret for secret in find(data, language) if secret.confidence != "low"]
    return replace(data, secrets, key).decode("utf-8", "surrogatepass"), spans(data, secrets)
