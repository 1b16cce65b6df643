"""Every functional test of an example runs twice: on the text as it was written, and on what the loop made of it."""

from __future__ import annotations

import importlib.util
import ssl
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.examples import listing
from tests.examples.repaired import original_text, repaired_text

STUBS = Path(__file__).parent / "stubs"
LOUD = ("DeprecationWarning", "ResourceWarning", "pytest.PytestUnraisableExceptionWarning")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The examples leave files open and call what is deprecated, as their authors do: no reason to fail."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            for warning in LOUD:
                item.add_marker(pytest.mark.filterwarnings(f"ignore::{warning}"))


@pytest.fixture(params=["original", "repaired"])
def variant(request: pytest.FixtureRequest) -> str:
    """Which of the two texts is run."""
    return str(request.param)


@pytest.fixture
def text(variant: str) -> Callable[[str], str]:
    """The text of an example in this variant."""
    return original_text if variant == "original" else repaired_text


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Any]:
    """Runs Python text as a module of the given name, in an empty folder that is also the working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(ssl, "_create_default_https_context", ssl._create_default_https_context)

    def run_text(name: str, code: str) -> ModuleType:
        file = tmp_path / "code" / f"{name.replace('.', '_')}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(code, "utf-8")
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        monkeypatch.setitem(sys.modules, name, module)
        spec.loader.exec_module(module)
        return module

    return run_text


@pytest.fixture
def load(
    text: Callable[[str], str], run: Callable[[str, str], Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Any]:
    """Loads an example as a module, with the environment that a repair may have introduced."""

    def load_example(path: str, name: str = "") -> Any:
        code = listing.python_of(path, text(path))
        for variable, value in listing.variables(listing.python_of(path, original_text(path)), code).items():
            monkeypatch.setenv(variable, value)
        return run(name or Path(path).stem, code)

    return load_example


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Puts a fresh fake of a heavy package in place of the real one; its parts are what `PARTS` of the fake names."""

    def install(name: str) -> Any:
        spec = importlib.util.spec_from_file_location(name, STUBS / f"{name.lower()}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        monkeypatch.setitem(sys.modules, name, module)
        for part, value in getattr(module, "PARTS", {}).items():
            monkeypatch.setitem(sys.modules, f"{name}.{part}", value)
        return module

    return install


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts a shell script of the given name first on the PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")

    def write(name: str, script: str) -> None:
        file = folder / name
        file.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        file.chmod(0o755)

    return write
