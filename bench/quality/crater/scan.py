"""What `deburr check` says of a folder, in the default profile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.measure import ROOT
from bench.quality.crater.snapshot import Finding

PROGRAM = "import sys; from deburr.surfaces.cli.main import main; sys.exit(main())"


def scan(folder: Path) -> tuple[list[Finding], list[str]]:
    """The findings of one project, and the files that could not be looked at for a fault of deburr."""
    command = [sys.executable, "-c", PROGRAM, "check", "--format", "json", "."]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}  # this checkout, whatever is installed
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)
    if not run.stdout:
        raise RuntimeError(f"{folder.name}: deburr ended with {run.returncode}: {run.stderr.strip()[-400:]}")
    report = json.loads(run.stdout)
    failed = [f"{one['what']}: {one['why']}" for one in report["skipped"] if "deburr failed" in one["why"]]
    return [Finding(one["path"], one["line"], one["rule"], one["fingerprint"]) for one in report["findings"]], failed


def lines(folder: Path) -> int:
    """How many lines of Python a project has."""
    return sum(file.read_bytes().count(b"\n") for file in folder.rglob("*.py") if file.is_file())
