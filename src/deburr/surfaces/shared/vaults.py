"""Files that turn placeholders back into secrets, and files that hold a key.

The invariants: only its owner can read a vault; none is written where git would take it; nothing of one is quoted.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile

from deburr.engine.secrets.vault import Vault
from deburr.errors import ConfigError
from deburr.surfaces.shared import git
from deburr.surfaces.shared.ignored import repository

_LEAST_KEY = 16


def key(file: str) -> bytes:
    """The key in a file, without a line end after it."""
    data = _read(file, "the key").rstrip(b"\r\n")
    if len(data) < _LEAST_KEY:
        raise ConfigError(
            f"{file}: a key needs {_LEAST_KEY} bytes; `head -c 32 /dev/urandom > {file}` writes a good one"
        )
    return data


def load(file: str) -> Vault:
    """The vault in a file."""
    try:
        text = _read(file, "the vault").decode()
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: not a vault that deburr wrote") from None
    return Vault.from_json(text, file)


def opened(file: str, key_file: str = "") -> Vault:
    """The vault in a file, or a new one where there is none; its key is that of the key file, if there is one."""
    safe(file)
    vault = load(file) if os.path.lexists(file) else Vault(key(key_file)) if key_file else Vault()
    if key_file and vault.key != key(key_file):
        raise ConfigError(f"{file}: this vault has another key than {key_file}")
    return vault


def save(file: str, vault: Vault) -> None:
    """Writes a vault: all of it or nothing, and for its owner alone."""
    safe(file)
    try:
        _replace(os.path.realpath(file), vault.to_json())
    except OSError as error:
        raise ConfigError(f"{file}: the vault cannot be written ({error.strerror})") from None


def _replace(target: str, text: str) -> None:
    handle, beside = tempfile.mkstemp(prefix=".deburr-", dir=os.path.dirname(target))  # has mode 600
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, target)
    except BaseException:  # whatever stopped it, no secrets stay behind
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise


def safe(file: str) -> None:
    """Raises ConfigError where git would take the file."""
    target = os.path.realpath(file)
    root = repository(os.path.dirname(target))
    if not root:
        return
    if _git(root, "ls-files", "--error-unmatch", "--", target):
        raise ConfigError(f"{file}: git tracks this file, and a vault holds secrets; put it elsewhere")
    if not _git(root, "check-ignore", "-q", "--", target):
        raise ConfigError(f"{file}: git would take it, and a vault holds secrets; put it elsewhere or into .gitignore")


def _git(root: str, *arguments: str) -> bool:
    """Whether git says yes; nothing that the repository configures is run."""
    command = git.command(root, *arguments)
    try:
        return subprocess.run(command, capture_output=True, check=False, env=git.environment()).returncode == 0
    except OSError:
        return False


def _read(file: str, what: str) -> bytes:
    try:
        with open(file, "rb") as handle:
            return handle.read()
    except OSError as error:
        raise ConfigError(f"{file}: {what} cannot be read ({error.strerror})") from None
