"""Credentials that move to where the program keeps its other secrets; each repair passes every gate and then runs."""

from __future__ import annotations

import os
import random
import string
import sys
import types
from typing import Any

import pytest

from deburr.engine import scan
from deburr.model import Source
from deburr.review import Tools, revise

DRAW = random.Random(7)
VALUE = "".join(DRAW.choice(string.ascii_letters + string.digits) for _ in range(21)) + "3xQ"


class Anything:
    """Whatever it is asked for, it gives; what it is called with, it remembers."""

    def __init__(self, calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]], name: str = "") -> None:
        self._calls, self._name = calls, name

    def __getattr__(self, name: str) -> Anything:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything(self._calls, f"{self._name}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Anything:
        self._calls.append((self._name, args, kwargs))
        return Anything(self._calls, self._name + "()")

    def __getitem__(self, key: str) -> Anything:
        return Anything(self._calls, f"{self._name}[{key}]")

    def __setitem__(self, key: str, value: object) -> None:
        self._calls.append((f"{self._name}[{key}]", (value,), {}))

    def __str__(self) -> str:
        return self._name

    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[type, ...]:
        return (object,)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """Stands in for every framework; gives what was asked of them."""
    made: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
    for name in FRAMEWORKS:
        module: Any = types.ModuleType(name)
        module.__getattr__ = Anything(made, name).__getattr__
        module.__path__ = []
        monkeypatch.setitem(sys.modules, name, module)
    return made


FRAMEWORKS = """boto3 google google.cloud google.cloud.secretmanager google.colab azure azure.identity azure.keyvault
azure.keyvault.secrets hvac streamlit kaggle_secrets airflow airflow.models airflow.decorators decouple environ psycopg2
flask pydantic pydantic_settings""".split()

CONNECT = 'psycopg2.connect(host="db", user="shop", password="VALUE")\n'
CASES = {
    "boto3, secrets manager": (
        'import boto3\nimport psycopg2\n\nvault = boto3.client("secretsmanager")\n' + CONNECT,
        'password=vault.get_secret_value(SecretId="DB_PASSWORD")["SecretString"])',
    ),
    "boto3, a session's parameters, in a function": (
        'import boto3\nimport psycopg2\n\nsession = boto3.session.Session()\nssm = session.client("ssm")\n\n\n'
        "def connect():\n    return " + CONNECT,
        'password=ssm.get_parameter(Name="DB_PASSWORD", WithDecryption=True)["Parameter"]["Value"])',
    ),
    "google": (
        "from google.cloud import secretmanager\nimport psycopg2\n\nPROJECT = 'shop'\n"
        "client = secretmanager.SecretManagerServiceClient()\n"
        'KEY = client.access_secret_version(name=f"projects/{PROJECT}/secrets/other/versions/latest").payload.data\n'
        + CONNECT,
        'name=f"projects/{PROJECT}/secrets/DB_PASSWORD/versions/latest").payload.data.decode())',
    ),
    "azure": (
        "from azure.identity import DefaultAzureCredential\nfrom azure.keyvault.secrets import SecretClient\n"
        "import psycopg2\n\nclient = SecretClient(vault_url='https://shop.vault.azure.net', "
        "credential=DefaultAzureCredential())\n" + CONNECT,
        'password=client.get_secret("db-password").value)',
    ),
    "hvac": (
        "import hvac\nimport psycopg2\n\nvault = hvac.Client(url='https://vault.shop.example')\n"
        "user = vault.secrets.kv.v2.read_secret_version(path='shop')['data']['data']['user']\n" + CONNECT,
        'password=vault.secrets.kv.v2.read_secret_version(path="shop")["data"]["data"]["DB_PASSWORD"])',
    ),
    "streamlit": (
        "import streamlit as st\nimport psycopg2\n\nst.title('Orders')\n" + CONNECT,
        'password=st.secrets["DB_PASSWORD"])',
    ),
    "colab": (
        "from google.colab import drive\nimport psycopg2\n\ndrive.mount('/content/drive')\n" + CONNECT,
        'password=userdata.get("DB_PASSWORD"))',
    ),
    "kaggle": (
        "from kaggle_secrets import UserSecretsClient\nimport psycopg2\n\n"
        "user = UserSecretsClient().get_secret('user')\n" + CONNECT,
        'password=UserSecretsClient().get_secret("DB_PASSWORD"))',
    ),
    "databricks": (
        "import psycopg2\n\n\ndef connect(dbutils):\n    user = dbutils.secrets.get(scope='shop', key='user')\n"
        "    return " + CONNECT,
        'password=dbutils.secrets.get(scope="shop", key="db-password"))',
    ),
    "airflow, in a task": (
        "from airflow.decorators import task\nimport psycopg2\n\n\n@task\ndef load():\n    return " + CONNECT,
        'password=Variable.get("db_password"))',
    ),
    "airflow, outside of one": (
        "from airflow.decorators import task\nimport psycopg2\n\n" + CONNECT,
        'password=os.environ["DB_PASSWORD"])',
    ),
    "decouple": (
        "from decouple import config\n\nDEBUG = config('DEBUG', default=False)\nDB_PASSWORD = 'VALUE'\n",
        "DB_PASSWORD = config('DB_PASSWORD')",
    ),
    "django-environ": (
        "import environ\n\nenv = environ.Env()\nDATABASES = {'default': {'USER': 'shop', 'PASSWORD': 'VALUE'}}\n",
        "'PASSWORD': env.str('DATABASES_PASSWORD')",
    ),
    "pydantic settings": (
        "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    user: str = 'shop'\n"
        "    db_password: str = 'VALUE'\n",
        "    db_password: str\n",
    ),
    "pydantic settings, wrapped": (
        "from pydantic import SecretStr\nfrom pydantic_settings import BaseSettings\n\n\n"
        "class Settings(BaseSettings):\n    user: str = 'shop'\n    db_password: SecretStr = SecretStr('VALUE')\n",
        "    db_password: SecretStr\n",
    ),
    "flask, from the environment": (
        "from flask import Flask\n\napp = Flask('shop')\napp.config['SECRET_KEY'] = 'VALUE'\n"
        "app.config.from_prefixed_env()\n",
        "app = Flask('shop')\napp.config.from_prefixed_env()\n",
    ),
    "flask, without it": (
        "from flask import Flask\n\napp = Flask('shop')\napp.config['SECRET_KEY'] = 'VALUE'\n",
        "app.config['SECRET_KEY'] = os.environ['SECRET_KEY']",
    ),
    "a client that is made later": (
        "import boto3\nimport psycopg2\n\n" + CONNECT + 'vault = boto3.client("secretsmanager")\n',
        'password=os.environ["DB_PASSWORD"])',
    ),
    "a client of something else": (
        'import boto3\nimport psycopg2\n\nqueue = boto3.client("sqs")\n' + CONNECT,
        'password=os.environ["DB_PASSWORD"])',
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_it_moves_to_the_store_and_runs(name: str, calls: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    code, expected = CASES[name]
    review = revise(Source(code.replace("VALUE", VALUE), "shop/app.py"), Tools(scan))
    failed = [(gate.name, gate.reason) for one in review.rounds for gate in one.gates if gate.result == "fail"]
    assert review.accepted is not None, (review.findings, failed)
    assert VALUE not in review.accepted.text
    assert expected in review.accepted.text
    for variable in ("DB_PASSWORD", "SECRET_KEY"):
        monkeypatch.setitem(os.environ, variable, "from outside")
    space: dict[str, Any] = {"__name__": "shop.app"}
    exec(compile(review.accepted.text, "app.py", "exec"), space)
    for function in ("connect", "load"):
        if callable(space.get(function)) and "dbutils" not in code:
            space[function]()
    told = [kwargs["password"] for called, _, kwargs in calls if called == "psycopg2.connect"]
    assert all(str(one) == "from outside" or "." in str(one) for one in told)


def test_a_setting_without_a_default_is_said_to_be_read_from_the_environment() -> None:
    code = CASES["pydantic settings"][0].replace(
        "BaseSettings):\n", "BaseSettings):\n    model_config = SettingsConfigDict(env_prefix='SHOP_')\n"
    )
    review = revise(Source(code.replace("VALUE", VALUE), "app.py"), Tools(scan))
    assert [one.fix.preserves for one in review.rounds if one.accepted] == [
        "The same value is used, once the environment variable SHOP_DB_PASSWORD holds it"
    ]
