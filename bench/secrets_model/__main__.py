"""Train the classifier of credentials, or measure it with each project held out in turn.

    python -m bench.secrets_model train --sets FOLDER --cache FOLDER     writes the engine's classifier.json
    python -m bench.secrets_model report --sets FOLDER --cache FOLDER    writes docs/secrets-model.md

The first folder holds the labeled sets; the cache is that of `bench.quality.crater`, which fills it.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from bench.measure import ROOT
from bench.secrets_model import report
from bench.secrets_model.fit import Model, fit
from bench.secrets_model.made import made
from bench.secrets_model.sample import Sample
from bench.secrets_model.sets import examples, projects, whole_files

KEPT = ROOT / "src/deburr/engine/secrets/classifier.json"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "deburr/crater"


def gathered(sets: Path, cache: Path) -> list[Sample]:
    """All samples, in an order that does not change."""
    return [*whole_files(sets), *examples(sets), *projects(cache), *made()]


def keep(model: Model, path: Path = KEPT) -> None:
    """Write the weights in hundredths; the smallest say nothing."""
    weights = {fact: round(100 * weight) for fact, weight in sorted(model.weights.items()) if abs(weight) >= 0.01}
    text = json.dumps({"bias": round(100 * model.bias), "weights": weights}, indent=0, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["train", "report"])
    parser.add_argument("--sets", type=Path, required=True, metavar="FOLDER", help="the labeled sets")
    parser.add_argument("--cache", type=Path, default=CACHE, metavar="FOLDER", help="the crater's archives")
    arguments = parser.parse_args()
    found = gathered(arguments.sets, arguments.cache)
    if arguments.verb == "train":
        model = fit(found)
        keep(model)
        print(f"{len(found)} samples, {len(model.weights)} weights, {KEPT.stat().st_size} bytes")
    else:
        print(report.write(found, arguments.sets))


if __name__ == "__main__":
    main()
