"""Where a value may be in pieces or encoded: gates for the one database.

What comes in: the forms of the providers' secrets. What goes out: expressions for `gate`. The invariant: ordinary text
opens few of them.
"""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Iterable, Iterator

(
    SEAM,
    CONTINUED,
    LINES,
    ARRAY,
    CALL,
    CALL_NAMED,
    ENCODED,
    MIRRORED,
    ESCAPED,
    MANIFEST,
    HEAD,
    ARGUMENT,
    RECEIVER,
    OPERAND,
) = range(18, 32)

_INNER = r"[^\s\"'`,;:<>(){}\[\]\\]"
_ALNUM = r"(?:3[0-9]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])"
_NUMBER = r"(?:3[3-9]|[4-9][0-9]|1[01][0-9]|12[0-6])"


def gates() -> tuple[tuple[int, str], ...]:
    """The gates that no form decides."""
    decodes = r"(?:base_?64|b64|atob|hex|rot_?13|decode|pack)[\w.:!]{0,24}(?:\(\)\.\w{0,16})?\([ \t]{0,4}"
    return (
        *((SEAM, text) for text in _seams()),
        (CONTINUED, r"[0-9A-Za-z+/=_\-]{3}\\\r?\n[ \t]{0,60}[0-9A-Za-z+/=_\-]{2}"),
        *((LINES, text) for text in _lines()),
        *((ARRAY, text) for text in _arrays()),
        (CALL, decodes + r"(?:\w{1,16}[:=]\s?)?[a-z@]{0,2}[\"'`][0-9A-Za-z+/=_\-]{8}"),
        (
            CALL_NAMED,
            r"[0-9A-Za-z+/=_\-]{8}[\"'`]?(?:\.encode\(\))?\s{0,3}(?:,\s{0,4}[\"'](?:base64|hex|rot_?13)|"
            r"\|\s{0,3}(?:base64\s{1,3}-{1,2}d|xxd\s-r|openssl\s{1,2}(?:enc\s{1,2}-)?base64|rev\b))",
        ),
        (ESCAPED, rf"\\(?:x{_ALNUM}|u00{_ALNUM}|u\{{0{{0,4}}{_ALNUM}\}}|1[0-7][1-7])"),
        (ESCAPED, r"%(?:3[0-9]|4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a])"),
        (ESCAPED, r"&#(?:x[2-7][0-9a-f]|[0-9]{2,3});[\w\-&]"),
        (ESCAPED, r"[0-9a-z_\-](?:\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xef\xbb\xbf|\xc2\xad)[0-9a-z_\-]"),
        *((ARGUMENT, text) for text in _arguments()),
        *((RECEIVER, text) for text in _receivers()),
        (MANIFEST, r"\bkind[\"']?\s{0,3}:\s{0,3}[\"']?Secret\b"),
    )


def _seams() -> Iterator[str]:
    """Between two literals; quotes and operators one by one, since short literals are what is searched fastest."""
    prefixed = r"(?:\b[a-z]{1,2}|[@$])?[\"'`]" + _INNER
    for quote in ('"', "'", "`"):
        for operator in (r"\+", r"\.\.?", "&", r"\|\|", "<>"):
            yield rf"{_INNER}{quote} ?{operator}[\s\\]{{0,40}}{prefixed}"
    for quote in ('"', "'"):
        yield rf"{_INNER}{quote}(?: ?\\)?\r?\n\s{{0,40}}(?:(?:\+|\.\.?|&|\|\||<>) ?)?{prefixed}"
    yield rf"{_INNER}[\"'`] [\"'`]{_INNER}"
    yield "[a-z0-9]\"'[a-z0-9]"
    yield "[a-z0-9]'\"[a-z0-9]"
    yield r"BEGIN [A-Z ]{0,24}[\"'`]\s{0,2}[+.&\\]?\s{0,40}(?:\b[a-z]{1,2}|[@$])?[\"'`][A-Z\- ]"


def _lines() -> Iterator[str]:
    """What opens a block of lines that is a value."""
    yield r": [|>][+\-]?\r?\n[ \t]{1,40}[^\s]{4}"
    yield r"=[ $(cat]{0,9}<<[\-~]?[\"']?\w{1,20}[\"']?;?\r?\n[ \t]{0,40}[^\s]{4}"
    for quote in ('"""', "'''", "`"):
        yield rf"[=:] ?{quote}\\?\r?\n[ \t]{{0,40}}[^\s]{{4}}"


def _arrays() -> Iterator[str]:
    """The first of many characters; numbers are worth a look only where something says that they are characters."""
    yield r"[({\[]\s{0,12}(?:\(\w{1,8}\)\s?)?0x[2-7][0-9a-f] ?,\s{0,12}(?:\(\w{1,8}\)\s?)?0x[2-7][0-9a-f] ?,"
    yield r"[({\[]\s{0,12}[\"'][!-~][\"'],\s{0,12}[\"'][!-~][\"'],\s{0,12}[\"'][!-~][\"'],"
    numbers = rf"{_NUMBER},\s{{0,12}}{_NUMBER},\s{{0,12}}{_NUMBER},"
    yield rf"(?:byte|char|code|int8|chr|rune)\w{{0,12}}[^\w\n]{{1,12}}{numbers}"


def _arguments() -> Iterator[str]:
    """What makes a text of the argument that follows."""
    yield r"(?:''|\"\")\.join\(|\breversed\(|\bchr\(|fromCharCode\(|fromCodePoint\("
    yield r"\bbytes\(\[|\bbytearray\(|b64decode\(|\batob\(|fromhex\(|unhexlify\(|\.decompress\("
    yield r"decodeURIComponent\(|\bunquote\(|\bunescape\(|codecs\.decode\(|Buffer\.from\("
    yield r"://[\w.\-]{0,40}:[\"'`]\s?\+\s?"


def _receivers() -> Iterator[str]:
    """What makes a text of what stands before."""
    yield r"\.join\((?:''|\"\"|``)\)|\[::-1\]|\.reverse\(\)|\.translate\(|rot_?13[\"']\)|fromCharCode\)"


_HEAD = re.compile(r"(?:\\b|\(\?:)?((?:[0-9A-Za-z_]|\\?-){4,})(?![?*+{|])")
_LEAST = 4


def heads(regexes: Iterable[str]) -> set[str]:
    """How the secrets of these forms begin, where they always begin alike."""
    found: set[str] = set()
    for regex in regexes:
        match = _HEAD.match(regex)
        if match and "|" not in regex[: regex.find(")") + 1]:
            found.add(match[1].replace("\\", "")[:12])
    known = {"AKIA", "ASIA", "ghp_", "gho_", "ghs_", "xoxb-", "xoxp-", "sk_live_", "-----BEGIN "}
    return {head for head in found if _telling(head)} | known


_WORDS = frozenset("api key secret private public live test sha sha1 sha256 sha512 token auth".split())


def _telling(head: str) -> bool:
    """Whether a beginning is unlike words and numbers."""
    if len(set(head)) < 3 or head.strip("_-").lower() in _WORDS:
        return False
    return sum(c.isalpha() for c in head) > 1 and not (head.isalpha() and head.islower())


def _encoded(heads: Iterable[str]) -> Iterator[str]:
    """These beginnings in base64 and in hexadecimal, as literals for expressions."""
    for head in heads:
        raw = head.encode()
        for shift in range(3):
            skip, whole = -(-shift * 8 // 6), (shift + len(raw)) * 8 // 6
            text = base64.b64encode(b"\0" * shift + raw + b"\0\0").decode()[skip:whole]
            if len(text) > _LEAST:
                yield re.escape(text)
        yield raw.hex()
        yield raw.hex().upper()


def _mirrored(heads: Iterable[str]) -> Iterator[str]:
    """These beginnings reversed and rotated."""
    for head in heads:
        if not head.startswith("-"):
            yield re.escape(head[::-1])
            yield re.escape(codecs.encode(head, "rot13"))


def expressions(name: str, regexes: Iterable[str]) -> list[tuple[int, bytes, bool]]:
    """(id, expression, whether case counts) of everything; `name` is how the name of a credential reads."""
    found = [(number, text.encode("latin-1"), False) for number, text in gates()]
    value = r"\(?\s{0,24}[A-Za-z_][\w.\[\]\"']{0,40}\s{0,24}[+%]\s?[\w\"'`(]"
    found.append((OPERAND, rf"{name}[\"'\])]{{0,2}}\s?(?:[=!]==?|,|[=:(]{{1,2}})\s?{value}".encode(), False))
    known = sorted(heads(regexes))
    found.append((HEAD, rf"[\"'`](?:{'|'.join(map(re.escape, known))})[\w\-]*(?:[\"'`]|\$\{{|\{{)".encode(), True))
    for number, literals in ((ENCODED, list(_encoded(known))), (MIRRORED, list(_mirrored(known)))):
        for at in range(0, len(literals), 40):
            found.append((number, "|".join(literals[at : at + 40]).encode(), True))
    return found
