"""Several credentials in one collection, whose name alone says what they are: `USERS = {"admin": "…"}`, `tokens: […]`.

What comes in: the text and the place where the collection opens. What goes out: Secrets. The invariant: a fixed number
of bytes is read, and a value counts only if it looks like a credential by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.values import generated, location, placeholder, uuid, words_only

NAMES = r"(?:\busers?|\baccounts?|credentials?|creds|logins?|passwords|passwds|\bauth|tokens|api_?keys|secrets)"
GATES = (
    NAMES
    + r"\w{0,10}['\"\]]{0,2}[ \t]{0,4}(?::[ \t]?[A-Z][\w\[\], .|<>]{1,40})?(?:=>|:=|=|:)[ \t]{0,4}"
    + r"(?:(?:map|array|dict|set|list|mutable|Map|new )[\w.:<>, ]{0,24}(?:\[\w{1,10}\]\w{0,10})?)?[\[({]",
    r"(?:^|\n)[ \t]{0,24}" + NAMES + r"\w{0,10}:[ \t]{0,4}\r?\n[ \t]{1,24}[^\s#]",
    r"\n\[" + NAMES + r"\]\r?\n",
)
_MOST = 2000
_NAMED = re.compile(rb"(?i)(tokens|api_?keys|secrets|passwords|passwds)\w{0,10}[^\w]{0,12}$")
_PAIR = re.compile(
    rb"(?:[\[(]\s*[\"'][\w.@+\-]{2,40}[\"']\s*,"
    rb"|[\"']?\b(?P<key>[\w.@+\-]{2,40})[\"']?\s*(?:=>|:|=|\bto\b))\s*(?P<quote>[\"'])(?P<value>[^\"'\n]{6,120})(?P=quote)"
)
_QUOTED = re.compile(rb"(?P<quote>[\"'])(?P<value>[^\"'\n]{6,120})(?P=quote)(?!\s*(?::|=>|\bto\b))")
_LINE = re.compile(
    rb"(?m)^[ \t]*(?:-[ \t]+)?(?:[\"']?(?P<key>[\w.@+\-]{2,40})[\"']?[ \t]*[:=][ \t]*)?"
    rb"[\"']?(?P<value>[^\"'\s]{6,120})[\"']?"
    rb"[ \t]*(?:#.*)?\r?$"
)
_INDENT = re.compile(rb"[ \t]*")
_TOKEN = re.compile(r"[0-9A-Za-z_+/=\-]+")
_PLAIN = re.compile(r"[^\s()\[\]{}<>\\|,;:/=`'\"~]+")
_FIELDS = frozenset(
    b"name user username login email mail role roles host hostname url uri path file type kind model region version "
    b"title label id uid client_id format scheme method algorithm avatar description date created updated".split()
)
_CLOSES = {b"[": b"]", b"(": b")", b"{": b"}"}
_MARKS = frozenset("!@#$%^&*?+€§")


def members(data: bytes, end: int, code: bool) -> Iterator[Secret]:
    """The credentials in the collection that opens here."""
    if data[end - 1 : end] in _CLOSES:
        begin, stop = end - 1, _close(data, end - 1)
        named = _NAMED.search(data[max(0, end - 80) : end])
        pattern = _QUOTED if named else _PAIR
    elif code:
        return
    else:
        begin = data.rfind(b"\n", 0, end - 1) + 1 if data[end - 1 : end] != b"\n" else end
        stop = _block(data, begin)
        named = _NAMED.search(data[max(0, begin - 80) : begin])
        pattern = _LINE
    token = named is not None and not named[1].lower().startswith(b"pass")
    machine = named is not None  # a user has an id, which a machine makes too
    for match in pattern.finditer(data, begin, stop):
        key = match.groupdict().get("key") or b""
        if key.lower() not in _FIELDS:
            value = match["value"].decode(errors="replace")
            if (machine and _machine(value)) or (not token and _password(value)):
                yield _member(match, token)


def _member(match: re.Match[bytes], token: bool) -> Secret:
    kind, group, title = (
        ("generic-secret", "generic-secret", "credential") if token else ("generic-password", "password", "password")
    )
    return Secret(match.start("value"), match.end("value"), kind, group, "medium", "", title)


def _close(data: bytes, at: int) -> int:
    """Where the bracket closes, or how far is read."""
    opens, closes = data[at : at + 1], _CLOSES[data[at : at + 1]]
    depth = 0
    for place in range(at, min(len(data), at + _MOST)):
        char = data[place : place + 1]
        depth += (char == opens) - (char == closes)
        if depth == 0:
            return place
    return min(len(data), at + _MOST)


def _block(data: bytes, begin: int) -> int:
    """Where a line stands that is indented less than the first, or begins another section."""
    first = _INDENT.match(data, begin)
    least = len(first[0]) if first else 0
    at = begin
    while at < min(len(data), begin + _MOST):
        indent = _INDENT.match(data, at)
        width = len(indent[0]) if indent else 0
        line = data.find(b"\n", at)
        if data[at + width : at + width + 1] not in (b"\n", b"\r", b"#") and (
            width < least or data[at + width : at + width + 1] == b"["
        ):
            return at
        at = line + 1 if line >= 0 else len(data)
    return min(len(data), begin + _MOST)


def _machine(value: str) -> bool:
    return (
        generated(value, 20)
        and _TOKEN.fullmatch(value) is not None
        and not (placeholder(value) or uuid(value) or location(value) or words_only(value))
    )


def _password(value: str) -> bool:
    """Whether it is letters, digits and a mark that nothing but a password has."""
    return (
        len(value) >= 8
        and " " not in value
        and any(char in _MARKS for char in value)
        and any(char.isdigit() for char in value)
        and any(char.isalpha() for char in value)
        and "@" not in value[1:-1]
        and not (placeholder(value) or location(value))
        and _PLAIN.fullmatch(value) is not None
    )
