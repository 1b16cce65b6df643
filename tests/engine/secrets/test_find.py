"""What a person sees: which text is taken for a secret, under which name, and how sure."""

from __future__ import annotations

import random

import pytest

from deburr.engine import secrets
from tests.engine.secrets import made

_DRAW = random.Random(7)
_KEY = made.run(40, _DRAW)
_HEX = made.run(32, _DRAW, "0123456789abcdef")
_MADE_UP = "Winter-" + "2024!"


def seen(text: str, language: str = "python", path: str = "") -> list[tuple[str, str, str, str]]:
    data = text.encode()
    return [(s.group, s.name, data[s.start : s.end].decode(), s.confidence) for s in secrets.find(data, language, path)]


PASSWORDS = {
    "assignment": ("db_password = '{}'", "python", "db_password"),
    "attribute": ("self.smtp.password = '{}'", "python", "self.smtp.password"),
    "keyword": ("connect(host, password='{}')", "python", "password"),
    "default": ("def login(user, passwd: str = '{}'):", "python", "passwd"),
    "typed": ("PASSWORD: Final[str] = '{}'", "python", "PASSWORD"),
    "key": ("settings = {{'password': '{}'}}", "python", "password"),
    "index": ("app.config['MAIL_PASSWORD'] = '{}'", "python", "MAIL_PASSWORD"),
    "bytes": ("passphrase = b'{}'", "python", "passphrase"),
    "wrapped": ("password = SecretStr('{}')", "python", "password"),
    "fallback": ("os.environ.get('DB_PASSWORD', '{}')", "python", "DB_PASSWORD"),
    "unpacked": ("user, password = 'bob', '{}'", "python", "password"),
    "compared": ("if password == '{}':", "python", "password"),
    "setter": ("client.set_password('{}')", "python", "client.set_password"),
    "comment": ("# password: {}", "python", "password"),
    "prose": ("# the password is {}.", "python", "password"),
    "javascript": ("const dbPassword = '{}';", "javascript", "dbPassword"),
    "go": ('password := "{}"', "go", "password"),
    "escaped JSON": ('body := "{{\\"password\\":\\"{}\\"}}"', "go", "password"),
    "JSON": ('"password": "{}"', "json", "password"),
    "YAML": ("password: {}", "yaml", "password"),
    "YAML record": ("- {{user: bob, password: {}}}", "yaml", "password"),
    "YAML pair": ("- name: DB_PASSWORD\n  value: {}", "yaml", "DB_PASSWORD"),
    "TOML": ('password = "{}"', "toml", "password"),
    "INI": ("password={}", "ini", "password"),
    "environment": ("DB_PASSWORD={}", "text", "DB_PASSWORD"),
    "shell": ("export DB_PASSWORD='{}'", "shell", "DB_PASSWORD"),
    "Dockerfile": ("FROM x\nENV DB_PASSWORD {}", "dockerfile", "DB_PASSWORD"),
    "XML element": ("<password>{}</password>", "xml", "password"),
    "XML attribute": ('<user name="x" password="{}"/>', "xml", "password"),
    "XML pair": ('<add key="DbPassword" value="{}"/>', "xml", "DbPassword"),
    "flag": ("mysql --user=root --password={}", "shell", "password"),
    "flag with a space": ("sync -User a@b.local -Password {}", "text", "Password"),
    "connection string": ("Server=db;Uid=app;Pwd={};Database=x", "text", "Pwd"),
    "netrc": ("machine host login bob password {}", "text", "password"),
}


@pytest.mark.parametrize("form", PASSWORDS)
def test_a_password_is_found_in_every_form(form: str) -> None:
    text, language, name = PASSWORDS[form]
    value = _MADE_UP.rstrip("!") if form == "prose" else _MADE_UP
    confidence = "medium" if form == "prose" else "high"
    assert seen(text.format(_MADE_UP), language) == [("password", name, value, confidence)]


@pytest.mark.parametrize(
    "text",
    [
        "conn = psycopg2.connect('db.host', 'bob', '{}')",
        "requests.get(url, auth=('bob', '{}'))",
        "HTTPBasicAuth('bob', '{}')",
        "server.login('bob@mail.com', '{}')",
        "CREATE USER bob IDENTIFIED BY '{}'",
        "curl -u bob:{} https://api.host/",
    ],
)
def test_a_password_without_a_name_is_found_where_the_call_says_so(text: str) -> None:
    assert [group for group, *_ in seen(text.format(_MADE_UP))] == ["password"]


@pytest.mark.parametrize(
    "text",
    [
        "password = ''",
        "password = None",
        "password = os.environ['DB_PASSWORD']",
        "password = os.getenv('DB_PASSWORD')",
        "password = input('Enter password: ')",
        "password = getpass.getpass('Password for the server: ')",
        "password = config.get('db', 'password')",
        "password = '<your password>'",
        "password = 'changeme'",
        "password = '${DB_PASSWORD}'",
        "password = '{{ db_password }}'",
        "password = f'{user}-{host}'",
        "password = '%(password)s'",
        "password = '********'",
        "password = 'password'",
        "api_key = 'YOUR_API_KEY'",
        "api_key = 'your-api-key-here'",
        "api_key = 'xxxxxxxxxxxxxxxxxxxxxxxx'",
        "PASSWORD_FIELD = 'user_password'",
        "password_hash = '$2b$12$abcdefghijklmnopqrstuv'",
        "password_label = 'Enter the new one'",
        "TOKEN_URL = 'https://auth.host/oauth/token'",
        "token_type = 'bearer'",
        "secret_name = 'prod/database/main'",
        "key_file = '/etc/ssl/private/server.key'",
        "headers = {'X-Auth-Token': token}",
        "API_KEY_HEADER = 'X-API-Key'",
        "PASSWORD_REGEX = r'^(?=.*[A-Z])[A-Za-z0-9]{8,}$'",
        "labels = ['username', 'password', 'email_address']",
        "token = tokenizer.next_token()",
        "next_token = 'eyJhIjogMX0eyJhIjogMX0eyJhIjogMX0'",
        "if isinstance(password, str): pass",
        "private_key: Ed25519PrivateKey | None = None",
        "url = 'https://user:password@host.com/'",
        "url = f'postgresql://{user}:{password}@{host}/db'",
        "messages = {'password': 'Das Kennwort ist zu kurz.'}",
        "commit = '3f786850e387550fdab836ed7e6dc881de23001b'",
        "integrity = 'sha512-' + digest",
        "request_id = '123e4567-e89b-12d3-a456-426614174000'",
        "key = AKIAIOSFODNN7EXAMPLE",
    ],
)
def test_what_is_no_secret_is_not_shown(text: str) -> None:
    assert [row for row in seen(text) if row[3] != "low"] == []


def test_a_generic_key_is_a_credential() -> None:
    assert seen(f"api_key = '{_KEY}'") == [("generic-secret", "api_key", _KEY, "high")]
    assert seen(f"const apiSecret = '{_HEX}'", "javascript") == [("generic-secret", "apiSecret", _HEX, "high")]


def test_a_service_by_name_is_a_provider_token() -> None:
    assert [row[:3] for row in seen(f"fastly = '{_KEY}'")] == [("provider-token", "fastly", _KEY)]


def test_the_number_of_something_is_a_key_where_its_name_says_so() -> None:
    number = "-".join(made.run(size, _DRAW, "0123456789abcdef") for size in (8, 4, 4, 4, 12))
    assert [row[:2] for row in seen(f"fastly access {number}", "text")] == [("provider-token", "fastly access")]
    assert [row for row in seen(f"fastly service {number}", "text") if row[3] != "low"] == []


@pytest.mark.parametrize("scheme", ["postgresql", "mongodb+srv", "redis", "amqp", "https", "mysql+pymysql"])
def test_the_password_of_an_address(scheme: str) -> None:
    assert seen(f"url = '{scheme}://bob:{_MADE_UP}@db.host:5432/x'") == [("url-credentials", "bob", _MADE_UP, "high")]


@pytest.mark.parametrize("label", ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"])
def test_a_key_block_is_found_whole(label: str) -> None:
    block = made.pem(_DRAW, label)
    assert seen(f'KEY = """{block}"""') == [("private-key", "", block, "high")]
    escaped = block.replace("\n", "\\n")
    assert seen(f'{{"key": "{escaped}"}}', "json") == [("private-key", "", escaped, "high")]


def test_tests_and_examples_lower_the_confidence() -> None:
    text = f"password = '{_MADE_UP}'"
    assert seen(text, path="app/db.py")[0][3] == "high"
    assert seen(text, path="tests/test_db.py")[0][3] == "medium"
    assert seen(text, path="docs/setup.rst")[0][3] == "medium"


def test_code_that_a_program_packed_lowers_the_confidence() -> None:
    text = f"var a={{password:'{_MADE_UP}'}};"
    assert seen(text, "javascript")[0][3] == "high"
    assert seen(text + "f(a);" * 500, "javascript")[0][3] == "low"
    assert seen("f(a);" * 500 + text, "javascript")[0][3] == "low"
    assert seen("f(a);\n" * 500 + text, "javascript")[0][3] == "high"


@pytest.mark.parametrize(
    "text",
    [
        '"Password": ["Contraseña"]',
        '"Database passwords": ["Wachtwoorden-database"]',
        "except KeyError:\n    pass\nvalue = options.setdefault(name, normal(value))",
        "redirect: community.azure.azure_rm_keyvaultkey_info",
        "_DATABRICKSREGISTRYOPTIONS._serialized_start=2588",
        "endpoint = 'databricks-meta-llama-3-3-70b-instruct'",
        '"secret": "GOCSPX-YYY"',
        "SECRET_KEY = 'abcdefghijklmnopqrstuvwx'",
    ],
)
def test_names_labels_and_their_translations_are_no_secrets(text: str) -> None:
    assert seen(text) == []


def test_an_address_of_words_alone_is_a_pattern_of_one() -> None:
    assert not [one for one in seen("'treiber://konto:passwort@datenbank/name'") if one[3] != "low"]
    assert seen("'driver://naam:wachtwoord@host:poort/database'") == []
    assert seen(f"'treiber://konto:{_MADE_UP}@datenbank/name'")[0][3] == "high"


@pytest.mark.parametrize(
    "text",
    [
        "from openai import OpenAI, DefaultHttp2Transport",
        "from stripe.checkout import (Session_v2_parameters, checkout_v2_parameters)",
        "- conda: https://mirror.example/linux-64/sqlalchemy-2.0.51-py314ha14b1ff_0.conda",
        "shop/boxplot.py,sha256=" + made.run(43, _DRAW) + ",512",
        "sqlalchemy/sql/part.py,sha256=" + made.run(32, _DRAW) + ",512",
        "map.connect('shop2', '/shop2url', app=shop2)",
        "* The PGP key `" + made.run(40, _DRAW, "0123456789ABCDEF") + "` signs releases.",
        "dependencies = [('authtoken', '0002_auto_20240131_1747')]",
        '# The client identified by\n# "client_id" may change.',
        "TOKEN_KIND = 'urn:shop:params:oauth:token-type:x509'",
        "SIGNED = ('authorization', 'x-shop-content-sha256', 'x-shop-date')",
        "![coverage](https://coverage.example/badge.svg?token=" + made.run(10, _DRAW) + ")",
        '<input name="csrfmiddlewaretoken" value="' + made.run(40, _DRAW) + '">',
        "encode('user', 'password', 'latin1')",
        "WS_KEY = b'258EAFA5-E914-47DA-95CA-C5AB0DC85B11'",
        "Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==",
        "'uri': 'data:application/octet-stream;base64,/" + "A" * 40 + made.run(60, _DRAW) + "'",
    ],
)
def test_names_digests_and_what_standards_print_are_no_secrets(text: str) -> None:
    assert [row for row in seen(text) if row[3] != "low"] == []


def test_no_two_secrets_overlap() -> None:
    text = f"GITHUB_TOKEN = '{made.token(_DRAW, 'ghp_')}'"
    assert [row[0] for row in seen(text)] == ["provider-token"]


def test_masked_never_shows_the_whole() -> None:
    assert secrets.masked("abc") == "…"
    assert secrets.masked(_KEY) == _KEY[:4] + "…"
