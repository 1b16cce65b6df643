"""Secrets in notebooks: a corpus made from a seed, and what is found in it.

    python -m bench.quality.notebooks [--seed N] [--count N] [--missed] [--peers]

Makes 300 notebooks with 600 planted credentials in code, magics, prose, printed text, results, tables, tracebacks,
widgets and metadata, among cells full of look-alikes; prints how many of the planted ones are found on their line and
how many findings are of something else. With --peers, detect-secrets is run on the same files, where it is installed.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.quality import lookalikes, planted
from bench.quality.lookalikes import Cell, code, shown, stream, table

_HOSTS = ("db.corp.internal", "warehouse.acme-data.io", "10.20.30.40", "analytics.acme-data.io")
_USERS = ("etl", "svc_reporting", "mkeller", "airflow", "readonly")


class Plant(NamedTuple):
    """One planted credential."""

    place: str
    value: str
    row: str = ""
    """Where it was missed, the line around it."""


class Book(NamedTuple):
    """One notebook and what is planted in it."""

    text: str
    plants: tuple[Plant, ...]


class Score(NamedTuple):
    """What one tool found."""

    found: int
    planted: int
    false: int
    books: int
    missed: tuple[Plant, ...] = ()
    alarms: tuple[str, ...] = ()

    def __str__(self) -> str:
        recall = self.found / max(self.planted, 1)
        each = self.false / max(self.books, 1)
        return (
            f"recall {recall:.3f} ({self.found} of {self.planted}), {each:.3f} false alarms per notebook ({self.false})"
        )


def fill(choice: tuple[str, str], draw: random.Random) -> tuple[str, str]:
    """A line with a value in it, and the value."""
    kinds, template = choice
    value = planted.MAKERS[draw.choice(kinds.split())](draw)
    return template.format(v=value, u=draw.choice(_USERS), h=draw.choice(_HOSTS)), value


def _in_code(draw: random.Random) -> tuple[Cell, str]:
    line, value = fill(draw.choice(planted.CODE), draw)
    before = draw.choice(("import os\n", "x = load()\n", "# connect\n", ""))
    return code(f"{before}{line}\n{draw.choice(('df.head()', 'print(len(x))', ''))}".rstrip("\n"), draw=draw), value


def _in_cell(draw: random.Random) -> tuple[Cell, str]:
    text, value = fill(draw.choice(planted.CELLS), draw)
    return code(text, draw=draw), value


def _in_prose(draw: random.Random) -> tuple[Cell, str]:
    text, value = fill(draw.choice(planted.PROSE), draw)
    return {"cell_type": "markdown", "id": planted.hexes(draw, 8), "metadata": {}, "source": text}, value


def _in_stream(draw: random.Random) -> tuple[Cell, str]:
    text, value = fill(draw.choice(planted.STREAMS), draw)
    return code("main()", stream("loading\n" + text + "done\n"), draw=draw), value


def _in_result(draw: random.Random) -> tuple[Cell, str]:
    text, value = fill(draw.choice(planted.RESULTS), draw)
    return code("settings", shown({"text/plain": text}), draw=draw), value


def _in_json(draw: random.Random) -> tuple[Cell, str]:
    value = planted.MAKERS[draw.choice(("token", "password", "hex"))](draw)
    data = {
        "application/json": {"user": "etl", draw.choice(("password", "api_key", "secret")): value},
        "text/plain": "<JSON>",
    }
    return code("JSON(settings)", shown(data), draw=draw), value


def _in_table(draw: random.Random) -> tuple[Cell, str]:
    column = draw.choice(("password", "api_key", "access_token"))
    make = planted.password if column == "password" else planted.MAKERS["token"]
    data = table(["id", "user", column], [["1", "etl", value := make(draw)]])
    kept = draw.choice(({"text/html": data["text/html"]}, {"text/plain": data["text/plain"]}))
    return code("accounts", shown(kept), draw=draw), value


def _in_traceback(draw: random.Random) -> tuple[Cell, str]:
    value = planted.password(draw)
    blue, string, off = "\x1b[38;5;241m", "\x1b[38;5;124m", "\x1b[39m"
    lines = [
        "\x1b[0;31m-------\x1b[0m",
        "\x1b[0;31mOperationalError\x1b[0m      Traceback (most recent call last)",
        f"\x1b[0;32m----> 1\x1b[0m conn \x1b[0;34m=\x1b[0m connect(user{blue}={off}{string}'etl'{off}, "
        f"password{blue}={off}{string}'{value}'{off})",
        "\x1b[0;31mOperationalError\x1b[0m: could not connect",
    ]
    if draw.random() < 0.4:
        lines[2] = f'      1 engine {blue}={off} create_engine({string}"postgresql://etl:{value}@db/x"{off})'
    error = {"output_type": "error", "ename": "OperationalError", "evalue": "could not connect", "traceback": lines}
    return code("conn = get()", error, draw=draw), value


def _in_cell_metadata(draw: random.Random) -> tuple[Cell, str]:
    value = planted.MAKERS[draw.choice(("token", "github", "hub"))](draw)
    cell = code("# Parameters", draw=draw)
    cell["metadata"] = {"papermill": {"parameters": {"lr": 0.1, "api_token": value}}, "tags": ["injected-parameters"]}
    return cell, value


_PLACES = (
    *((_in_code, 46), (_in_cell, 14), (_in_prose, 6), (_in_stream, 14), (_in_result, 6), (_in_json, 3)),
    *((_in_table, 4), (_in_traceback, 5), (_in_cell_metadata, 2)),
)


def _metadata(draw: random.Random, plants: list[Plant]) -> dict[str, Any]:
    """The notebook's own, now and then with the state of a password field or a parameter."""
    found: dict[str, Any] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "version": "3.11.4", "pygments_lexer": "ipython3"},
    }
    if draw.random() < 0.06:
        value = planted.password(draw)
        plants.append(Plant("widget", value))
        state = {
            "model_name": draw.choice(("PasswordModel", "TextModel")),
            "state": {"description": "Password:", "value": value},
        }
        kept = {planted.hexes(draw, 32): {"model_module": "@jupyter-widgets/controls", **state}}
        found["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": kept, "version_major": 2}}
    elif draw.random() < 0.06:
        value = planted.MAKERS["token"](draw)
        plants.append(Plant("notebook metadata", value))
        found["papermill"] = {"parameters": {"client_secret": value}, "run_id": planted.hexes(draw, 32)}
    return found


def _written(value: Any, lists: bool) -> Any:
    """Text as notebooks write it: a list of lines, or one string."""
    if not isinstance(value, str) or not lists:
        return value
    return value.splitlines(keepends=True)


def _as_version_4(cells: list[Cell], metadata: dict[str, Any], lists: bool) -> dict[str, Any]:
    for cell in cells:
        cell["source"] = _written(cell["source"], lists)
        for output in cell.get("outputs", ()):
            if "text" in output:
                output["text"] = _written(output["text"], lists)
            output["data"] = {key: _written(value, lists) for key, value in output.get("data", {}).items()}
            if not output["data"]:
                del output["data"]
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _as_version_3(cells: list[Cell], metadata: dict[str, Any], lists: bool) -> dict[str, Any]:
    document = _as_version_4(cells, metadata, lists)
    for cell in document["cells"]:
        if cell["cell_type"] == "code":
            cell["input"], cell["language"] = cell.pop("source"), "python"
        for output in cell.get("outputs", ()):
            kind = output["output_type"]
            output["output_type"] = {"execute_result": "pyout", "error": "pyerr"}.get(kind, kind)
            for mime, value in output.pop("data", {}).items():
                output[{"text/plain": "text", "text/html": "html", "image/png": "png"}.get(mime, "json")] = value
    return {"worksheets": [{"cells": document["cells"], "metadata": {}}], "metadata": metadata, "nbformat": 3}


def book(draw: random.Random, wanted: int) -> Book:
    """A notebook with so many planted credentials."""
    plants: list[Plant] = []
    cells = [draw.choice(lookalikes.MAKERS)(draw) for _ in range(draw.randrange(8, 20))]
    metadata = _metadata(draw, plants)
    while len(plants) < wanted:
        (make,) = draw.choices([make for make, _ in _PLACES], [weight for _, weight in _PLACES])
        cell, value = make(draw)
        plants.append(Plant(make.__name__.removeprefix("_in_").replace("_", " "), value))
        cells.insert(draw.randrange(len(cells) + 1), cell)
    write = _as_version_3 if draw.random() < 0.1 else _as_version_4
    document = write(cells, metadata, draw.random() < 0.7)
    return Book(json.dumps(document, indent=draw.choice((1, 1, 1, 2)), ensure_ascii=False) + "\n", tuple(plants))


def corpus(seed: int, count: int) -> list[Book]:
    """The notebooks; the same for the same seed."""
    draw = random.Random(seed)
    return [book(draw, 1 + (number % 3 > 0) + (number % 3 > 1)) for number in range(count)]


def score(books: list[Book], found: list[list[tuple[int, int]]]) -> Score:
    """How the lines that a tool reports, first and last, agree with what is planted."""
    hits, alarms = 0, []
    missed: list[Plant] = []
    for number, (one, spans) in enumerate(zip(books, found, strict=True)):
        rows = one.text.split("\n")
        where = [next(at for at, row in enumerate(rows, 1) if plant.value in row) for plant in one.plants]
        for plant, line in zip(one.plants, where, strict=True):
            if any(first <= line <= last for first, last in spans):
                hits += 1
            else:
                around = rows[line - 1].partition(plant.value)
                missed.append(plant._replace(row=f"{around[0][-70:].strip()}{plant.value[:4]}…{around[2][:30]}"))
        for first, last in spans:
            if not any(first <= line <= last for line in where):
                alarms.append(f"{number}:{first}: {rows[first - 1].strip()[:150]}")
    return Score(hits, sum(len(one.plants) for one in books), len(alarms), len(books), tuple(missed), tuple(alarms))


def deburr(books: list[Book]) -> list[list[tuple[int, int]]]:
    """The lines of what the default profile shows of secrets."""
    from deburr.engine.scanner import default
    from deburr.model import Source

    found = []
    for one in books:
        report = default().search(Source(one.text, "study.ipynb", "notebook"))
        spans = [
            finding.span for finding in report.findings if finding.confidence != "low" and finding.persona == "regular"
        ]
        found.append([(span.line, span.end_line) for span in spans])
    return found


def detect_secrets(books: list[Book]) -> list[list[tuple[int, int]]] | None:
    """The lines that detect-secrets reports; None where it is not installed."""
    if not shutil.which("detect-secrets"):
        return None
    with tempfile.TemporaryDirectory() as name:
        for number, one in enumerate(books):
            (Path(name) / f"{number}.ipynb").write_text(one.text, encoding="utf-8")
        done = subprocess.run(
            ["detect-secrets", "scan", "--all-files", "."], cwd=name, capture_output=True, text=True, check=True
        )
    results = json.loads(done.stdout)["results"]
    return [[(row["line_number"],) * 2 for row in results.get(f"{number}.ipynb", ())] for number in range(len(books))]


def _told(one: Score, *, missed: bool) -> Iterator[str]:
    if missed:
        yield from (f"  missed in {plant.place}: {plant.row}" for plant in one.missed)
        yield from (f"  false: {alarm}" for alarm in one.alarms)
    counts = Counter(plant.place for plant in one.missed)
    yield "  missed: " + (", ".join(f"{count} in {place}" for place, count in counts.most_common()) or "nothing")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--missed", action="store_true", help="name what was missed and what was false")
    parser.add_argument("--peers", action="store_true", help="detect-secrets as well")
    arguments = parser.parse_args()
    books = corpus(arguments.seed, arguments.count)
    size = sum(len(one.text.encode()) for one in books) / 1e6
    print(f"{len(books)} notebooks, {size:.1f} MB, {sum(len(one.plants) for one in books)} planted")
    begin = time.perf_counter()
    result = score(books, deburr(books))
    print(f"deburr: {result}, {time.perf_counter() - begin:.1f} s")
    print("\n".join(_told(result, missed=arguments.missed)))
    if arguments.peers:
        begin = time.perf_counter()
        other = detect_secrets(books)
        seconds = time.perf_counter() - begin
        print(f"detect-secrets: {score(books, other)}, {seconds:.1f} s" if other else "detect-secrets is not installed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
