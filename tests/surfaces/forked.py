"""deburr as a program of its own, often for the price of one start: a process loads it and forks for each call."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent


class Done(NamedTuple):
    """What a call left behind."""

    status: int
    stdout: bytes
    stderr: bytes


class Forked:
    """The process that forks; to be used with `with`."""

    def __init__(self, environment: dict[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "DEBURR_"))}
        command = [sys.executable, "-m", "tests.surfaces.forked"]
        paths = {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
        self._server = subprocess.Popen(
            command, env=kept | environment | paths, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self) -> Forked:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Ends the process."""
        self._server.communicate()

    def call(self, arguments: list[str], cwd: Path, given: bytes = b"") -> Done:
        """Runs deburr there with this standard input."""
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / name for name in ("stdin", "stdout", "stderr")]
            files[0].write_bytes(given)
            print(json.dumps([arguments, str(cwd), *map(str, files)]), file=self._server.stdin, flush=True)
            status = int(self._server.stdout.readline())
            return Done(status, files[1].read_bytes(), files[2].read_bytes())


def _serve() -> None:
    from deburr.surfaces.shared import hide

    for command in ("checking", "group", "redacting", "reviewing"):
        import_module(f"deburr.surfaces.cli.{command}")
    hide.clean("password = nothing at all, ghp_")
    jobs, answers = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    while line := jobs.readline():
        if (child := os.fork()) == 0:
            _run(*json.loads(line))
        answers.write(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _run(arguments: list[str], cwd: str, stdin: str, stdout: str, stderr: str) -> None:
    from deburr.surfaces.cli.main import main

    os.chdir(cwd)
    os.dup2(os.open(stdin, os.O_RDONLY), 0)
    for number, path in ((1, stdout), (2, stderr)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 - until the process ends
    sys.argv = ["deburr", *arguments]
    status = 1
    try:
        status = main()
    except BaseException:  # noqa: BLE001 - as the interpreter does it
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve()
