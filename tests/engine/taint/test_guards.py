"""What a test proves on the path where it came out true, or false."""

from __future__ import annotations

import pytest

from tests.engine.seen import cases, view

CASES = cases(
    r"""
### try int return
try:
    n = int(q)
except ValueError:
    return "no"
os.system(f"kill {n}")

### try int pass
try:
    int(q)
except ValueError:
    return "no"
os.system(f"kill {q}")

### isdigit
if q.isdigit():
    os.system("kill " + q)

### isdigit wrong side
if not q.isdigit():
    os.system("kill " + q)  # => shell-injection high

### not isdigit return
if not q.isdigit():
    return "x"
os.system("kill " + q)

### isdigit and
if q.isdigit() and len(q) < 5:
    os.system("kill " + q)

### isdigit or
if q.isdigit() or request.method:
    os.system("kill " + q)  # => shell-injection high

### isdigit ternary
os.system("kill " + (q if q.isdigit() else "0"))

### fullmatch
if re.fullmatch(r"[a-z0-9]+", q):
    os.system("ls " + q)

### fullmatch open
if re.fullmatch(r".+", q):
    os.system("ls " + q)  # => shell-injection high

### match prefix
if re.match(r"[a-z0-9]+", q):
    os.system("ls " + q)  # => shell-injection high

### match anchored
if re.match(r"^[a-z0-9]+$", q):
    os.system("ls " + q)

### match compiled
P = re.compile(r"^[a-z]+$")
if not P.match(q):
    return "x"
os.system("ls " + q)

### match var
m = re.fullmatch(r"[a-z]+", q)
if not m:
    return "x"
os.system("ls " + q)

### walrus match
if (m := re.fullmatch(r"[a-z]+", q)):
    os.system("ls " + q)

### divided pattern
if re.search(r"^a|b$", q):
    os.system("ls " + q)  # => shell-injection high

### allowlist
if q in ("a", "b"):
    os.system(q)

### allowlist not
if q not in ("a", "b"):
    os.system(q)  # => shell-injection high

### allow const list
ALLOWED = ["a", "b"]
if q in ALLOWED:
    os.system(q)

### allow dict map
CMDS = {"up": "uptime", "df": "df -h"}
os.system(CMDS[q])

### allow dict map get
CMDS = {"up": "uptime"}
c = CMDS.get(q)
if c:
    os.system(c)

### eq
if q == "a":
    os.system(q)

### ne return
if q != "a":
    return "x"
os.system(q)

### tainted allow
if q in request.args.getlist("a"):
    os.system(q)  # => shell-injection high

### substring const
if q in "abc":
    os.system(q)

### blacklist
if ";" in q:
    return "x"
os.system("ls " + q)  # => shell-injection high

### sql allow column
if q not in {"name", "age"}:
    q = "name"
db.execute(f"select * from t order by {q}")

### path join
open(os.path.join("data", q)).read()  # => path-traversal high

### path pathlib
(Path("data") / q).read_text()  # => path-traversal high

### path basename
open(os.path.join("data", os.path.basename(q))).read()

### path secure
open(os.path.join("data", secure_filename(q))).read()

### path realpath startswith
p = os.path.realpath(os.path.join("/data", q))
if not p.startswith("/data/"):
    return "x"
open(p).read()

### path abspath no check
p = os.path.abspath(os.path.join("/data", q))
open(p).read()  # => path-traversal high

### path startswith unresolved
p = os.path.join("/data", q)
if not p.startswith("/data/"):
    return "x"
open(p).read()  # => path-traversal high

### path commonpath
p = os.path.realpath(os.path.join("/data", q))
if os.path.commonpath(["/data", p]) != "/data":
    return "x"
open(p).read()

### path relative_to
p = (Path("/data") / q).resolve()
if not p.is_relative_to("/data"):
    return "x"
p.read_text()

### path relative_to raise
p = (Path("/data") / q).resolve()
p.relative_to("/data")
p.read_text()

### path parents
base = Path("/data").resolve()
p = (base / q).resolve()
if base not in p.parents:
    return "x"
p.read_text()

### path dotdot
if ".." in q:
    return "x"
open("data/" + q).read()

### path regex climb
if re.fullmatch(r"[\w./-]+", q):
    open("data/" + q).read()  # => path-traversal high

### path regex
if re.fullmatch(r"[\w-]+\.txt", q):
    open("data/" + q).read()

### path listdir
if q in os.listdir("data"):
    open("data/" + q).read()

### redirect
return redirect(q)  # => open-redirect high

### redirect fixed
return redirect("/x/" + q)

### redirect netloc
if urllib.parse.urlparse(q).netloc:
    return "x"
return redirect(q)

### ssrf
requests.get(q, timeout=5)  # => server-side-request-forgery high

### ssrf host
requests.get(f"https://{q}/x", timeout=5)  # => server-side-request-forgery high

### ssrf path
requests.get(f"https://api.example.com/{q}", timeout=5)

### ssrf allow
host = urllib.parse.urlparse(q).hostname
if host not in {"a.example.com"}:
    return "x"
requests.get(q, timeout=5)

### isinstance int
if not isinstance(q, int):
    return "x"
os.system(f"kill {q}")

### isinstance str
if isinstance(q, str):
    os.system(f"kill {q}")  # => shell-injection high

### uuid stmt
import uuid
try:
    uuid.UUID(q)
except ValueError:
    return "x"
os.system(f"ls {q}")

### ext endswith
f = request.files["f"]
if f.filename.endswith((".png", ".jpg")):
    f.save(os.path.join("up", secure_filename(f.filename)))

### ext func
def allowed_file(n):
    return '.' in n and n.rsplit('.', 1)[1].lower() in {'png'}
---
f = request.files["f"]
if not allowed_file(f.filename):
    return "x"
f.save(os.path.join("up", secure_filename(f.filename)))
"""
)


@pytest.mark.parametrize(("code", "around", "expected"), CASES)
def test_what_is_seen(code: str, around: str, expected: list[str]) -> None:
    assert view(code, around) == expected
