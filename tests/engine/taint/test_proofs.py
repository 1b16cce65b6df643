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

### swallowed
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
try:
    check(q)
except ValueError:
    pass
os.system(q)  # => shell-injection high

### swallowed log
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
try:
    check(q)
except ValueError as e:
    print(e)
os.system(q)  # => shell-injection high

### or
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
if known(q) or request.method:
    os.system(q)  # => shell-injection high

### or inside
def ok(c):
    return c in ('a', 'b') or c.startswith('x')
---
if ok(q):
    os.system(q)  # => shell-injection high

### and inside
def ok(c):
    return len(c) < 4 and c in ('a', 'b')
---
if ok(q):
    os.system(q)

### optional check
def check(c, strict=False):
    if strict and c not in ('a', 'b'):
        raise ValueError(c)
---
check(q)
os.system(q)  # => shell-injection high

### optional check on
def check(c, strict=False):
    if strict and c not in ('a', 'b'):
        raise ValueError(c)
---
check(q, strict=True)
os.system(q)

### other var
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
r = request.args["r"]
check(r)
os.system(q)  # => shell-injection high

### ignored answer
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
known(q)
os.system(q)  # => shell-injection high

### wrong side
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
if known(q):
    return "x"
os.system(q)  # => shell-injection high

### one branch
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
if request.method == "POST":
    check(q)
os.system(q)  # => shell-injection high

### both branches
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
if request.method == "POST":
    check(q)
else:
    check(q)
os.system(q)

### generator
def check(c):
    yield c
    if c not in ('a', 'b'):
        raise ValueError(c)
---
check(q)
os.system(q)  # => shell-injection high

### suppress
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
import contextlib
with contextlib.suppress(ValueError):
    check(q)
os.system(q)  # => shell-injection high

### suppress int
import contextlib
with contextlib.suppress(ValueError):
    int(q)
os.system(q)  # => shell-injection high

### try int pass swallowed
try:
    int(q)
except ValueError:
    pass
os.system(q)  # => shell-injection high

### try assigned
n = None
try:
    n = int(q)
except ValueError:
    pass
os.system(f"kill {n}")

### finally
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
try:
    check(q)
finally:
    os.system(q)  # => shell-injection high

### reassigned after
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
check(q)
q = request.args["z"]
os.system(q)  # => shell-injection high

### reassigned same key
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
check(q)
q = request.args["q"]
os.system(q)

### loop check
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
for c in q.split():
    check(c)
    os.system(c)

### loop check whole
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
for c in q.split():
    check(c)
os.system(q)  # => shell-injection high

### concat after check
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
check(q)
os.system("ls " + q + request.args["r"])  # => shell-injection high

### alias
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
ok = known(q)
if not ok:
    return "x"
os.system(q)

### alias overwritten
def known(c):
    return c in ('a', 'b')
def check(c):
    if c not in ('a', 'b'):
        raise ValueError(c)
---
ok = known(q)
ok = True
if not ok:
    return "x"
os.system(q)  # => shell-injection high

### method check
class G:
    def ok(self, c):
        return c in ('a', 'b')
---
if not G().ok(q):
    return "x"
os.system(q)

### returns value
def pick(c):
    if c not in ('a', 'b'):
        raise ValueError
    return c
---
c = pick(q)
os.system(c)

### returns default
def pick(c):
    return c if c in ('a', 'b') else 'a'
---
c = pick(q)
os.system(c)

### returns none
def pick(c):
    if c in ('a', 'b'):
        return c
    return None
---
c = pick(q)
if c is None:
    return "x"
os.system(c)

### true const
def ok(c):
    return True
---
if ok(q):
    os.system(q)  # => shell-injection high

### bool regex
def ok(c):
    return bool(re.fullmatch(r'[a-z]+', c))
---
if not ok(q):
    return "x"
os.system(q)

### is not None regex
def ok(c):
    return re.fullmatch(r'[a-z]+', c) is not None
---
if not ok(q):
    return "x"
os.system(q)

### if return true
def ok(c):
    if re.fullmatch(r'[a-z]+', c):
        return True
    return False
---
if not ok(q):
    return "x"
os.system(q)

### for in allow
def ok(c):
    for one in ('a', 'b'):
        if c == one:
            return True
    return False
---
if not ok(q):
    return "x"
os.system(q)
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
