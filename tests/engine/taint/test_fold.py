"""What is computed from constants, and how texts are put together."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### concat
os.system("ls " + q)  # => shell-injection high

### fstring
os.system(f"ls {q}")  # => shell-injection high

### percent
os.system("ls %s" % q)  # => shell-injection high

### percent tuple
os.system("ls %s %s" % ("a", q))  # => shell-injection high

### percent dict
os.system("ls %(x)s" % {"x": q})  # => shell-injection high

### format
os.system("ls {}".format(q))  # => shell-injection high

### format kw
os.system("ls {d}".format(d=q))  # => shell-injection high

### format_map
os.system("ls {d}".format_map({"d": q}))  # => shell-injection high

### format unused
os.system("ls {0}".format("a", q))

### join
os.system(" ".join(["ls", q]))  # => shell-injection high

### join const
parts = ["ls", q]
os.system(" ".join(parts[:1]))

### augmented
c = "ls "
c += q
os.system(c)  # => shell-injection high

### percent const
os.system("ls %s" % "tmp")

### dead if
c = "ls"
if 1 + 1 == 3:
    c += q
os.system(c)

### dead else
flag = True
c = "a" if flag else q
os.system(c)

### live else
flag = False
c = "a" if flag else q
os.system(c)  # => shell-injection high

### dead math
n = 106
if 7 * 18 + n > 200:
    c = "ls"
else:
    c = q
os.system(c)

### global str method
os.system(q.strip().lower())  # => shell-injection high

### replace
os.system(q.replace(";", ""))  # => shell-injection high

### encode
os.system(q.encode().decode())  # => shell-injection high

### slice str
os.system(q[:10])  # => shell-injection high

### index str
os.system("ls " + q.split(",")[0])  # => shell-injection high

### int
os.system("kill " + str(int(q)))

### float fmt
os.system(f"sleep {float(q):.1f}")

### len
os.system(f"sleep {len(q)}")

### bool
os.system(f"echo {bool(q)}")

### cmp
os.system(f"echo {q == 1}")

### hash name
h = hashlib.sha256(q.encode()).hexdigest()
open("data/" + h).read()

### uuid4
import uuid
open(f"data/{uuid.uuid4()}.txt").read()

### concat chain
s = "select * from t"
if q:
    s += " where a = '" + q + "'"
db.execute(s)  # => sql-injection high
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
