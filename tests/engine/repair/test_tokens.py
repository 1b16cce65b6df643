"""Tokens that nobody verified, and the key that the text itself signs with."""

from __future__ import annotations

import pytest

from tests.engine.repair.repairing import repaired

HEAD = "import jwt\n\nfrom app import KEY, settings\n\n\n"
SIGN = 'def issue(user):\n    return jwt.encode({"sub": user}, KEY, algorithm="HS256")\n\n\n'
READ = "def read(token, key):\n    return "

CASES = {
    "key of the text": (
        SIGN,
        'jwt.decode(token, options={"verify_signature": False})',
        'jwt.decode(token, KEY, algorithms=["HS256"])',
    ),
    "no key": (
        SIGN,
        'jwt.decode(token, None, verify=False, audience="shop")',
        'jwt.decode(token, KEY, algorithms=["HS256"], audience="shop")',
    ),
    "all is there": (
        "",
        'jwt.decode(token, key, algorithms=["RS256"], verify=False)',
        'jwt.decode(token, key, algorithms=["RS256"])',
    ),
    "other options": (
        "",
        'jwt.decode(token, key, algorithms=["RS256"], options={"verify_signature": False, "verify_exp": False})',
        'jwt.decode(token, key, algorithms=["RS256"], options={"verify_signature": True, "verify_exp": False})',
    ),
    "unknown key": ("", 'jwt.decode(token, options={"verify_signature": False})', None),
    "unknown algorithm": ("", "jwt.decode(token, key, verify=False)", None),
    "a key of its own function": (
        'def issue(user, KEY):\n    return jwt.encode({"sub": user}, KEY)\n\n\n',
        "jwt.decode(token, verify=False)",
        None,
    ),
    "a key that only signs": (
        'def issue(user):\n    return jwt.encode({"sub": user}, KEY, algorithm="RS256")\n\n\n',
        "jwt.decode(token, verify=False)",
        None,
    ),
    "two keys": (
        SIGN + 'def invite(user):\n    return jwt.encode({"sub": user}, settings.KEY, algorithm="HS256")\n\n\n',
        "jwt.decode(token, verify=False)",
        None,
    ),
}


@pytest.mark.parametrize(("before", "call", "after"), CASES.values(), ids=CASES.keys())
def test_the_signature_is_verified(before: str, call: str, after: str | None) -> None:
    code = HEAD + before + READ + call + "\n"
    expected = HEAD + before + READ + after + "\n" if after else None
    assert repaired(code, "jwt-without-verification", call, callee="jwt.decode") == expected
