"""The search for secrets beside tools that do nothing else, on the same texts in one run.

    python -m bench.speed.peers [--log MB]     writes secrets.json and secrets.md beside this file, and the docs

Each tool looks at code, at code with a candidate in every kilobyte, at configuration of which every line is one, and at
a log (of 1,000 MB with --log 1000). Rates are whole runs per second of CPU, so that no tool wins by using more cores;
*engine* is the search alone in a process that runs already. Nothing is sent anywhere: kingfisher runs without its
validation. It is measured where `pip install kingfisher-bin` put it; elsewhere its column is empty. Recall, false
alarms and precision come from the last `python -m bench.quality`.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from bench.measure import BIN, ROOT, put, run, table
from bench.speed import dense, hostile
from bench.speed.corpus import files

HERE = Path(__file__).parent
PIECE = 100_000
SIZES = {"code": 8_000_000, "a candidate in every kilobyte": 2_000_000, "a candidate in every line": 200_000}
SLOW = 200_000
"""Of each text so much is enough for a tool that does less than 1 MB in a second."""

TOOLS: dict[str, tuple[list[str], tuple[int, ...]]] = {
    "deburr": (["deburr", "check", "--format", "json", "--jobs", "1"], (0, 1)),
    "kingfisher": (
        ["kingfisher", "scan", "--no-validate", "--no-update-check", "--jobs", "1", "--git-history", "none"],
        (0, 200, 205),
    ),
    "detect-secrets": (["detect-secrets", "scan", "--all-files"], (0,)),
}


def pieces(kind: str, draw: Random) -> Iterator[tuple[str, bytes]]:
    """(name, text) of files of a kind, without end."""
    if kind == "a candidate in every line":
        while True:
            for form in dense.FORMS:
                yield f"conf.{form}", dense.text(dense.lines(form, draw), PIECE)
    for file in files():
        data = file.read_bytes()
        if 200 < len(data) < 200_000:
            yield file.name, data if kind == "code" else mixed(data, dense.lines("python", draw, 0.5))


def mixed(data: bytes, lines: Iterator[str]) -> bytes:
    """The code with a line more in every kilobyte."""
    found: list[bytes] = []
    length = 0
    for line in data.splitlines(keepends=True):
        found.append(line)
        length += len(line)
        if length >= 1000:
            found.append(next(lines).encode() + b"\n")
            length = 0
    return b"".join(found)


def fill(folder: Path, kind: str, size: int) -> list[tuple[str, bytes]]:
    """Write files of so many bytes in all; gives them."""
    folder.mkdir()
    found: list[tuple[str, bytes]] = []
    length = 0
    for number, (name, data) in enumerate(pieces(kind, Random(11))):
        if length >= size:
            break
        (folder / f"{number:04}_{name}").write_bytes(data)
        found.append((name, data))
        length += len(data)
    return found


def tools() -> list[str]:
    """Those that are here."""
    return [tool for tool in TOOLS if (BIN / tool).exists()]


def timed(tool: str, target: Path, size: int) -> dict[str, float]:
    """Megabytes per second of CPU, and megabytes of memory, of one run over a folder or file."""
    (program, *rest), good = TOOLS[tool]
    where = target if target.is_dir() else None
    one = run([str(BIN / program), *rest, "." if where else str(target)], good, where)
    return {"mb_per_cpu_s": size / one.cpu / 1e6, "memory_mb": one.memory / 1e6}


def engine(texts: list[tuple[str, bytes]]) -> float:
    """The rate of the search alone, warm: the median of five."""
    from deburr.engine import languages, secrets

    rates = []
    for _ in range(6):
        start = time.process_time()
        for name, data in texts:
            secrets.find(data, languages.of(name, ""), name)
        rates.append(sum(len(data) for _, data in texts) / (time.process_time() - start) / 1e6)
    return statistics.median(rates[1:])


def write_log(file: Path, size: int) -> int:
    """A log of so many bytes; every part of it is the same, so that it is made in no time."""
    part = dense.text(dense.log(Random(3), 50_000), min(size, 20_000_000))
    with file.open("wb") as handle:
        for _ in range(max(1, size // len(part))):
            handle.write(part)
    return file.stat().st_size


def measure(scratch: Path, log: int) -> dict[str, Any]:
    """All rates; children first, since their memory counts from that of the process they were forked from."""
    found: dict[str, Any] = {}
    corpora: dict[str, list[tuple[str, bytes]]] = {}
    for number, (kind, size) in enumerate(SIZES.items()):
        texts = corpora[kind] = fill(scratch / str(number), kind, size)
        fill(scratch / f"{number}s", kind, SLOW)
        found[kind] = {}
        for tool in tools():
            folder = scratch / (f"{number}s" if tool == "detect-secrets" else str(number))
            total = sum(file.stat().st_size for file in folder.iterdir())
            found[kind][tool] = timed(tool, folder, total)
        found[kind]["bytes"] = sum(len(data) for _, data in texts)
    for name, size in {"a log": log * 1_000_000, "half of it": log * 500_000}.items():
        file = scratch / "app.log"
        total = write_log(file, size)
        found[name] = {tool: timed(tool, file, total) for tool in tools() if tool != "detect-secrets"}
        found[name]["bytes"] = total
        file.unlink()
    for kind, texts in corpora.items():
        found[kind]["engine"] = {"mb_per_cpu_s": engine(texts)}
    return found


def hostiles(size: int) -> dict[str, float]:
    """Seconds of CPU for each text that is made to take long."""
    from deburr.engine import secrets

    secrets.find(b"", "python")
    found = {}
    for name in hostile.TEXTS:
        data = hostile.text(name, size)
        start = time.process_time()
        secrets.find(data, "python")
        found[name] = time.process_time() - start
    return found


def quality(tool: str, figure: tuple[str, str, str]) -> str:
    """A kept figure of bench.quality."""
    name, at, measured = figure
    kept = json.loads((ROOT / "bench/quality/results.json").read_text("utf-8"))
    scores = kept.get(tool, {}).get("groups", {}).get("secrets", {}).get(name, {}).get("scores", {})
    value = (scores.get(at) or {}).get(measured)
    return "-" if value is None else f"{value:.3f}"


FIGURES = {
    "secret_rule_examples: recall": ("secret_rule_examples", "file/cwe", "recall"),
    "secret_rule_examples: false alarms": ("secret_rule_examples", "file/cwe", "fpr"),
    "creddata_subset: recall": ("creddata_subset", "line/cwe", "recall"),
    "creddata_subset: precision": ("creddata_subset", "line/cwe", "precision"),
    "creddata_subset: false alarms": ("creddata_subset", "line/cwe", "fpr"),
}


def markdown(result: dict[str, Any]) -> str:
    """Speed and quality side by side."""
    columns = ["engine", *TOOLS]
    rows = []
    for kind, one in result["texts"].items():
        size = f"{one['bytes'] / 1e6:.3g} MB"
        rates = [one.get(tool, {}).get("mb_per_cpu_s") for tool in columns]
        rows.append([f"{kind} ({size}), MB per second of CPU", *("" if r is None else f"{r:.3g}" for r in rates)])
    for kind in ("code", "a log", "half of it"):
        one = result["texts"][kind]
        used = [one.get(tool, {}).get("memory_mb") for tool in columns]
        rows.append([f"most memory used on {kind}", *("" if m is None else f"{m:.0f} MB" for m in used)])
    for name, figure in FIGURES.items():
        rows.append([name, "", *(quality(tool, figure) for tool in TOOLS)])
    slowest = max(result["hostile"].items(), key=lambda row: row[1])
    rows.append([f"1 MB of {slowest[0]}, the slowest of {len(result['hostile'])} such texts", f"{slowest[1]:.2f} s"])
    return table(["", *columns], [[*row, *[""] * (len(columns) + 1 - len(row))] for row in rows])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--log", type=int, default=200, metavar="MB")
    parser.add_argument("--table", action="store_true", help="only write the table again, with today's quality")
    arguments = parser.parse_args()
    file = HERE / "secrets.json"
    if arguments.table:
        result = json.loads(file.read_text("utf-8"))
    else:
        with tempfile.TemporaryDirectory() as name:
            result = {"texts": measure(Path(name), arguments.log), "hostile": hostiles(1_000_000)}
        file.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    put(HERE / "secrets.md", markdown(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
