"""Credentials that leave the text; the values are of this test's own making."""

from __future__ import annotations

import pytest

from tests.engine.repair.repairing import proposal, repaired

VALUE = "hunter" + "2" * 3 + "-of-a-test"


def moved(code: str, name: str = "") -> str | None:
    fact = {"name": name, "kind": "password"}
    found = repaired(code.replace("VALUE", VALUE), "hardcoded-password", VALUE, callee="password", fact=fact)
    return found.replace(VALUE, "VALUE") if found is not None else None


CASES = {
    "constant": ('PASSWORD = "VALUE"\n', "PASSWORD", 'import os\n\nPASSWORD = os.environ["PASSWORD"]\n'),
    "keyword, quotes of the text": (
        "import sys\n\n\ndef f():\n    connect(user='a', password='VALUE')\n",
        "password",
        "import os\nimport sys\n\n\ndef f():\n    connect(user='a', password=os.environ['PASSWORD'])\n",
    ),
    "keyword of a service": (
        'from openai import OpenAI\n\nclient = OpenAI(api_key="VALUE")\n',
        "api_key",
        'import os\n\nfrom openai import OpenAI\n\nclient = OpenAI(api_key=os.environ["OPENAI_API_KEY"])\n',
    ),
    "attribute of a module": (
        'import os\nimport stripe\n\nstripe.api_key = "VALUE"\n',
        "",
        'import os\nimport stripe\n\nstripe.api_key = os.environ["STRIPE_API_KEY"]\n',
    ),
    "mapping": (
        'import os\n\nMAIL = {"user": "x", "password": "VALUE"}\n',
        "password",
        'import os\n\nMAIL = {"user": "x", "password": os.environ["MAIL_PASSWORD"]}\n',
    ),
    "header": (
        'import os\n\nheaders = {"Authorization": "Bearer VALUE"}\n',
        "Authorization",
        'import os\n\nheaders = {"Authorization": f"Bearer {os.environ[\'AUTHORIZATION\']}"}\n',
    ),
    "address": (
        'import os as _os\n\nURL = "postgresql://bob:VALUE@db/x"\n',
        "password",
        "import os as _os\n\nURL = f\"postgresql://bob:{_os.environ['BOB_PASSWORD']}@db/x\"\n",
    ),
    "address by its variable": (
        'import os\n\nREDIS_URL = "redis://:VALUE@cache:6379/0"\n',
        "password",
        "import os\n\nREDIS_URL = f\"redis://:{os.environ['REDIS_PASSWORD']}@cache:6379/0\"\n",
    ),
    "fallback of getenv": (
        'import os\n\nkey = os.getenv("SHOP_KEY", "VALUE")\n',
        "key",
        'import os\n\nkey = os.environ["SHOP_KEY"]\n',
    ),
    "fallback of environ.get": (
        'from os import environ\n\nkey = environ.get("SHOP_KEY", "VALUE")\n',
        "key",
        'from os import environ\n\nkey = environ["SHOP_KEY"]\n',
    ),
    "default argument": (
        'import os\n\n\ndef f(host, password="VALUE"):\n    pass\n',
        "password",
        'import os\n\n\ndef f(host, password=os.environ.get("PASSWORD", "")):\n    pass\n',
    ),
    "bytes in a class": (
        'import os\n\n\nclass App:\n    secret_key = b"VALUE"  # long\n',
        "secret_key",
        'import os\n\n\nclass App:\n    secret_key = os.environ["SECRET_KEY"].encode()  # long\n',
    ),
    "the environment itself": ('import os\n\nos.environ["KEY"] = "VALUE"\n', "", "import os\n\n"),
    "comparison": (
        'import os\n\nif given == "VALUE":\n    pass\n',
        "password",
        'import os\n\nif given == os.environ["PASSWORD"]:\n    pass\n',
    ),
    "the name is taken": (
        'import os\n\na = os.environ["TOKEN"]\n\n\ndef chat():\n    token = "VALUE"\n',
        "token",
        'import os\n\na = os.environ["TOKEN"]\n\n\ndef chat():\n    token = os.environ["CHAT_TOKEN"]\n',
    ),
}


@pytest.mark.parametrize(("before", "name", "after"), CASES.values(), ids=CASES.keys())
def test_the_environment_takes_the_place_of_the_secret(before: str, name: str, after: str) -> None:
    assert moved(before, name) == after


LEFT = {
    "comment": "# VALUE\n",
    "documentation": '"""Use VALUE."""\n',
    "key of a mapping": 'people = {"VALUE": "ada"}\n',
    "pattern": 'match word:\n    case "VALUE":\n        pass\n',
    "part of a template": 'url = "https://%s:VALUE@host" % user\n',
    "part with braces": 'text = "{} VALUE"\n',
}


@pytest.mark.parametrize("code", LEFT.values(), ids=LEFT.keys())
def test_what_no_expression_can_replace_is_left(code: str) -> None:
    assert moved(code, "key") is None


def test_what_is_said_of_it() -> None:
    found = proposal(
        f'password = "{VALUE}"\n', "hardcoded-password", VALUE, callee="password", fact={"name": "", "kind": "password"}
    )
    assert found is not None
    assert found.title == "Read the credential from the environment"
    assert found.preserves == "The same value is used, once the environment variable PASSWORD holds it"
    assert not found.safe


def test_the_constant_behind_a_key_is_moved() -> None:
    code = f'import os\n\nKEY = "{VALUE}"\n\n\ndef sign(body):\n    return hmac.new(KEY.encode(), body)\n'
    found = repaired(code, "hardcoded-crypto-key", "hmac.new(KEY.encode(), body)", callee="hmac.new")
    assert found == code.replace(f'"{VALUE}"', 'os.environ["KEY"]')
