"""A project in which secrets are planted wherever people leave them, and a search for what of them got out."""

from __future__ import annotations

import base64
import html
import json
import math
import random
import subprocess
from pathlib import Path
from urllib.parse import quote

from deburr import providers
from deburr.engine import secrets
from deburr.providers import Format
from tests.engine.secrets import forms, made

_SHARE = 0.6
"""A run of a secret that is longer than this share of it counts as the secret."""

LANGUAGES = {"code": "python", "env": "env", "json": "json"}
_MARKS = "!#*+-=?_~"


class Planted:
    """The project, and the secrets in it."""

    def __init__(self, root: Path, seed: int = 7) -> None:
        self.root = root
        self.values: dict[str, str] = {}
        """By value, where it was planted."""

        self._draw = random.Random(seed)

    def secret(self, where: str, value: str = "") -> str:
        """A new password, or the given value, noted down."""
        value = value or "K" + made.run(9, self._draw) + self._draw.choice(_MARKS) + "7" + made.run(4, self._draw)
        self.values[value] = where
        return value

    def token(self, where: str) -> str:
        """A new token of a known form."""
        return self.secret(where, made.token(self._draw, "ghp_"))

    def noise(self) -> str:
        """Seven letters that are no secret."""
        return made.run(7, self._draw)

    def long(self, where: str) -> str:
        """A new value of forty letters and digits."""
        return self.secret(where, made.run(40, self._draw))

    def parts(self, where: str) -> tuple[str, str]:
        """A new token in two parts, of which neither may be shown."""
        whole = made.token(self._draw, "ghp_")
        return self.secret(where, whole[:20]), self.secret(where, whole[20:])

    def concatenated(self, where: str) -> str:
        """A new private key as texts of a program, one for each line."""
        return "\n    ".join(f'"{line}\\n"' for line in self.key(where).split("\n"))

    def key(self, where: str) -> str:
        """A new private key; each of its lines is a secret."""
        block = made.pem(self._draw)
        for line in block.split("\n")[1:-1]:
            self.secret(where, line)
        return block

    def write(self, path: str, text: str) -> None:
        """A file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def every_format(self) -> None:
        """One file of code, one of environment variables and one of JSON, with a value of every known form."""
        rows: dict[str, list[str]] = {"code": [], "env": [], "json": []}
        for provider in providers.load():
            for form in provider.formats:
                value, lines = self._found(form)
                for where, line in lines.items():
                    rows[where].append(line)
                for line in value.split("\n"):
                    if len(line) >= 12 and not line.startswith("-----"):
                        self.secret(form.id, line)
        self.write("formats/every.py", "".join(rows["code"]))
        self.write("formats/every.env", "".join(rows["env"]))
        for number, text in enumerate(rows["json"][::12]):
            self.write(f"formats/{number}.json", text)

    def _found(self, form: Format) -> tuple[str, dict[str, str]]:
        """An example of the form in several texts, in each of which it is found: that it is, is tested elsewhere."""
        for _ in range(50):
            text, value = forms.example(form, self._draw)
            lines = forms.contexts(form, text, self._draw)
            if all(value not in secrets.redact(line, LANGUAGES[where])[0] for where, line in lines.items()):
                return value, lines
        raise AssertionError(f"no example of {form.id} is found")


def everywhere(root: Path) -> Planted:
    """A project with secrets in code, configuration, notebooks, names and comments, most beside other weaknesses."""
    it = Planted(root)
    _python(it)
    _others(it)
    _configuration(it)
    _notebook(it)
    _names(it)
    return it


def _python(it: Planted) -> None:
    there, far = it.secret("a default of a parameter"), it.secret("the other file")
    it.write(
        "app/web.py",
        f'''import os, sqlite3, subprocess, hashlib, yaml
from flask import Flask, request
from app.store import run, login
app = Flask(__name__)
app.secret_key = "{it.secret("secret_key")}"
PASSWORD = "{(again := it.secret("a value that is copied"))}"  # not {again}, as it was
API_TOKEN = os.environ.get("API_TOKEN", "{it.token("a default")}")
KEY = """{it.key("a block")}"""
OTHER = ({it.concatenated("a concatenated key")})
JOINED = "{(parts := it.parts("a split token"))[0]}" + "{parts[1]}"

@app.get("/a")
def a():
    os.system("curl -u admin:{it.secret("curl -u")} https://h/" + request.args["x"])
    os.system("mysql --password={it.secret("a flag")} -e " + request.args["x"] + " # {again}")
    subprocess.run(f"deploy --token {it.token("a command")} {{request.args['y']}}", shell=True)
    db = sqlite3.connect("x"); PASSWORD = "{it.secret("two on a line")}"; db.execute("{again}" + request.args["q"])
    run(password="{it.secret("an argument beside a tainted one")}", command=request.args["z"])
    login("bob", "{there}"); hashlib.md5(b"password={it.secret("a hashed text")}").hexdigest()
    return eval(request.args["e"] + "{it.token("an evaluated text")}")

@app.get("/b")
def b():
    url = "postgresql://app:{it.secret("an address")}@db.example.net/x?next=" + request.args["n"]
    requests.get(url, headers={{"Authorization": "Bearer {it.long("a header")}"}}, verify=False)
    print("password is {again}", base64.b64decode("{base64.b64encode(again.encode()).decode()}"))
    yaml.load(request.data + b"token={it.long("bytes")}")
    # deburr: allow sql-injection -- password={it.secret("a reason")}, token={it.token("a reason")}
    return db.execute("SELECT * FROM t WHERE p = '{again}' AND n = " + request.args["n"])
''',
    )
    it.write(
        "app/store.py",
        f"""import os, pickle, requests
def run(token, command):
    password = "{far}"; os.system("run --password {far} " + command)
def login(user, password="{there}"):
    requests.post("https://h", auth=(user, password), data={{"client_secret": "{it.secret("a field")}"}}, verify=False)
    pickle.loads(requests.get("https://h/?api_key={it.long("a query")}").content)
""",
    )
    long = "".join(f"f({number},'{it.noise()}');" for number in range(60))
    it.write("app/long.py", f'x = "{long}"; os.system(input()); token = "{it.token("a long line")}"; y = "{long}"\n')


def _others(it: Planted) -> None:
    it.write(
        "web/server.js",
        f"""const {{ exec }} = require('child_process'); const app = require('express')();
const config = {{ password: '{(word := it.secret("javascript"))}', apiKey: `{it.token("a template")}` }};
app.get('/x', (req, res) => {{ exec('curl -u me:{word} ' + req.query.u); res.send('<b>{word}' + req.query.n); }});
""",
    )
    it.write(
        "deploy.sh", f"export DB_PASSWORD={it.secret('shell')}\ncurl -H 'X-Api-Key: {it.token('curl -H')}' https://h\n"
    )
    it.write("Dockerfile", f"FROM x\nENV API_TOKEN={it.token('ENV')}\nARG PASSWORD {it.secret('ARG')}\n")
    it.write(
        "notes.md", f"The password is `{it.secret('prose')}`.\n\n```python\npassword = '{it.secret('a fence')}'\n```\n"
    )
    it.write(
        "change.patch",
        f"--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-password = '{it.secret('-')}'\n+password = '{it.secret('+')}'\n",
    )
    it.write("Main.java", f'class A {{ String password = "{it.secret("java")}"; }}\n')
    it.write("main.go", f'package main\nconst apiKey = "{it.token("go")}"\n')


def _configuration(it: Planted) -> None:
    it.write(
        "conf/a.yaml",
        f'db:\n  password: {it.secret("yaml")}\n  token: "{it.token("yaml")}"\nkey: |\n' + _indented(it.key("yaml")),
    )
    it.write("conf/b.toml", f"password = '{it.secret('toml')}'\n")
    it.write("conf/c.xml", f"<a><password>{it.secret('xml')}</password><b token='{it.token('xml')}'/></a>\n")
    it.write("conf/d.ini", f"[db]\npassword = {it.secret('ini')}\n")
    it.write("conf/e.json", json.dumps({"password": it.secret("json"), "private_key": it.key("json")}, indent=1))
    it.write("conf/.netrc", f"machine h login bob password {it.secret('netrc')}\n")
    it.write(
        "conf/f.properties",
        f"jdbc.url=jdbc:mysql://u:{it.secret('jdbc')}@h/x\njdbc.password={it.secret('properties')}\n",
    )
    it.write("conf/g.sql", f"CREATE USER a IDENTIFIED BY '{it.secret('sql')}';\n")


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" for line in text.split("\n"))


def _notebook(it: Planted) -> None:
    cells = [
        {
            "cell_type": "code",
            "execution_count": 1,
            "metadata": {},
            "source": [f"password = '{it.secret('a cell')}'\n", "import os\n", "os.system(input())"],
            "outputs": [{"output_type": "stream", "name": "stdout", "text": [f"token: {it.token('an output')}\n"]}],
        },
        {"cell_type": "markdown", "metadata": {}, "source": f"password: {it.secret('a note')}"},
    ]
    it.write("book.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1))


def _names(it: Planted) -> None:
    it.write(f"names/backup_{it.token('a name')}.txt", f"password = {it.secret('in a named file')}\n")
    it.write(f"names/{it.token('the name of a program')}.py", "import os\nos.system(input())\n")
    (it.root / "names" / f"dump-{it.token('the name of a binary')}.bin").write_bytes(b"\0\1")
    (it.root / "names" / f"broken-{it.token('the name of a broken text')}.txt").write_bytes(b"a\n\xe4")


def git(root: Path, *arguments: str) -> None:
    """Runs git there, as somebody."""
    who = ["-c", "user.name=A", "-c", "user.email=a@localhost", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, "-C", str(root), *arguments], check=True, capture_output=True)


def leaks(texts: dict[str, bytes], values: dict[str, str]) -> list[tuple[str, str, str]]:
    """(text, where it was planted, what it shows) for each secret of which one of the texts shows too much."""
    found = []
    for name, data in texts.items():
        for value, where in values.items():
            if shown := shown_of(value, data):
                at = data.index(shown)
                found.append((name, where, data[max(0, at - 60) : at + len(shown) + 40].decode("utf-8", "replace")))
    return found


def shown_of(value: str, data: bytes) -> bytes:
    """A long run of the secret, as it is or encoded, that stands in the data; nothing when there is none."""
    for spelled in dict.fromkeys((value, json.dumps(value)[1:-1], quote(value, safe=""), html.escape(value))):
        raw = spelled.encode()
        size = math.ceil(len(raw) * _SHARE)
        half = max(size // 2, 1)  # a run of this size holds one of the pieces that the value is cut into
        if any(raw[start : start + half] in data for start in range(0, len(raw) - half + 1, half)):
            for start in range(len(raw) - size + 1):
                if raw[start : start + size] in data:
                    return raw[start : start + size]
    for before in range(3):
        whole = (before + len(value)) // 3 * 4
        encoded = base64.b64encode(b"\0" * before + value.encode())[4 * (before > 0) : whole]
        if encoded in data:
            return encoded
    return value.encode().hex().encode() if value.encode().hex().encode() in data else b""
