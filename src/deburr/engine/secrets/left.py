"""What stands to the left of a quoted value: the name it is given to, and how.

What comes in: the text before the opening quote, at most one line of it. What goes out: the name and the relation.
It is read backwards, so each text costs time in proportion to the name and the mark before the value alone.
"""

from __future__ import annotations

import re

from deburr.engine.secrets import names

_PREFIX = re.compile(rb"(?i)[brufn@$]{1,2}(?![\w])")
_OPEN = re.compile(rb"[\s(\[{]*")
_SEP = re.compile(rb"(?P<sep>ro(?=[\s)\]\"'])|\|\||\?\?|===|==!|==|=!|=:|>=|-<|=[+?|]{1,2}|[=:,(>]|si(?=\s))\s*")
_WORD = re.compile(rb"[\w.\-$\x80-\xff]+")
_CLOSE = re.compile(rb"\s*\]\[|[\"'`\])\s?!\\]*")
_QUOTED_NAME = re.compile(rb"[\w.\- /\x80-\xff]+")
_TYPE = re.compile(rb"\s*[\w\[\], .|*&\"'<>?]{1,40}?\s*:(?=\s*[\w?])")
_AROUND = re.compile(
    rb"(?:(?:\w{1,16}\.)?[Ff]ield\(\s*(?:default\s*=\s*)?|(?:String::from|[\w.]{0,24}\.GetBytes|(?:bytes|bytearray)\.fromhex"
    rb"|quote_plus|quote_from_bytes|\[\]byte)\(\s*|(?P<accessors>\s*\{\s?get;[ \w;]{0,24}\}\s*=\s*))$"
)
"""What stands between a name and its value and changes neither."""
_TOLD = re.compile(
    rb"(?:\b(?P<same>[\w.]{1,60})\.(?:equals(?:IgnoreCase)?|eql\?)\(\s?"
    rb"|\b(?:strn?c(?:ase)?mp|hash_equals|compare_digest|Equals)\(\s?[$&*]?(?P<compared>[\w.]{1,60}),\s?"
    rb"|(?:#define\s|(?:buildConfigField|resValue)[ (]\s?[\"']\w+[\"'],\s)"
    rb"\s{0,8}[\"']?(?P<defined>\w{1,60})[\"']?,?\s{1,8}\"?)$"
)
_WRAPPERS = frozenset(
    "SecretStr Secret SecretBytes str bytes bytearray String Some quote Buffer.from []byte SecureString Literal".split()
)
_SETTERS = frozenset("set with add use update assert type fill send enter write put configure".split())
_BUILDERS = frozenset("password passwd passphrase pwd secret token apikey accesstoken authtoken".split())
_TYPES = frozenset("string String str char text const CHAR byte bytes varchar auto var let val".split())


def left_of(left: bytes) -> tuple[str, str] | None:
    """(name, relation) or None; relation is one of `=`, `==`, `,` and `(`."""
    told = _TOLD.search(left)
    if told is not None:
        name = (told["same"] or told["compared"] or told["defined"]).decode(errors="replace")
        return name, "=" if told["defined"] else "=="
    back = _AROUND.sub(lambda found: b" = " if found["accessors"] else b"", left)[::-1]
    at = 0
    if prefix := _PREFIX.match(back):
        at = prefix.end()
    opened = _OPEN.match(back, at)
    bracket = opened is not None and b"(" in opened[0]
    at = opened.end() if opened else at
    if bracket and (word := _WORD.match(back, at)):
        callee = word[0][::-1].decode(errors="replace")
        if callee.rsplit(".", 1)[-1] not in _WRAPPERS and callee not in _WRAPPERS:
            return (callee, "(") if _takes(callee) else None
        at = word.end()
        if (space := re.compile(rb"\s*(?:wen\s+)?").match(back, at)) is not None:
            at = space.end()
    mark = _SEP.match(back, at)
    if mark is None:
        return None
    return _name(back, mark.end(), mark["sep"][::-1].decode(), bracket)


def _name(back: bytes, at: int, sep: str, bracket: bool) -> tuple[str, str] | None:
    """The name that ends where the mark begins."""
    relation = "==" if sep in ("==", "===", "!=", "!==") else "," if sep == "," else "="
    if sep == ">" or (sep == "(" and not bracket):
        return None
    if relation == "=" and sep == "=" and (typed := _TYPE.match(back, at)) and b"," not in typed[0].split(b"[")[0]:
        scoped = back[typed.end() : typed.end() + 1].strip() and names.sort(typed[0][-2::-1].decode(errors="replace"))
        at = at if scoped else typed.end()  # `$env:API_KEY = …`, `let g:token = …`
    close = _CLOSE.match(back, at)
    ended = close[0] if close else b""
    at += len(ended)
    inner = any(mark in ended for mark in (b'"', b"'", b"`"))
    found = (_QUOTED_NAME if inner else _WORD).match(back, at)
    if found is None:
        return None
    if inner and back[found.end() : found.end() + 2] == b"::":
        return None  # the name of a type, as in "Shop::Api::Key"
    name = found[0][::-1].decode(errors="replace").strip().lstrip("-")
    if relation == "==" and back[found.end() : found.end() + 8].startswith(b" foepyt"):
        return None
    if relation == ",":
        whole = back[found.end() : found.end() + 1] in (b'"', b"'", b"`")
        return (name, ",") if inner and whole and not bracket else None
    if name in _TYPES and not inner and (word := re.compile(rb"\s+(?:[sS][aA]\s+)?([\w\-]+)").match(back, found.end())):
        name = word[1][::-1].decode(errors="replace")
    return name, relation


def _takes(callee: str) -> bool:
    """Whether a function of this name takes the credential itself: `setPassword`, `with_token`, `password`."""
    words = names.split(callee.rsplit(".", 1)[-1])
    return bool(words) and (words[0] in _SETTERS or "".join(words) in _BUILDERS)
