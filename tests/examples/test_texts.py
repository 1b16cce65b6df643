"""The configuration files and the tutorial: still read as what they are."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from tests.examples import listing


def test_the_environment_file(text: Callable[[str], str]) -> None:
    lines = [line for line in text(".env").splitlines() if line and not line.startswith("#")]
    names = [line.split("=", 1)[0] for line in lines]
    assert names[:3] == ["APP_ENV", "LOG_LEVEL", "PORT"]
    assert {"DATABASE_URL", "JWT_SECRET", "SMTP_PASSWORD", "ADMIN_PASSWORD"} <= set(names)


def test_the_configurations(text: Callable[[str], str]) -> None:
    yaml = pytest.importorskip("yaml", reason="pyyaml is in the dev group: the configuration was NOT read")
    compose = yaml.safe_load(text("docker-compose.yml"))
    assert list(compose["services"]) == ["web", "db", "queue"]
    assert compose["services"]["db"]["environment"]["POSTGRES_USER"] == "shop"
    config = yaml.safe_load(text("config.yaml"))
    assert config["database"]["port"] == 5432
    assert config["api"]["base_url"] == "https://api.example.com/v1"


@pytest.fixture
def tutorial(text: Callable[[str], str]) -> tuple[str, str]:
    """The server and the client of the tutorial."""
    server, client = listing.fences(text("TUTORIAL.md"))
    return server, client


def test_the_server_of_the_tutorial(
    tutorial: tuple[str, str], run: Callable[[str, str], Any], program: Callable[[str, str], None]
) -> None:
    pytest.importorskip("flask", reason="flask is in the dev group: the tutorial was NOT tested")
    program("ping", 'for last; do :; done; [ "$last" = terminal1 ]')
    client = run("inventory", tutorial[0]).app.test_client()
    assert client.get("/items/pen").get_json() == {"name": "pen", "stock": 12}
    assert client.get("/items/ink").status_code == 404
    assert client.get("/ping?host=terminal1").get_json() == {"reachable": True}
    assert client.get("/ping?host=terminal2").get_json() == {"reachable": False}


def test_the_client_of_the_tutorial(
    tutorial: tuple[str, str],
    run: Callable[[str, str], Any],
    stub: Callable[[str], Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stub("requests").pages["https://inventory.internal/items/pen"] = '{"stock": 12}'
    for name in listing.variables("", tutorial[1]):
        monkeypatch.setenv(name, "Tinten-Fass-12")
    client: SimpleNamespace = run("inventory_client", tutorial[1])
    assert client.stock("pen") == 12
