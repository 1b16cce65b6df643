"""Attempts to have deburr say a secret: each a file in which ‹p›, a password, or ‹t›, a token, stand in odd places.

`‹t|b64›` is the token in another spelling, see `SPELLINGS`.
"""

from __future__ import annotations

import base64
import codecs
import html
import json
import random
import re
from collections.abc import Callable
from urllib.parse import quote

from tests.engine.secrets import made

SPELLINGS: dict[str, Callable[[str], str]] = {
    "": str,
    "b64": lambda v: base64.b64encode(v.encode()).decode(),
    "b64url": lambda v: base64.urlsafe_b64encode(b"~?" + v.encode()).decode(),
    "b64u16": lambda v: base64.b64encode(v.encode("utf-16-le")).decode(),
    "b64b64": lambda v: base64.b64encode(base64.b64encode(v.encode())).decode(),
    "b32": lambda v: base64.b32encode(v.encode()).decode(),
    "hex": lambda v: v.encode().hex(),
    "HEX": lambda v: v.encode().hex().upper(),
    "hexed": lambda v: "".join(f"\\x{b:02x}" for b in v.encode()),
    "uXXXX": lambda v: "".join(f"\\u{ord(c):04x}" for c in v),
    "octal": lambda v: "".join(f"\\{b:03o}" for b in v.encode()),
    "pct": lambda v: "".join(f"%{b:02X}" for b in v.encode()),
    "quote": lambda v: quote(v, safe=""),
    "twice": lambda v: quote(quote(v, safe=""), safe=""),
    "entities": lambda v: "".join(f"&#{ord(c)};" for c in v),
    "html": html.escape,
    "json": lambda v: json.dumps(v)[1:-1],
    "rev": lambda v: v[::-1],
    "rot13": lambda v: codecs.encode(v, "rot13"),
    "upper": str.upper,
    "a": lambda v: v[: len(v) // 2],
    "b": lambda v: v[len(v) // 2 :],
    "most": lambda v: v[: len(v) * 4 // 5],
    "rest": lambda v: v[len(v) * 4 // 5 :],
    "tail": lambda v: v[len(v) // 5 :],
    "zero": lambda v: "\u200b".join(v),
    "soft": lambda v: v[:9] + "\u00ad" + v[9:],
    "bom": lambda v: v[:9] + "\ufeff" + v[9:],
    "wide": lambda v: "".join(chr(ord(c) + 0xFEE0) for c in v),
    "spaced": " ".join,
    "dashed": lambda v: "-".join(v[i : i + 4] for i in range(0, len(v), 4)),
    "chars": lambda v: ", ".join(f"'{c}'" for c in v),
    "codes": lambda v: ", ".join(str(ord(c)) for c in v),
    "lines": lambda v: "\\\n".join(v[i : i + 10] for i in range(0, len(v), 10)),
    "pieces": lambda v: "' '".join(v[i : i + 6] for i in range(0, len(v), 6)),
    "plus": lambda v: "' + '".join(v[i : i + 6] for i in range(0, len(v), 6)),
    "one": lambda v: v.replace("\n", "\\n"),
    "crlf": lambda v: v.replace("\n", "\r\n"),
    "cr": lambda v: v.replace("\n", "\r"),
    "hashed": lambda v: "# " + v.replace("\n", "\n# "),
    "inner": lambda v: "\n".join(v.split("\n")[1:-1]),
    "joined": lambda v: "".join(v.split("\n")[1:-1]),
}
_HOLE = re.compile("‹([ptk])(?:\\|(\\w+))?›")


class Secrets:
    """The password, token and key of one attempt, as far as it asks for them."""

    def __init__(self, name: str) -> None:
        draw = random.Random(name)
        self.p = "K" + made.run(9, draw) + draw.choice("!#*=?_~") + "7" + made.run(4, draw)
        self.t = made.token(draw, "ghp_")
        self.k = made.pem(draw)
        self.used: set[str] = set()

    def fill(self, text: str) -> str:
        """The text with the secrets in its holes."""

        def one(match: re.Match[str]) -> str:
            self.used.add(match[1])
            return SPELLINGS[match[2] or ""](getattr(self, match[1]))

        return _HOLE.sub(one, text)

    @property
    def values(self) -> list[str]:
        """What may not be shown: a key by its lines."""
        found = [getattr(self, name) for name in sorted(self.used - {"k"})]
        return found + (self.k.split("\n")[1:-1] if "k" in self.used else [])


_WEB = "import os, flask, hashlib, requests, subprocess, sqlite3\nx = flask.request.args['x']\n"
_SAY = "token = '‹t›'\n"

# What other principles say of a line, or quote of it.
QUOTED = {
    "query": "sqlite3.connect('d').execute(f\"SELECT '‹t›' {x}\")",
    "query with a password": "sqlite3.connect('d').execute(\"UPDATE u SET password = '‹p›' WHERE n = '\" + x + \"'\")",
    "command": "os.system('mysql -u root -p‹p› -e ' + x)",
    "command with sshpass": "os.system('sshpass -p ‹p› ssh bob@h ' + x)",
    "list of a command": "subprocess.run(['deploy', '--token', '‹t›', x], shell=True)",
    "environment of a command": "subprocess.run('A=‹t› run ' + x, shell=True, env={'PASSWORD': '‹p›'})",
    "address": "requests.get('https://bob:‹p›@h.example.net/' + x, verify=False)",
    "query of an address": "requests.get(f'http://{x}/?access_token=‹t›')",
    "header": "requests.get('http://' + x, headers={'Authorization': 'token ‹t›'})",
    "basic": "requests.get('http://' + x, headers={'Authorization': 'Basic ‹t|b64›'}, auth=('a', '‹t›'))",
    "hash": "h = hashlib.md5(b'‹t›' + x.encode()).hexdigest()",
    "comparison": "ok = x == '‹t›'",
    "comparison with a name": "if x == (password := '‹p›'): os.system(x)",
    "assert": "assert x == '‹t›', 'wrong token ‹t›'",
    "evaluated": "eval('f(\"‹t›\")' + x)",
    "evaluated password": "exec(\"password = '‹p›'; \" + x)",
    "path": "open('/srv/‹t›/' + x).read()",
    "mode of a file": "os.chmod('/srv/‹t›', 0o777)",
    "a temporary file": "open('/tmp/‹t›', 'w').write(x)",
    "redirect": "flask.redirect('https://h/?token=‹t›&to=' + x)",
    "template": "flask.render_template_string('<b>‹t›</b>' + x)",
    "markup": "flask.make_response('<script>var token = \"‹t›\";</script>' + x)",
    "log": "import logging; logging.info('token is ‹t› for %s', x)",
    "printed": "print('password: ‹p›', x)",
    "cookie": "flask.make_response().set_cookie('session', '‹t›', secure=False)",
    "web token": "import jwt; jwt.encode({'a': x}, '‹t›', algorithm='none'); jwt.decode(x, '‹p›', verify=False)",
    "cipher": "from Crypto.Cipher import AES; AES.new(b'‹t›'[:32], AES.MODE_ECB).encrypt(x)",
    "static iv": "from Crypto.Cipher import AES; AES.new(key, AES.MODE_CBC, iv=b'‹t›'[:16])",
    "salt": "hashlib.pbkdf2_hmac('sha1', b'‹t›', b'‹p›', 10)",
    "regex": "import re; re.match('(a+)+‹t›' + x, 'y')",
    "directory": "import ldap; ldap.initialize('ldap://h').simple_bind_s('cn=' + x, '‹p›')",
    "ssh": "import paramiko; c = paramiko.SSHClient(); c.exec_command('echo ‹t› ' + x); c.connect('h', password='‹p›')",
    "mail": "import smtplib; smtplib.SMTP('h').login('bob', '‹p›'); os.system(x)",
    "name of a function": "def f_‹t›(a):\n    os.system(a)\nf_‹t›(x)",
    "name of a variable": "‹t› = x; os.system(‹t›)",
    "name of an argument": "f(‹t›=os.system(x))",
    "name of a class": "class ‹t›:\n    def run(self):\n        os.system(x)\n‹t›().run()",
    "name of an attribute": "os.system(x.‹t›)",
    "key of a field": "os.system(flask.request.args['‹t›'])",
    "key of a form": "value = flask.request.form.get('token', '‹t›'); os.system(value)",
    "imported": "from ‹t› import run\nrun(x)\nimport ‹t›.sub as y\ny.system(os.popen(x))",
    "route": "@app.route('/hook/‹t›')\ndef f():\n    return eval(flask.request.data)",
    "raised": "raise ValueError('token ‹t› is wrong: ' + x)",
    "returned": "def f():\n    try: g()\n    except Exception as e: return 'password=‹p› ' + str(e)",
    "default": "def f(a, token='‹t›', run=os.system(x)): pass",
    "annotated": "def f(a: '‹t›' = os.system(x)) -> 'password=‹p›': pass",
    "commented": "os.system(x)  # password: ‹p›, token ‹t›",
    "suppressed": "os.system(x)  # deburr: allow shell-injection -- token=‹t›, password=‹p›",
    "suppressed wrongly": "os.system(x)  # deburr: allow ‹t› -- it is meant so",
    "suppressed as one": "y = '‹t›'; os.system(x)  # deburr: allow hardcoded-credential -- meant so",
    "suppressed without a reason": "y = '‹t›'; os.system(x)  # deburr: allow hardcoded-credential",
    "suppressed by another tool": "password = '‹p›'; os.system(x)  # nosec noqa: S105",
    "docstring": 'def f():\n    """Log in with password=‹p› or ‹t›."""; os.system(x)',
}

# Other spellings of what the same file tells is a secret, on a line that is shown.
SPELLED = (
    "b64 b64url b64u16 b64b64 b32 hex HEX hexed uXXXX octal pct quote twice entities html json rev rot13 upper"
    " most tail zero soft bom wide spaced dashed chars codes lines pieces plus"
).split()

# Where characters, columns and lines are counted; SHOWN is a line with a weakness.
_END = "os.system(x); token = '‹t›'"
COUNTED = {
    "tabs": "\tif 1:\t\t" + _END,
    "wide letters": "y = '" + "密码" * 30 + "'; " + _END,
    "pictures": "y = '👩‍👩‍👧🔑" + "🔑" * 20 + "'; " + _END,
    "combining": "y = '" + "e\u0301" * 40 + "'; " + _END,
    "right to left": "y = '\u202e" + "שלום" * 9 + "\u202c'; " + _END,
    "form feed": "\x0c" + _END,
    "line separator": "y = 'a\u2028b\u2029c'; " + _END,
    "next line": "y = 'a\x85b'; " + _END,
    "file separator": "y = 'a\x1cb\x1d\x1e'; " + _END,
    "vertical tab": "y = 'a\x0bb'; " + _END,
    "carriage return": "y = 1\r" + _END + "\ry = 2",
    "carriage returns": "y = 1\r\n" + _END + "\r\r\n",
    "escape": "y = '\x1b[31m'; " + _END,
    "backspace": "y = '\x08\x08\x08'; " + _END,
    "zero width": "y = '\u200b\u200c\u200d'; " + _END,
    "long": "y = '" + "la " * 300 + "'; " + _END,
    "long after": _END + "; y = '" + "la " * 300 + "'",
    "long both": "y = '" + "la " * 90 + "'; " + _END + "; z = '" + "la " * 90 + "'",
    "many": "; ".join(["os.system(x + '‹t›')"] * 12),
    "longer than a page": "y = '" + "la " * 4_000 + "'; " + _END,
    "continued": "os.system(x + \\\n 'token=‹t|a›' \\\n '‹t|b›'); y = '‹t›'",
    "inside brackets": "f(\n x,\n os.system(x), '‹t›',\n '''\npassword=‹p›\n''')",
    "overlapping": "y = 'postgres://‹t›:‹p›@‹t›.h/‹p›'; os.system(x + 'https://‹p›@‹t›:‹p›‹t›')",
    "adjoining": "y = '‹t›‹t›'; os.system(x + '‹p›‹t›'); password = '‹p›'",
    "beside letters": "y = 'ä‹t›ö'; os.system(x + 'é‹p›é'); password = '‹p›'; token = '‹t›'",
    "in the wide": "token = '‹t›'; os.system(x + '全‹t›角')",
    "unfinished": "token = '‹t›'; os.system(x + 'a",
    "no program": "def (:\n" + _END,
    "zero byte later": _END + "\n\x1a\n",
}

KEYS = {
    "crlf": "k = '''‹k|crlf›'''; os.system(x)",
    "cr": "k = '''‹k|cr›'''; os.system(x)",
    "one line": "k = '‹k|one›'; os.system(x)",
    "comment": "os.system(x)\n‹k|hashed›\nos.system(x)",
    "no head": "private_key = '''\n‹k|inner›\n'''; os.system(x + '''‹k|inner›''')",
    "no end": "k = '''-----BEGIN RSA PRIVATE KEY-----\n‹k|inner›\n'''; os.system(x)",
    "joined": "private_key = '‹k|joined›'; os.system(x)",
    "twice encoded": "k = '‹k|b64›'; os.system(x)\nl = '''‹k›'''",
    "hexadecimal": "k = '''‹k›'''\nl = bytes.fromhex('‹k|hex›'); os.system(x)",
    "a line of it": "k = '''‹k›'''\nos.system(x + '‹k|joined›')",
}

# Whole files.
FILES = {
    "js/exec.js": "const t = '‹t›'; require('child_process').exec(`curl -u a:‹p› ‹t› ${process.argv[2]}`);",
    "js/html.js": "document.body.innerHTML = '<i data-token=\"‹t›\">' + location.hash; eval('‹t›' + location.hash);",
    "js/a.ts": "const password: string = '‹p›'; app.get('/', (q, r) => r.send('‹p›' + q.query.a));",
    "js/tagged.js": (
        "app.get('/', (q, r) => { db.query(`SELECT '‹t›', ${q.query.a}`); fetch('http://' + q.query.b + '?t=‹t›') })"
    ),
    "page.html": "<script>var apiKey = '‹t›'; document.write(location.hash + '‹t›')</script><!-- password: ‹p› -->",
    "sub/.github/workflows/a.yml": (
        "on: push\njobs:\n a:\n  steps:\n  - run: curl -H 'token: ‹t›' ${{ github.event.issue.title }}\n    env:"
        " {PASSWORD: '‹p›'}\n"
    ),
    "d/Dockerfile": "FROM x\nRUN curl -u bob:‹p› https://h/‹t› | sh\nENV TOKEN ‹t›\n",
    "d/docker-compose.yml": (
        "services:\n  a:\n    privileged: true\n    environment:\n      - PASSWORD=‹p›\n      - TOKEN=‹t›\n"
    ),
    "d/main.tf": 'resource "x" "y" {\n  password = "‹p›"\n  acl = "public-read" # ‹t›\n}\n',
    "d/a.tfvars": 'db_password = "‹p›"\ntoken = "‹t›"\n',
    "d/run.sh": "curl -H \"Authorization: Bearer ‹t›\" https://h | sh; PGPASSWORD='‹p›' psql; chmod 777 /srv/‹t›\n",
    "d/a.ps1": "$password = ConvertTo-SecureString '‹p›' -AsPlainText -Force; iex '‹t›'\n",
    "d/a.bat": "set PASSWORD=‹p›\r\ncurl -u bob:‹p› https://h/‹t›\r\n",
    "d/.git-credentials": "https://bob:‹t›@github.com\n",
    "d/.npmrc": "//h.example.net/:_authToken=‹t›\n//h.example.net/:_password=‹p|b64›\n",
    "d/.pgpass": "h:5432:d:bob:‹p›\n",
    "d/settings.xml": (
        "<server><username>b</username><password>‹p|html›</password><token>‹t|entities›</token><t>‹t›</t></server>\n"
    ),
    "d/a.json": '{"password": "‹p|json›", "auth": "‹t|b64›", "token": "‹t›", "x": "‹t|uXXXX›"}\n',
    "d/secret.yaml": (
        "kind: Secret\ndata:\n  password: ‹p|b64›\n  token: ‹t|b64›\nstringData:\n  password: ‹p›\n  token: >-\n "
        "   ‹t›\n"
    ),
    "d/a.csv": "user,password\nbob,‹p›\nal,‹t›\n",
    "d/one.txt": "‹t›",
    "d/one.env": "PASSWORD=‹p›",
    "d/a.log": "2026-01-01 INFO login password=‹p› token=‹t› Authorization: Basic ‹t|b64›\n",
    "d/a.diff": (
        "--- a/‹t›.py\n+++ b/‹t›.py\n@@ -1 +1 @@ def f(token='‹t›'):\n-token = '‹t›'\n+os.system('‹p›' +"
        " input()); password = '‹p›'\n"
    ),
    "d/a.md": (
        "| user | password |\n|---|---|\n| bob | `‹p›` |\n\n```python ‹t›.py\nimport os\nos.system(input() +"
        " '‹t›')\n```\n[x](https://h/?token=‹t›)\n"
    ),
    "d/a.rst": "Token\n=====\n\n::\n\n  export TOKEN=‹t›\n  export PASSWORD=‹p›\n",
    "d/broken.toml": "token = '‹t›'\npassword = '‹p›\n[[[\n",
    "d/broken.json": '{"token": "‹t›", "password": "‹p›",,}\n',
    "d/broken.yaml": "token: '‹t›'\n  password: [‹p›\n\t- x\n",
    "d/broken.ipynb": '{"cells": [{"cell_type": "code", "source": ["token = \'‹t›\'"], "password": "‹p›"',
    "d/broken.xml": "<a><token>‹t›</b><password>‹p›",
    "d/requirements.txt": "--index-url https://bob:‹p›@h.example.net/simple\ngit+https://‹t›@github.com/a/b.git\n",
    "names/‹t›.py": "import os\nos.system(input())\n",
    "names/‹t›/a.py": "import os\nos.system(input() + '‹p›'); password = '‹p›'\n",
    "names/‹t›/‹t›/deep.js": "eval(location.hash)\n",
    "names/pct-‹t|quote›-‹p|quote›.py": "import os\nos.system(input()); password = '‹p›'\n",
    "names/password=‹p›.py": "import os\nos.system(input())\n",
    "names/with space ‹t› ä.py": "import os\nos.system(input())\n",
    "names/new\n‹t›.py": "import os\nos.system(input())\n",
    "names/word‹t›.py": "import os\nos.system(input())\n",
    "names/‹t|b64›.py": "import os\nos.system(input()); token = '‹t›'\n",
    "names/‹t|hex›.py": "import os\nos.system(input()); token = '‹t›'\n",
    "names/‹t|rev›.py": "import os\nos.system(input()); token = '‹t›'\n",
    "names/‹t›.ipynb": '{"cells": [], "metadata": 1',
    "names/‹t›.bin": "\0\1\2",
    "names/bare-‹p›.py": "import os\nos.system(input()); password = '‹p›'\n",
}


def program(line: str) -> str:
    """A program in which a stranger's text reaches the line."""
    return _WEB + line + "\n"


def spelled(spelling: str) -> str:
    """A program that tells its secrets and spells them otherwise on lines that are shown."""
    return _WEB + f"{_SAY}password = '‹p›'\nos.system(x + '‹t|{spelling}›')\nos.system(x + '‹p|{spelling}›')\n"


def all_files() -> dict[str, tuple[str, str]]:
    """By attempt, its path and text."""
    found = {f"quoted: {name}": program(line) for name, line in QUOTED.items()}
    found |= {f"spelled: {name}": spelled(name) for name in SPELLED}
    found |= {f"counted: {name}": program(line) for name, line in COUNTED.items()}
    found |= {f"key: {name}": program(line) for name, line in KEYS.items()}
    placed = {name: (name.replace(": ", "/").replace(" ", "_") + ".py", text) for name, text in found.items()}
    return placed | {f"file: {path}": (path, text) for path, text in FILES.items()}
