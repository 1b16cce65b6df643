"""A fake of paramiko: commands are kept in `commands`, and those in `failing` fail."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

commands: list[tuple[str, str]] = []
uploads: list[tuple[str, str]] = []
failing: set[str] = set()


class AutoAddPolicy:
    """Any host is believed."""


class RejectPolicy:
    """Only known hosts are believed."""


class WarningPolicy:
    """Any host is believed, with a warning."""


class SSHClient:
    """A connection to one host."""

    def __init__(self) -> None:
        self.host = ""

    def load_system_host_keys(self) -> None:
        """Knows every host."""

    def set_missing_host_key_policy(self, policy: Any) -> None:
        """Never asked, because every host is known."""

    def connect(self, host: str, **_: Any) -> None:
        self.host = host

    def exec_command(self, command: str, timeout: float | None = None) -> tuple[None, Any, Any]:
        assert timeout is None or timeout > 0
        commands.append((self.host, command))
        status = 1 if command in failing else 0
        out = SimpleNamespace(channel=SimpleNamespace(recv_exit_status=lambda: status), read=lambda: b"done\n")
        return None, out, io.BytesIO(b"no such tag")

    def open_sftp(self) -> Any:
        return SimpleNamespace(
            put=lambda local, remote: uploads.append((local, remote)),
            chmod=lambda _remote, _mode: None,
            close=lambda: None,
        )

    def close(self) -> None:
        """Nothing to do."""
