"""The conditions of facts, as a user meets them in calls that are wrong by themselves."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### a literal
requests.get("https://example.com", verify=False, timeout=5)  # => tls-verification-off high

### a constant of the text
CHECK = False
requests.get("https://example.com", verify=CHECK, timeout=5)  # => tls-verification-off high

### a constant that is computed
requests.get("https://example.com", verify=not True, timeout=5)  # => tls-verification-off high

### another value
requests.get("https://example.com", verify="ca.pem", timeout=5)

### something unknown
requests.get("https://example.com", verify=request.path, timeout=5)

### keywords from a mapping
options = {"verify": False, "timeout": 5}
requests.get("https://example.com", **options)  # => tls-verification-off high

### a missing keyword
import yaml
yaml.load("a: 1")  # => unsafe-yaml high

### a keyword that may hide in a mapping
import yaml
yaml.load("a: 1", **request.environ)

### a name of the library
import yaml
yaml.load(open("a.yml"), Loader=yaml.SafeLoader)
yaml.load(open("a.yml"), Loader=yaml.UnsafeLoader)  # => unsafe-yaml high

### a name that was imported alone
from yaml import load, Loader
load(open("a.yml"), Loader)  # => unsafe-yaml high

### a number that is too small
hashlib.pbkdf2_hmac("sha256", b"x", os.urandom(16), 1000)  # => few-kdf-iterations high
hashlib.pbkdf2_hmac("sha256", b"x", os.urandom(16), 600_000)

### bits
os.chmod("a", 0o777)  # => permissive-file-mode high
os.chmod("a", 0o600)
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
