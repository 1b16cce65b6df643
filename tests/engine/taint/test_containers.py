"""Methods that read or change containers, element by element."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### dict other key
d = {"a": "ls", "b": q}
os.system(d["a"])

### dict key
d = {"a": "ls", "b": q}
os.system(d["b"])  # => shell-injection high

### dict set key
d = {}
d["a"] = "ls"
d["b"] = q
os.system(d["a"])

### dict get
d = {"a": "ls"}
os.system(d.get(q, "ls"))

### dict get default
d = {"a": "ls"}
os.system(d.get("b", q))  # => shell-injection high

### dict update
d = {"a": "ls"}
d.update({"b": q})
os.system(d["a"])
os.system(d["b"])  # => shell-injection high

### dict update kw
d = {"a": "ls"}
d.update(b=q)
os.system(d["a"])
os.system(d["b"])  # => shell-injection high

### dict ior
d = {"a": "ls"}
d |= {"b": q}
os.system(d["a"])
os.system(d["b"])  # => shell-injection high

### dict spread
d = {**{"a": "ls"}, "b": q}
os.system(d["a"])
os.system(d["b"])  # => shell-injection high

### dict pop
d = {"a": q}
os.system(d.pop("a"))  # => shell-injection high

### dict del
d = {"a": q}
del d["a"]
os.system(d.get("a", "ls"))

### dict items
d = {"a": q}
for k, v in d.items():
    os.system(k)
    os.system(v)  # => shell-injection high

### dict values
d = {"a": q}
for v in d.values():
    os.system(v)  # => shell-injection high

### dict tainted key
d = {q: "ls"}
for k in d:
    os.system(k)  # => shell-injection high

### dict setdefault
d = {}
d.setdefault("a", q)
os.system(d["a"])  # => shell-injection high

### dict popitem
d = {"a": q}
k, v = d.popitem()
os.system(v)  # => shell-injection high

### dict comp
d = {k: v for k, v in [("a", q)]}
os.system(d["a"])  # => shell-injection high

### dict ctor
d = dict(a="ls", b=q)
os.system(d["a"])
os.system(d["b"])  # => shell-injection high

### dict overwrite
d = {"a": q}
d["a"] = "ls"
os.system(d["a"])

### defaultdict
from collections import defaultdict
d = defaultdict(list)
d["a"].append(q)
os.system(d["a"][0])  # => shell-injection high

### list append
l = ["ls"]
l.append(q)
os.system(l[0])
os.system(l[1])  # => shell-injection high
os.system(l[-1])  # => shell-injection high

### list insert
l = ["ls"]
l.insert(0, q)
os.system(l[0])  # => shell-injection high
os.system(l[1])

### list pop
l = [q, "ls"]
l.pop(0)
os.system(l[0])

### list pop last
l = ["ls", q]
l.pop()
os.system(l[0])
os.system(l[-1])

### list remove
l = ["a", "b", q]
l.remove("a")
os.system(l[0])
os.system(l[1])  # => shell-injection high

### list extend
l = ["a"]
l.extend(["b", q])
os.system(l[1])
os.system(l[2])  # => shell-injection high

### list iadd
l = ["a"]
l += ["b", q]
os.system(l[1])
os.system(l[2])  # => shell-injection high

### list del
l = [q, "ls"]
del l[0]
os.system(l[0])

### list clear
l = [q]
l.clear()
l.append("ls")
os.system(l[0])

### list reverse
l = [q, "ls"]
l.reverse()
os.system(l[1])  # => shell-injection high

### list sort
l = [q, "ls"]
l.sort()
os.system(l[0])  # => shell-injection high

### list slice
l = ["a", q, "b"]
os.system(l[1:][0])  # => shell-injection high
os.system(l[2:][0])

### list set
l = ["a", "b"]
l[1] = q
os.system(l[0])
os.system(l[1])  # => shell-injection high

### list copy
l = [q]
m = l.copy()
os.system(m[0])  # => shell-injection high

### list alias
l = ["a"]
m = l
m.append(q)
os.system(l[1])  # => shell-injection high

### list mul
l = [q] * 3
os.system(l[2])  # => shell-injection high

### list add
l = ["a"] + [q]
os.system(l[0])
os.system(l[1])  # => shell-injection high

### enumerate
for i, x in enumerate([q]):
    os.system(x)  # => shell-injection high

### zip
for a, b in zip(["ls"], [q]):
    os.system(a)
    os.system(b)  # => shell-injection high

### set
s = {"a"}
s.add(q)
for x in s:
    os.system(x)  # => shell-injection high

### deque
from collections import deque
d = deque()
d.append(q)
os.system(d.popleft())  # => shell-injection high

### listcomp
cs = ["ls " + x for x in [q]]
os.system(cs[0])  # => shell-injection high

### listcomp filter
cs = [x for x in q.split() if x in ("a", "b")]
os.system(cs[0])

### dict dispatch
h = {"x": os.system}
h["x"](q)  # => shell-injection high

### where list
w = []
p = []
if q:
    w.append("a = ?")
    p.append(q)
db.execute("select * from t where " + " and ".join(w), p)

### where list bad
w = []
if q:
    w.append("a = '" + q + "'")
db.execute("select * from t where " + " and ".join(w))  # => sql-injection high

### order map
cols = {"n": "name", "a": "age"}
c = cols.get(q, "name")
db.execute(f"select * from t order by {c}")

### zip
import zipfile
zipfile.ZipFile(request.files["f"]).extractall("x")
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
