"""Guards that the text writes itself."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### helper check raise
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
check(q)
os.system(q)

### helper is_ok
def is_ok(c):
    return c in ('a', 'b')
---
if not is_ok(q):
    return "x"
os.system(q)

### helper allowed
def allowed(c):
    return c in ('a', 'b')
---
if not allowed(q):
    return "x"
os.system(q)

### helper nothing
def known(c):
    return c in ('a', 'b')
---
if not known(q):
    return "x"
os.system(q)

### helper fake check
def known(c):
    return len(c) > 3
---
if not known(q):
    return "x"
os.system(q)  # => shell-injection high
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
