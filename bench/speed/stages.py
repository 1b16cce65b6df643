"""Where the time of a scan goes, stage by stage, and how the time of one text grows with its size."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.measure import table
from deburr.engine import languages, scanner, secrets, taint
from deburr.engine.hit import Unit
from deburr.engine.islands import Chooser
from deburr.model import Source

LARGE, LONG = 10_000_000, 1_000_000
"""Bytes of the large file and of the long line."""

_FUNCTION = '''\
def order_{0}(connection, number, customer=None):
    """The order of this number."""
    rows = connection.execute("SELECT * FROM orders WHERE number = ?", (number,)).fetchall()
    found = [dict(row) for row in rows if customer is None or row["customer"] == customer]
    if not found:
        raise LookupError(f"no order {{number}}")
    return found[0]


'''


def _timed(spent: dict[str, float], stage: str, work: Callable[..., Any], *given: Any) -> Any:
    start = time.process_time()
    result = work(*given)
    spent[stage] = spent.get(stage, 0.0) + time.process_time() - start
    return result


def stages(folder: Path) -> dict[str, Any]:
    """Seconds of CPU that each stage takes over a folder in the default profile, and the share of texts it sees."""
    engine = scanner.default()
    engine.scan(Source("import os\nos.system(input())\n"), quick=True)  # compiles and loads what is needed
    spent: dict[str, float] = {}
    seen = {"texts": 0, "bytes": 0, "triggered": 0, "followed": 0}
    for file in sorted(folder.iterdir()):
        data = file.read_bytes()
        source = Source(data.decode("utf-8", "replace"), file.name)
        seen["texts"] += 1
        seen["bytes"] += len(data)
        _timed(spent, "whole scan", partial(engine.scan, repairs=False, quick=True), source)
        _timed(spent, "secrets", secrets.find, data, "python", file.name)
        found = _timed(spent, "triggers", engine.triggers["python"].found, data, True)
        if not found.words:
            continue
        seen["triggered"] += 1
        chooser = Chooser(data, found.asked, found.flows, found.entries)
        module = _timed(spent, "parse and lower", languages.lower, data, "python", chooser)
        islands = chooser.islands
        if found.flows and (islands is None or islands.follow):
            seen["followed"] += 1
            unit = Unit(source, data, module, islands.entered if islands is not None else None)
            _timed(spent, "taint", taint.analyze, unit, engine.rulebook)
    return {"seconds": spent, **seen}


SIZES = ("10 MB file", "half of it", "1 MB in one line", "half of that")
"""What `sizes` measures, in the order in which it is shown."""


def sizes() -> dict[str, float]:
    """Seconds of CPU for a large file and for a long line, and for half as much of each."""
    engine = scanner.default()
    result = {}
    for name, half in zip(SIZES[:2], (False, True), strict=True):
        count = LARGE // len(_FUNCTION) // (2 if half else 1)
        text = "import sqlite3\n\n\n" + "".join(_FUNCTION.format(number) for number in range(count))
        result[name] = _once(engine, text)
    for name, half in zip(SIZES[2:], (False, True), strict=True):
        count = LONG // len('os.system("ls " + name); ') // (2 if half else 1)
        result[name] = _once(engine, "import os\n" + 'os.system("ls " + name); ' * count + "\n")
    return result


def _once(engine: scanner.Engine, text: str) -> float:
    start = time.process_time()
    engine.scan(Source(text, "large.py"), repairs=False, quick=True)
    return time.process_time() - start


def markdown(result: dict[str, Any]) -> str:
    """The stages as a table, the most expensive first, and how much of the folder they saw."""
    seconds, megabytes = result["seconds"], result["bytes"] / 1e6
    lines = [
        [name, f"{cpu:.2f} s", f"{100 * cpu / seconds['whole scan']:.0f} %", f"{megabytes / max(cpu, 1e-9):.1f} MB/s"]
        for name, cpu in sorted(seconds.items(), key=lambda one: -one[1])
    ]
    seen = f"Of {result['texts']} files {result['triggered']} trigger; in {result['followed']} values are followed.\n"
    return table(["stage, default profile", "CPU", "of a scan", "rate"], lines) + "\n" + seen
