"""Programs that were written to keep an analysis busy: all are read to their end, and each finding is still found."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.engine.seen import report

HEAD = "import os\nfrom functools import partial\nfrom flask import request\n"
VIEW = "def view():\n    q = request.args['q']\n"

Tower = Callable[[int], str]
TOWERS: dict[str, Tower] = {
    "calls that double": lambda n: (
        "".join(f"def f{i}(x):\n    return f{i + 1}(x) + f{i + 1}(x + 'a')\n" for i in range(n))
        + f"def f{n}(x):\n    return x\n{VIEW}    f0(q)\n    os.system(q)\n"
    ),
    "calls in a circle": lambda n: "".join(
        f"def f{i}(x):\n    f{(i + 1) % n}(x)\n    f{(i * 7 + 3) % n}(x + 'b')\n    os.system('ls ' + x)\n"
        for i in range(n)
    ),
    "a list": lambda n: f"X = [{', '.join(repr(str(i)) for i in range(n))}]\n{VIEW}    os.system(X[3] + q)\n",
    "a mapping": lambda n: (
        f"X = {{{', '.join(f'{i!r}: {str(i)!r}' for i in range(n))}}}\n{VIEW}    os.system(X.get(q, q))\n"
    ),
    "branches": lambda n: (
        VIEW + "".join(f"    if len(q) > {i}:\n        c = q + 'b{i}'\n" for i in range(n)) + "    os.system(c)\n"
    ),
    "cases": lambda n: (
        f"{VIEW}    match q:\n"
        + "".join(f"        case ['a{i}', x]:\n            c = x\n" for i in range(n))
        + "    os.system(c)\n"
    ),
    "classes in a row": lambda n: (
        "class C0:\n    def go(self, x):\n        os.system(x)\n"
        + "".join(f"class C{i + 1}(C{i}):\n    def m{i}(self, x):\n        super().go(x)\n" for i in range(n))
        + f"{VIEW}    C30().go(q)\n"
    ),
    "decorators": lambda n: (
        "def deco(f):\n    def inner(x):\n        return f(x.strip())\n    return inner\n"
        + "@deco\n" * min(n, 100)
        + f"def run(x):\n    os.system('ls ' + x)\n{VIEW}    run(q)\n"
    ),
    "one list under many names": lambda n: (
        f"{VIEW}    a0 = []\n"
        + "".join(f"    a{i + 1} = a{i}\n    a{i + 1}.append(q)\n" for i in range(n))
        + "    os.system(a0[0])\n"
    ),
    "one list in many others": lambda n: (
        f"{VIEW}    held = []\n"
        + "".join(f"    d{i} = {{'a': held}}\n    held.append(q)\n" for i in range(n))
        + "    os.system(held[0])\n"
    ),
    "special methods that call themselves": lambda n: (
        "class B:\n    def __getitem__(self, k):\n        return self[k]\n"
        "    def __str__(self):\n        return f'{self}'\n"
        + f"    def __iter__(self):\n        return iter(self)\n{VIEW}    b = B()\n"
        + "    str(b) + b['x']\n    for one in b:\n        str(one)\n" * n
        + "    os.system(q)\n"
    ),
    "partial functions": lambda n: (
        f"def run(*a):\n    os.system(a[0])\n{VIEW}    p0 = partial(run, q)\n"
        + "".join(f"    p{i + 1} = partial(p{i}, q)\n" for i in range(n))
        + "    p1()\n"
    ),
    "exceptions": lambda n: (
        VIEW + "    try:\n        raise ValueError(q)\n    except ValueError as e:\n        os.system(str(e))\n" * n
    ),
    "loops in loops": lambda n: (
        f"{VIEW}    x = ''\n"
        + "".join("    " * (i + 1) + f"for i{i} in q:\n" for i in range(min(n, 50)))
        + "    " * (min(n, 50) + 1)
        + "x += q\n    os.system(x)\n"
    ),
}


@pytest.mark.parametrize("name", TOWERS)
def test_a_tower_is_read_to_its_end(name: str) -> None:
    found = report(HEAD + TOWERS[name](300))
    assert found.skipped == ()
    assert "shell-injection" in {one.principle for one in found.findings}
