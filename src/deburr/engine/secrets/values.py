"""What a value looks like: a placeholder, a word, a path, or something that somebody generated or made up.

What comes in: the text of one value. What goes out: an answer. The one invariant: no value raises.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from math import log2

from deburr.engine.secrets.words import runs, wordlike

_STANDS_FOR_ANOTHER = (
    *("example", "placeholder", "changeme", "change-me", "change_me", "changeit", "replaceme", "replace_me"),
    *("replace-me", "replacewith", "replace_with", "replace-with", "insert", "your_", "your-", "your ", "yourpass"),
    *("yoursecret", "yourtoken", "yourkey", "yourapi", "my_api", "my-api", "redacted", "dummy", "sample", "todo"),
    *("fixme", "secret_here", "key_here", "token_here", "-here", "_here", "goes here", "enter_", "enter-", "enter "),
    *("put_", "put-your", "add_your", "xxxx", "****", "....", "notreal", "not-real", "not_real", "not_a_", "not-a-"),
    *("yadda", "fake", "mock", "censored", "hidden", "masked", "…", "lorem", "foobar", "asdfasdf", "undefined"),
    *("...", "replace!", "xsrf-token", "csrf-token", "csrftoken", "mysecretpassword"),
    "my-secret-pw",
)
_WHOLE = frozenset(
    """none null nil true false yes no on off empty blank default unset unknown undefined string str text value test
    testing tests foo bar baz qux spam eggs pass passwd password pwd pw passphrase secret token key auth login user
    username name email abc xyz a b c pass1 pass2 password1 password2 foobar something anything whatever required
    optional string? any object void number boolean bool int bytes char varchar admin_password user_password
    db_password dbpassword mypassword my_password mypass userpass pass_word new_password old_password newpassword
    oldpassword wrong wrongpassword wrong_password badpassword bad_password invalid invalid_password x-api-key
    x-auth-token authorization bearer basic digest oauth oauth2 jwt hidden prompt hello world mysecret my_secret
    my-secret mytoken my_token my-token secret_key secretkey api_key apikey access_token accesstoken client_secret
    refresh_token private_key plaintext encrypted ask never always auto inherit disabled enabled self this
    option options parameter parameters argument arguments flag flags string! id! int! android on_create private
    asdf asdfgh asdfjkl asdf123 latin1 latin-1 utf8 utf-8 utf16 utf-16 ascii cp1252 iso8859-1 iso-8859-1""".split()
)
_HASH_PREFIXES: tuple[str, ...] = (
    "$1$",
    "$2a$",
    "$2b$",
    "$2y$",
    "$5$",
    "$6$",
    "$y$",
    "$argon2",
    "$pbkdf2",
    "$scrypt",
    "pbkdf2",
    "{ssha}",
)
_HASH_PREFIXES += ("{sha", "sha256$", "sha512$", "sha1$", "md5$", "pbkdf2:", "scrypt:", "bcrypt", "argon2", "sha256:")
_FILE_ENDINGS = (
    ".pem .key .crt .cer .json .txt .py .js .ts .go .java .yml .yaml .toml .ini .cfg .html .htm .xml .php .png .svg "
    ".css .md .csv .sh .env .conf .p12 .jks .pub .db .com .org .net .io .local .log .exe .dll .so .rb .ejs .vue .tsx "
    ".jsx .jpg .gif .sql .rst .tpl .tmpl .properties .asc .gpg .whl .gz .tgz .zip .bz2 .xz .conda .lock .ipynb"
).split()
_PRINTED = frozenset(
    """2YotnFZFEjr1zCsicMWpAA tGzv3JOkF0XG5Qx2TlKWIA czZCaGRSa3F0MzpnWDFmQmF0M2JW gX1fBatbV 7Fjfp0ZBr1KtDRbnfVdmIw
    SplxlOBeZQQYbYS6WxSbIA mF_9.B5f-4.1JqM h480djs93hd8 45ghiukldjahdnhzdauz dpf43f3p2l4k3l03 kd94hf93k423kf44
    hh5s93j4hdidpola hdhd0244k9j7ao03 hfdp7dh39dks9884 nnch734d00sl2jdk pfkkdhi9sl3r4s00 9djdj82h48djs9d2
    kkk9d7dh3k39sjv7 j49sk3j29djd dh893hdasih9 dGhlIHNhbXBsZSBub25jZQ== x3JJHMbDL1EzLkh9GBhXDw==
    258EAFA5-E914-47DA-95CA-C5AB0DC85B11
    GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ QWxhZGRpbjpvcGVuIHNlc2FtZQ== dGVzdDoxMjPCow==
    D1fficultP%40ssw0rd D1fficultP@ssw0rd""".split()
)
"""What standards and manuals print as examples (OAuth, WebSocket, HTTP authentication, MongoDB), and others copy."""
_COMMON = frozenset(
    """123456 1234567 12345678 123456789 1234567890 12345 1234 qwerty letmein welcome monkey dragon master admin root
    toor administrator administrator1 admin123 admin1234 root123 test123 test1234 pass123 pass1234 password123
    password1234 password1! passw0rd p@ssw0rd p@ssword p@ssw0rd1 p@ssw0rd123 qwerty123 abc123 iloveyou superuser
    postgres mysql guest manager oracle sa supersecret topsecret s3cr3t s3cret secret123 welcome1 hunter2""".split()
)
"""Passwords that everybody tries first: they look like placeholders and are in use."""


_kept = lru_cache(maxsize=512)
"""Several rules ask the same of one value in turn."""

_DIGITS = re.compile(r"[0-9]+")
_TOKEN = re.compile(r"[0-9A-Za-z+/=_\-.~:]+")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F\-]+")
_OTHER = re.compile(r"[^0-9A-Za-z_\-. ]")
_LETTER, _UPPER = re.compile(r"[A-Za-z]"), re.compile(r"[A-Z]+")
_SPOKEN = re.compile(
    r"(?:^|[-_ ])(?:wstaw|tutaj|hier|eintragen|einsetzen|buraya|aqui|votre|remplacez|inserisci|coloque|jouw|deine?)"
    r"(?:[-_ ]|$)"
)
"""The same in other languages, as one of several words."""

_PART = re.compile(r"[-_]")
_STANDS = re.compile("|".join(map(re.escape, _STANDS_FOR_ANOTHER)))
_NEXT = bytes((at + 1) % 256 for at in range(256))
_BITS = [0.0, *(n * log2(n) for n in range(1, 256))]


@_kept
def entropy(text: str) -> float:
    """Shannon entropy of the characters, in bits each."""
    size = len(text)
    if not size:
        return 0.0
    counts = [text.count(c) for c in set(text)]
    return log2(size) - sum([_BITS[n] if n < 256 else n * log2(n) for n in counts]) / size


def _count(found: re.Pattern[str], value: str) -> int:
    """How many characters of an ASCII value belong to the class."""
    return sum(map(len, found.findall(value)))


def digits_in(value: str) -> int:
    """How many digits there are."""
    return _count(_DIGITS, value) if value.isascii() else sum(c.isdigit() for c in value)


def common_password(value: str) -> bool:
    """Whether it is one of the passwords that are tried first."""
    return value.lower() in _COMMON


@_kept
def placeholder(value: str) -> bool:
    """Whether the value says that somebody must put another one in its place."""
    low = value.strip().lower()
    if value.strip() in _PRINTED:
        return True
    if len(low) < 3 or low in _WHOLE or len(set(low)) <= (2 if len(low) < 12 else 3):
        return True
    if _STANDS.search(low) or template(low) or (low.isalpha() and "abcdefgh" in low):
        return True
    if (low[0] == "<" and ">" in low) or low[:2] in ("\\[", "\\f") or _SPOKEN.search(low):
        return True
    if len(tail := _PART.split(low)[-1]) >= 12 and len(set(tail)) <= 2:
        return True
    return (
        low.startswith("your")
        or low.endswith(("...", "here", "xxx", "yyy", "zzz"))
        or (low[0] == low[-1] and low[0] in "_-%@*")
    )


def template(value: str) -> bool:
    """Whether another program fills the value in: `${X}`, `{{ x }}`, `%(x)s`, `$X`, `%s`, `#{x}`."""
    if "${" in value or "{{" in value or "#{" in value or "%(" in value or "$(" in value or "<%" in value:
        return True
    if "{" in value and value.find("}", value.find("{")) > 0:
        return True
    if value[:1] == "$" and len(value) > 1 and all(c.isalnum() or c == "_" for c in value[1:]):
        return value[1:2].isalpha() or value[1] == "_" or len(value) == 2
    return value in ("%s", "%d", "%v", "%r", "%q") or (value[:1] == "%" and value[-1:] == "%")


def password_hash(value: str) -> bool:
    """Whether it is the stored hash of a password, not the password."""
    return value.lower().startswith(_HASH_PREFIXES)


def location(value: str) -> bool:
    """Whether it names a file, an address or a resource: `/etc/x`, `https://…`, `arn:aws:…`, `a.b.c`."""
    low = value.lower()
    if low.startswith(("/", "./", "../", "~/", "http:", "https:", "file:", "arn:", "urn:", "data:", "vault:", "ssm:")):
        return not (low[0] == "/" and "/" not in low[1:] and not alpha_only(low[1:]))
    if "://" in low or low[1:3] == ":\\" or low.endswith(tuple(_FILE_ENDINGS)):
        return True
    if _RELEASE.fullmatch(low):
        return True
    return "/" in low and all(wordlike(run) for run in runs(low)) and not any(c.isdigit() for c in low)


_RELEASE = re.compile(r"[a-z][a-z_.]*(?:-[a-z_.]+)*-v?\d+\.\d+(?:\.\d+)*")
"""A package and its version, such as a build file names."""


def pattern(value: str) -> bool:
    """Whether it is a regular expression or a printf-like format."""
    marks = (
        "[a-z",
        "[^",
        "[0-9",
        "(?",
        ".*",
        ".+",
        "]+",
        "]*",
        "]{",
        "\\d",
        "\\w",
        "\\s",
        "%s",
        "%d",
        "%v",
        "%r",
        ")$",
        "+$",
    )
    return any(mark in value for mark in marks) or (value[:1] == "^" and value[-1:] == "$")


def alpha_only(value: str) -> bool:
    """Whether it is words: letters with the separators that names use."""
    return all(c.isalpha() or c in "_-. /:" for c in value)


def uuid(value: str) -> bool:
    """Whether it is written like a UUID."""
    parts = value.split("-")
    return [len(p) for p in parts] == [8, 4, 4, 4, 12] and all(c in "0123456789abcdefABCDEF" for c in "".join(parts))


@_kept
def words_only(value: str) -> bool:
    """Whether the value is made of words and perhaps short numbers: a name, not a secret."""
    found = runs(value)
    if not found or not all(wordlike(run) for run in found):
        return False
    digits = digits_in(value)
    if digits <= max(2, len(value) // 8):
        return sum(len(run) for run in found if len(run) >= 4) * 2 >= len(value) or digits == 0
    parts = value.replace("-", "_").replace(".", "_").replace("/", "_").replace(":", "_").split("_")
    wordy = [part for part in parts if part.isalpha() and len(part) >= 3]
    return len(wordy) >= 2 and all(part.isalpha() or (part.isdigit() and len(part) <= 12) for part in parts)


@_kept
def sequence(value: str) -> bool:
    """Whether most characters follow the one before: `1234567890abcdef`, `abcdefgh`."""
    if value.isascii():
        raw = value.encode()
        last = int.from_bytes(raw[:-1].translate(_NEXT), "big") ^ int.from_bytes(raw[1:], "big")
        steps = last.to_bytes(len(raw), "big").count(0) - 1 + sum(map(raw.count, (b"90", b"9a", b"9A")))
    else:
        steps = sum(ord(b) - ord(a) == 1 for a, b in pairwise(value))
    return len(value) > 5 and steps >= 0.7 * (len(value) - 1)


def stand_in(value: str) -> bool:
    """Whether somebody typed on from the first keys, as in `abcd-1234`, or wrote all characters there are."""
    if _SAME.search(value) and len(value) <= 64:
        return True
    if len(value) >= 30:
        return len(set(value)) == len(value) and sequence(value)
    raw = value.lower().encode()
    steps = "".join("+" if b - a == 1 else " " for a, b in pairwise(raw))
    counted = sum(len(run) + 1 for run in steps.split() if len(run) >= 2)
    return len(value) < 16 and counted == sum(c.isalnum() for c in value)


_SAME = re.compile(r"([0-9A-Za-z])\1{7}")


def scrambled(value: str) -> bool:
    """Whether letters, digits and many marks stand in no order: so a generator writes, and no language."""
    if len(value) < 12 or _WRITTEN.search(value) or not value.isascii():
        return False
    marks = set(_OTHER.findall(value))
    said = sum(len(run) for run in runs(value) if len(run) >= 4 and wordlike(run))
    return (
        len(marks) >= 5
        and digits_in(value) >= 2
        and entropy(value) > min(4, log2(len(value)) - 0.6)
        and said * 3 <= len(value)
    )


_WRITTEN = re.compile(
    r"\s|[aA]-[zZfF]|0-9|[\])}.][*+]|\{\d+[,}]|\\[dwsb]|\(\?|\$\{\w+[}:]|\{\{?\s*[\w.]*\s*\}|%\(\w+\)|\$\(\w{2}"
)
"""Marks of a regular expression or a template."""


@_kept
def generated(value: str, least: int = 16) -> bool:
    """Whether a machine made the value: long enough, of one token's alphabet, mixed, and not of words."""
    size = len(value)
    if size < least or not _TOKEN.fullmatch(value):
        return False
    digits = _count(_DIGITS, value)
    if digits == size or sequence(value):
        return False
    bits = entropy(value)
    if _HEXADECIMAL.fullmatch(value):
        letters = size - digits - value.count("-")
        return bits >= (2.6 if size < 32 else 2.9) and digits >= 2 and letters >= 2
    if bits < (2.9 if size < 20 else 3.2):
        return False
    if digits >= 2 and digits + _count(_UPPER, value) > 2:
        return not words_only(value)
    return (not all(wordlike(run) for run in runs(value)) and not value.islower()) or (
        value.islower() and strange(value)
    )


def strange(value: str) -> bool:
    """Whether its longest run of letters cannot be words."""
    found = sorted(runs(value), key=len)
    return bool(found) and len(found[-1]) >= 4 and not wordlike(found[-1])


@_kept
def made_up(value: str) -> bool:
    """Whether a person or a machine made it up as a password: mixed characters, or letters that form no word."""
    if len(value) >= 6 and _kinds(value) >= 2:
        return True
    return len(value) >= 5 and strange(value)


def _kinds(value: str) -> int:
    """How many of digits, letters and marks there are in it."""
    if value.isascii():
        found = _DIGITS.search(value), _LETTER.search(value), _OTHER.search(value)
        return sum(one is not None for one in found)
    others = any(not c.isalnum() and c not in "_-. " for c in value)
    return any(c.isdigit() for c in value) + any(c.isalpha() for c in value) + others


def mixed(value: str, least: int = 20) -> bool:
    """Letters and digits that run up in order, as people write keys by hand."""
    body = value.replace("-", "").replace("_", "").replace(".", "")
    switches = sum(a.isdigit() != b.isdigit() for a, b in pairwise(body))
    return (
        len(value) >= least
        and body.isalnum()
        and not body.isdigit()
        and not body.isalpha()
        and (body == value or switches > _SWITCHES)
        and not words_only(value)
    )


_SWITCHES = 5
"""A longer name of a program has fewer changes between letters and digits."""
