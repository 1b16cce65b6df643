"""Assignment, unpacking and deletion."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### tuple
a, b = "ls", q
os.system(a)
os.system(b)  # => shell-injection high

### swap
a, b = "ls", q
a, b = b, a
os.system(a)  # => shell-injection high
os.system(b)

### star
a, *b = "ls", "x", q
os.system(a)
os.system(b[0])
os.system(b[1])  # => shell-injection high

### nested unpack
(a, (b, c)) = ("ls", ("x", q))
os.system(b)
os.system(c)  # => shell-injection high

### loop unpack
for a, b in [("ls", q)]:
    os.system(a)
    os.system(b)  # => shell-injection high

### nonlocal
c = "ls"
def f():
    nonlocal c
    c = q
f()
os.system(c)  # => shell-injection high

### del var
c = q
del c
c = "ls"
os.system(c)

### reassign
c = q
c = "ls"
os.system(c)

### mutates arg
def add(l, c):
    l.append(c)
---
l = []
add(l, q)
os.system(l[0])  # => shell-injection high

### class attr
class Box:
    base = 'ls '
---
os.system(Box.base + q)  # => shell-injection high

### class attr const
class Box:
    base = 'ls '
---
os.system(Box.base)

### global
CMD = 'ls'
def setit(c):
    global CMD
    CMD = c
---
setit(q)
os.system(CMD)  # => shell-injection high
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
