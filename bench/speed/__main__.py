"""Speed: start-up, one file, one warm snippet, a folder, secrets; against bandit and ruff in the same run.

    python -m bench.speed            writes results.json, results.md and stages.md beside this file

Semgrep runs where DEBURR_SEMGREP names it and DEBURR_SEMGREP_RULES a folder of rules, once, since it takes minutes;
elsewhere its kept figures stand.

All times are medians. Throughput is per second of CPU, so that no tool wins by using more cores.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.measure import BIN, keep, medians, run, table, version
from bench.speed import stages
from bench.speed.corpus import files, folder, functions

HERE = Path(__file__).parent
SNIPPETS, FOLDER_BYTES, ROUNDS = 5_000, 8_000_000, 3

ONE_FILE = '''\
"""Orders of the shop."""

import sqlite3

from flask import Flask, jsonify, request

app = Flask(__name__)


def connect():
    connection = sqlite3.connect("shop.db")
    connection.row_factory = sqlite3.Row
    return connection


@app.route("/orders")
def orders():
    customer = request.args["customer"]
    rows = connect().execute(f"SELECT * FROM orders WHERE customer = '{customer}'").fetchall()
    return jsonify([dict(row) for row in rows])


@app.route("/orders/<int:number>")
def order(number):
    row = connect().execute("SELECT * FROM orders WHERE number = ?", (number,)).fetchone()
    if row is None:
        return jsonify({"error": "no such order"}), 404
    return jsonify(dict(row))


@app.route("/orders", methods=["POST"])
def create():
    body = request.get_json()
    total = 0
    for line in body["lines"]:
        total += int(line["count"]) * int(line["price"])
    with connect() as connection:
        connection.execute("INSERT INTO orders (customer, total) VALUES (?, ?)", (body["customer"], total))
    return jsonify({"total": total}), 201


def monthly_totals(year):
    totals = dict.fromkeys(range(1, 13), 0)
    for row in connect().execute("SELECT month, total FROM orders WHERE year = ?", (year,)):
        totals[row["month"]] += row["total"]
    return totals
'''

TOOLS = {
    "deburr": ([str(BIN / "deburr"), "check", "--format", "json"], (0, 1)),
    "bandit": ([str(BIN / "bandit"), "-q", "-r", "-f", "json"], (0, 1)),
    "ruff S": (
        [str(BIN / "ruff"), "check", "--isolated", "--no-cache", "--select", "S", "--output-format", "json"],
        (0, 1),
    ),
}
"""Each tool's command; 1 says that there are findings."""


def semgrep() -> list[str]:
    """Its command with the rules that the environment names; empty where either is not there."""
    program, rules = os.environ.get("DEBURR_SEMGREP", ""), os.environ.get("DEBURR_SEMGREP_RULES", "")
    options = "--metrics off --disable-version-check --no-git-ignore --x-ignore-semgrepignore-files --quiet --json"
    return (
        [program, "scan", *options.split(), "--jobs", "1", "--config", f"{rules}/python"] if program and rules else []
    )


def kept(part: str) -> dict[str, Any]:
    """Semgrep's figures of the last run that had it."""
    old: dict[str, Any] = json.loads((HERE / "results.json").read_text("utf-8")).get(part, {}).get("semgrep")
    return {"semgrep": old} if old else {}


def start_up() -> dict[str, Any]:
    """Milliseconds of CPU and wall until the version is printed, and until `import deburr` is done."""
    commands = {"version": [str(BIN / "deburr"), "--version"], "import": [sys.executable, "-c", "import deburr"]}
    bare = medians(run([sys.executable, "-c", "pass"]) for _ in range(11))
    result = {"python itself": {"wall_ms": bare[0] * 1e3, "cpu_ms": bare[1] * 1e3}}
    for name, command in commands.items():
        wall, cpu = medians(run(command) for _ in range(11))
        result[name] = {"wall_ms": wall * 1e3, "cpu_ms": cpu * 1e3}
    return result


def one_file(scratch: Path) -> dict[str, Any]:
    """Milliseconds from process start to the report on one file of 50 lines."""
    file = scratch / "one" / "orders.py"
    file.parent.mkdir()
    file.write_text(ONE_FILE, encoding="utf-8")
    result = {}
    for tool, (command, good) in TOOLS.items():
        wall, cpu = medians(run([*command, str(file)], good) for _ in range(9))
        result[tool] = {"wall_ms": wall * 1e3, "cpu_ms": cpu * 1e3}
    if command := semgrep():
        wall, cpu = medians([run([*command, str(file)], (0, 1))])
        return {**result, "semgrep": {"wall_ms": wall * 1e3, "cpu_ms": cpu * 1e3}}
    return result | kept("one_file")


def snippets(texts: list[str]) -> dict[str, Any]:
    """Microseconds of CPU that `scan` takes for each text in a warm process."""
    from deburr.engine import scan
    from deburr.model import Source

    sources = [Source(text, "snippet.py") for text in texts]
    for source in sources[:200]:
        scan(source, quick=True)
    times: list[list[float]] = []
    for _ in range(ROUNDS):
        each = []
        for source in sources:
            start = time.process_time()
            scan(source, quick=True)
            each.append((time.process_time() - start) * 1e6)
        times.append(each)
    best = sorted(statistics.median(of_one) for of_one in zip(*times, strict=True))
    return {
        "count": len(texts),
        "mean_us": statistics.mean(best),
        "p50_us": best[len(best) // 2],
        "p99_us": best[int(len(best) * 0.99)],
    }


def throughput(scratch: Path) -> dict[str, Any]:
    """Megabytes per second of CPU over a folder of real code, and the most memory used."""
    target = scratch / "folder"
    target.mkdir()
    size = folder(target, FOLDER_BYTES)
    result: dict[str, Any] = {"bytes": size, "files": len(list(target.iterdir()))}
    for tool, (command, good) in TOOLS.items():
        runs = [run([*command, str(target)], good) for _ in range(ROUNDS)]
        if not runs[0].output.strip():
            raise RuntimeError(f"{tool} printed no report")
        _, cpu = medians(runs)
        result[tool] = {"mb_per_cpu_s": size / cpu / 1e6, "memory_mb": max(one.memory for one in runs) / 1e6}
    if command := semgrep():
        one = run([*command, str(target)], (0, 1))
        return {**result, "semgrep": {"mb_per_cpu_s": size / one.cpu / 1e6, "memory_mb": one.memory / 1e6}}
    return result | kept("throughput")


def secrets_only(scratch: Path) -> dict[str, Any]:
    """Megabytes per second of CPU of the search for secrets alone, in one warm process."""
    from deburr.engine import secrets

    texts = [file.read_bytes() for file in sorted((scratch / "folder").iterdir())]
    rates = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        for data in texts:
            secrets.find(data, "python", "module.py")
        rates.append(sum(map(len, texts)) / (time.process_time() - start) / 1e6)
    return {"mb_per_cpu_s": statistics.median(rates[1:])}


def growing() -> dict[str, Any]:
    """Microseconds of CPU for each line that is added to a file of 300 lines, in a warm process."""
    from deburr.engine.growing import Growing
    from deburr.engine.scanner import default
    from deburr.model import Source

    dense = "".join(ONE_FILE.replace("orders", f"orders{n}").replace("connect(", f"connect{n}(") for n in range(7))
    texts = [text for file in files()[:2000] if 280 <= (text := file.read_text("utf-8", "replace")).count("\n") <= 320]
    result = {}
    for name, chosen in (("real", texts[:30]), ("dense", [dense])):
        each = []
        for text in chosen:
            lines = text.splitlines(keepends=True)
            start = time.process_time()
            one = Growing(default(), Source("", "growing.py"), quick=True)
            for line in lines:
                one.feed(line)
            one.finish()
            each.append((time.process_time() - start) / len(lines) * 1e6)
        result[name] = {"count": len(chosen), "mean_us": statistics.mean(each)}
    return result


def dense() -> list[str]:
    """Code that is all about security: the examples of the constitution."""
    from deburr.constitution import load

    return [e.code for p in load() for e in (*p.flagged, *p.allowed) if e.language == "python"]


def markdown(result: dict[str, Any]) -> str:
    """The results as the README shows them."""
    one, folder_run, warm = result["one_file"], result["throughput"], result["snippets"]
    tools = [tool for tool in (*TOOLS, "semgrep") if tool in one]
    ratios = {t: folder_run["deburr"]["mb_per_cpu_s"] / folder_run[t]["mb_per_cpu_s"] for t in tools}
    lines = [
        ["`--version`, CPU", f"{result['start_up']['version']['cpu_ms']:.0f} ms"],
        ["one file of 50 lines, from start to report", *(f"{one[t]['wall_ms']:.0f} ms" for t in tools)],
        [
            f"a folder of {folder_run['files']} files, per second of CPU",
            *(f"{folder_run[t]['mb_per_cpu_s']:.2f} MB" for t in tools),
        ],
        ["deburr is so many times as fast", "", *(f"{ratios[t]:.2g}" for t in tools[1:])],
        ["most memory used on it", *(f"{folder_run[t]['memory_mb']:.0f} MB" for t in tools)],
        [
            f"one warm function in the default profile, mean of {warm['count']:,}",
            f"{warm['mean_us']:.0f} µs (p50 {warm['p50_us']:.0f}, p99 {warm['p99_us']:.0f})",
        ],
        ["the same, on code that is all about security", f"{result['dense']['mean_us']:.0f} µs"],
        *(
            [f"a line added to a file of 300 lines, {name}", f"{result['growing'][name]['mean_us']:.0f} µs"]
            for name in ("real", "dense")
        ),
        ["secrets only, per second of CPU", f"{result['secrets']['mb_per_cpu_s']:.0f} MB"],
        *([f"{name}, CPU", f"{result['sizes'][name]:.1f} s"] for name in stages.SIZES),
    ]
    return table(["", *tools], [[*line, *[""] * (len(tools) + 1 - len(line))] for line in lines])


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        result: dict[str, Any] = {
            "python": platform.python_version(),
            "machine": f"{platform.system()} {platform.machine()}",
            "versions": {tool.split()[0]: version(tool.split()[0]) for tool in TOOLS},
            "start_up": start_up(),
            "one_file": one_file(scratch),
            # first, because a child's memory counts from that of the process it was forked from
            "throughput": throughput(scratch),
            "snippets": snippets(functions(SNIPPETS)),
            "dense": snippets(dense()),
            "growing": growing(),
            "secrets": secrets_only(scratch),
            "stages": stages.stages(scratch / "folder"),
            "sizes": stages.sizes(),
        }
    keep(HERE, result, markdown(result))
    (HERE / "stages.md").write_text(stages.markdown(result["stages"]), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
