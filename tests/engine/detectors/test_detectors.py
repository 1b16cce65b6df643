"""What the detectors on hashes, assertions, swallowed exceptions and repository code say, line by line."""

from __future__ import annotations

import pytest

from deburr.engine import scan
from deburr.model import Source


def found(code: str, path: str = "app/main.py") -> list[tuple[int, str, str]]:
    """(line, principle, confidence) of each finding."""
    return [(f.span.line, f.principle, f.confidence) for f in scan(Source(code, path)).findings]


@pytest.mark.parametrize(
    ("code", "confidence"),
    [
        ("def digest(data):\n    return hashlib.md5(data).hexdigest()\n", "medium"),
        ("def sign(data):\n    return hashlib.sha1(data).hexdigest()\n", "medium"),
        ("def cache_key(data):\n    return hashlib.md5(data).hexdigest()\n", "low"),
        ("def etag(body):\n    return hashlib.new('sha1', body).hexdigest()\n", "low"),
        ("def seal(body):\n    checksum = hashlib.md5(body + secret).hexdigest()\n    return checksum\n", "medium"),
    ],
)
def test_a_weak_hash_counts_for_more_where_something_rests_on_it(code: str, confidence: str) -> None:
    assert found("import hashlib\n\n" + code) == [(4, "weak-hash", confidence)]


def test_a_hash_that_says_it_protects_nothing() -> None:
    assert found("import hashlib\n\ntag = hashlib.md5(b'x', usedforsecurity=False)\n") == []


def test_hmac_with_sha1_is_sound_and_with_md5_is_not() -> None:
    code = (
        "import hashlib, hmac\n\ndef mac(k, m):\n    a = hmac.new(k, m, hashlib.sha1)\n    b = hmac.new(k, m, 'md5')\n"
    )
    assert found(code) == [(5, "weak-hash", "medium")]


def test_an_assertion_guards_in_a_program_but_not_in_a_test() -> None:
    code = "def remove(user):\n    assert user.is_admin\n"
    assert found(code) == [(2, "assert-for-security", "medium")]
    assert found(code, "tests/test_users.py") == []


def test_a_swallowed_check_is_surer_when_it_answers_yes() -> None:
    code = "def ok(k, s, d):\n    try:\n        k.verify(s, d)\n    except Exception:\n        {}\n"
    assert found(code.format("return True")) == [(4, "swallowed-security-exception", "medium")]
    assert found(code.format("pass")) == [(4, "swallowed-security-exception", "low")]
    assert found(code.format("return False")) == []


def test_code_of_a_repository_is_trusted_unless_its_commit_is_pinned() -> None:
    code = "from transformers import AutoModel\n\nm = AutoModel.from_pretrained('a/b', trust_remote_code=True{})\n"
    assert found(code.format("")) == [(3, "remote-code-trusted", "medium")]
    assert found(code.format(", revision='0123abc'")) == []


def test_a_pattern_is_read_through_joined_literals_and_flags() -> None:
    assert found("import re\nP = re.compile(r'^(a+)' r'+$')\n") == [(2, "catastrophic-regex", "medium")]
    assert found("import re\nP = re.compile('(a #+ b+ x', re.VERBOSE)\n") == []


@pytest.mark.parametrize(
    ("test", "confidence"),
    [
        ("host.endswith('example.com')", "medium"),
        ("address.lower().endswith('.com/')", "medium"),
        ("url.startswith(('http://example.com', 'https://example.com'))", "medium"),
        ("re.match('https://www.example.com/', url)", "medium"),
        ("'example.com' in url", "low"),
    ],
)
def test_a_host_is_tested_so_that_others_pass(test: str, confidence: str) -> None:
    assert found(f"import re\n\nok = {test}  # of .com\n") == [(3, "incomplete-host-check", confidence)]


@pytest.mark.parametrize(
    "test",
    [
        "host.endswith('.example.com')",
        "url.startswith('https://example.com/')",
        r"re.match(r'https://www\.example\.com/', url)",
        "re.compile(r'^x  # as in a.com', re.X)",
        "'example.com' in urls",
        "name.endswith('report.com')",
    ],
)
def test_a_host_is_tested_well_or_something_else_is(test: str) -> None:
    assert found(f"import re\n\nok = {test}  # of .com\n") == []
