"""The one hyperscan database: bytes -> the places where a secret could begin to be confirmed.

What comes in: the text. What goes out: (end offset, gate) pairs in ascending order. The invariant: a text in which no
gate opens costs one scan and nothing else. Everything that knows hyperscan is in this file.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any

from deburr.engine.secrets import containers, fold_gates
from deburr.engine.secrets.services import WORDS
from deburr.providers import Format, before

_NAME = (
    r"(?:passw|passphrase|passcode|pass_?\b|pwd|pswd|secret|token|api[_\-. ]?key|"
    r"access[_\-. ]?key|auth|credential|creds?\b|"
    r"[_\-. ]key|key\b|connection[_\-. ]?str|conn[_\-. ]?str|\bpw\b|_pw\b|jwt|passwort|senha|nkey|dsn|"
    r"kennwort|wachtwoord|contrase|lozink|mot_?de_?passe|\bhaslo|hasło|пароль|密码|密碼|パスワード|비밀번호)"
)
_TAIL = r"[\w.\-]{0,32}"
_GIVEN = r"[^\w\n]{0,24}(?:[:=,(>]|==|\bis\b|<-)[^\w\n'\"`]{0,24}"
_TYPED = r"(?:[\w\[\], .|*&'<>]{1,30}=[ \t]{0,4})?(?:\b[a-z]{1,2})?"
_DECLARED = (
    r"(?:\s{1,4}(?:as\s{1,4})?(?:\*?string|str|text|n?varchar(?:\(\w{1,5}\))?|\[\]byte)|\s{0,2}\[\w{0,5}\]"
    r"|\s{0,4}\{\s?get;[ \w;]{0,24}\})"
)
_WRAPPED = (
    r"(?:str|bytes|quote(?:_plus|_from_bytes)?|String(?:::from)?|\[\]byte|[\w.]{0,24}GetBytes"
    r"|(?:bytes|bytearray)\.fromhex|(?:\w{1,16}\.)?field)"
)
_CALLED = r"(?:login|auth|connect|credentials?|logon|signin|sign_in)\w{0,16}\s?[(=]\s?\(?\s{0,20}"
SCHEMES = r"bearer|basic|token|api-?key|ssws|oauth|bot|splunk|geniekey|ghost|api-?token"
"""Words that stand before the credential in an Authorization header."""
_ONCE = r"(?:nonce|verifier|signature|salt\b|challenge|\bsid\b|request[_\- ]?id|api[_\- ]?id|\bapi\b)"
_SERVICE_VALUE = r"[\w.\- ]{0,24}['\"]?\s{0,3}[=:(,]{0,2}\s{0,3}['\"`]?\b[0-9A-Za-z_\-]{16}"

QUOTED, BARE, PAIR, ELEMENT, FLAG, URL, HEADER, LOGIN, SQL, NETRC, USERINFO, BLOCK, PROSE, ENVLINE, SPACED, SERVICE = (
    range(16)
)
UUID, RANDOM = 16, 17  # what follows is in fold_gates
"""The gates that need a look at the text around them; a format's gate is FIRST plus its index."""

CONTAINER, FIRST = 32, 33

_GATES: tuple[tuple[int, str], ...] = (
    (QUOTED, _NAME + _TAIL + _GIVEN + _TYPED + r"(?:\\?['\"`]|'\\?\"|\"(?:'|\\['\"]))[^\s'\"`]"),
    (BARE, _NAME + _TAIL + r"\\?['\"\]]?[ \t]{0,16}(?::=|=>|[=:])[ \t]{0,16}[^\s'\"`(){}\[\]<>,;=:$&|]{3}"),
    (QUOTED, _NAME + _TAIL + _GIVEN + _TYPED + r"(?:\"{3}|'{3})[^\s'\"`]"),
    (QUOTED, _NAME + _TAIL + r"[\])'\"]{0,3}\s{1,4}(?:\bor\b|\|\||\?\?)\s{1,4}['\"`][^\s'\"`]"),
    (QUOTED, _NAME + _TAIL + _DECLARED + r"\s{0,4}=\s{0,4}\(?['\"`][^\s'\"`]"),
    (QUOTED, _NAME + _TAIL + _GIVEN + _TYPED + _WRAPPED + r"\(\s{0,4}(?:default\s?=\s?)?b?['\"`][^\s'\"`]"),
    (QUOTED, _NAME + _TAIL + r"\.(?:equals(?:IgnoreCase)?|eql\?)\(\s?['\"][^\s'\"`]"),
    (QUOTED, r"(?:#define|configField|resValue)[^\n]{1,40}" + _NAME + _TAIL + r"\"?,?[ \t]{1,8}\"(?:\\\")?[^\s'\"`]"),
    (PAIR, _NAME + _TAIL + r"['\"],[^\n()]{0,60}\bdefault\s?=\s?['\"][^\s'\"`]"),
    (PAIR, _NAME + _TAIL + r"\\?['\"]?,?\s{1,20}['\"]?(?:value|default)\\?['\"]?\s{0,3}[:=]\s{0,3}['\"]?[^\s'\"{]"),
    (PAIR, _NAME + _TAIL + r"</(?:key|name)>\s{0,20}<(?:string|value)>[^\s<>]"),
    (ELEMENT, _NAME + _TAIL + r"(?:\s[^<>\n]{0,40})?>\s{0,4}[^\s<>]{3}"),
    (ELEMENT, _NAME + _TAIL + r"['\"](?:\s[^<>\n]{0,40})?>\s{0,4}(?:<!\[CDATA\[)?[^\s<>]{3}"),
    (ELEMENT, _NAME + _TAIL + r">\s{0,4}<!\[CDATA\[[^\s<>\]]{3}"),
    (FLAG, r"-[\w\-]{0,24}" + _NAME + r"[\w\-]{0,16}(?:[ \t]{1,4}|=)['\"]?[^\s'\"\-$<=]{3}"),
    (URL, r"://[^\s'\"/@:<>]{0,80}:[^\s'\"@<>]{1,100}@[\w\[$%{.(]"),
    (HEADER, r"\b(?:" + SCHEMES + r")[ \t]{1,2}[0-9A-Za-z+/=_.\-]{8}"),
    (LOGIN, _CALLED + r"['\"][^'\"\n]{1,64}['\"],\s{0,20}['\"][^'\"\s]"),
    (SQL, r"(?:identified\s+(?:with\s+\w+\s+)?by|password)[ \t]+(?:password\s+|values\s+)?\\?['\"][^'\"\s]"),
    (NETRC, r"\blogin\s{1,8}\S{1,64}\s{1,8}password\s{1,8}\S{3}"),
    (USERINFO, r"[\s'\"](?:-u|--user|--proxy-user|-U)['\",= ]{0,5}[^\s:'\"$]{1,40}:[^\s'\"$]{3}"),
    (BLOCK, r"-----\s?BEGIN[ A-Z0-9_\-]{0,40}PRIVATE KEY"),
    (PROSE, r"(?:password|passphrase|passwd|pwd|passcode)\s{1,2}(?:is|was|to)\s{1,2}['\"`]?[^\s'\"`]{4}"),
    (PROSE, r"(?:passwort|kennwort)\s{1,2}(?:ist|lautet)\s{1,2}['\"`]?[^\s'\"`]{4}"),
    (PROSE, r"(?:password|passwd|pwd)\s(?:for|of)\s[^\n:.]{1,30}\sis\s{1,2}['\"`]?[^\s'\"`]{4}"),
    (PROSE, r"(?:password|passphrase|passwd|token|secret)\s(?:for|of)\s[^\s:]{1,40}\s?:\s{1,2}['\"`]?[^\s'\"`]{4}"),
    (PROSE, r"(?:password|passphrase|passwd)\s(?:for|of)\s[^\n:=]{1,48}\s(?:is|was)\s{1,2}['\"`][^\s'\"`]{4}"),
    (SPACED, r"(?:secret|token|key|apikey)['\"]?[ \t]{1,3}['\"`]?[0-9A-Za-z][0-9A-Za-z+/=_\-]{19}"),
    (UUID, r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    (RANDOM, _ONCE + r"[\w.\-]{0,12}\\?['\"]?[ \t]{0,8}[:=][ \t]{0,8}\\?['\"`]?[0-9A-Za-z][0-9A-Za-z+/=_\-]{7}"),
    (ENVLINE, r"(?:^|\n)\s{0,8}(?:env|arg|set|setenv)\s{1,4}\w{0,32}" + _NAME + r"\w{0,24}[ \t]{1,4}[^\s=$]{3}"),
)  # fmt: skip


def expressions(formats: Sequence[Format]) -> list[tuple[int, bytes, bool]]:
    """(id, expression, whether case counts) of everything the database holds."""
    found = [(number, text.encode(), False) for number, text in _GATES]
    for at in range(0, len(WORDS), 40):  # one alternation of all of them is too large for hyperscan
        words = "|".join(WORDS[at : at + 40])
        found.append((SERVICE, rf"(?:{words}){_SERVICE_VALUE}".encode(), False))
    found += [(CONTAINER, text.encode(), False) for text in containers.GATES]
    found += fold_gates.expressions(_NAME + _TAIL, [form.regex for form in formats])
    for index, form in enumerate(formats, FIRST):
        found.append((index, (form.gate or _opening(form)).encode(), True))
    return found


def _opening(form: Format) -> str:
    """What opens the gate of a form that names none."""
    return f"{before(form)}(?:{_shortest(form.regex)})" if form.near else _shortest(form.regex)


_TELLING = re.compile(r"[0-9A-Za-z]{2,}[_-]+[0-9A-Za-z\[(]|[0-9A-Za-z]{4}")
"""A beginning by which a token is known, whatever stands before it."""


def _shortest(regex: str) -> str:
    """The expression with an open end cut to its least, so that one secret opens the gate once."""
    body = regex
    while body.endswith(("={0,2}", "={0,3}")):
        body = body[:-6]
    if body.endswith("}") and "," in body[body.rindex("{") :]:
        at = body.rindex("{")
        body = body[:at] + "{" + body[at + 1 : -1].split(",")[0] + "}"
    if _TELLING.match(body):
        return body  # also after a name: `backup_` and a token
    starts = body[0].isalnum() or body.startswith(("(?:", "[0-9", "\\d"))
    return r"\b" + body if starts and not body.startswith("(?i") else body


def compile_database(formats: Sequence[Format]) -> bytes:
    """The database, compiled for this machine's kind of processor and serialized."""
    import hyperscan

    flags = (hyperscan.HS_FLAG_CASELESS, 0)
    rows = expressions(formats)
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[text for _, text, _ in rows],
        ids=[number for number, _, _ in rows],
        elements=len(rows),
        flags=[flags[cased] for _, _, cased in rows],
    )
    return bytes(hyperscan.dumpb(database))


class Gate:
    """A loaded database that any number of threads may ask."""

    def __init__(self, serialized: bytes) -> None:
        import hyperscan

        self._hyperscan = hyperscan
        self._database = hyperscan.loadb(serialized, hyperscan.HS_MODE_BLOCK)
        self._local = threading.local()

    def open(self, data: bytes) -> list[tuple[int, int]]:
        """(end offset, gate) wherever a gate opens."""
        hits: list[tuple[int, int]] = []
        add = hits.append

        def on_match(number: int, _start: int, end: int, _flags: int, _context: Any) -> None:
            add((end, number))

        try:
            scratch = self._local.scratch
        except AttributeError:
            scratch = self._local.scratch = self._hyperscan.Scratch(self._database)
        self._database.scan(data, match_event_handler=on_match, scratch=scratch)
        return hits
