"""Redacted text holds no secret, parses, keeps its lines, and can be put back with its vault alone."""

from __future__ import annotations

import ast
import base64
import configparser
import importlib
import json
import random
import re
import shlex
import subprocess
import time
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deburr.engine import languages, secrets
from deburr.engine.secrets.vault import Vault, restore
from deburr.errors import ConfigError
from deburr.model import Source, Span
from tests.engine.secrets import made

yaml: Any = importlib.import_module("yaml")  # it comes without types
_DRAW = random.Random(3)
_KEY = b"a key for the tests"
TOKEN = made.token(_DRAW, "ghp_")
VALUE = made.run(32, _DRAW)
PASSWORD = "tr0ub4dor" + "&Zebra9!x"


def redact(text: str, language: str = "text") -> str:
    """The text without its secrets; also that a second time changes nothing, and that the vault puts all back."""
    done, _ = secrets.redact(text, language, _KEY)
    assert secrets.redact(done, language, _KEY)[0] == done
    assert done.count("\n") == text.count("\n")
    vault = Vault()
    back = restore(secrets.redact(text, language, vault=vault)[0], vault)
    assert back._replace(unknown=()) == (text, (), (), ())
    return done


def test_a_placeholder_is_typed_and_stable() -> None:
    first, second = redact(f"a = '{TOKEN}'\nb = '{TOKEN}'\n", "python").splitlines()
    assert re.fullmatch(r"a = '<REDACTED:github-personal-token:[0-9a-f]{12}>'", first)
    assert first[4:] == second[4:]


def test_another_key_gives_another_tag() -> None:
    text = f"a = '{TOKEN}'"
    assert secrets.redact(text, "python", b"1") != secrets.redact(text, "python", b"2")


def test_spans_are_where_the_secret_stood() -> None:
    value = "Winter-" + "2024!"
    _, spans = secrets.redact(f"é = 1\nä, password = 1, '{value}'\npassword = '{value}'\n", "python")
    assert spans[-1] == Span(3, 13, 3, 13 + len(value))


def _json(text: str) -> object:
    return json.loads(text)


def _xml(text: str) -> object:
    return ET.fromstring(text)  # the text is this file's own


def _ini(text: str) -> object:
    parser = configparser.ConfigParser()
    parser.read_string(text)
    return {name: dict(parser[name]) for name in parser.sections()}


def _shell(text: str) -> object:
    done = subprocess.run(["sh", "-n"], input=text, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return text


def _program(language: str) -> Callable[[str], object]:
    def parse(text: str) -> object:
        module = languages.lower(text.encode(), language)
        assert not module.notes
        return Source(text)

    return parse


_PEM = made.pem(_DRAW)
_CASES: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("python", ast.parse, f'API_KEY = "{VALUE}"\nURL = "postgresql://app:{VALUE}@db.host/x"\n'),
    ("python", ast.parse, f"KEY = '''{_PEM}'''  # password: {VALUE}\n"),
    ("python", ast.parse, "KEY = (" + "\n    ".join(f'"{line}\\n"' for line in _PEM.split("\n")) + ")\n"),
    ("python", ast.parse, f"def f():\n    '''Log in.\n\n    password = {PASSWORD}\n    '''\n"),
    ("python", ast.parse, "".join(f"# {line}\n" for line in _PEM.split("\n"))),
    ("python", ast.parse, f"x = f'{{a}}{TOKEN}'\ny = rb'\\n{TOKEN}'\n"),
    ("javascript", _program("javascript"), f"const t = `{TOKEN}`; // {TOKEN}\nconst r = /{TOKEN}/;\n"),
    ("javascript", _program("javascript"), f"const a = <p>{TOKEN}</p>;\n"),
    ("typescript", _program("typescript"), f"const c: Config = {{ password: '{PASSWORD}', apiKey: \"{VALUE}\" }};\n"),
    ("json", _json, f'{{"password": "{PASSWORD}", "url": "https://u:{VALUE}@h/"}}\n'),
    ("json", _json, json.dumps({"key": _PEM, "password": 'pa"ss' + PASSWORD}, indent=1)),
    ("json", _json, json.dumps({"cells": [{"source": [line + "\n" for line in _PEM.split("\n")]}]}, indent=1)),
    ("yaml", yaml.safe_load, f"db:\n  password: {PASSWORD}\n  token: {TOKEN} # {TOKEN}\n  list: [{TOKEN}, b]\n"),
    ("yaml", yaml.safe_load, "key: |\n" + "".join(f"  {line}\n" for line in _PEM.split("\n")) + "next: 1\n"),
    ("toml", tomllib.loads, f"password = '{PASSWORD}'\n[a]\nkey = '''\n{_PEM}\n'''\n"),
    ("ini", _ini, f"[db]\npassword = {VALUE}\nurl = mysql://a:{VALUE}@h/d\n"),
    ("env", _shell, f"export TOKEN={TOKEN}\nPASSWORD={VALUE}\nURL=redis://:{VALUE}@h:1/0\nX='{TOKEN}'\n"),
    (
        "shell",
        _shell,
        f"curl -H 'Authorization: Bearer {TOKEN}' -u me:{VALUE} https://h\nT={TOKEN} run --token {TOKEN}\n",
    ),
    ("shell", _shell, f"cat <<E\ndon't\nkey {TOKEN}\nE\necho {TOKEN} # it's {TOKEN}\n"),
    ("xml", _xml, f'<c><password>{VALUE}</password><a token="{TOKEN}"/><!-- {TOKEN} --></c>'),
    ("html", _xml, f"<p title='{TOKEN}'>{TOKEN}</p>"),
)


@pytest.mark.parametrize(("language", "parse", "text"), _CASES, ids=lambda it: it if isinstance(it, str) else "")
def test_what_parsed_parses_still(language: str, parse: Callable[[str], Any], text: str) -> None:
    parse(text)
    done = redact(text, language)
    assert done != text
    parse(done)
    for value in (TOKEN, VALUE, PASSWORD, *_PEM.split("\n")):
        assert value not in done


def test_a_shell_reads_the_placeholder_as_one_word() -> None:
    done = redact(f"run --token {TOKEN} next\n", "shell")
    assert [word[:10] for word in shlex.split(done)] == ["run", "--token", "<REDACTED:", "next"]


def test_an_address_keeps_its_parts() -> None:
    parts = urlsplit(redact(f"postgresql://app:{VALUE}@db.host:5432/x?a=1"))
    assert (parts.username, parts.hostname, parts.port, parts.query) == ("app", "db.host", 5432, "a=1")


def test_a_number_among_data_gets_quotes_that_go_again() -> None:
    value = "8274619350" + "2847"
    found = [secrets.Secret(12, 12 + len(value), "pin", "password", "high")]
    redactor = secrets.redactor(_KEY, vault=Vault())
    redactor.find = lambda data, _language: found if value.encode() in data else []
    done = redactor.redact(f'{{"password":{value}}}', "json").text
    assert json.loads(done)["password"].startswith("<REDACTED:pin:")
    assert redactor.vault is not None
    assert restore(done, redactor.vault).text == f'{{"password":{value}}}'
    code = redactor.redact(f"{{'password':{value}}}", "python").text
    assert ast.parse(code)


def test_copies_in_any_spelling_go_too() -> None:
    both = base64.b64encode(f"user:{PASSWORD}".encode()).decode()
    copies = [PASSWORD, quote(PASSWORD, safe=""), base64.b64encode(PASSWORD.encode()).decode(), PASSWORD.encode().hex()]
    copies += [PASSWORD.replace("&", "&amp;"), both[8:-4], json.dumps(PASSWORD)[1:-1]]
    text = f'password = "{PASSWORD}"\n' + "".join(f"print({copy!r})\n" for copy in [*copies, both])
    done = redact(text, "python")
    assert [copy for copy in copies if copy in done] == []


def test_an_ordinary_word_is_left_in_names() -> None:
    done = redact('password = "correcthorse"\ncorrecthorse = 1\nprint("correcthorse")\n', "python")
    assert re.sub(r":[0-9a-f]{12}", "", done).splitlines()[1:] == [
        "correcthorse = 1",
        'print("<REDACTED:generic-password>")',
    ]


def test_a_placeholder_is_never_a_secret() -> None:
    text = 'password = "<REDACTED:generic-password:0123456789ab>"\nTOKEN=REDACTED_github_token_0123456789ab\n'
    assert redact(text, "python") == text


def test_what_is_redacted_already_is_not_looked_into() -> None:
    text = "".join(f"a = '<REDACTED:github-token:{number:012x}>'\n" for number in range(20_000))
    begin = time.process_time()
    assert secrets.redact(text, "python") == (text, ())
    assert time.process_time() - begin < 5


def test_what_is_found_only_once_the_rest_is_gone_goes_too() -> None:
    first, second = made.run(20, _DRAW).encode(), made.run(20, _DRAW).encode()

    def find(data: bytes, _language: str) -> list[secrets.Secret]:
        value = first if first in data else second
        at = data.find(value)
        return [secrets.Secret(at, at + 20, "one", "password", "high")] if at >= 0 else []

    redactor = secrets.redactor(_KEY)
    redactor.find = find
    text = b"x " + second + b" y " + first + b"\n" + second
    done = redactor.redact(text.decode())
    assert re.sub(r":[0-9a-f]{12}", "", done.text) == "x <REDACTED:one> y <REDACTED:one>\n<REDACTED:one>"
    assert done.spans == (Span(1, 3, 1, 23), Span(1, 26, 1, 46), Span(2, 1, 2, 21))


def test_what_one_text_tells_goes_from_the_others() -> None:
    redactor = secrets.redactor(_KEY)
    redactor.learn(f'password = "{PASSWORD}"', "python")
    assert PASSWORD not in redactor.redact(f"see {PASSWORD} there").text


def test_least_leaves_what_is_less_sure() -> None:
    text = "password = 'Sommer'\n"
    assert secrets.redact(text, "python", least="medium") == (text, ())
    assert secrets.redact(text, "python")[1]


_WORDS = st.sampled_from(
    ["x = ", "password = ", "# ", "'", '"', "\n", " ", "\\", "api_key: ", "<", ">", "é", TOKEN, VALUE]
)
_TEXTS = st.lists(
    st.one_of(_WORDS, st.sampled_from([PASSWORD, _PEM, "https://u:", "@h", "(", ")", "REDACTED"])), max_size=25
)


@settings(max_examples=150, deadline=None)
@given(_TEXTS, st.sampled_from(["python", "shell", "json", "env", "xml", "text", "yaml", "javascript"]))
def test_any_mixture_is_redacted_once_and_put_back(words: list[str], language: str) -> None:
    text = "".join(words)
    vault = Vault(_KEY * 2)
    done, _ = secrets.redact(text, language, vault=vault)
    assert secrets.redact(done, language, vault=vault)[0] == done
    assert restore(done, vault).text == text
    assert TOKEN not in re.split(r"\W", done)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    redacted, spans = secrets.redact(text)
    assert spans or redacted == text


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["password = '", "token: ", "https://a:", "-----BEGIN PRIVATE " + "KEY-----", "eyJ"]),
)
def test_any_bytes_are_taken(data: bytes, start: str) -> None:
    whole = data + start.encode() + data + b"'@h"
    found = secrets.find(whole, "python")
    ends = [secret.end for secret in found]
    assert all(s.start < s.end for s in found)
    assert ends == sorted(ends)
    secrets.redact(whole.decode("utf-8", "replace"), "python")


def test_a_vault_tells_what_was_lost_moved_or_never_there() -> None:
    vault = Vault()
    text = f"a = '{TOKEN}'\nb = '{VALUE}'\npassword = '{PASSWORD}'\n"
    lines = secrets.redactor(vault=vault).redact(text, "python", "a.py").text.splitlines(keepends=True)
    other = "c = '<REDACTED:generic-password:aaaaaaaaaaaa>'\n"
    back = restore("".join([lines[2], lines[0], other]), vault, "a.py")
    assert back.text == f"password = '{PASSWORD}'\na = '{TOKEN}'\n{other}"
    assert back.unknown == ("generic-password:aaaaaaaaaaaa",)
    assert [one.partition(":")[0] for one in back.lost] == []
    assert [one.partition(":")[0] for one in back.moved] == ["generic-password"]


def test_a_vault_is_written_and_read() -> None:
    vault = Vault()
    done, _ = secrets.redact(f"password = '{PASSWORD}'", "python", vault=vault)
    again = Vault.from_json(vault.to_json())
    assert again == vault
    assert secrets.redact(f"password = '{PASSWORD}'", "python", vault=again)[0] == done
    for broken in ("", "[]", "{}", vault.to_json().replace('"version": 1', '"version": 2')):
        with pytest.raises(ConfigError, match=r"v\.json: not a vault that deburr wrote"):
            Vault.from_json(broken, "v.json")
