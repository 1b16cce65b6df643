"""Check digits: what a provider computes over the rest of its secret, and a value that somebody invented lacks.

What comes in: a value of the form. What goes out: whether its check digits are right. The invariant: no value raises.
"""

from __future__ import annotations

from base64 import b32decode
from binascii import Error as EncodingError
from binascii import crc32, crc_hqx
from collections.abc import Callable, Iterable
from hashlib import sha256

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_ACCOUNTS = 10**12


def base62(number: int, width: int) -> str:
    """The number in the digits of base 62."""
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 62)
        digits = _BASE62[digit] + digits
    return digits


def github(value: str) -> bool:
    """The last six characters are the CRC32 of the rest behind the prefix, in base 62; longer forms have none."""
    body = value.partition("_")[2]
    return len(body) != 36 or base62(crc32(body[:-6].encode()), 6) == body[-6:]


def aws(value: str) -> bool:
    """The number of the account stands in the id, and has twelve digits; ids of before 2019 tell none."""
    if value[4] in "IJ":
        return True
    number = int.from_bytes(b32decode(value[4:])[:6], "big")
    return (number & 0x7FFFFFFFFF80) >> 7 < _ACCOUNTS


def nkey(value: str) -> bool:
    """The last two bytes are the CRC16 of the others."""
    try:
        raw = b32decode(value + "=" * (-len(value) % 8))
    except EncodingError:
        return False
    return crc_hqx(raw[:-2], 0).to_bytes(2, "little") == raw[-2:]


def bech32(value: str) -> bool:
    """The checksum of Bitcoin's BIP 173, by which `age` writes its keys."""
    human, _, data = value.lower().rpartition("1")
    spread = [ord(c) >> 5 for c in human] + [0] + [ord(c) & 31 for c in human]
    return _polymod([*spread, *(_BECH32.index(c.upper()) for c in data)]) == 1


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i, part in enumerate(_GENERATOR):
            check ^= part if top >> i & 1 else 0
    return check


def base58(value: str) -> bool:
    """The last four bytes are the beginning of the double SHA-256 of the others."""
    number = 0
    for char in value:
        number = number * 58 + _BASE58.index(char)
    raw = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return sha256(sha256(raw[:-4]).digest()).digest()[:4] == raw[-4:]


RIGHT: dict[str, Callable[[str], bool]] = {
    "github": github,
    "aws-id": aws,
    "nkey": nkey,
    "bech32": bech32,
    "base58": base58,
    "wif": base58,
}
"""By the name of the check."""

LOOSE = frozenset({"wif"})
"""Those of forms that many a text has: without the right digits it is nothing."""
