"""Texts that are made to take long: a million of what almost is a secret."""

from __future__ import annotations

_BEGIN = "-----BEGIN RSA PRIVATE " + "KEY-----"

TEXTS = {
    "names without a value": "password = \n",
    "names one after the other": "password ",
    "names and a call": "token = get_token(password)\n",
    "placeholders": "password = 'changeme'\n",
    "short values": "key: abc\n",
    "openings of keys": "-----BEGIN ",
    "openings of private keys": _BEGIN,
    "private keys without an end": f"{_BEGIN}\nabcdefghijklmnop\n",
    "quotes": '"',
    "names and a quote": "password='",
    "escaped quotes": "password='\\'",
    "one run of base64": "aGVsbG8gd29ybGQh",
    "addresses without a host": "://",
    "addresses and half a password": "x://a:b",
    "addresses": "x://a:b@",
    "backslashes": "\\",
    "brackets": "password=((((((",
    "the beginning of web tokens": "eyJaaaaaaaaaaaaaa.",
    "dots": "password.a.",
    "texts put together": "'a' + ",
    "spaces": "password =" + " " * 60,
    "UUIDs": "0f9d8c7b-6a51-4e3d-9c2b-1a0f9e8d7c6b\n",
    "services": "github_github_",
    "elements": "<password>",
    "flags": " --password -p",
}
"""Each is written again and again."""


def text(name: str, size: int) -> bytes:
    """So many bytes of it."""
    one = TEXTS[name].encode()
    return (one * (size // len(one) + 1))[:size]
