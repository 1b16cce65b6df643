"""examples/config_loader.py: files, environment and computed values become one configuration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("yaml", reason="pyyaml is in the dev group: the config loader was NOT tested")


@pytest.fixture
def loader(load: Callable[..., Any], tmp_path: Path) -> Any:
    """The loader, and a configuration file."""
    (tmp_path / "app.yaml").write_text(
        'workers: 4\nqueue: "${workers * 2}"\ndb:\n  host: db.internal\n  port: 5432\nplugins: [json]\n'
    )
    (tmp_path / "app.json").write_text('{"db": {"port": 1}}')
    return load("config_loader.py")


def test_values_are_read_and_computed(loader: Any) -> None:
    config = loader.load_config("app.yaml")
    assert config["queue"] == 8
    assert loader.get(config, "db.host") == "db.internal"
    assert loader.get(config, "db.name", "none") == "none"


def test_defaults_are_merged(loader: Any) -> None:
    config = loader.load_config("app.json", defaults={"db": {"host": "localhost", "port": 5}, "debug": False})
    assert config == {"db": {"host": "localhost", "port": 1}, "debug": False}


def test_the_environment_wins(loader: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APP__DB__PORT", "5433")
    monkeypatch.setenv("APP__NAME", "my service")
    config = loader.load_config("app.yaml")
    assert loader.get(config, "db.port") == 5433
    assert config["name"] == "my service"


def test_plugins_are_imported(loader: Any) -> None:
    assert [plugin.__name__ for plugin in loader.load_plugins(loader.load_config("app.yaml"))] == ["json"]


def test_the_cache_holds_the_same(loader: Any, tmp_path: Path) -> None:
    loader.CACHE_DIR = str(tmp_path / "cache")
    first = loader.load_config("app.yaml", use_cache=True)
    assert len(list((tmp_path / "cache").iterdir())) == 1
    assert loader.load_config("app.yaml", use_cache=True) == first


def test_other_formats_are_refused(loader: Any, tmp_path: Path) -> None:
    (tmp_path / "app.ini").write_text("[a]\n")
    with pytest.raises(loader.ConfigError, match=r"Unsupported format: app\.ini"):
        loader.read_file("app.ini")
