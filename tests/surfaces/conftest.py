"""A project in an empty folder, and the command line on it with the fake scan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from deburr.errors import DeburrError
from deburr.surfaces.cli.check import check_command
from tests.surfaces.fake import scan

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    for name in ("COLUMNS", "NO_COLOR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def check(project: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """`deburr check` with the fake scan: exit status, standard output, standard error."""
    assert project.is_dir()

    def run(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = check_command.main(list(arguments), standalone_mode=False, obj=scan)
        except DeburrError as error:
            return 2, "", str(error)
        out, err = capsys.readouterr()
        return status, out, err

    return run
