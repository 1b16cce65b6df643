"""Where values arrive."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### sql fstring
db.execute(f"select * from t where a = '{q}'")  # => sql-injection high

### sql param
db.execute("select * from t where a = ?", (q,))

### sql int
db.execute(f"select * from t where a = {int(q)}")

### sql var
sql = "select * from t where a = '%s'" % q
cur = db.cursor()
cur.execute(sql)  # => sql-injection high

### sql placeholders
ids = request.args.getlist("id")
marks = ",".join("?" * len(ids))
db.execute(f"select * from t where id in ({marks})", ids)

### sql placeholders2
ids = request.args.getlist("id")
marks = ",".join(["?"] * len(ids))
db.execute(f"select * from t where id in ({marks})", ids)

### sql placeholders3
ids = request.args.getlist("id")
marks = ",".join("?" for _ in ids)
db.execute(f"select * from t where id in ({marks})", ids)

### path
open("data/" + q).read()  # => path-traversal high

### eval
eval(q)  # => code-injection high

### exec
exec("x = " + q)  # => code-injection high

### template
return render_template_string("hi " + q)  # => template-injection high

### template ctx
return render_template_string("hi {{ q }}", q=q)

### subprocess list
subprocess.run(["ls", q])  # => option-injection medium

### subprocess list end
subprocess.run(["ls", "--", q])

### subprocess shell
subprocess.run("ls " + q, shell=True)  # => shell-injection high

### subprocess shell kw
subprocess.run(args="ls " + q, shell=True)  # => shell-injection high

### subprocess shell const
subprocess.run("ls", shell=True)

### subprocess sh -c
subprocess.run(["sh", "-c", "ls " + q])  # => shell-injection high

### subprocess star
opts = {"shell": True}
subprocess.run("ls " + q, **opts)  # => shell-injection high

### subprocess prog
subprocess.run([q, "x"])  # => argument-injection high

### a statement at a method that the facts do not know
from flask_sqlalchemy import SQLAlchemy
store = SQLAlchemy(app)
store.execute("DELETE FROM people WHERE name = '%s'" % q)  # => sql-injection high
store.execute("DELETE FROM people WHERE name = :name", {"name": q})
store.announce("DELETE FROM people WHERE name = '%s'" % q)

### files
f = request.files["f"]
f.save("up/" + f.filename)  # => path-traversal high, unrestricted-file-upload medium

### log
import logging
logging.info("q=%s", q)  # => log-injection medium

### subprocess shlex split
subprocess.run(shlex.split(q))  # => argument-injection high

### subprocess opt
subprocess.run(["tar", "xf", q])  # => option-injection medium

### sqlalchemy text
from sqlalchemy import create_engine
engine = create_engine('sqlite://')
---
from sqlalchemy import text
engine.execute(text(f"select * from t where a = '{q}'"))  # => sql-injection high

### sqlalchemy bound
from sqlalchemy import create_engine
engine = create_engine('sqlite://')
---
from sqlalchemy import text
engine.execute(text("select * from t where a = :a"), {"a": q})

### yaml
import yaml
yaml.load(q)  # => unsafe-yaml high

### pickle
import pickle
pickle.loads(request.data)  # => unsafe-deserialization high

### hash pw
hashlib.md5(request.form["password"].encode()).hexdigest()  # => weak-password-hash high

### tmpl file
from flask import render_template
return render_template("a.html", q=q)

### send_file
return send_file("data/" + q)  # => path-traversal high

### send_from_dir
from flask import send_from_directory
return send_from_directory("data", q)
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
