"""What the classifier sees of a candidate: facts about its name, its value and the text around it, each one a word.

What comes in: a Sight. What goes out: the facts that hold, as short texts ("shape:hex", "quote:bare"). The invariant:
no fact quotes the value or a name; every word that one can hold stands in this file or in `names`.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from deburr.engine.secrets import names, values
from deburr.engine.secrets.said import Said
from deburr.engine.secrets.secret import Secret
from deburr.engine.secrets.words import oddness, runs

_LINE = 200
_CODE = frozenset("python javascript typescript tsx jsx go java c cpp csharp ruby rust php kotlin swift scala".split())
_PROSE = frozenset("markdown rst text html xml".split())


@dataclass(slots=True)
class Sight:
    """A candidate with its surroundings."""

    secret: Secret
    value: str
    left: str
    """The text before the value, to the beginning of its line if that is near."""

    right: str
    language: str
    fixture: bool
    """Whether the file belongs to tests or documentation."""

    grade: str = ""
    """What the rules say: high, medium, low or doubtful."""


def sight(data: bytes, secret: Secret, language: str, fixture: bool) -> Sight:
    """The candidate as it stands in the text."""
    begin = max(0, secret.start - _LINE, data.rfind(b"\n", max(0, secret.start - _LINE), secret.start) + 1)
    end = data.find(b"\n", secret.end, secret.end + _LINE)
    left = data[begin : secret.start].decode("utf-8", "replace")
    right = data[secret.end : end if end >= 0 else secret.end + _LINE].decode("utf-8", "replace")
    value = data[secret.start : secret.end].decode("utf-8", "replace")
    if secret.kind == "basic-authorization":
        value = _password_of(value)
    grade = "doubtful" if secret.doubtful else secret.confidence
    return Sight(secret, value, left, right, language, fixture, grade)


def _password_of(pair: str) -> str:
    """The password in the Base64 of `user:password`."""
    plain = _plain(pair)
    return plain.partition(":")[2] or pair


def features(it: Sight) -> list[str]:
    """The facts that hold, and those pairs of them that mean more than each alone."""
    name, value, place = _name(it), _value(it.value), _place(it)
    shape, odd, kind = value[0], value[1], name[0]
    pairs = (
        f"{kind}&{shape}",
        f"{kind}&{odd}",
        f"{shape}&{odd}",
        f"{it.grade}&{kind}",
        f"{it.fixture}&{it.grade}",
        f"{it.fixture}&{shape}",
        f"{it.fixture}&{kind}&{odd}",
        f"{it.fixture}&{value[2]}",
    )
    words = [f"{it.fixture}&{fact}" for fact in value if fact.startswith("says:")]
    return [*name, *value, *place, *pairs, *words]


# Name

_SPOKEN = frozenset().union(
    names.PASSWORD, names.TOKEN, names.KEY_OF, names.AFTER, names.ABOUT, names.NO_TOKEN, names.SECRET, {"key", "keys"}
)


def _name(it: Sight) -> tuple[str, ...]:
    return _of_name(it.secret.name, it.secret.group, it.secret.kind)


@lru_cache(maxsize=1024)
def _of_name(said: str, group: str, kind: str) -> tuple[str, ...]:
    words = names.split(said[-80:])
    sort = "address" if group == "url-credentials" else names.sort(said) or group
    found = [f"sort:{sort}", f"words:{min(len(words), 5)}", f"kind:{kind}"]
    found += [f"name:{word}" for word in sorted(set(words[-4:])) if word in _SPOKEN]
    if len(words) == 1 and words[0] in _SPOKEN:
        found.append(f"only:{words[0]}")
    if " " in said:
        found.append("name:spaced")
    if said.isupper():
        found.append("name:upper")
    if said[:1].isupper() and not said.isupper():
        found.append("name:capital")
    return tuple(found)


# Value

_WORDS = Said(
    {
        "test": "test example sample demo dummy mock fake foo bar baz spam",
        "secret": "pass secret token key pwd auth cred login",
        "wrong": "wrong bad invalid incorrect expired unknown missing other not",
        "user": "user admin root guest owner client bob alice",
        "new": "new old first second some any my your the",
        "value": "value string text name type field data param default none null",
        "sikrit": "s[ei3]k?c?r[ei3]t sesame swordfish tiger letmein qwert hunter hello world monkey dragon correct",
    }
)
_SIZES = tuple((size, str(size)) for size in (4, 6, 8, 12, 16, 20, 32, 40, 64, 128))
_ODD = ((3.2, "plain"), (3.9, "wordy"), (4.4, "likely"), (4.9, "strange"), (5.5, "odd"))


def _bucket(number: float, steps: Sequence[tuple[float, str]]) -> str:
    return next((name for most, name in steps if number <= most), "more")


def _shape(value: str) -> str:
    """The alphabet of the value."""
    if value.isdigit():
        return "digits"
    if value.isalpha():
        kind = "capital" if value[1:].islower() else "letters"
        return "lower" if value.islower() else "upper" if value.isupper() else kind
    if values.uuid(value):
        return "uuid"
    if len(value) >= 8 and all(c in "0123456789abcdef" for c in value.lower()):
        return "hex"
    if value.isalnum():
        ended = value.rstrip("0123456789")
        return "counted" if ended.isalpha() and len(value) - len(ended) <= 4 else "alnum"
    plain = re.sub(r"[-_.]", "", value)
    if plain.isalpha():
        return "joined"
    if plain.isalnum():
        return "parts"
    return "base64" if re.fullmatch(r"[\w+/=.~:-]+", value) else "spaced" if " " in value else "marks"


def _rare(found: list[str]) -> int:
    """How much the letter pairs of all runs speak against words, in steps; four letters may be odd by chance."""
    return min(max(round(sum((oddness(run) - 4.2) * (len(run) + 1) for run in found if len(run) > 2) / 3), -4), 6)


def _value(value: str) -> list[str]:
    size = len(value)
    shape = _shape(value)
    found = runs(value)
    longest = max(found, key=len, default="")
    odd = _bucket(oddness(longest), _ODD) if len(longest) >= 3 else "none"
    digits = sum(map(str.isdigit, value)) / size
    marks = 1 - sum(map(str.isalnum, value)) / size
    parts = [
        f"shape:{shape}",
        f"odd:{odd}",
        f"size:{_bucket(size, _SIZES)}",
        f"runs:{min(len(found), 5)}",
        f"distinct:{round(len(set(value)) / size, 1)}",
        f"digits:{round(digits * 5)}",
        f"marks:{round(marks * 5)}",
        f"shape:{shape}&size:{_bucket(size, _SIZES)}",
        f"odd:{odd}&size:{_bucket(size, _SIZES)}",
        f"rare:{_rare(found)}",
    ]
    parts += [f"says:{group}" for group in _WORDS(value)]
    asked = {**_looks(value), "hash": shape == "hex" and size in (32, 40, 56, 64, 96, 128)}
    return parts + [f"is:{name}" for name, true in asked.items() if true]


def _looks(value: str) -> dict[str, bool]:
    """Which of the questions of `values`, and of a few more, the value answers with yes."""
    return {
        "sequence": values.sequence(value),
        "words": values.words_only(value),
        "common": values.common_password(value),
        "strange": values.strange(value),
        "double": any(a == b for a, b in pairwise(value)),
        "escaped": "\\x" in value or "\\u" in value,
        "text": bool(_plain(value)),
        "padded": value.endswith("="),
        "year": re.search(r"(?:19|20)\d\d", value) is not None,
        "ascii": value.isascii(),
        "shout": value[-1:] in "!?$*#@",
        "slash": "/" in value,
        "dot": "." in value,
    }


def _plain(value: str) -> str:
    """The text that the value is in Base64, "" if it is none."""
    if not 8 <= len(value) <= 400 or not value.isascii():
        return ""
    try:
        plain = base64.b64decode(value + "=" * (-len(value) % 4), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return plain if plain.isprintable() else ""


# Surroundings

_COMMENT = re.compile(r"^\s*(?:#|//|\*|--|;|<!--|/\*)|\s(?:#|//) ")
_RELATION = re.compile(r"(===|==|!=|:=|=>|->|<-|[=:,(>|]|\bis|\bto|\bby)\s*[bru@$\\]*[\"'`(\[{\\]*$")


def _place(it: Sight) -> list[str]:
    left = it.left
    quote = left[-1:] if left[-1:] in "\"'`" else "bare"
    relation = _RELATION.search(left)
    sort = "code" if it.language in _CODE else "prose" if it.language in _PROSE else "config"
    found = [
        f"rules:{it.grade}", f"quote:{quote}", f"relation:{relation[1] if relation else 'none'}", f"text:{sort}",
        f"test:{it.fixture}", f"text:{sort}&quote:{quote}",
        f"test:{it.fixture}&text:{sort}",
    ]  # fmt: skip
    if _COMMENT.search(left):
        found.append("comment")
    if it.value.lower() in left.lower():
        found.append("again")
    if len(left) + len(it.right) > 2 * _LINE - 20:
        found.append("long-line")
    return found + (_host(it.right) if it.secret.group == "url-credentials" else [])


def _host(right: str) -> list[str]:
    """What kind of host a password in an address goes to."""
    host = re.match(r"@([^/:?\"'\s]*)", right)
    text = host[1] if host else ""
    for kind, form in _HOSTS:
        if form.search(text):
            return [f"host:{kind}"]
    return ["host:word"]


_HOSTS = tuple(
    (kind, re.compile(form))
    for kind, form in (
        ("template", r"[%${}<]"),
        ("local", r"^(?:localhost|127\.|0\.0\.0\.0|::1)"),
        ("number", r"^[\d.]+$"),
        ("example", r"example|\.invalid$"),
        ("dotted", r"\."),
    )
)
