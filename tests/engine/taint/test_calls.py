"""What a call gives: sanitizers by kind, sources, propagation."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### search group
m = re.search(r"x=(.*)", q)
os.system("ls " + m.group(1))  # => shell-injection high

### search digits group
m = re.search(r"(\d+)", q)
os.system("kill " + m.group(1))

### resub
os.system("ls " + re.sub(r"[^a-z0-9]", "", q))

### shlex
os.system("ls " + shlex.quote(q))

### shlex sql
db.execute("select * from t where a = " + shlex.quote(q))  # => sql-injection high

### escape shell
os.system("ls " + str(escape(q)))  # => shell-injection high

### escape html
return "<p>" + str(escape(q))

### secure_filename sql
db.execute("select * from t where a = '" + secure_filename(q) + "'")

### literal_eval
import ast
ast.literal_eval(q)

### partial
import functools
run = functools.partial(subprocess.run, shell=True)
run(q)  # => shell-injection high

### unpack call
args = ["ls " + q]
os.system(*args)  # => shell-injection high

### json
d = request.get_json()
os.system(d["c"])  # => shell-injection high

### json nested
d = request.json
os.system(d["a"]["b"][0])  # => shell-injection high

### json loads
d = json.loads(request.data)
os.system(d["c"])  # => shell-injection high

### form
os.system(request.form.get("c"))  # => shell-injection high

### header
os.system(request.headers["X"])  # => shell-injection high

### cookie
os.system(request.cookies.get("c", ""))  # => shell-injection high

### env
os.system("ls " + os.environ["X"])  # => shell-injection medium

### open content
os.system(open("x").read())

### input
os.system("ls " + input())  # => shell-injection medium

### uuid
import uuid
u = uuid.UUID(q)
os.system(f"ls {u}")

### date
import datetime
d = datetime.date.fromisoformat(q)
os.system(f"ls {d}")

### strptime
from datetime import datetime
d = datetime.strptime(q, "%Y-%m-%d")
os.system(f"cal {d.year}")

### html escape sql
import html
db.execute("select * from t where a = '" + html.escape(q) + "'")  # => sql-injection high

### limit int
n = request.args.get("n", 10, type=int)
db.execute(f"select * from t limit {n}")
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
