"""What a value plainly is, so that it is no credential whatever its name: a version, a picture, an algorithm, a rule.

What comes in: the text of one value. What goes out: an answer. The invariant: nobody would take such a text for a
password, a key or a token; what people do use as one, such as words, is weighed elsewhere.
"""

from __future__ import annotations

import re

_VERSION = re.compile(r"[\^~<>=! ]{0,3}v?\d{1,5}(?:\.\d{1,5}){1,3}(?:[-+][0-9A-Za-z.+\-]{1,24}|-)?(?:[ ,|]+[<>=].*)?")
_NUMBER = re.compile(r"[-+]?\d{1,6}(?:\.\d+)?(?:%|[a-z]{1,3})|0[xX][0-9a-fA-F]{1,16}[uUlL]{1,4}")
_ACCOUNT = re.compile(r"0x[0-9a-fA-F]{40}")
"""An address on a chain of blocks, which everybody may know; a private key is longer."""

_NETWORK = re.compile(
    r"(?:[0-9a-fA-F]{2}[:-]){5}[0-9a-fA-F]{2}|(?=.*[0-9a-fA-F])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{0,4}"
)
_KEYS = re.compile(r"(?i)(?:(?:ctrl|control|shift|alt|cmd|command|meta|option|super|mod)\+)+[\w ]{1,16}")
_ALGORITHM = re.compile(
    r"(?i)(?:x?chacha20|aes|3des|rsa|ecdsa|ecdh|ed25519|hmac|sha\d*|blake2[bs]|argon2|pbkdf2|scram|camellia)"
    r"(?:[-_+/](?:[a-z]{1,10}|[a-z]{0,4}\d{1,4}))+"
)
_RULE = r"(?:required|nullable|sometimes|bail|string|confirmed|(?:min|max|size|between|regex|same):[^|]+)"
_RULES = re.compile(rf"{_RULE}(?:\|{_RULE})+|regex:/.+")
_MEDIA = (
    "iVBORw0KGgo",
    "R0lGOD",
    "/9j/4",
    "AAABAAE",
    "PHN2Zy",
    "PD94bWwg",
    "AGFzbQ",
    "d09GM",
    "UklGR",
    "JVBERi0",
    "AAEAAAA",
)
"""How base64 of pictures, fonts, documents and modules begins."""

_PUBLIC = ("AAAAC3NzaC1lZDI1NTE5", "AAAAB3NzaC1yc2E", "AAAAE2VjZHNhLXNoYTI", "pk_live_", "pk_test_", "phc_")
"""How public keys begin, and those keys of services that are made to stand in a page."""

_SEALED = re.compile(r"Ag[A-D][0-9A-Za-z+/]{300,}={0,2}")
"""What only a cluster can open (SealedSecret): an RSA-4096 block comes first, with its length."""

_PERMISSION = re.compile(r"[a-z]{3,}(?::[a-z]{3,}){2,}|[a-z][A-Za-z]{2,}(?:\.[a-z][A-Za-z]{2,}){2,}")


def known(value: str) -> bool:
    """Whether the value plainly is something else than a credential."""
    numeric = value[:1].isdigit() or value[:1] in "^~<>=+-v "
    if numeric and any(form.fullmatch(value) for form in (_VERSION, _NUMBER, _ACCOUNT)):
        return True
    if value.startswith(_PUBLIC) or (len(value) >= 60 and value.startswith(_MEDIA)):
        return True
    return any(form.fullmatch(value) for form in _OTHERS)


_ALPHABET = re.compile(r"ABCDEFGHIJKLMNOPQRSTUVWXYZ(?:234567|abcdefghijklmnopqrstuvwxyz).*")
"""What values are drawn from."""

_OTHERS = (_ALPHABET, _NETWORK, _KEYS, _ALGORITHM, _RULES, _SEALED, _PERMISSION)
