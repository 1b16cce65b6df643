"""Candidates that a program makes: names x values x forms of many languages, true and false ones.

The values are drawn at random, so no credential stands in this file; the same seed gives the same samples.
"""

from __future__ import annotations

import base64
import random
import string
from collections.abc import Callable, Iterator
from dataclasses import replace

from bench.secrets_model.sample import Sample, samples

Draw = random.Random
Maker = Callable[[Draw], str]

WORDS = """
apple amber anchor arrow autumn badger banana basket beacon bishop blanket bottle bridge bronze butter cabin camera
candle canvas carbon castle cedar cherry circle cobalt coffee copper coral cotton cricket crystal dancer daisy
desert dolphin dragon eagle ember engine falcon feather fiddle flower forest galaxy garden ginger glacier golden
granite guitar hammer harbor hazel helmet hollow honey island ivory jacket jasmine jungle kettle kitten ladder
lantern lemon library lizard magnet mango maple marble meadow mellow mirror monkey morning mountain needle nickel
nugget ocean olive orange orchid otter paddle panther paper parrot pebble pepper pickle pillow planet pocket potato
prairie puzzle quartz rabbit radish raven ribbon river rocket rooster saddle salmon sandal shadow silver simple
sister soccer spider spring squirrel stable stone summer sunset tangle temple thunder ticket tiger timber tomato
tulip tunnel turtle valley velvet violet walnut water whisper willow window winter wizard yellow zebra zipper
account action address article balance branch bucket button change client column company config content control
country coupon create customer delete detail device document domain download editor entry event export feature field
filter folder footer format global group handler header history import index input invoice item label language
layout level library limit list location market member menu message method metric model module monitor network node
notice number object option order output owner package page panel parent partner payment period plugin policy
primary process product profile project provider purchase query queue range record region release report request
resource response result review route rule sample schedule schema screen script search section service session
setting shape share status step storage stream string style submit subject summary system table target task template
theme thread token total track traffic transfer tree trigger update upload usage user value version video view
widget window
""".split()
NAMES = {
    "Anna",
    "Boris",
    "Clara",
    "David",
    "Elena",
    "Felix",
    "Greta",
    "Henry",
    "Irene",
    "Jonas",
    "Karen",
    "Lucas",
    "Maria",
}
_FIRST = "test my the new old wrong bad some valid invalid expired dummy default super user admin client app".split()
_LABELS = (
    "Enter Your Forgot Reset Change Mot Das Le Adgangskode Salasana Lozinka Heslo Parool Sandi Jelszo Senha".split()
)
_LEET = str.maketrans("aeiost", "431057")
_ALNUM = string.ascii_letters + string.digits


def _run(draw: Draw, alphabet: str, least: int, most: int) -> str:
    return "".join(draw.choice(alphabet) for _ in range(draw.randint(least, most)))


# True values


def person(draw: Draw) -> str:
    """A password as people make one."""
    word = draw.choice([*WORDS[:150], *sorted(NAMES)])
    word = draw.choice([word, word.capitalize(), word.translate(_LEET), word.capitalize().translate(_LEET)])
    number = draw.choice([str(draw.randint(1, 99)), str(draw.randint(1950, 2026)), str(draw.randint(100, 9999)), "123"])
    mark = draw.choice(["", "", "!", "!!", "#", "$", "@", "_", "."])
    second = draw.choice(["", "", "", draw.choice(WORDS[:150]), draw.choice(WORDS[:150]).capitalize()])
    forms = (word + second + number + mark, word + mark + number, number + word + mark, mark + word + second + number)
    return draw.choice(forms)


def typed(draw: Draw) -> str:
    """A password as a program, or a hand on a keyboard, makes one."""
    pool = draw.choice([string.ascii_lowercase, _ALNUM, _ALNUM + "!#$%&*+-=?@_", string.ascii_letters])
    return _run(draw, pool, 5, 14)


def key(draw: Draw) -> str:
    """A key or token as services hand them out."""
    kind = draw.randrange(6)
    if kind == 0:
        return _run(draw, "0123456789abcdef", 1, 1) + _run(draw, "0123456789abcdef", 31, 31)
    if kind == 1:
        return base64.b64encode(draw.randbytes(draw.choice([18, 24, 32, 48]))).decode()
    if kind == 2:
        return _run(draw, _ALNUM, 20, 44)
    if kind == 3:
        return base64.urlsafe_b64encode(draw.randbytes(draw.choice([16, 24, 32]))).decode().rstrip("=")
    if kind == 4:
        return draw.choice(["pk", "key", "live", "tok", "sec"]) + draw.choice("_-") + _run(draw, _ALNUM, 18, 32)
    return "-".join(_run(draw, string.ascii_uppercase + string.digits, 5, 5) for _ in range(draw.randint(4, 5)))


# False values


def word(draw: Draw) -> str:
    return draw.choice(WORDS)


def identifier(draw: Draw) -> str:
    """A name of a program, a column, a flag, a header."""
    parts = [draw.choice(WORDS) for _ in range(draw.randint(2, 4))]
    mark = draw.choice("_-.:/ ")
    joined = draw.choice([mark.join(parts), parts[0] + "".join(p.capitalize() for p in parts[1:])])
    ended = draw.choice(
        ["", "", "", f"{mark}{draw.randint(1, 99)}", f"{mark}v{draw.randint(1, 9)}", str(draw.randint(1, 9))]
    )
    return draw.choice([joined, joined, joined.upper()]) + ended


def said(draw: Draw) -> str:
    """A value that says which it is: `test-password-1`."""
    kind = draw.choice("password pass secret token key pwd pw apikey credential auth".split())
    first, mark, number = draw.choice(_FIRST), draw.choice(["", "_", "-", ""]), str(draw.randint(1, 99))
    forms = (first + mark + kind, kind + mark + number, first + mark + kind + number, kind + mark + first)
    return draw.choice([*forms, first + mark + draw.choice(WORDS) + mark + kind])


def digest(draw: Draw) -> str:
    return _run(draw, "0123456789abcdef", 1, 1) + _run(
        draw, "0123456789abcdef", *draw.choice([(31, 31), (39, 39), (63, 63)])
    )


def cache_key(draw: Draw) -> str:
    """A key of a cache, of a bucket, of a graph."""
    parts = [
        draw.choice([draw.choice(WORDS), str(draw.randint(1, 99999)), _run(draw, "0123456789abcdef", 8, 12)])
        for _ in range(3)
    ]
    return draw.choice(WORDS) + draw.choice(":-_.").join(["", *parts])


def number(draw: Draw) -> str:
    version = f"{draw.randint(1, 9)}.{draw.randint(0, 20)}.{draw.randint(0, 9)}"
    day = f"20{draw.randint(10, 29)}-0{draw.randint(1, 9)}-{draw.randint(10, 28)}"
    return draw.choice([str(draw.randint(0, 999999)), version, day])


def phrase(draw: Draw) -> str:
    """A text on a screen, in Latin letters."""
    first = draw.choice(_LABELS)
    return draw.choice(
        [first, f"{first} {draw.choice(WORDS)}", f"{draw.choice(WORDS).capitalize()} {draw.choice(WORDS)}"]
    )


# Names and forms

_PASSWORDS = """
password passwd pwd pass passphrase db_password dbPassword DB_PASSWORD smtp_pass MAIL_PASSWORD adminPassword
user_password root_password PGPASSWORD redisPassword POSTGRES_PASSWORD mysql_pwd sslPassword ftp.password
spring.datasource.password
"""
_SECRETS = """
secret client_secret clientSecret SECRET_KEY jwt_secret JWT_SECRET app_secret session_secret webhookSecret signing_key
encryption_key
"""
_TOKENS = """
token api_key apiKey API_KEY access_token accessToken AUTH_TOKEN x-api-key bearer_token apikey access_key service_token
refresh_token authToken bot_token admin_key account_key private_key api_token
"""
_OTHERS = """
key cache_key sort_key partition_key keys primaryKey key_name i18n_key row_key translation_key object_key dict_key
menu_key shortcut_key lookup_key foreign_key index_key group_key
"""

_FORMS: dict[str, tuple[str, ...]] = {
    "python": (
        *('{n} = "{v}"', "{n} = '{v}'", 'connect(host, user="bob", {n}="{v}")', 'settings["{n}"] = "{v}"'),
        *('    "{n}": "{v}",', "def run(host, {n}='{v}'):", 'self.{n} = "{v}"', 'if {n} == "{v}":'),
        *('os.environ["{n}"] = "{v}"', 'os.getenv("{n}", "{v}")', "# {n}: {v}", "# the {n} is {v}"),
        *("{n} = SecretStr('{v}')", "x.set_{n}('{v}')", 'data = {{"user": "bob", "{n}": "{v}"}}'),
    ),
    "javascript": (
        *("const {n} = '{v}';", "  {n}: '{v}',", 'var {n} = "{v}"', "process.env.{n} = '{v}'"),
        *("{{ user: 'bob', {n}: '{v}' }}", "expect(body.{n}).toBe('{v}')", "client.set('{n}', '{v}')"),
        'let {n} = "{v}"; // later',
    ),
    "go": (
        *('{n} := "{v}"', '{n}: "{v}",', 'opts.{n} = "{v}"', "{{user: bob, {n}: {v}}}", 'const {n} = "{v}"'),
        "\t\t{n}: {v}",
    ),
    "java": ('String {n} = "{v}";', 'private static final String {n} = "{v}";', 'props.setProperty("{n}", "{v}");'),
    "yaml": ("{n}: {v}", '{n}: "{v}"', "    {n}: '{v}'", "  - {n}={v}", "- name: {n}\n  value: {v}"),
    "json": ('  "{n}": "{v}",', '{{"{n}": "{v}", "host": "db"}}'),
    "ini": ("{n} = {v}", "{n}={v}", "{n}: {v}"),
    "shell": ("export {n}={v}", "export {n}='{v}'", '{n}="{v}"', "run --{n}={v} --verbose"),
    "dockerfile": ("ENV {n}={v}", "ENV {n} {v}"),
    "xml": ("<{n}>{v}</{n}>", '<add key="{n}" value="{v}"/>'),
    "text": (
        *("{n}={v}", "{n}: {v}", "The {n} is {v}", "user bob, {n} {v}", "login bob {n} {v}", "sync -u bob -{n} {v}"),
        "Server=db;Uid=app;{n}={v};Database=shop",
    ),
    "markdown": ("{n}: {v}", '    {n} = "{v}"'),
}
_ADDRESS = ("postgres", "mysql", "redis", "amqp", "mongodb", "https", "nats", "ftp", "smtp")
_FOLDERS = ("src/", "app/", "config/", "deploy/", "lib/", "")


def _text(draw: Draw, names: str, value: str) -> tuple[str, str]:
    language = draw.choice(sorted(_FORMS))
    return draw.choice(_FORMS[language]).format(n=draw.choice(names.split()), v=value), language


def _address(draw: Draw, value: str) -> tuple[str, str]:
    host = draw.choice(
        ["localhost", "127.0.0.1", "db", f"{draw.choice(WORDS)}.{draw.choice(WORDS)}.com", "%s:%d", "10.1.2.3:5432"]
    )
    text = f"{draw.choice(_ADDRESS)}://{draw.choice(WORDS)}:{value}@{host}/{draw.choice(WORDS)}"
    form = draw.choice(['url = "{}"', "DATABASE_URL={}", "  uri: {}", "connect('{}')"])
    return form.format(text), draw.choice(["python", "yaml", "javascript", "shell", "go"])


_CASES: tuple[tuple[str, Maker, bool, bool, int], ...] = (
    # names, value, true, in tests, how many in a thousand
    (_PASSWORDS, person, True, False, 110),
    (_PASSWORDS, typed, True, False, 110),
    (_PASSWORDS, typed, True, True, 40),
    (_PASSWORDS, word, True, False, 40),
    (_SECRETS, key, True, False, 60),
    (_SECRETS, person, True, False, 40),
    (_TOKENS, key, True, False, 110),
    ("", person, True, False, 50),
    ("", typed, True, False, 40),
    (_PASSWORDS, word, False, True, 60),
    (_PASSWORDS, said, False, True, 50),
    (_PASSWORDS, identifier, False, False, 40),
    (_PASSWORDS, phrase, False, False, 40),
    (_SECRETS, identifier, False, False, 30),
    (_SECRETS, said, False, True, 20),
    (_TOKENS, identifier, False, False, 40),
    (_TOKENS, word, False, False, 20),
    (_TOKENS, said, False, True, 20),
    (_TOKENS, number, False, False, 10),
    (_OTHERS, digest, False, False, 40),
    (_OTHERS, cache_key, False, False, 40),
    (_OTHERS, identifier, False, False, 30),
    ("", said, False, True, 20),
    ("", word, False, True, 20),
)  # fmt: skip


def made(count: int = 6000, seed: int = 11, weight: float = 0.1) -> Iterator[Sample]:
    """Samples of every case in its share."""
    draw = random.Random(seed)
    for names, maker, true, tests, share in _CASES:
        for _ in range(count * share // 1000):
            value = maker(draw)
            text, language = _text(draw, names, value) if names else _address(draw, value)
            folder = "tests/" if tests else draw.choice(_FOLDERS)
            for sample, found in samples(f"\n{text}\n", language, f"{folder}{draw.choice(WORDS)}.x"):
                if found == value:
                    yield replace(sample, true=true, origin="made", weight=weight)
