"""Quality: what deburr and its peers find in labelled code that none of them was written from.

    python -m bench.quality [--sets FOLDER] [--tool NAME]...

The labelled sets are no part of the project. FOLDER (or DEBURR_SETS; else ../shared/evals) holds them with their
`score.py`; only figures are kept, in results.json and results.md beside this file.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.measure import BIN, ROOT, keep, table, version

HERE = Path(__file__).parent

PYTHON = ["--only", "language=python"]
SECRETS = ["--set", "secret_rule_examples", "--set", "creddata_subset"]
TOOLS: dict[str, list[tuple[list[str], str]]] = {
    "deburr": [(PYTHON, "deburr check --format json {dir}"), (SECRETS, "deburr check --format json {dir}")],
    "bandit": [([*PYTHON, "--ignore", "B101"], "bandit -q -r {dir} -f json -o {out}")],
    "ruff": [
        (
            [*PYTHON, "--ignore", "assert|invalid-syntax"],
            "ruff check --isolated --no-cache --select S --preview --output-format sarif {dir}",
        )
    ],
    "detect-secrets": [([*SECRETS, "--default-cwe", "CWE-798"], "detect-secrets scan --all-files {dir}")],
}
"""For each tool the runs of score.py: its options, and the command that scans."""

FIGURES = [
    ("sallm_insecure", "file/cwe", ("recall",)),
    ("semgrep_rules_tests", "line/cwe", ("recall", "fpr")),
    ("codesecurity2025", "file/cwe", ("f1", "fpr")),
    ("seccodeplt", "file/cwe", ("told", "recall", "fpr")),
    ("safecoder", "file/cwe", ("told", "recall", "fpr")),
    ("cvt_copilot", "file/cwe", ("f1", "fpr")),
    ("cyberseceval_instruct_v2", "line/cwe", ("recall",)),
    ("secret_rule_examples", "file/cwe", ("recall", "fpr")),
    ("creddata_subset", "line/cwe", ("f1", "recall", "fpr")),
]
"""Set, level and way of judging, and the measures that are kept."""


def score(folder: Path, options: list[str], command: str) -> dict[str, Any]:
    """The figures of every set that one run of score.py gives."""
    program, _, rest = command.partition(" ")
    maps = ["--cwe-map", str(folder / "peers.json")] if program in ("bandit", "ruff") else []
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "figures.json"
        call = [
            sys.executable,
            str(folder / "score.py"),
            *options,
            *maps,
            "--json",
            str(out),
            f"{BIN / program} {rest}",
        ]
        subprocess.run(call, check=True, stdout=sys.stderr, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        sets = json.loads(out.read_text("utf-8"))["sets"]
    return {
        name: {"files": one["files"], "seconds": one["seconds"], "scores": one["scores"]} for name, one in sets.items()
    }


def measure(folder: Path, tool: str) -> dict[str, Any]:
    """All figures of one tool; the sets of secrets take every language."""
    sets: dict[str, Any] = {}
    for options, command in TOOLS[tool]:
        sets |= score(folder, options, command)
    if not any(one["files"] for one in sets.values()):
        raise RuntimeError(f"{tool} was given no file")
    return {"version": version(tool), "sets": sets}


def markdown(results: dict[str, Any]) -> str:
    """The results as the README shows them; a dash is what a tool does not do."""
    rows = []
    for name, way, measures in FIGURES:
        whole = name in SECRETS
        cells = [
            "-" if whole and tool in ("bandit", "ruff") else _cell(results, tool, (name, way), measures)
            for tool in TOOLS
        ]
        rows.append([f"{name}: {' / '.join(measures)}", *cells])
    return table(["set: measure", *TOOLS], rows)


def _cell(results: dict[str, Any], tool: str, at: tuple[str, str], measures: tuple[str, ...]) -> str:
    name, way = at
    scores = results.get(tool, {}).get("sets", {}).get(name, {}).get("scores", {})
    figures = scores.get(way) or scores.get(way.replace("cwe", "any"))
    if not figures:
        return "-"
    return " / ".join("-" if figures[name] is None else f"{figures[name]:.3f}" for name in measures)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("DEBURR_SETS", ROOT.parent / "shared/evals")
    parser.add_argument("--sets", type=Path, default=Path(default), metavar="FOLDER")
    parser.add_argument(
        "--tool", action="append", choices=list(TOOLS), help="measure only this; keep the others' figures"
    )
    arguments = parser.parse_args()
    if not (arguments.sets / "score.py").is_file():
        print(f"bench.quality: no score.py in {arguments.sets}; nothing was measured and the kept results stand")
        return 0
    kept = HERE / "results.json"
    results: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.exists() and arguments.tool else {}
    for tool in arguments.tool or TOOLS:
        results[tool] = measure(arguments.sets.resolve(), tool)
    keep(HERE, results, markdown(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
