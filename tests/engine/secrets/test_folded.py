"""Secrets in pieces, encoded or computed: what a person sees of each, and what looks alike and is none."""

from __future__ import annotations

import base64
import codecs
import random
import time
from collections.abc import Callable

import pytest

from deburr.engine import scan, secrets
from deburr.model import Source
from tests.engine.secrets import made

_DRAW = random.Random(11)
_TOKEN = made.token(_DRAW, "ghp_")
_AWS = "AKIA" + made.run(16, _DRAW, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
_PASSWORD = made.run(14, _DRAW) + "!x7"
_B64 = base64.b64encode(_PASSWORD.encode()).decode()
_CODES = ", ".join(str(ord(char)) for char in _PASSWORD)
_HEX = ", ".join(f"0x{ord(char):02x}" for char in _AWS)
_CHARS = ", ".join(f"'{char}'" for char in _PASSWORD)
A, B = _PASSWORD[:8], _PASSWORD[8:]
HEAD, REST = _TOKEN[:9], _TOKEN[9:]


def folded(text: str, language: str) -> list[tuple[str, str, str]]:
    """(the text of the place, what it folds to, the name) of what no stretch of the text holds."""
    data = text.encode()
    return [
        (data[one.start : one.end].decode(), one.value, one.name)
        for one in secrets.find(data, language)
        if one.value and one.confidence != "low"
    ]


TEXTS = {
    "plus": (f'x := "{HEAD}" + "{REST}"', "go", f'{HEAD}" + "{REST}', _TOKEN),
    "plus at the end": (f'x = "{HEAD}" +\n    "{REST}";', "java", f'{HEAD}" +\n    "{REST}', _TOKEN),
    "plus at the start": (f'x = "{HEAD}"\n    + "{REST}";', "csharp", f'{HEAD}"\n    + "{REST}', _TOKEN),
    "dots": (f"$x = '{HEAD}' . '{REST}';", "php", f"{HEAD}' . '{REST}", _TOKEN),
    "side by side": (f'char *x = "{HEAD}" "{REST}";', "c", f'{HEAD}" "{REST}', _TOKEN),
    "below": (f'x = "{HEAD}" \\\n    "{REST}"', "ruby", f'{HEAD}" \\\n    "{REST}', _TOKEN),
    "three": (f'x = "{HEAD}" + "{REST[:9]}" + "{REST[9:]}"', "kotlin", None, _TOKEN),
    "two quotes": (f"X=\"{HEAD}\"'{REST}'", "shell", f"{HEAD}\"'{REST}", _TOKEN),
    "ampersand": (f'x = "{HEAD}" & "{REST}"', "text", f'{HEAD}" & "{REST}', _TOKEN),
    "under a name": (f'String password = "{A}" + "{B}";', "java", f'{A}" + "{B}', _PASSWORD),
    "continued": (f"export X={HEAD}\\\n{REST}\n", "shell", f"{HEAD}\\\n{REST}", _TOKEN),
    "continued far in": (f"ENV X={HEAD}\\\n    {REST}\n", "dockerfile", f"{HEAD}\\\n    {REST}", _TOKEN),
    "properties": (f"a.b={HEAD}\\\n  {REST}\n", "properties", f"{HEAD}\\\n  {REST}", _TOKEN),
    "YAML folded": (f"password: >-\n  {_PASSWORD}\nother: 1\n", "yaml", f">-\n  {_PASSWORD}", _PASSWORD),
    "YAML block": (f"db_password: |\n  {_PASSWORD}\n", "yaml", f"|\n  {_PASSWORD}", _PASSWORD),
    "here-document": (f"password = <<EOF\n{_PASSWORD}\nEOF\n", "terraform", None, _PASSWORD),
    "in a shell": (f"PASSWORD=$(cat <<'EOF'\n{_PASSWORD}\nEOF\n)\n", "shell", None, _PASSWORD),
    "three quotes": (f'password = """\n{_PASSWORD}\n"""\n', "python", None, _PASSWORD),
    "bytes": (f"byte[] k = {{{_HEX}}};", "java", f"{{{_HEX}}}", _AWS),
    "bytes in C": (f"const char k[] = {{{_HEX}, 0}};", "c", None, _AWS),
    "characters": (f"char[] password = {{{_CHARS}}};", "java", f"{{{_CHARS}}}", _PASSWORD),
    "characters in Go": (f"password := string([]rune{{{_CHARS}}})", "go", None, _PASSWORD),
    "numbers": (f"password := string([]byte{{{_CODES}}})", "go", f"string([]byte{{{_CODES}}})", _PASSWORD),
    "base64 of Java": (f'password = Base64.getDecoder().decode("{_B64}");', "java", None, _PASSWORD),
    "base64 of PHP": (f"$password = base64_decode('{_B64}');", "php", f"base64_decode('{_B64}')", _PASSWORD),
    "base64 of Ruby": (f'password = Base64.decode64("{_B64}")', "ruby", f'Base64.decode64("{_B64}")', _PASSWORD),
    "base64 in a shell": (f"PASSWORD=$(echo {_B64} | base64 -d)", "shell", f"$(echo {_B64}", _PASSWORD),
    "base64 alone": (f"foo: {base64.b64encode(_AWS.encode()).decode()}", "yaml", None, _AWS),
    "base64 inside": ("foo: " + base64.b64encode(f'{{"a":"{_TOKEN}"}}'.encode()).decode(), "yaml", None, _TOKEN),
    "hexadecimal": (f"foo: {_AWS.encode().hex()}", "yaml", _AWS.encode().hex(), _AWS),
    "reversed": (f"foo: {_TOKEN[::-1]}", "text", _TOKEN[::-1], _TOKEN),
    "rotated": (f"foo: {codecs.encode(_TOKEN, 'rot13')}", "text", codecs.encode(_TOKEN, "rot13"), _TOKEN),
    "escapes": ("x = '" + "".join(f"\\x{ord(char):02x}" for char in _AWS) + "'", "ruby", None, _AWS),
    "one escape": (f'x = "\\x41{_AWS[1:]}"', "go", f"\\x41{_AWS[1:]}", _AWS),
    "code point": (f'x = "\\u0041{_AWS[1:]}"', "java", f"\\u0041{_AWS[1:]}", _AWS),
    "percent": (f'x = "%41{_AWS[1:]}"', "text", f"%41{_AWS[1:]}", _AWS),
    "entity": (f"<x>&#65;{_AWS[1:]}</x>", "xml", f"&#65;{_AWS[1:]}", _AWS),
    "no width": (f'x = "{_AWS[:6]}\u200b{_AWS[6:]}"', "text", f"{_AWS[:6]}\u200b{_AWS[6:]}", _AWS),
    "soft hyphen": (f'x = "{_AWS[:6]}\u00ad{_AWS[6:]}"', "text", f"{_AWS[:6]}\u00ad{_AWS[6:]}", _AWS),
    "cluster": (f"kind: Secret\ndata:\n  password: {_B64}\n", "yaml", _B64, _PASSWORD),
    "two layers": (f'password = atob("{_B64[:9]}" + "{_B64[9:]}");', "text", None, _PASSWORD),
}

PYTHON = {
    "sum": f'FIRST = "{A}"\nREST = "{B}"\nconnect(password=FIRST + REST)\n',
    "parts of a form": f'PREFIX = "ghp_"\nx = PREFIX + "{_TOKEN[4:]}"\n',
    "f-string": f'FIRST = "{A}"\nREST = "{B}"\nconnect(password=f"{{FIRST}}{{REST}}")\n',
    "f-string of a form": f'REST = "{_TOKEN[4:]}"\nx = f"ghp_{{REST}}"\n',
    "side by side": f'password = (\n    "{A}"\n    "{B}"\n)\n',
    "in brackets": f'FIRST = "{A}"\npassword = (\n    FIRST\n    + "{B}"\n)\n',
    "joined": f'password = "".join(["{A}", "{B}"])\n',
    "joined list": f'parts = ["{A}", "{B}"]\npassword = "".join(parts)\n',
    "backwards": f'password = "{_PASSWORD[::-1]}"[::-1]\n',
    "backwards by name": f'stored = "{_PASSWORD[::-1]}"\npassword = stored[::-1]\n',
    "reversed": f'password = "".join(reversed("{_PASSWORD[::-1]}"))\n',
    "codes": f'password = "".join(chr(c) for c in [{_CODES}])\n',
    "mapped codes": f'password = "".join(map(chr, [{_CODES}]))\n',
    "codes summed": "password = " + " + ".join(f"chr({ord(char)})" for char in _PASSWORD) + "\n",
    "bytes": f"password = bytes([{_CODES}]).decode()\n",
    "hexadecimal": f'stored = "{_PASSWORD.encode().hex()}"\npassword = bytes.fromhex(stored).decode()\n',
    "base64": f'stored = "{_B64}"\npassword = base64.b64decode(stored).decode()\n',
    "rotated": f'password = codecs.decode("{codecs.encode(_PASSWORD, "rot13")}", "rot13")\n',
    "percent": f'FIRST = "{A}"\npassword = "%s%s" % (FIRST, "{B}")\n',
    "format": f'FIRST = "{A}"\npassword = "{{}}{{}}".format(FIRST, "{B}")\n',
    "replaced": f'password = "{A}#{B}".replace("#", "")\n',
    "class": f'class C:\n    FIRST = "{A}"\n\n    def f(self):\n        connect(password=self.FIRST + "{B}")\n',
    "lookup": f'KEYS = {{"a": "{A}", "b": "{B}"}}\npassword = KEYS["a"] + KEYS["b"]\n',
    "added": f'password = "{A}"\npassword += "{B}"\n',
    "compared": f'FIRST = "{A}"\nif user.password == FIRST + "{B}":\n    pass\n',
    "fallback": f'FIRST = "{A}"\npassword = os.getenv("DB_PASSWORD", FIRST + "{B}")\n',
    "default": f'FIRST = "{A}"\n\n\ndef f(password=FIRST + "{B}"):\n    pass\n',
    "key": f'FIRST = "{A}"\nsettings = {{"password": FIRST + "{B}"}}\n',
    "address": f'FIRST = "{A}"\nurl = f"postgres://bob:{{FIRST}}{B.replace("!", "")}@db.corp.io/x"\n',
    "header": f'HEAD = "{HEAD}"\nheaders = {{"Authorization": "Bearer " + HEAD + "{REST}"}}\n',
}

JAVASCRIPT = {
    "sum": f'const first = "{A}";\nconnect({{ password: first + "{B}" }});\n',
    "template": f'const first = "{A}";\nconnect({{ password: `${{first}}{B}` }});\n',
    "joined": f'const parts = ["{A}", "{B}"];\nconst password = parts.join("");\n',
    "backwards": f'const password = "{_PASSWORD[::-1]}".split("").reverse().join("");\n',
    "codes": f"const password = String.fromCharCode({_CODES});\n",
    "mapped codes": f'const password = [{_CODES}].map(c => String.fromCharCode(c)).join("");\n',
    "atob": f'const stored = "{_B64}";\nconst password = atob(stored);\n',
    "buffer": f'const stored = "{_B64}";\nconst password = Buffer.from(stored, "base64").toString("utf8");\n',
    "object": f'const o = {{ a: "{A}" }};\nconst c = {{ password: o.a + "{B}" }};\n',
    "class": f'class K {{\n  static A = "{A}";\n  f() {{ login({{ password: K.A + "{B}" }}); }}\n}}\n',
    "percent": 'const password = decodeURIComponent("' + "".join(f"%{ord(c):02x}" for c in _PASSWORD) + '");\n',
    "two layers": f'const password = atob("{_B64[:9]}" + "{_B64[9:]}");\n',
}


@pytest.mark.parametrize("form", TEXTS)
def test_what_is_written_in_pieces_or_encoded_is_found_at_its_place(form: str) -> None:
    text, language, place, value = TEXTS[form]
    found = folded(text, language)
    assert [one[1] for one in found][-1:] == [value]
    assert place is None or found[-1][0] == place


@pytest.mark.parametrize("form", PYTHON)
def test_constants_of_python_are_folded(form: str) -> None:
    assert folded(PYTHON[form], "python")


@pytest.mark.parametrize("form", JAVASCRIPT)
def test_constants_of_javascript_are_folded(form: str) -> None:
    assert folded(JAVASCRIPT[form], "javascript")
    assert folded(JAVASCRIPT[form], "typescript")


QUIET = {
    "SQL": ('q = "SELECT a FROM b" + " WHERE password = \'" + x + "\'"', "java"),
    "label": ('label = "Enter your pass" + "word here"', "javascript"),
    "words": ('password_label = "The password that you" +\n    " chose last year"', "java"),
    "picture": ("x = '" + base64.b64encode(_DRAW.randbytes(600)).decode() + "'", "python"),
    "text": ("x: " + base64.b64encode(b"nobody minds that this can be read by all").decode(), "yaml"),
    "hash": ('digest = "' + made.run(32, _DRAW, "0123456789abcdef") + '" + "' + "0" * 8 + '"', "java"),
    "table": ("int t[] = {0x41, 0x00, 0x43, 0xff, 0x45, 0x46, 0x47, 0x48};", "c"),
    "alphabet": ("key_chars = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']", "python"),
    "unknown": ('password = prefix + "-" + name\n', "python"),
    "variable": ('PREFIX = "APP"\ntoken = os.environ[f"{PREFIX}_TOKEN"]\n', "python"),
    "reversed words": ("key: tuoemit_gnihcac_tcaf", "yaml"),
    "placeholder": ('password = "change" + "me"', "java"),
    "cluster": ("kind: Secret\ndata:\n  username: " + base64.b64encode(b"administrator").decode() + "\n", "yaml"),
    "escapes": (r"pattern = re.compile('[\x41-\x5a\x61-\x7a]+')", "python"),
    "address": ('url = "https://example.com/a%20b?c=%41%42"', "text"),
    "branches": ('if x:\n    a = "ab12cd"\nelse:\n    a = "zz88yy"\npassword = a + "77"\n', "python"),
}


@pytest.mark.parametrize("form", QUIET)
def test_what_only_looks_alike_is_left_alone(form: str) -> None:
    assert folded(*QUIET[form]) == []


def test_the_message_and_the_redacted_text_show_no_piece() -> None:
    text = f'FIRST = "{A}"\nREST = "{B}"\nconnect(password=FIRST + REST)\n'
    report = scan(Source(text, "a.py", "python"))
    said = [one for one in report.findings if one.span.line == 3 and "password" in one.message]
    assert [(one.span.column, one.span.end_column) for one in said] == [(18, 30)]
    assert not any(piece in one.message for one in said for piece in (A, B, _PASSWORD))
    clean, _ = secrets.redact(text, "python")
    assert A not in clean
    assert B not in clean
    compile(clean, "a.py", "exec")


def test_a_secret_that_a_literal_holds_is_not_reported_again_where_it_is_used() -> None:
    text = f'TOKEN = "{_TOKEN}"\nheaders = {{"Authorization": f"token {{TOKEN}}"}}\n'
    assert [one.value for one in secrets.find(text.encode(), "python")] == [""]


FLOODS: dict[str, Callable[[int], tuple[str, str]]] = {
    "sum": lambda n: ("x = " + " + ".join(f'"a{i}b"' for i in range(n)), "javascript"),
    "lines": lambda n: ("password = " + " +\n  ".join(f'"a{i}b"' for i in range(n)), "java"),
    "continued": lambda n: ("a1b2\\\n" * n, "shell"),
    "escapes": lambda n: ('"' + "\\x41" * n + '"', "python"),
    "array": lambda n: ("k = {" + "0x41," * n + "}", "c"),
    "calls": lambda n: ("password = atob(atob(" * n, "javascript"),
    "names": lambda n: ("".join(f'a{i} = "x{i}"\npassword = a{i} + a{i + 1}\n' for i in range(n)), "python"),
    "added": lambda n: ('password = "x1"\n' + 'password += "a1"\n' * n, "python"),
    "doubled": lambda n: ('b0 = "xx"\n' + "".join(f"b{i + 1} = b{i} + b{i}\n" for i in range(n)), "python"),
}


@pytest.mark.parametrize("flood", FLOODS)
def test_floods_take_linear_time(flood: str) -> None:
    secrets.find(b"warm", "python")
    took = []
    for size in (3_000, 12_000):
        text, language = FLOODS[flood](size)
        begun = time.process_time()
        secrets.find(text.encode(), language)
        took.append(time.process_time() - begun)
    assert took[1] < 0.5 + 8 * took[0]
