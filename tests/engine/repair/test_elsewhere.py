"""Credentials that leave scripts and configurations; each repair is the engine's own and passes every gate."""

from __future__ import annotations

import json
import random
import string
from typing import Any

import pytest

from deburr.engine import ir, languages, scan
from deburr.engine.hit import Hit
from deburr.engine.parse import parse
from deburr.engine.repair import apply, scripts
from deburr.model import Source
from deburr.review import Tools, revise

DRAW = random.Random(5)
VALUE = "".join(DRAW.choice(string.ascii_letters + string.digits) for _ in range(21)) + "3xQ"

YAML: Any = pytest.importorskip("yaml")


def revised(path: str, text: str) -> str:
    """The text after all repairs that were accepted, the secret written as VALUE; nothing where there was none."""
    source = Source(text.replace("VALUE", VALUE), path, languages.of(path))
    review = revise(source, Tools(scan))
    if review.accepted is None:
        assert not any(one.accepted for one in review.rounds)
        return ""
    after = review.accepted.text
    if source.language in ("javascript", "typescript"):
        assert not parse(after.encode(), source.language).root_node.has_error
    elif source.language == "yaml":
        YAML.safe_load(after)
    return after.replace(VALUE, "VALUE")


SCRIPTS = {
    "key of a client": (
        'const c = new OpenAI({ apiKey: "VALUE" });\n',
        "const c = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });\n",
    ),
    "constant": ("const dbPassword = 'VALUE';\n", "const dbPassword = process.env.DB_PASSWORD;\n"),
    "header": (
        'fetch(u, { headers: { Authorization: "Bearer VALUE" } });\n',
        "fetch(u, { headers: { Authorization: `Bearer ${process.env.AUTHORIZATION}` } });\n",
    ),
    "template": (
        "const u = `postgres://shop:VALUE@${host}/db`;\n",
        "const u = `postgres://shop:${process.env.U}@${host}/db`;\n",
    ),
    "field": ('class A { apiToken = "VALUE"; }\n', "class A { apiToken = process.env.API_TOKEN; }\n"),
    "a name that is taken": (
        'const a = process.env.API_TOKEN;\nconst apiToken = "VALUE";\n',
        "const a = process.env.API_TOKEN;\nconst apiToken = process.env.API_TOKEN_2;\n",
    ),
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts(name: str) -> None:
    before, after = SCRIPTS[name]
    if name == "template":
        assert "${process.env." in revised("app.js", before)
        return
    assert revised("app.js", before) == after


def test_typescript_and_deno() -> None:
    code = 'const apiToken: string = "VALUE";\n'
    assert revised("app.ts", code) == "const apiToken: string = process.env.API_TOKEN!;\n"
    assert 'Deno.env.get("API_TOKEN")!' in revised("app.ts", "Deno.serve(handle);\n" + code)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("app.js", '"use client";\nconst apiToken = "VALUE";\n'),
        ("app.js", 'const base = import.meta.env.BASE_URL;\nconst apiToken = "VALUE";\n'),
        ("app.js", 'document.title = "x";\nconst apiToken = "VALUE";\n'),
        ("app.js", 'import { useState } from "react";\nconst apiToken = "VALUE";\n'),
        ("public/app.js", 'const apiToken = "VALUE";\n'),
        ("app.js", 'process.env.API_TOKEN = "VALUE";\n'),
    ],
)
def test_what_a_browser_may_read_stays_a_finding(path: str, text: str) -> None:
    assert revised(path, text) == ""


WORKFLOW = """\
on: push
env:
  API_TOKEN: VALUE
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: docker/login-action@v3
        with:
          username: shop
          password: "VALUE"  # changed in May
      - run: ./publish
        env:
          GITHUB_TOKEN: 'VALUE'
"""


def test_a_workflow() -> None:
    after = revised(".github/workflows/build.yml", WORKFLOW)
    assert "  API_TOKEN: ${{ secrets.API_TOKEN }}\n" in after
    assert "          password: ${{ secrets.PASSWORD }}  # changed in May\n" in after
    assert "          GITHUB_TOKEN: ${{ secrets.GH_TOKEN }}\n" in after
    assert "VALUE" not in after
    assert YAML.safe_load(after)["env"]["API_TOKEN"] == "${{ secrets.API_TOKEN }}"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("settings.yml", "env:\n  API_TOKEN: VALUE\n"),
        (".github/workflows/a.yml", "on:\n  workflow_call:\n    inputs:\n      token:\n        default: VALUE\n"),
        (".github/workflows/a.yml", "jobs:\n  a:\n    steps:\n      - run: |\n          API_TOKEN=VALUE ./x\n"),
        ("main.tf", 'resource "db" "x" {\n  password = "VALUE"\n}\n'),
        ("Dockerfile", "FROM python\nENV API_TOKEN=VALUE\n"),
    ],
)
def test_what_is_not_sure_stays_as_it_is(path: str, text: str) -> None:
    assert revised(path, text) == ""


COMPOSE = """\
services:
  db:
    image: postgres
    environment:
      POSTGRES_PASSWORD: VALUE
  app:
    environment:
      - API_TOKEN=VALUE
      - DATABASE_URL=postgres://shop:VALUE@db/shop
"""


def test_a_compose_file() -> None:
    after = revised("docker-compose.yml", COMPOSE)
    assert "      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?}\n" in after
    assert "      - API_TOKEN=${APP_API_TOKEN:?}\n" in after
    assert "      - DATABASE_URL=postgres://shop:${DATABASE_PASSWORD:?}@db/shop\n" in after
    assert YAML.safe_load(after)["services"]["db"]["environment"] == {"POSTGRES_PASSWORD": "${POSTGRES_PASSWORD:?}"}


def test_two_secrets_never_share_a_name() -> None:
    service = "    environment:\n      PASSWORD: {}\n"
    text = "services:\n  a:\n" + service.format("VALUE") + "  b:\n" + service.format(VALUE[::-1])
    after = revised("compose.yaml", text)
    names = [one["environment"]["PASSWORD"] for one in YAML.safe_load(after)["services"].values()]
    assert len(set(names)) == 2


def test_values_of_terraform_variables() -> None:
    after = revised("prod.tfvars", 'region = "eu"\ndb_password = "VALUE"\nsize = 3\n')
    assert after == 'region = "eu"\nsize = 3\n'


@pytest.mark.parametrize("line", ["%env API_TOKEN=VALUE", "%set_env API_TOKEN VALUE", "  %env API_TOKEN = VALUE"])
def test_magics_of_a_notebook(line: str) -> None:
    source = [line.replace("VALUE", VALUE) + "\n", "import shop\n"]
    cell: dict[str, object] = {
        "cell_type": "code",
        "source": source,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    after = revised("a.ipynb", text)
    line = json.loads(after)["cells"][0]["source"][0].strip()
    assert line.startswith("# API_TOKEN")
    assert "<set where the kernel is started>" in line


def test_the_fallback_of_a_variable() -> None:
    code = 'const apiToken = process.env.SHOP_TOKEN || "VALUE";\n'
    data = code.encode()
    start = data.index(b"VALUE")
    node = ir.Const(start, start + 5, None)
    hit = Hit("hardcoded-credential", node, "high", callee="generic-secret", fact={"kind": "generic-secret"})
    found = scripts.repair(hit, Source(code, "app.js", "javascript"), data)
    assert found is not None
    assert apply(data, found.edits) == b"const apiToken = process.env.SHOP_TOKEN;\n"
