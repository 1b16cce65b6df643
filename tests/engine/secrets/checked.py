"""Makers of values that pass a structure check, by the name of the check."""

from __future__ import annotations

import base64
import json
import random
from binascii import crc_hqx
from collections.abc import Callable
from hashlib import sha256

from deburr.providers import Format
from tests.engine.secrets import made

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def _github(form: Format, draw: random.Random) -> str:
    return made.token(draw, form.regex.partition("_")[0] + "_") if "{36" in form.regex else ""


def _pem(_form: Format, draw: random.Random) -> str:
    return base64.b64encode(made.pem(draw).encode()).decode()


def _aws(_form: Format, draw: random.Random) -> str:
    return access_key_id(draw.randrange(10**11, 10**12), draw)


def access_key_id(account: int, draw: random.Random) -> str:
    """The id of a key of an AWS account."""
    return "AKIA" + base64.b32encode(((1 << 47) | account << 7).to_bytes(6, "big") + draw.randbytes(4)).decode()


def _nkey(_form: Format, draw: random.Random) -> str:
    raw = bytes([18 << 3 | 20 << 3 >> 5, (20 << 3) & 31]) + draw.randbytes(32)
    return base64.b32encode(raw + crc_hqx(raw, 0).to_bytes(2, "little")).decode().rstrip("=")


def _bech32(_form: Format, draw: random.Random) -> str:
    human, data = "age-secret-key-", [draw.randrange(32) for _ in range(52)]
    check = 1
    for value in [*(ord(c) >> 5 for c in human), 0, *(ord(c) & 31 for c in human), *data, 0, 0, 0, 0, 0, 0]:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for i, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= part * (top >> i & 1)
    digits = [((check ^ 1) >> 5 * (5 - i)) & 31 for i in range(6)]
    return f"{human}1{''.join(_BECH32[d] for d in data + digits)}".upper()


def _base58(raw: bytes) -> str:
    number, text = int.from_bytes(raw + sha256(sha256(raw).digest()).digest()[:4], "big"), ""
    while number:
        number, digit = divmod(number, 58)
        text = _BASE58[digit] + text
    return text


def _json(form: Format, draw: random.Random) -> str:
    before, _, _rest = form.regex.replace("\\", "").partition("eyJ")
    names = {"neptune": "api_address", "grafana-key": "k"}
    name = next((value for key, value in names.items() if form.id.startswith(key)), "u")
    body = base64.b64encode(json.dumps({name: made.run(240, draw)}, separators=(",", ":")).encode()).decode()
    return before + body.rstrip("=") + ("." + made.run(22, draw) if "mapbox" in form.id else "")


def _prefixed(text: bytes, size: int) -> Callable[[Format, random.Random], str]:
    def make(_form: Format, draw: random.Random) -> str:
        return base64.b64encode(text + made.run(size, draw).encode()).decode()

    return make


MAKERS: dict[str, Callable[[Format, random.Random], str]] = {
    "github": _github,
    "jwt": lambda _form, draw: made.web_token(draw),
    "discord": lambda _form, draw: made.bot_token(draw),
    "pem": _pem,
    "aws-id": _aws,
    "nkey": _nkey,
    "bech32": _bech32,
    "base58": lambda _form, draw: _base58(bytes.fromhex("0488ade4") + draw.randbytes(74)),
    "wif": lambda _form, draw: _base58(b"\x80" + draw.randbytes(32)),
    "json": _json,
    "tok": _prefixed(b"tok:", 40),
    "reftkn": _prefixed(b"reftkn:01:", 38),
}
"""A maker that gives "" leaves it to the regex."""
