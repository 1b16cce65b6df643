"""Branches, loops, exceptions and what ends a path."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### match dead
letter = "ABC"[0]
match letter:
    case "A":
        c = "ls"
    case "B":
        c = q
os.system(c)

### match live
letter = "ABC"[1]
match letter:
    case "A":
        c = "ls"
    case "B":
        c = q
os.system(c)  # => shell-injection high

### match unknown
match request.method:
    case "A":
        c = "ls"
    case _:
        c = q
os.system(c)  # => shell-injection high

### match capture
match q.split():
    case [first, *rest]:
        os.system(first)  # => shell-injection high

### match mapping
match request.get_json():
    case {"name": name}:
        os.system(name)  # => shell-injection high

### with
with open("/tmp/x") as f:
    f.write(q)

### with as
import contextlib
with contextlib.nullcontext(q) as c:
    os.system(c)  # => shell-injection medium

### try
try:
    c = q
except KeyError:
    c = "ls"
os.system(c)  # => shell-injection high

### except
try:
    c = int(q)
except ValueError:
    c = q
os.system(str(c))  # => shell-injection high

### finally
c = "ls"
try:
    pass
finally:
    c = q
os.system(c)  # => shell-injection high

### try else
try:
    pass
except KeyError:
    c = "ls"
else:
    c = q
os.system(c)  # => shell-injection high

### loop carry
c = ""
for x in ["a"]:
    os.system(c)  # => shell-injection high
    c = q

### while
c = "ls"
while request.method:
    c = c + q
os.system(c)  # => shell-injection high

### break
for x in [q]:
    c = x
    break
os.system(c)  # => shell-injection high

### break clean
c = q
while True:
    c = "ls"
    break
os.system(c)

### continue
for x in [q]:
    if x not in ("a", "b"):
        continue
    os.system(x)

### for else
for x in []:
    pass
else:
    os.system(q)  # => shell-injection high

### return kills
if q:
    return "x"
    os.system(q)

### raise kills
raise ValueError(q)
os.system(q)

### abort
from flask import abort
if q not in ("a", "b"):
    abort(400)
os.system(q)

### sys exit
import sys
if q not in ("a", "b"):
    sys.exit(1)
os.system(q)

### assert
assert q in ("a", "b")
os.system(q)

### match group
m = re.fullmatch(r"([a-z]+)", q)
if m:
    os.system("ls " + m.group(1))

### an endless loop that is left with a checked value
while True:
    c = request.args["c"]
    if c in ("a", "b"):
        break
os.system(c)

### an endless loop that is left with any value
c = "ls"
while True:
    c = q
    if request.method:
        break
os.system(c)  # => shell-injection high

### an endless loop that begins anew
while True:
    c = q
    if not c:
        continue
    break
os.system(c)  # => shell-injection high
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
