"""Equal secrets have equal identities, and an identity tells nothing of its secret."""

from __future__ import annotations

import hashlib
import random
import string

import pytest

from deburr.engine import scan
from deburr.model import Finding, Source, Span
from deburr.surfaces.shared import identity
from deburr.surfaces.shared.identity import Key, fresh, identities, new_salt, of, of_salt


def made(size: int) -> str:
    return "".join(random.choice(string.ascii_letters + string.digits) for _ in range(size))


def finding(line: int, column: int, end: int, kind: str = "generic-password", last: int = 0) -> Finding:
    span = Span(line, column, last or line, end)
    return Finding("hardcoded-password", "", "a.py", span, "high", "high", kind=kind)


def test_an_identity_is_of_the_value_and_the_key() -> None:
    value, key = made(12), of_salt(new_salt())
    assert of(value, "generic-password", key) == of(value, "generic-password", key)
    assert of(value, "generic-password", key) != of(value, "generic-password", of_salt(new_salt()))
    assert of(value, "generic-password", key) != of(made(12), "generic-password", key)
    assert of(value, "generic-password", fresh()) != of(value, "generic-password", fresh())
    assert len(of(value, "generic-password", key)) == 16
    assert of("", "generic-password", key) == ""


@pytest.mark.parametrize("kind", ["generic-password", "url-password", "some-token"])
def test_a_guess_at_a_short_value_costs_scrypt(kind: str) -> None:
    value, salt = made(8), new_salt()
    slow = hashlib.scrypt(value.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=8).hex()
    assert of(value, kind, of_salt(salt)) == slow


def test_no_identity_is_a_plain_hash() -> None:
    value = made(40)
    for key in (fresh(), of_salt(new_salt())):
        for plain in (hashlib.sha256, hashlib.sha1, hashlib.md5, hashlib.blake2b):
            assert of(value, "some-token", key) not in plain(value.encode()).hexdigest()


def test_the_cost_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identity, "MOST", 2)
    key = of_salt(new_salt())
    first, second = made(8), made(8)
    assert of(first, "generic-password", key)
    assert of(second, "generic-password", key)
    assert of(made(8), "generic-password", key) == ""
    assert of(first, "generic-password", key)
    assert of(made(40), "some-token", key), "what cannot be guessed costs next to nothing"


def test_a_key_is_the_same_on_one_line_and_on_many() -> None:
    rows = ["-----BEGIN " + "PRIVATE KEY-----", made(64), made(30), "-----END " + "PRIVATE KEY-----"]
    key = Key(b"salt")
    assert of("\n".join(rows), "private-key", key) == of("\\n".join(rows), "private-key", key)


def test_values_are_read_where_the_findings_stand() -> None:
    value = made(10)
    source = Source(f"a = '{value}'\nbé = '{value}'; c = 'x\n{value}'\n", "a.py")
    found = [finding(1, 6, 16), finding(2, 7, 17), finding(2, 7, 17, kind=""), finding(2, 26, 11, last=3)]
    told = identities(found, source, fresh())
    assert sorted(told) == [0, 1, 3]
    assert told[0] == told[1] != told[3]
    assert identities([finding(1, 1, 5, kind="")], source, fresh()) == {}


def test_a_secret_in_pieces_is_the_same_as_in_one() -> None:
    value = made(9) + "7Kq2" + made(9)
    texts = (f'API_TOKEN = "{value}"\n', f'API_TOKEN = "{value[:8]}" + "{value[8:]}"\n')
    key = fresh()
    found: list[str] = []
    for text in texts:
        source = Source(text, "a.py")
        findings = [one for one in scan(source).findings if one.kind]
        found += identities(findings, source, key).values()
    assert len(found) == 2
    assert len(set(found)) == 1
