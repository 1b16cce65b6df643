"""Credentials in addresses, and key blocks: secrets whose form spans more than one token.

What comes in: the text and the place where a gate opened. What goes out: Secrets. The window is of fixed size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deburr.engine.secrets.judge import filler
from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.values import common_password, made_up, placeholder, template, words_only
from deburr.model import Confidence

_URL = re.compile(
    rb"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]{1,24})://(?P<user>[^\s/\"'@:<>]*):(?P<password>[^\s\"'<>]+?)@"
    rb"(?P<host>[\w.\-\[\]$%{}()]+)(?!:[a-z]+/)(?=[\s/:\"'`,?;#\\)<>|&]|$)"
)
_BLOCK = re.compile(rb"-----\s?BEGIN[ A-Z0-9_\-]{0,40}PRIVATE KEY(?: BLOCK)?\s?-----")
_BODY = re.compile(rb"[0-9A-Za-z+/=]{12,}")


def url(data: bytes, end: int) -> Iterator[Secret]:
    """The password of `scheme://user:password@host`."""
    begin = max(0, data.rfind(b"://", max(0, end - 210), end) - 26)
    for match in _URL.finditer(data, begin, min(len(data), end + 120)):
        if not match.start() < end <= match.end() + 1:
            continue
        password = match["password"].decode("utf-8", "replace")
        user = match["user"].decode("utf-8", "replace")
        if (
            "/" in password
            and ":" in password.partition("/")[0]
            and password.partition("/")[0].rpartition(":")[2].isdigit()
        ):
            return
        confidence = _sure(user, password, match["host"].decode("utf-8", "replace"))
        if confidence:
            start, stop = match.span("password")
            yield Secret(start, stop, "url-password", "url-credentials", confidence, user, "password in an address")
        return


def _sure(user: str, password: str, host: str) -> Confidence | None:
    """How sure one may be that the password is one."""
    if (
        len(password) < 3
        or template(password)
        or "$" in password[:1]
        or (password == user and not common_password(password))
    ):
        return None
    if password.startswith(("%", "{", "<", "[")) or password.lower() in (
        "port",
        "pass",
        "password",
        "host",
        "x-oauth-basic",
    ):
        return None
    if password.partition(",")[0].isdigit() or ("/" in password and words_only(password)):
        return None
    if (user == "scott" and password == "tiger") or filler(password.replace("%20", " ")):
        return "low" if password.lower() not in ("pass", "password", "pwd", "secret") else None
    if host in ("host", "hostname", "server") and user in ("user", "username", "login"):
        return None
    if placeholder(password) and not common_password(password):
        return None
    if "example" in host and not any(c.isdigit() for c in password):
        return "low"
    if "." not in host and words_only(user) and words_only(password) and not common_password(password):
        return "low"  # `driver://account:password@database`, in whatever language
    return "high" if made_up(password) else "medium"


def block(data: bytes, end: int) -> Iterator[Secret]:
    """A private key between BEGIN and END, its line ends perhaps escaped."""
    match = _BLOCK.search(data, max(0, end - 64), min(len(data), end + 24))
    if match is None:
        return
    limit = min(len(data), match.end() + 16384)
    another = data.find(b"-----BEGIN", match.end(), limit)
    limit = another if another >= 0 else limit
    closing = data.find(b"-----END", match.end(), limit)
    if closing < 0:
        closing = data.find(b"\n\n", match.end(), min(limit, match.end() + 4096))
        stop = closing if closing > 0 else min(limit, match.end() + 2048)
    else:
        stop = closing
    body = b"".join(_BODY.findall(data, match.end(), stop))
    if len(body) < 40 or len(set(body)) < 12 or (b"..." in data[match.end() : stop] and len(body) < 200):
        return
    if data[stop : stop + 8] == b"-----END":
        line = data.find(b"-----", stop + 8, stop + 80)
        stop = line + 5 if line > 0 else stop
    kind = (
        "pgp-private-key" if b"PGP" in match[0] else "openssh-private-key" if b"OPENSSH" in match[0] else "private-key"
    )
    yield Secret(match.start(), stop, kind, "private-key", "high", "", "private key")
