"""What a value says of itself: made by a generator, counted up by a person, a package, the end of another text."""

from __future__ import annotations

import random
import string

import pytest

from deburr.engine import secrets
from tests.engine.secrets import made

_DRAW = random.Random(11)
_SETTING = string.ascii_lowercase + string.digits + "!@#$%^&*(-_=+)"
_MARKED = string.ascii_letters + string.digits + "!#$%&()*+,-./:;<=>?@[]^_{|}~"
_HEX = made.run(32, _DRAW, "0123456789abcdef")


def found(text: str, language: str = "python") -> list[str]:
    data = text.encode()
    spoken = (one for one in secrets.find(data, language, "app/settings") if one.confidence != "low")
    return [data[one.start : one.end].decode() for one in spoken]


@pytest.mark.parametrize(("alphabet", "size"), [(_SETTING, 50), (_MARKED, 64), (_MARKED, 32)])
def test_marks_in_a_random_key_make_it_no_template_and_no_pattern(alphabet: str, size: int) -> None:
    values = [made.run(size, _DRAW, alphabet) for _ in range(100)]
    assert sum(found(f'SECRET_KEY = "{value}"') == [value] for value in values) >= 90


@pytest.mark.parametrize(
    "text",
    [
        "SECRET_KEY = 'django-insecure-{}'",
        'buildConfigField("String", "API_KEY", "\\"{}\\"")',
        "buildConfigField 'String', 'API_KEY', '\"{}\"'",
        "new DefinePlugin({{'process.env.API_KEY': '\"{}\"'}})",
        "status_api: OAuth {}",
    ],
)
def test_a_value_within_another_text(text: str) -> None:
    assert found(text.format(_HEX), "text")[-1].endswith(_HEX)


@pytest.mark.parametrize("user", ["'reports'", "the user reports", 'user "reports"'])
def test_a_password_that_a_sentence_tells(user: str) -> None:
    value = "hunter" + "7!x"
    assert found(f"The password for {user} is '{value}'.", "text") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "PENDO_KEY=abcdef1234",
        "api_token: abcd-1234",
        "token = 'AbcDef123'",
        'client_secret = "MNOPQRST" "ZZZZZZZZZ99999999"',
        'access_token = "q7ZZZZZZZZZZ0000000000000x1"',
        'keyStr = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="',
        'uses = "io.jsonwebtoken:jjwt-impl-0.12.6"',
        "server.password = 'lynx@'",
        "echo 'password = '.$row['db']['password'].\"!\";",
        'placeholder:"Your e-mail",password:"Password:",remember:"Remember me:"',
    ],
)
def test_nothing_to_tell(text: str) -> None:
    assert found(text, "text") == []
