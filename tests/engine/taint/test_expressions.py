"""Operators, comprehensions, names."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### walrus
if (c := "ls " + q):
    os.system(c)  # => shell-injection high

### ternary
c = q if request.method == "POST" else "ls"
os.system(c)  # => shell-injection high

### or
c = request.args.get("c") or "ls"
os.system(c)  # => shell-injection high

### and
c = q and "ls"
os.system(c)

### genexp
os.system(" ".join(x for x in [q]))  # => shell-injection high

### map
os.system(" ".join(map(str.strip, [q])))  # => shell-injection high

### filter
os.system(" ".join(filter(None, [q])))  # => shell-injection high

### sorted key
l = sorted([q], key=lambda x: len(x))
os.system(l[0])  # => shell-injection high

### alias mod
import os as o
o.system(q)  # => shell-injection high

### alias func
run = os.system
run(q)  # => shell-injection high

### from import
from os import system as s
s(q)  # => shell-injection high

### getattr
getattr(os, "system")(q)  # => shell-injection high

### module list
BASE = ['ls', '-l']
---
os.system(" ".join(BASE + [q]))  # => shell-injection high

### module const
BASE = 'ls -l'
---
os.system(BASE)

### min
n = min(int(q), 100)
db.execute(f"select * from t limit {n}")

### bool map
d = "DESC" if q == "1" else "ASC"
db.execute(f"select * from t order by a {d}")
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
