"""Quality: what deburr and its peers find in labeled code that none of them was written from.

    python -m bench.quality [--sets FOLDER] [--tool NAME]...

The labeled sets are no part of the project. FOLDER (or DEBURR_SETS; else ../shared/evals) holds them with their
`score.py`; only figures are kept: results.json and results.md beside this file, docs/quality.md, and the README.
Semgrep is measured where it is on the path (or DEBURR_SEMGREP names it) and DEBURR_SEMGREP_RULES names a checkout of
its open rules; elsewhere its figures of the last such run stand, and the page says so.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

from bench.measure import ROOT, keep
from bench.quality.runs import TOOLS, Absent, measure
from bench.quality.tables import page, short

HERE = Path(__file__).parent


def notes(results: dict[str, Any]) -> list[str]:
    """Which version of each tool was measured, and when it was not in this run."""
    said = []
    for tool, one in sorted(results.items(), key=lambda row: list(TOOLS).index(row[0])):
        rules = f", the rules about security of semgrep-rules {one['rules']}" if one.get("rules") else ""
        circular = "; those of semgrep_rules_tests are its own tests" if tool == "semgrep" else ""
        kept = f"; kept from an earlier run, for {one['absent']}" if one.get("absent") else ""
        said.append(f"{tool} {one['version']}{rules}{circular}{kept}")
    return said


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
    results: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    for tool in arguments.tool or TOOLS:
        try:
            results[tool] = measure(arguments.sets.resolve(), tool)
        except Absent as error:
            print(f"bench.quality: {error}; its figures of an earlier run stand")
            if tool in results:
                results[tool]["absent"] = str(error)
    keep(HERE, results, short(results))
    (ROOT / "docs/quality.md").write_text(page(results, notes(results)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
