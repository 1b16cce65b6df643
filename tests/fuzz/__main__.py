"""Look for texts that break the engine, led by the coverage that they reach (atheris).

    python -m tests.fuzz [--seconds N] [--language NAME] [--keep FOLDER]

Needs `pip install atheris`, which is no dependency of anything else here. A text that breaks an invariant ends the run;
it is kept in FOLDER, and becomes a case in tests/fuzz/test_fuzz.py when it is mended.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import Any

from tests.fuzz.mutate import LARGEST, mutate


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--language", choices=["python", "javascript", "typescript"], default="python")
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()), metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=0, help="0 draws one")
    arguments = parser.parse_args()
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        sys.stderr.write("tests.fuzz: atheris is not installed: pip install atheris\n")
        return 2
    with atheris.instrument_imports(include=["deburr.engine"]):
        from deburr import engine
        from tests.fuzz.invariants import check

        for module in pkgutil.walk_packages(engine.__path__, "deburr.engine."):  # most are imported late
            importlib.import_module(module.name)
    from tests.fuzz.texts import examples, installed

    texts = [*examples(arguments.language), *(installed(60) if arguments.language == "python" else [])]

    def one(data: bytes) -> None:
        check(data.decode("utf-8", "replace"), arguments.language)

    def change(data: bytes, most: int, seed: int) -> bytes:
        draw = Random(seed)
        text = mutate(data.decode("utf-8", "replace"), draw.choice(texts), draw)
        return text.encode("utf-8", "replace")[:most]

    with tempfile.TemporaryDirectory() as corpus:
        for number, text in enumerate(texts):
            (Path(corpus) / f"{number}").write_text(text[:LARGEST], "utf-8")
        limits = [f"-max_total_time={arguments.seconds}", "-timeout=120", f"-max_len={LARGEST}", "-rss_limit_mb=4096"]
        where = [f"-artifact_prefix={arguments.keep}/", f"-seed={arguments.seed}", "-print_final_stats=1", corpus]
        atheris.Setup([sys.argv[0], *limits, *where], one, custom_mutator=change)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
