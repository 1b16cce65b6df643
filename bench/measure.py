"""One run of a program, with what it cost; a run that ended badly is no measurement."""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Run:
    """What one run cost, its children included."""

    wall: float
    """Seconds from start to end."""

    cpu: float
    """Seconds of user and system time."""

    memory: int
    """The largest resident set, in bytes."""

    output: str


def run(command: Sequence[str], good: tuple[int, ...] = (0,), cwd: Path | None = None) -> Run:
    """Run a command once; raises when its exit status is not one of `good`."""
    environment = {**os.environ, "RAYON_NUM_THREADS": "1", "NO_COLOR": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode beside it, and so must this
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, cwd=cwd, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        if process.returncode not in good:
            raise RuntimeError(f"{command[0]} ended with {process.returncode}: {errors.read().decode()[-800:]}")
        text = output.read().decode("utf-8", "replace")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * unit, text)


def medians(runs: Iterable[Run]) -> tuple[float, float]:
    """The median wall and CPU seconds."""
    all_runs = list(runs)
    return statistics.median(one.wall for one in all_runs), statistics.median(one.cpu for one in all_runs)


def version(tool: str) -> str:
    """What a tool of this environment says of its version."""
    return run([str(BIN / tool), "--version"]).output.split("\n")[0].split()[-1]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def keep(folder: Path, results: object, shown: str) -> None:
    """Write results.json and results.md into `folder`, and the table into the README and docs where it belongs."""
    (folder / "results.json").write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    put(folder / "results.md", shown)


def put(file: Path, shown: str) -> None:
    """Write a table, and write it again into the README and docs where it belongs."""
    file.write_text(shown, encoding="utf-8")
    name = file.relative_to(ROOT).as_posix()
    block = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = page.read_text("utf-8")
        page.write_text(block.sub(lambda found: found[1] + shown + found[2], text), encoding="utf-8")
    print(shown)
