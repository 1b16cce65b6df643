"""Running functions of the text: binding, recursion, generators, decorators."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### lambda
f = lambda x: "ls " + x
os.system(f(q))  # => shell-injection high

### lambda const
f = lambda x: "ls"
os.system(f(q))

### closure
def run():
    os.system(q)  # => shell-injection high
run()

### nested closure
def outer(x):
    def inner():
        os.system(x)  # => shell-injection high
    return inner
outer(q)()

### closure default
def run(x=q):
    os.system(x)  # => shell-injection high
run()

### generator
def g():
    yield "ls"
    yield q
for x in g():
    os.system(x)  # => shell-injection high

### yield from
def g():
    yield from [q]
for x in g():
    os.system(x)  # => shell-injection high

### helper
def run(c):
    return c
---
run(q)

### helper flow
def ident(c):
    return c
---
os.system(ident(q))  # => shell-injection high

### helper const
def const(c):
    return 'ls'
---
os.system(const(q))

### helper clean
def quote(c):
    return shlex.quote(c)
---
os.system("ls " + quote(q))

### helper kw
def pick(a, b):
    return a
---
os.system(pick(b=q, a="ls"))

### helper kw2
def pick(a, b):
    return b
---
os.system(pick(b=q, a="ls"))  # => shell-injection high

### helper default
def pick(a, b='x'):
    return a + b
---
os.system(pick(q))  # => shell-injection high

### helper varargs
def pick(*parts):
    return ' '.join(parts)
---
os.system(pick("ls", q))  # => shell-injection high

### helper varargs idx
def pick(*parts):
    return parts[0]
---
os.system(pick("ls", q))

### helper kwargs
def pick(**parts):
    return parts['b']
---
os.system(pick(a="ls", b=q))  # => shell-injection high

### helper kwargs idx
def pick(**parts):
    return parts['a']
---
os.system(pick(a="ls", b=q))

### helper tuple
def pick(c):
    return 'ls', c
---
a, b = pick(q)
os.system(a)
os.system(b)  # => shell-injection high

### helper dict
def pick(c):
    return {'c': c, 'd': 1}
---
os.system(pick(q)["c"])  # => shell-injection high

### helper branch
def pick(c):
    if c:
        return c
    return 'ls'
---
os.system(pick(q))  # => shell-injection high

### recursion
def rec(c, n):
    return c if n == 0 else rec(c, n - 1)
---
os.system(rec(q, 3))  # => shell-injection high

### mutual
def a(c):
    return b(c)
def b(c):
    return a(c) if len(c) > 5 else c
---
os.system(a(q))  # => shell-injection high

### deep chain
def a(c):
    return b(c)
def b(c):
    return d(c)
def d(c):
    return e(c)
def e(c):
    return c
---
os.system(a(q))  # => shell-injection high

### contextmanager
from contextlib import contextmanager
@contextmanager
def box(c):
    yield c
---
with box(q) as b:
    os.system(b)  # => shell-injection high

### decorator
import functools
def log(f):
    @functools.wraps(f)
    def inner(*args, **kw):
        return f(*args, **kw)
    return inner
@log
def ident(c):
    return c
---
os.system(ident(q))  # => shell-injection high

### decorator args
def log(level):
    def wrap(f):
        def inner(*args, **kw):
            return f(*args, **kw)
        return inner
    return wrap
@log('x')
def ident(c):
    return c
---
os.system(ident(q))  # => shell-injection high

### lru_cache
import functools
@functools.lru_cache
def ident(c):
    return c
---
os.system(ident(q))  # => shell-injection high

### two closures
def outer(a):
    def mid(b):
        def inner():
            return a + b
        return inner
    return mid
---
outer(q)("x")()

### two closures sink
def outer(a):
    def mid(b):
        def inner():
            return a + b
        return inner
    return mid
---
os.system(outer(q)("x")())  # => shell-injection high

### async
async def get(c):
    return c
---
import asyncio
os.system(asyncio.run(get(q)))  # => shell-injection high
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
