"""The time is in proportion to the text, whatever the text."""

from __future__ import annotations

import time

import pytest

from deburr.engine import secrets

LINES = {
    "names without a value": "password = \n",
    "names with a call": "token = get_token(password)\n",
    "quoted placeholders": "password = 'changeme'\n",
    "addresses": "x://a:b@",
    "openings of keys": "-----BEGIN PRIVATE " + "KEY-----\n",
    "web tokens": "eyJaaaaaaaaaaaaaa.",
    "one long name": "password_",
    "quotes": "password='\\'",
    "brackets": "password=((((((",
}


def seconds(data: bytes) -> float:
    begin = time.process_time()
    secrets.find(data, "python")
    return time.process_time() - begin


@pytest.mark.parametrize("what", LINES)
def test_twice_the_text_takes_twice_the_time(what: str) -> None:
    small, large = LINES[what].encode() * 4000, LINES[what].encode() * 16000
    secrets.find(b"", "python")
    assert seconds(large) < 10 * max(seconds(small), 0.02)
