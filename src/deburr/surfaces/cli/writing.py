"""A repaired text takes the place of its file: all of it or nothing, and only of the file that was reviewed."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile

from deburr.surfaces.shared.files import Loaded


def replace_file(file: str, loaded: Loaded, text: str) -> str:
    """Write `text` to the file that `loaded` was read from; the reason if that may not be, else ""."""
    target = os.path.realpath(file)
    decoded = loaded.decoded
    if decoded.problem:
        return f"{decoded.problem}; its bytes could not be kept"
    try:
        before, after = decoded.encode(loaded.source.text), decoded.encode(text)
        with open(target, "rb") as handle:
            if handle.read() != before:
                return "the file has changed since it was reviewed"
        _swap(target, after)
    except UnicodeEncodeError:
        return f"the repair cannot be written in {decoded.encoding}"
    except OSError as error:
        return f"cannot be written ({error.strerror})"
    return ""


def write_file(target: str, data: bytes, like: str = "") -> None:
    """Write a file, all of it or nothing, with the permissions of the file that it is `like`; raises OSError."""
    target = os.path.realpath(target)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if not os.path.exists(target):
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        os.close(handle)
        if os.path.isfile(like):
            shutil.copymode(like, target)
    _swap(target, data)


def _swap(target: str, data: bytes) -> None:
    """Put the data beside the target and move it there, with the target's permissions."""
    handle, beside = tempfile.mkstemp(prefix=".deburr-", dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        shutil.copymode(target, beside)
        status = os.stat(target)
        with contextlib.suppress(OSError, AttributeError):
            os.chown(beside, status.st_uid, status.st_gid)
        os.replace(beside, target)
    except BaseException:  # whatever stopped it, no half-written file stays behind
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
