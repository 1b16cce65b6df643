"""What must hold inside a provider's secret beyond its form: checksums, encodings, and that it is no stand-in.

What comes in: the value that a pattern matched. What goes out: how sure one may be, or None when it is no secret.
"""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64decode
from binascii import Error as Base64Error
from collections.abc import Callable
from json import loads

from deburr.engine.secrets.secret import lowered
from deburr.engine.secrets.values import (
    common_password,
    entropy,
    generated,
    location,
    made_up,
    password_hash,
    placeholder,
    sequence,
    stand_in,
    template,
    uuid,
    words_only,
)
from deburr.model import Confidence

_STANDS_FOR_ANOTHER: tuple[str, ...] = (
    "example",
    "xxxx",
    "yyyy",
    "placeholder",
    "redacted",
    "your",
    "dummy",
    "fake",
    "****",
    "....",
)
_STANDS_FOR_ANOTHER += ("changeme", "insert", "sample", "abcdefghijklmnopqrstuvwxyz0123456789")


def check(name: str, value: str, confidence: Confidence) -> Confidence | None:
    """How sure one may be that the value is what its pattern says, or None."""
    low = value.lower()
    # In hundreds of random characters any short word turns up by chance.
    stand_ins = _STANDS_FOR_ANOTHER if len(value) < 100 else ("example", "xxxxxx", "....")
    if any(word in low for word in stand_ins) or _monotonous(value):
        return None
    answer = _CHECKS[name](value)
    if answer is None:
        return None
    return confidence if answer else lowered(confidence)


def _monotonous(value: str) -> bool:
    """Whether a few characters repeat: nobody's generator gives that."""
    body = value[-24:] if len(value) > 30 else value[len(value) // 3 :]
    return len(body) >= 6 and len(set(body.lower())) <= (3 if len(body) >= 12 else 2)


def _token(value: str) -> bool | None:
    body = value[-32:]
    if words_only(body) and not any(c.isdigit() for c in body):
        return None
    return not sequence(body[-16:])


def _mixed(value: str) -> bool | None:
    body = value[-64:]
    return True if generated(body, 10) else (False if _counted(body) else None)


def _counted(value: str) -> bool:
    """Digits and letters that run up in order: written by hand, but in the form and the place of a secret."""
    return (
        any(c.isdigit() for c in value)
        and any(c.isalpha() for c in value)
        and entropy(value) > 3.3
        and not words_only(value)
    )


def _letters(value: str) -> bool | None:
    return None if words_only(value[-34:]) or entropy(value) < 3.5 else True


def _aws_id(value: str) -> bool | None:
    body = value[4:]
    return None if entropy(body) < 2.3 or words_only(body) else any(c.isdigit() for c in body)


def _duo(value: str) -> bool | None:
    return True if sum(c.isdigit() for c in value) >= 4 else None


def _slack(value: str) -> bool | None:
    body = value[5:]
    if stand_in(body) or len(set(body.replace("-", ""))) < 8 or not any(c.isdigit() for c in body) or words_only(body):
        return None
    return len(body) >= 24


def _base32(value: str) -> bool | None:
    return True if entropy(value) > 3.8 and any(c.isdigit() for c in value) else None


def _base64(value: str) -> bool | None:
    return True if entropy(value) > 3.5 and decoded(value) is not None else None


def decoded(value: str) -> bytes | None:
    """The bytes that base64 in either alphabet stands for, or None."""
    padded = value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4)
    try:
        return urlsafe_b64decode(padded) if "-" in value or "_" in value else b64decode(padded, validate=True)
    except (Base64Error, ValueError):
        return None


def _jwt(value: str) -> bool | None:
    """A header that is JSON and names an algorithm."""
    header = decoded(value.split(".", 1)[0])
    try:
        read = loads(header) if header else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(read, dict):
        return None
    return True if "alg" in read or "typ" in read or "kid" in read else None


def _password(value: str) -> bool | None:
    """What stands where a program expects a password: no variable, no stand-in, no type."""
    if template(value) or (placeholder(value) and not common_password(value)) or password_hash(value):
        return None
    if location(value) or value.isspace() or value.count(" ") > 2:
        return None
    if value[-1] in ",]" and value.rstrip(",]").replace(".", "_").isidentifier():  # a variable in a list
        return None
    return made_up(value) or common_password(value)


def _hash(value: str) -> bool | None:
    """The last part is what a hash function gives."""
    return True if entropy(value.rsplit("$", 1)[-1]) > 3.2 else None


def _prefixed_key(value: str) -> bool | None:
    """What follows the prefix is a machine's, of digits and letters throughout."""
    body = max(value.replace("-", "_").split("_"), key=len)
    digits = sum(c.isdigit() for c in body)
    return True if generated(body) and digits >= 4 and digits * 8 >= len(body) else None


def _cookie(value: str) -> bool | None:
    """The handle of a session, which a machine made; it may be signed and written for an address."""
    body = value.removeprefix("s%3A").removeprefix("s%3a").removeprefix("s:").replace("%", "")
    return True if generated(body) and not uuid(body) else None


def _pem(value: str) -> bool | None:
    """A private key in PEM form that was encoded once more."""
    return True if b"PRIVATE KEY" in (decoded(value[:120]) or b"") else None


def _json(value: str) -> bool | None:
    """JSON in base64, perhaps behind a prefix that says whose it is."""
    begin = value.find("eyJ")
    return b'":' in (decoded(value[begin : begin + 40]) or b"")


def _of_bytes(size: int) -> Callable[[str], bool | None]:
    """A check that a value is so many random bytes in base64."""

    def right(value: str) -> bool | None:
        raw = decoded(value)
        return True if raw is not None and len(raw) == size and entropy(value) > 3.5 else None

    return right


def _prefixed(prefix: bytes) -> Callable[[str], bool | None]:
    """A check that a value is base64 of a text that begins so."""
    return lambda value: (decoded(value) or b"").startswith(prefix)


_CURVE = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141


def _secp256k1(value: str) -> bool | None:
    """A number below the order of the curve, and not one that a person typed."""
    body = value.removeprefix("0x")
    return True if 0 < int(body, 16) < _CURVE and generated(body, 10) else None


def _discord(value: str) -> bool | None:
    """The first part is a numeric id in base64."""
    identity = decoded(value.split(".", 1)[0])
    return True if identity and identity.isdigit() else (False if generated(value) else None)


_CHECKS: dict[str, Callable[[str], bool | None]] = {
    "token": _token,
    "mixed": _mixed,
    "letters": _letters,
    "github": _token,
    "aws-id": _aws_id,
    "duo": _duo,
    "slack": _slack,
    "base32": _base32,
    "base64": _base64,
    "jwt": _jwt,
    "discord": _discord,
    "pem": _pem,
    "password": _password,
    "cookie": _cookie,
    "prefixed": _prefixed_key,
    "hash": _hash,
    "json": _json,
    "secp256k1": _secp256k1,
    "bytes-32": _of_bytes(32),
    "bytes-64": _of_bytes(64),
    "tok": _prefixed(b"tok:"),
    "reftkn": _prefixed(b"reftkn:"),
    "nkey": _base32,
    "bech32": _token,
    "base58": _token,
    "wif": _token,
}
