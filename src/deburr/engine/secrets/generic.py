"""Credentials without a form of their own: found by the name they stand under.

What comes in: the text and the place where a gate opened, which is the beginning of a value. What goes out: Secrets.
The invariant: nothing outside a window of fixed size around the place is read, so the time is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine.secrets import containers, gate, headers, names, services, shapes
from deburr.engine.secrets.blocks import in_block
from deburr.engine.secrets.judge import Candidate, judge
from deburr.engine.secrets.left import left_of
from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.values import (
    common_password,
    digits_in,
    generated,
    location,
    made_up,
    mixed,
    placeholder,
    uuid,
)
from deburr.model import Confidence

_BEFORE, _AFTER = 160, 2048
_PACKED = 1500
_CODE = frozenset("python javascript typescript tsx jsx go java c cpp csharp ruby rust php kotlin swift scala".split())

# Each is applied to at most _BEFORE bytes that end where the value begins.
_LEFT_PAIR = re.compile(
    rb"(?P<name>[\w.\-]+)(?:\\?[\"']?,?\s+[\"']?(?:value|default)\\?[\"']?\s*[:=]\s*"
    rb"|</(?:key|name)>\s*<(?:string|value)>)(?P<quote>[\"']?)$",
    re.I,
)
_LEFT_ELEMENT = re.compile(
    rb"<(?P<attribute>[\w.:\-]+\s[^<>]{0,60}?\b(?:name|key|id)\s?=\s?[\"'])?(?P<name>[\w.:\-]+)[\"']?(?:\s[^<>]*)?>\s*(?:<!\[CDATA\[)?$"
)
_LEFT_FLAG = re.compile(rb"\s--?(?P<name>[\w\-]+)(?:[ \t]+|=)(?P<quote>[\"']?)$")
_LEFT_PROSE = re.compile(
    rb"(?P<name>\w+)\s+(?:is|was|to|ist|lautet|(?:for|of)\s(?:[^\s:]{1,40}\s?:|[^\n:=]{1,48}?\s(?:is|was)))"
    rb"\s+(?P<quote>[\"'`]?)$",
    re.I,
)
_LEFT_SPACED = re.compile(rb"(?P<name>[\w.\-]+)[\"']?[ \t]+(?P<quote>[\"'`]?)$")
_LEFT_ENV = re.compile(rb"\b(?:env|arg|setenv|set)\s+(?P<name>\w+)[ \t]+(?P<quote>[\"']?)$", re.I)
_EITHER = re.compile(rb"(?:\bor|\|\||\?\?)\s*$")
_ASKED = re.compile(rb"\s*(?:(?:not )?in\b|[=!]=|\.|\+)")
_OPTION = re.compile(rb"[\"']-{0,2}([\w\-]+)[\"'],")
_UNPACKED = re.compile(rb"\s*[\w.]+\s*,\s*[\w.]+\s*=\s*$")
_SECOND = re.compile(rb"[\"']\s*,\s*[bru]?([\"'])([^\"'\n]+)\1")
_BARE_BEFORE = re.compile(rb"[ \t]*(?:[=:]|=:|>=)[ \t]*[\"'\]]?\\?(?P<name>[\w.\-\x80-\xff]+)")
_SCOPED = re.compile(rb"[a-z][A-Za-z]*(?::[a-z][A-Za-z]*)*")
_PLAIN = re.compile(rb"[A-Za-z_.]*")
_ASIDE = re.compile(rb"[\"'`#{/;*<]|--")
_BARE_END = re.compile(rb"[\s\"'`,;&<>(){}\[\]|]|\\[nrt\"'\\]|$")
_LINE_END = re.compile(rb"[\s\"'`<>]|\\[nrt\"']|$")
_COMMENT = re.compile(rb"(?:^|\s)(?:#|//|--|;|\*|/\*|<!--)")


def is_code(language: str) -> bool:
    """Whether values without quotes are expressions in this language."""
    return language in _CODE


def candidates(data: bytes, end: int, number: int, code: bool) -> Iterator[Secret]:
    """The secrets whose value begins where the gate opened."""
    read = _READERS.get(number)
    if read is not None:
        yield from read(data, end, code)


def packed(data: bytes, at: int) -> bool:
    """Whether the line is so long that a program wrote it: in bundled code names are short and values are texts."""
    begin = data.rfind(b"\n", max(0, at - _PACKED), at)
    if begin < 0 and at >= _PACKED:
        return True
    return len(data) - begin > _PACKED and data.find(b"\n", at, begin + _PACKED) < 0


def _window(data: bytes, at: int, width: int = _BEFORE) -> bytes:
    """What stands before, from the beginning of the line if that is near."""
    return data[max(0, at - width, data.rfind(b"\n", max(0, at - width), at) + 1) : at]


def _secret(it: Candidate, start: int, kind: str = "") -> Iterator[Secret]:
    answer = judge(it)
    if answer is not None:
        group, confidence = answer
        end = start + len(it.value.encode())
        sure: Confidence = "low" if confidence == "doubtful" else confidence
        doubtful = confidence == "doubtful"
        yield Secret(start, end, kind or _kind(group), group, sure, it.name, _TITLES[group], doubtful=doubtful)


_TITLES = {"password": "password", "generic-secret": "credential", "url-credentials": "credentials in an address"}


def _kind(group: str) -> str:
    return "generic-password" if group == "password" else "generic-secret"


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return ""


def _quoted_value(data: bytes, start: int, quote: bytes) -> bytes:
    """The text up to the closing quote, b"" when there is none near."""
    at = start
    limit = min(len(data), start + _AFTER)
    while True:
        at = data.find(quote, at, limit)
        if at < 0:
            return b""
        slashes = 0
        while data[at - 1 - slashes : at - slashes] == b"\\":
            slashes += 1
        if slashes % 2 == 0 or len(quote) > 1:
            return data[start:at]
        at += 1


def _quoted(data: bytes, end: int, code: bool) -> Iterator[Secret]:
    start = end - 1
    quote = data[start - 1 : start]
    if data[start - 2 : start - 1] == b"\\":
        quote = b"\\" + quote
    elif data[start - 3 : start] == quote * 3:
        quote *= 3
    raw = _quoted_value(data, start, quote)
    if not raw or b"\n" in raw:
        return
    left = _window(data, start - len(quote))
    if raw[:1] in b".,+&:;)]}" and left.count(quote) % 2 == 1:
        return  # the quote closes a text, it opens none
    if raw[:2] in (b'\\"', b"\\'"):
        return  # another text opens within this one
    if left[-1:] in (b'"', b"'") and quote != left[-1:] and left[-2:-1] in b" \t(,=:":
        left = left[:-1]  # a text in a text: `"KEY", "\"value\""`
    named = left_of(left)
    if named is None:
        return
    if _UNPACKED.match(left):  # user, password = "bob", "…"
        second = _SECOND.match(data, start + len(raw), min(len(data), start + len(raw) + 200))
        if second is None:
            return
        raw, start = second[2], second.start(2)
    name, relation = named
    if relation == "=" and code and b"?" in left[-60:] and b"?" in left[-60:].replace(b'"?', b"").replace(b"??", b""):
        return  # the branch of a conditional
    if _EITHER.search(left) and _ASKED.match(data, start + len(raw) + len(quote)):
        return  # `token or "x" in it`
    if relation != "==" and data[(after := start + len(raw) + len(quote)) : after + 8].lstrip().startswith(b":"):
        return  # the value is itself a key
    yield from _secret(Candidate(name, _text(raw), True, relation, code), start)


def _bare(data: bytes, end: int, code: bool) -> Iterator[Secret]:
    start = end - 3
    left = _window(data, start)
    ended = _BARE_END.search(data, start, min(len(data), start + _AFTER))
    stop = ended.start() if ended else start
    after = data[stop : stop + 1]
    if after in (b"(", b"[", b"{") or (after == b"<" and data[stop + 1 : stop + 2] != b"/"):
        return
    if code and _PLAIN.fullmatch(data, start, stop) and not _ASIDE.search(left):
        return  # the name of something else in the program
    match = _BARE_BEFORE.match(left[::-1])
    if match is None:
        return
    name = match["name"][::-1]
    begins = len(left) - match.end()
    if left[begins - 1 : begins] in (b":", b"/") and (b"arn:" in left or b"urn:" in left or b"//" in left):
        return
    if b".svg?" in left or b"/img.shields.io/" in left or (left.endswith(b":") and b"REDACTED:" in left[-80:]):
        return  # the address of a picture, which everybody sees; a placeholder of ours
    if (
        after in (b'"', b"'")
        and left[:begins].endswith(after)
        and left[-1:] == b":"
        and _SCOPED.fullmatch(data[start:stop])
    ):
        return  # one word with its scope: `debug("pw:browser")`
    opened = left.rpartition(b"{")[2] if b"{" in left else b""
    record = b"user" in opened and b'"' not in opened and b"'" not in opened  # {user: bob, password: …} is data
    inside = code and not record and not _in_text(left) and not in_block(data, start)
    given = name.isupper() and left.endswith(b"=") and not left[begins:].count(b" ")  # NAME=value command
    asked = left[begins - 1 : begins] in (b"?", b"&")  # an address in a log
    if not inside and not given and not asked and after in (b" ", b"\t") and _sentence(data, stop):
        return
    if value := _text(data[start:stop] if code else data[start:stop].rstrip(b".")):
        yield from _secret(Candidate(_text(name), value, False, "=", inside), start)


def _in_text(left: bytes) -> bool:
    """Whether the place is inside a comment or a string of one line, where the program's grammar does not hold."""
    odd = (left.count(b'"') - left.count(b'\\"')) % 2 == 1 or left.count(b"`") % 2 == 1 or left.count(b"'") % 2 == 1
    return odd or _COMMENT.search(left) is not None


def _sentence(data: bytes, stop: int) -> bool:
    """Whether words follow: then it was prose, `token: the string that …`."""
    rest = data[stop : stop + 60].split(b"\n", 1)[0].split(b'"', 1)[0].strip()
    return len(rest.split()) >= 2 and rest[:1].isalpha() and b"=" not in rest and b":" not in rest


def _simple(left: re.Pattern[bytes], back: int, relation: str = "=") -> Callable[[bytes, int, bool], Iterator[Secret]]:
    """A reader for the forms `NAME something VALUE` with an optional quote before the value."""

    def read(data: bytes, end: int, _code: bool) -> Iterator[Secret]:
        start = end - back
        match = left.search(data[max(0, start - _BEFORE) : start])
        if match is None or match["name"] == b"pass":  # a statement of Python, not a name
            return
        quote = match["quote"] if "quote" in left.groupindex else b""
        if quote:
            raw = _quoted_value(data, start, quote)
        else:
            ended = _LINE_END.search(data, start, min(len(data), start + _AFTER))
            raw = data[start : ended.start()].rstrip(b".,;:!?)" if relation == "is" else b",;)") if ended else b""
        value = _text(raw.removesuffix(b"]]"))
        if left is _LEFT_ELEMENT and match["attribute"] and not (made_up(value) and digits_in(value)):
            return  # the text of a label
        if value:
            it = Candidate(_text(match["name"]), value, bool(quote), relation, False)
            if quote or relation == "=" or made_up(value):
                yield from _secret(it, start)

    return read


_pair_by_name = _simple(_LEFT_PAIR, 1)


def _pair(data: bytes, end: int, code: bool) -> Iterator[Secret]:
    """`name: X, value: Y`, and what an option is when nobody gives it: `"--token", "-t", default="…"`."""
    found = list(_pair_by_name(data, end, code))
    start = end - 1
    yield from found
    if found or data[start - 1 : start] not in (b'"', b"'"):
        return
    value = _text(_quoted_value(data, start, data[start - 1 : start]))
    options = (_text(name) for name in _OPTION.findall(_window(data, start).rpartition(b"(")[2]))
    name = next((option for option in options if names.sort(option)), "")
    if name and value:
        yield from _secret(Candidate(name, value, True, "=", False), start)


_PIECE = re.compile(rb"\b[0-9a-f]{4,12}-$")
SERVICE_CREDENTIAL = "service-credential"
_TOKEN = re.compile(rb"[0-9A-Za-z+/=_.\-]+")
_PUBLIC_KEY = re.compile(rb"(?i)\b(?:pgp|gpg|public|ssh|host)[ \t]+keys?[ \t]+[\"'`]?$")
_NOT_A_TOKEN = frozenset(b"/\\.@(<[")


def _spaced(data: bytes, end: int, _code: bool) -> Iterator[Secret]:
    """`API key 1f0c…`: a value that only a machine makes, after a credential's name and a space."""
    start = end - 20
    match = _LEFT_SPACED.search(data[max(0, start - 60) : start])
    found = _TOKEN.match(data, start, min(len(data), start + _AFTER))
    if match is None or found is None or (data[found.end() : found.end() + 1] or b" ")[0] in _NOT_A_TOKEN:
        return
    if _PUBLIC_KEY.search(data[max(0, start - 60) : start]):
        return
    value = _text(found[0].rstrip(b"."))
    sort = names.sort(_text(match["name"]))
    if (
        sort in ("token", "secret", "key")
        and (generated(value, 20) or mixed(value))
        and not placeholder(value)
        and not location(value)
    ):
        yield Secret(
            start, start + len(value), "generic-secret", "generic-secret", "medium", _text(match["name"]), "credential"
        )


def _service(data: bytes, end: int, _code: bool) -> Iterator[Secret]:
    """A value that only a machine makes, under a name that names a service: `fastly = "…"`."""
    start = end - 16
    found = _TOKEN.match(data, start, min(len(data), start + _AFTER))
    if found is None or (data[found.end() : found.end() + 1] or b" ")[0] in _NOT_A_TOKEN:
        return
    value = _text(found[0])
    if value.islower() and value.replace("-", "").isalpha():
        return  # the name of a class or a module
    if not (generated(value) or mixed(value, 16) or uuid(value)):
        return
    left = _window(data, start, 80)
    match = services.before_value().search(left)
    if match is None or value[0] == "-" or _PIECE.search(left):
        return
    name = _text(match[0])
    if not (services.keyed(name) or generated(value) or mixed(value) or uuid(value)):
        return
    if _identifier(value) and match[0][-1:] not in b"\"'`":
        return
    few = sum(c.isdigit() for c in value) * 4 <= len(value) and (name[-1].isalnum() or name[-1] in "_.-")
    if (few or uuid(value)) and not services.keyed(name):
        return  # a longer name that begins with the service's, or the number of something
    if (
        shapes.known(value)
        or services.public(name)
        or services.inside(left, name)
        or placeholder(value)
        or location(value)
    ):
        return
    yield Secret(
        start,
        start + len(value),
        SERVICE_CREDENTIAL,
        "provider-token",
        "medium",
        name.strip("\"' =:("),
        "credential of a service",
    )


def _identifier(value: str) -> bool:
    """Whether it is a name of a program: words, written as one, with a number or two."""
    return (
        value.isidentifier()
        and len(value) <= 48
        and sum(c.isdigit() for c in value) <= 3
        and ("_" in value or all(len(word) > 2 or word.isdigit() for word in names.split(value)))
    )


def _login(data: bytes, end: int, _code: bool) -> Iterator[Secret]:
    """A password among the arguments of a call that logs in: the second of two, or the third of three."""
    start = end - 1
    quote = data[start - 1 : start]
    raw = _quoted_value(data, start, quote)
    after = data[start + len(raw) + 1 : start + len(raw) + 40]
    again = re.match(rb",\s*([\"'])([^\"'\n]+)\1", after + data[start + len(raw) + 41 : start + len(raw) + 80])
    called = re.search(rb"(connect\w*)\s?\(", data[max(0, start - 100) : start], re.I)
    if called and again:
        raw, start = again[2], start + len(raw) + 1 + again.start(2)
    value = _text(raw)
    if common_password(value) or (made_up(value) and len(value) >= 6 and value[0] != "/"):
        yield from _secret(Candidate("password", value, True, "(", True), start, "login-password")


def _sql(data: bytes, end: int, _code: bool) -> Iterator[Secret]:
    start = end - 1
    quote = data[start - 1 : start]
    value = _text(_quoted_value(data, start, quote))
    if value:
        yield from _secret(Candidate("password", value, True, "=", True), start, "sql-password")


def _netrc(data: bytes, end: int, _code: bool) -> Iterator[Secret]:
    start = end - 3
    ended = _LINE_END.search(data, start, min(len(data), start + 128))
    value = _text(data[start : ended.start()]) if ended else ""
    if value and "\\" not in value:
        yield from _secret(Candidate("password", value, False, "=", False), start, "netrc-password")


def _userinfo(data: bytes, end: int, _code: bool) -> Iterator[Secret]:
    """`curl -u user:password`."""
    start = end - 3
    if b"curl" not in data[max(0, start - 400) : start] and b"http" not in data[max(0, start - 300) : start + 300]:
        return
    value = _text(data[start : start + 128].split()[0].rstrip(b"\"'\\,;")) if data[start : start + 128].split() else ""
    if value and not value.startswith("//"):
        yield from _secret(Candidate("password", value, True, "=", False), start, "login-password")


_READERS: dict[int, Callable[[bytes, int, bool], Iterator[Secret]]] = {
    gate.QUOTED: _quoted,
    gate.BARE: _bare,
    gate.PAIR: _pair,
    gate.ELEMENT: _simple(_LEFT_ELEMENT, 3),
    gate.FLAG: _simple(_LEFT_FLAG, 3),
    gate.HEADER: headers.header,
    gate.LOGIN: _login,
    gate.SQL: _sql,
    gate.NETRC: _netrc,
    gate.CONTAINER: containers.members,
    gate.USERINFO: _userinfo,
    gate.PROSE: _simple(_LEFT_PROSE, 4, "is"),
    gate.SPACED: _spaced,
    gate.SERVICE: _service,
    gate.ENVLINE: _simple(_LEFT_ENV, 3),
}
