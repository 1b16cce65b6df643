"""examples/deploy.py: a tag reaches the servers, in order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest


class Answer(SimpleNamespace):
    """A response in a `with`."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""


@pytest.fixture
def deploy(stub: Callable[[str], Any], load: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script; every server answers its health check."""
    stub("paramiko")
    module = load("deploy.py")
    monkeypatch.setattr(module.urllib.request, "urlopen", lambda *_, **__: Answer(status=200))
    return module


def test_a_tag_is_deployed(deploy: Any) -> None:
    assert deploy.main(["v1.2", "--host", "web1.internal"]) == 0
    assert deploy.paramiko.commands == [
        ("web1.internal", "cd /srv/app && git fetch --tags && git checkout v1.2"),
        ("web1.internal", "cd /srv/app && pip install -r requirements.txt"),
        ("web1.internal", "sudo systemctl restart app"),
    ]


def test_an_archive_is_uploaded(deploy: Any) -> None:
    deploy.main(["v1.2", "--archive", "build/app.tar.gz"])
    target = "/srv/app/releases/app.tar.gz"
    assert deploy.paramiko.uploads == [("build/app.tar.gz", target), ("build/app.tar.gz", target)]


def test_a_failed_command_stops(deploy: Any) -> None:
    deploy.paramiko.failing.add("sudo systemctl restart app")
    with pytest.raises(RuntimeError, match="failed: no such tag"):
        deploy.deploy("web1.internal", "v1.2")


def test_a_server_that_does_not_answer(
    deploy: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def urlopen(*_: Any, **__: Any) -> Any:
        raise OSError("refused")

    monkeypatch.setattr(deploy.urllib.request, "urlopen", urlopen)
    assert deploy.main(["v1.2", "--host", "web2.internal"]) == 1
    assert capsys.readouterr().err == "web2.internal is not healthy\n"


def test_local_commands(deploy: Any, program: Callable[[str, str], None], tmp_path: Path) -> None:
    program("git", "echo abc1234")
    program("scp", f'echo "$@" > {tmp_path}/called')
    assert deploy.git_revision() == "abc1234"
    deploy.copy_assets("web1.internal", "static")
    assert (tmp_path / "called").read_text().endswith("static deploy@web1.internal:/srv/app/static\n")
