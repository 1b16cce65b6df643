from __future__ import annotations

import gzip
import json
from pathlib import Path

from bench.quality.overlap import shared


def test_a_copied_run_of_lines_is_found(tmp_path: Path) -> None:
    copied = "\n".join(f"    result_{n} = compute_something_long(argument_{n})" for n in range(4))
    row = {"code_text": f"import os\ndef f():\n{copied}\n"}
    with gzip.open(tmp_path / "set.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")
    ours = {"copied": f"def g():\n{copied}  # finding: x\n", "own": "def g():\n    return 1\n" * 9}
    assert list(shared(ours, tmp_path)) == ["copied"]
