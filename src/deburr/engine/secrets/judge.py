"""Is the value that stands under a credential's name a credential? The one place where that is decided.

What comes in: a Candidate. What goes out: a confidence, or None. The invariant: a pure function of the candidate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from deburr.engine.secrets import names, shapes
from deburr.engine.secrets.secret import Secret, lowered
from deburr.engine.secrets.values import (
    common_password,
    generated,
    location,
    made_up,
    password_hash,
    pattern,
    placeholder,
    scrambled,
    sequence,
    stand_in,
    strange,
    uuid,
    words_only,
)
from deburr.model import Confidence


@dataclass(slots=True)
class Candidate:
    """A name and a value, and how the text puts them together."""

    name: str
    value: str
    quoted: bool = True

    relation: str = "="
    """`=` assigned or given, `==` compared, `,` the next argument or element, `(` the argument of a call."""

    code: bool = True
    """Whether the text is program code, where a value without quotes is an expression."""


def judge(it: Candidate) -> tuple[str, Confidence | Literal["doubtful"]] | None:
    """(group, confidence) if the rules take it for a credential, or leave it to the classifier; None never is one."""
    sort = names.sort(it.name)
    if not sort or not _plausible(it, sort):
        return None
    if not it.quoted and not _literal(it):
        return None
    if it.relation in (",", "(") and (names.sort(it.value) or _numbered(it.value)):
        return None
    if sort == "connection":
        return None
    found = _GRADES.get(sort, _token)(it)
    if it.relation in (",", "(") and not (made_up(it.value) if sort in ("password", "secret") else generated(it.value)):
        found = None
    return found or ("password" if sort == "password" else "generic-secret", "doubtful")


def settle(secret: Secret, chance: float | None, *, fixture: bool, packed: bool) -> Secret | None:
    """The secret as it is spoken of, None when it is not; without the classifier's `chance` the rules decide alone.

    A test's or example's is at most medium, and what stands in code that a program packed at most low.
    """
    found = _by_rules(secret) if chance is None else _by_chance(secret, chance, fixture)
    if found is None:
        return None
    if fixture and (chance is None or found == "high"):
        found = lowered(found)
    return secret._replace(confidence="low" if packed else found, doubtful=False)


def _by_rules(secret: Secret) -> Confidence | None:
    return None if secret.doubtful else secret.confidence


def _by_chance(secret: Secret, chance: float, fixture: bool) -> Confidence | None:
    """The confidence that a chance is worth.

    It never hides what the rules found in a program's own files, and what they would pass over is at most listed.
    """
    if secret.doubtful:
        return "low" if chance >= _MEDIUM else None
    if chance >= _MEDIUM:
        return "high" if chance >= _HIGH else "medium"
    if fixture:
        return "low" if chance >= _LOW else None
    return "medium" if secret.confidence != "low" and chance >= _OBJECTION else "low"


_HIGH, _MEDIUM, _LOW, _OBJECTION = 0.9, 0.5, 0.1, 0.005
"""From which chance on a confidence is said."""


def _plausible(it: Candidate, sort: str) -> bool:
    """Whether the value could be a credential at all, whatever its name."""
    value = it.value
    if len(value) < 3 or len(value) > 2000 or "\x00" in value or not value.isprintable():
        return False
    if scrambled(value) and not password_hash(value) and "://" not in value:
        return True
    if sort != "password" and stand_in(value):
        return False
    if placeholder(value) and not (sort == "password" and common_password(value)):
        return False
    if value.startswith("##") or (value[-1] == "@" and value[:-1].isalpha()):  # of a tokenizer, of an anonymous guest
        return False
    if template(value) or password_hash(value) or location(value) or pattern(value) or shapes.known(value):
        return False
    if _echo(it.name, value) or _prose(it.name, value) or _constant(value) or _happening(value):
        return False
    return value.split(None, 1) == [value] or (sort == "password" and it.quoted and _phrase(value))


def _constant(value: str) -> bool:
    """Whether it is written like the name of a constant: `SHOP_PASS_STATE`, `E7_KEY_NOT_FOUND`, `PASSWORD_LOST`."""
    parts = value.split("_")
    if not value.isupper() or len(parts) < 2 or not all(map(str.isalpha, parts[1:])) or not words_only(value):
        return False
    return len(parts) > (2 if parts[0].isalpha() else 3) or (parts[0].isalpha() and bool(names.sort(parts[0])))


def _happening(value: str) -> bool:
    """Whether it names what happened to a credential: `PasswordResetRequested`."""
    if not value[:1].isupper() or not value.rstrip("0123456789").endswith("ed"):
        return False
    words = names.split(value.rstrip("0123456789"))
    return len(words) > 2 and value.isalnum() and any(names.sort(word) for word in words[:-1]) and words_only(value)


def _prose(name: str, value: str) -> bool:
    """Whether it is a label of a form and its translation, not a name and a credential."""
    if any(c.isdigit() for c in value):
        return False
    return " " in name.strip() or any(c.isalpha() and not c.isascii() for c in value)


def template(value: str) -> bool:
    """Whether the value calls or reads something else."""
    return ("(" in value and value.endswith(")")) or value.startswith(
        ("$", "@{", "env:", "ENC[", "!vault", "process.env", "os.environ")
    )


def _phrase(value: str) -> bool:
    """A value with one space that is no sentence."""
    return value.count(" ") == 1 and made_up(value.replace(" ", "")) and any(c.isdigit() for c in value)


def _echo(name: str, value: str) -> bool:
    """Whether the value is another spelling of the name, or itself a credential's name."""
    words, spoken = names.split(value), names.split(name)
    if words == spoken or (len(words) > 1 and set(words) <= set(spoken)):
        return True
    if len(spoken) > 1 and set(spoken) <= set(words) and value.replace(":", "").replace("_", "").isalnum():
        return True
    if any(c.isdigit() for c in value[1:-1]):
        return False
    # A lone word such as "hunter" is a password; "X-Api-Key" and "db_password" are names of one.
    return len(words) > 1 and bool(names.sort(value)) and not value.isalnum()


def _numbered(value: str) -> bool:
    """Whether it is the name of a header, or of one in a series, its number first: `0002_add_token_20240131`."""
    if value.startswith(("x-", "X-")):
        return value.count("-") > 1
    number, _, rest = value.partition("_")
    return number.isdigit() and all(part.isalpha() or part.isdigit() for part in rest.split("_"))


def filler(value: str) -> bool:
    """Whether the value says "some password" in words: `mypassword`, `test_pass`, `secret-token`."""
    rest = value.lower().rstrip("0123456789!")
    for word in _FILLERS:
        rest = rest.replace(word, "")
    return not rest.strip("_- .")


_FILLERS = (
    *("password", "passwd", "passphrase", "secret", "token", "apikey", "key", "pass", "pwd", "admin", "user", "test"),
    *(
        "some",
        "wrong",
        "bad",
        "good",
        "correct",
        "invalid",
        "valid",
        "fake",
        "super",
        "very",
        "strong",
        "secure",
        "root",
    ),
    *("new", "old", "your", "my", "the", "api", "auth", "access", "client", "db", "jwt", "here", "another", "other"),
    *("doesnotexist", "sensitive", "tiger", "python", "word", "long", "random", "string", "value", "value", "dev"),
)


def _literal(it: Candidate) -> bool:
    """Whether a value without quotes is a value, not a name or an expression of the program."""
    value = it.value
    if value[0] in "&*!|>%@`#" or value[-1] == ":" or (value.isdigit() and len(value) < 6):
        return False
    if it.code and "." in value and all(part.isidentifier() for part in value.split(".")):
        return False
    if it.code and (value[0].isupper() and not value.isupper()):
        return False
    if it.code or it.relation != "=":
        plain = value.replace("_", "").replace(".", "")
        mixed = sum(c.isdigit() for c in value) >= 2 and not words_only(value)
        if plain.isalnum():
            return mixed and generated(value, 8) if it.code else mixed or strange(value)
        return made_up(value) and "." not in value and "->" not in value and "::" not in value
    return True


def _password(it: Candidate) -> tuple[str, Confidence] | None:
    value = it.value
    if common_password(value):
        return "password", "medium"
    if len(value) < 4 or (uuid(value) and not it.quoted):
        return None
    if it.relation == "==" and value.isalpha() and len(value) < 5:
        return None
    if filler(value):
        return "password", "low"
    if made_up(value):
        return "password", "high" if len(value) >= 6 else "medium"
    if value.isdigit():
        return ("password", "medium") if len(value) >= 4 and it.quoted else None
    if not it.quoted:
        return ("password", "medium" if not words_only(value) else "low") if len(value) >= 4 else None
    if value[0].isupper() and value.isalpha() and value[1:].islower() and it.relation != "==":
        return "password", "low"
    return "password", "medium" if len(value) >= 4 else "low"


def _secret(it: Candidate) -> tuple[str, Confidence] | None:
    value = it.value
    if generated(value) or (made_up(value) and len(value) >= 8 and not words_only(value)):
        return "generic-secret", "high"
    if made_up(value) and len(value) >= 6:
        return "generic-secret", "medium"
    if it.quoted and len(value) >= 6 and (it.code or not words_only(value)):
        return "generic-secret", "medium" if "secret" in value.lower() or "key" in value.lower() else "low"
    return None


def _token(it: Candidate) -> tuple[str, Confidence] | None:
    value, sort = it.value, names.sort(it.name)
    if generated(value):
        return "generic-secret", "high" if sort == "token" else ("medium" if len(value) >= 20 else "low")
    if sort == "key":
        counted = len(value) >= 20 and value.isalnum() and any(c.isdigit() for c in value) and not words_only(value)
        return (
            ("generic-secret", "medium" if it.quoted or not it.code else "low")
            if counted and not value.isdigit()
            else None
        )
    if generated(value, 10):
        return "generic-secret", "medium"
    mixed = any(c.isdigit() for c in value) and any(c.isalpha() for c in value)
    if mixed and len(value) >= 12 and (sequence(value) or not words_only(value)):
        return "generic-secret", "medium"
    return ("generic-secret", "low") if mixed and len(value) >= 6 and not words_only(value) else None


_GRADES = {"password": _password, "secret": _secret}
