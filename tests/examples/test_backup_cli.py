"""examples/backup_cli.py: what was packed can be listed and comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("yaml", reason="pyyaml is in the dev group: the backup tool was NOT tested")


@pytest.fixture
def backup(load: Callable[..., Any], tmp_path: Path) -> Any:
    """The tool, and a small project to pack."""
    for name, content in {"site/index.html": "hello", "site/.git/HEAD": "ref"}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    return load("backup_cli.py")


def test_a_backup_comes_back(backup: Any, tmp_path: Path) -> None:
    config = backup.load_config()
    archive = backup.create_backup("site", config, name="may")
    assert archive.name.startswith("may-")
    assert backup.list_backups(config) == [archive]
    backup.restore_backup(archive, "restored", config)
    assert (tmp_path / "restored" / "site" / "index.html").read_text() == "hello"
    assert not (tmp_path / "restored" / "site" / ".git").exists()


def test_a_changed_archive_is_refused(backup: Any) -> None:
    config = backup.load_config()
    archive = backup.create_backup("site", config)
    archive.write_bytes(archive.read_bytes() + b"x")
    with pytest.raises(ValueError, match="Checksum mismatch"):
        backup.restore_backup(archive, "restored", config)


def test_the_config_counts(backup: Any, tmp_path: Path) -> None:
    (tmp_path / "backup.yaml").write_text("backup_dir: safe\nafter_restore: touch restored.txt\n")
    config = backup.load_config()
    assert config == {"backup_dir": "safe", "exclude": [".git", "__pycache__"], "after_restore": "touch restored.txt"}
    backup.restore_backup(backup.create_backup("site", config), "out", config)
    assert (tmp_path / "out" / "restored.txt").exists()


@pytest.mark.skipif(shutil.which("du") is None, reason="no du on this machine: the command line was NOT tested")
def test_the_command_line(backup: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert backup.main(["create", "site", "--name", "cli"]) == 0
    created = capsys.readouterr().out
    assert created.startswith("Created backups/cli-")
    assert created.endswith(" KB\n")
    backup.main(["list"])
    name = capsys.readouterr().out.strip()
    assert backup.main(["restore", f"backups/{name}", "there"]) == 0
    assert capsys.readouterr().out == "Restored to there\n"


def test_sync_calls_rsync(backup: Any, program: Callable[[str, str], None], tmp_path: Path) -> None:
    program("rsync", f'echo "$@" > {tmp_path}/called')
    backup.main(["sync", "nas"])
    assert (tmp_path / "called").read_text() == "-az backups/ nas:backups/\n"
