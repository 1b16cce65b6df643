"""Classes: attributes, methods, inheritance."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, seen, view

CASES = cases(
    r"""
### method attr
os.system(request.method)

### method
class Box:
    def __init__(self, c):
        self.c = c
    def get(self):
        return self.c
---
os.system(Box(q).get())  # => shell-injection high

### method other attr
class Box:
    def __init__(self, c):
        self.c = c
        self.d = 'ls'
---
b = Box(q)
os.system(b.d)
os.system(b.c)  # => shell-injection high

### setter
class Box:
    def __init__(self):
        self.c = 'ls'
    def set(self, c):
        self.c = c
    def get(self):
        return self.c
---
b = Box()
b.set(q)
os.system(b.get())  # => shell-injection high

### fluent
class Box:
    def set(self, c):
        self.c = c
        return self
    def get(self):
        return self.c
---
os.system(Box().set(q).get())  # => shell-injection high

### inherit
class Box:
    def __init__(self, c):
        self.c = c
    def get(self):
        return self.c
class Sub(Box):
    pass
---
os.system(Sub(q).get())  # => shell-injection high

### super
class Box:
    def __init__(self, c):
        self.c = c
class Sub(Box):
    def __init__(self, c):
        super().__init__(c)
---
os.system(Sub(q).c)  # => shell-injection high

### override
class Box:
    def __init__(self, c):
        self.c = c
    def get(self):
        return self.c
class Sub(Box):
    def get(self):
        return 'ls'
---
os.system(Sub(q).get())

### property
class Box:
    def __init__(self, c):
        self.c = c
    @property
    def v(self):
        return 'ls ' + self.c
---
os.system(Box(q).v)  # => shell-injection high

### cached_property
from functools import cached_property
class Box:
    def __init__(self, c):
        self.c = c
    @cached_property
    def v(self):
        return 'ls ' + self.c
---
os.system(Box(q).v)  # => shell-injection high

### staticmethod
class Box:
    @staticmethod
    def make(c):
        return 'ls ' + c
---
os.system(Box.make(q))  # => shell-injection high

### classmethod
class Box:
    def __init__(self, c):
        self.c = c
    @classmethod
    def make(cls, c):
        return cls(c)
---
os.system(Box.make(q).c)  # => shell-injection high

### classmethod plain
class Box:
    @classmethod
    def make(cls, c):
        return 'ls ' + c
---
os.system(Box.make(q))  # => shell-injection high

### dataclass
from dataclasses import dataclass
@dataclass
class Box:
    a: str
    b: str
---
os.system(Box("ls", q).a)
os.system(Box("ls", q).b)  # => shell-injection high

### dataclass kw
from dataclasses import dataclass
@dataclass
class Box:
    a: str
    b: str = ''
---
os.system(Box(a="ls", b=q).a)
os.system(Box(a="ls", b=q).b)  # => shell-injection high

### namedtuple
from collections import namedtuple
Box = namedtuple('Box', 'a b')
---
b = Box("ls", q)
os.system(b.a)
os.system(b.b)  # => shell-injection high

### typing namedtuple
from typing import NamedTuple
class Box(NamedTuple):
    a: str
    b: str
---
b = Box("ls", q)
os.system(b.a)
os.system(b.b)  # => shell-injection high

### str method
class Box:
    def __init__(self, c):
        self.c = c
    def __str__(self):
        return self.c
---
os.system(f"{Box(q)}")  # => shell-injection high

### call method
class Box:
    def __call__(self, c):
        return 'ls ' + c
---
os.system(Box()(q))  # => shell-injection high

### enter
class Box:
    def __init__(self, c):
        self.c = c
    def __enter__(self):
        return self.c
    def __exit__(self, *a):
        pass
---
with Box(q) as b:
    os.system(b)  # => shell-injection high

### iter
class Box:
    def __init__(self, c):
        self.c = c
    def __iter__(self):
        yield self.c
---
for c in Box(q):
    os.system(c)  # => shell-injection high

### getitem
class Box:
    def __init__(self, c):
        self.c = c
    def __getitem__(self, k):
        return self.c
---
os.system(Box(q)["x"])  # => shell-injection high

### enum
from enum import Enum
class Mode(Enum):
    A = 'ls'
---
os.system(Mode.A.value)

### enum guard
from enum import Enum
class Mode(Enum):
    A = 'ls'
---
os.system(Mode(q).value)

### super in a chain
class A:
    def __init__(self, c):
        self.c = c
    def get(self):
        return self.c
class B(A):
    def __init__(self, c):
        super().__init__(c)
class C(B):
    def get(self):
        return "ls " + super().get()
---
os.system(C(q).get())  # => shell-injection high

### super and another attribute
class A:
    def __init__(self, c):
        self.c = c
        self.d = "ls"
class B(A):
    def __init__(self, c):
        super().__init__(c)
---
os.system(B(q).d)
"""
)


MODEL = """\
import enum, os
from typing import Optional
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()
class Color(str, enum.Enum):
    RED = "red"
class Base(BaseModel):
    path: str
class Inner(BaseModel):
    command: str = "ls"
class Job(Base):
    size: int = 3
    name: Optional[str] = None
    tags: list[str] = []
    inner: Inner
    color: Color
@app.post("/jobs")
async def create(job: Job, color: Color):
    os.system(f"x {EXPRESSION}")
"""


@pytest.mark.parametrize("harmless", ["job.size", "job.color", "job.color.value", "color", "color.value"])
def test_fields_that_are_numbers_or_members_are_harmless(harmless: str) -> None:
    assert seen(MODEL.replace("EXPRESSION", harmless)) == []


@pytest.mark.parametrize(
    "harmful", ["job.path", "job.name", "job.tags[0]", "job.inner.command", "job", "[tag for tag in job.tags][0]"]
)
def test_other_fields_come_from_outside_whatever_their_default(harmful: str) -> None:
    assert seen(MODEL.replace("EXPRESSION", harmful)) == ["20 shell-injection high"]


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
