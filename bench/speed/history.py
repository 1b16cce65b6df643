"""How fast the history of a repository is looked through, and that a second run looks at nothing that was clean.

    python -m bench.speed.history [--jobs N] [FOLDER]

Commits the packages that are installed (or FOLDER) to a new repository, one after the other, some of them changed
afterwards; then runs `deburr check --history` on it with an empty cache, a second time, and after one more commit.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, NamedTuple

_IDENTITY = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0"]


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *_IDENTITY, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def build(folder: Path, packages: list[Path]) -> int:
    """A commit for each package and one for each change of some of its files; gives how many there are."""
    git(folder, "init", "-q")
    count = 0
    for package in packages:
        target = folder / package.name
        shutil.copytree(package, target, ignore=shutil.ignore_patterns("__pycache__", "*.so"))
        git(folder, "add", "-A", "-f", ".")
        git(folder, "commit", "-qm", f"add {package.name}")
        files = sorted(target.rglob("*.py"))
        for step in range(min(5, len(files))):
            for file in files[step::5]:
                with file.open("a", encoding="utf-8") as handle:
                    handle.write(f"\n# step {step}\n")
            git(folder, "commit", "-qam", f"change {package.name} {step}")
            count += 1
        count += 1
    return count


def size(folder: Path) -> tuple[int, int]:
    """How many blobs there are, and their bytes."""
    rows = git(folder, "cat-file", "--batch-check=%(objecttype) %(objectsize)", "--batch-all-objects").split("\n")
    sizes = [int(row.split()[1]) for row in rows if row.startswith("blob")]
    return len(sizes), sum(sizes)


class Run(NamedTuple):
    """Seconds of one run by the clock and of the processors, git's included, and the summary that it gave."""

    wall: float
    busy: float
    summary: dict[str, Any]


def check(folder: Path, cache: Path, jobs: int) -> Run:
    """Looks through the history once."""
    command = [sys.executable, "-m", "deburr", "check", "--history", "--format", "json", "--jobs", str(jobs)]
    begin, before = time.perf_counter(), os.times()
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DEBURR_CACHE_DIR": str(cache)},
    )
    seconds, after = time.perf_counter() - begin, os.times()
    if done.returncode not in (0, 1):
        raise SystemExit(f"deburr failed with {done.returncode}: {done.stderr}")
    busy = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(seconds, busy, json.loads(done.stdout)["summary"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(json.__file__).parent.parent / "site-packages")
    parser.add_argument("--jobs", type=int, default=1)
    arguments = parser.parse_args()
    packages = sorted(path for path in arguments.folder.iterdir() if (path / "__init__.py").is_file())
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "repository", Path(name) / "cache"
        folder.mkdir()
        commits = build(folder, packages)
        git(folder, "repack", "-adq")
        blobs, total = size(folder)
        print(f"{commits} commits, {blobs:,} blobs, {total / 1e6:.0f} MB")
        check_nothing = Path(name) / "nothing"
        check_nothing.mkdir()
        git(check_nothing, "init", "-q")
        check(check_nothing, cache, 1)  # compiles the rules
        for run in ("first", "second", "after one more commit"):
            if run.startswith("after"):
                (folder / "more.py").write_text("x = 1\n", encoding="utf-8")
                git(folder, "add", "more.py")
                git(folder, "commit", "-qm", "more")
            wall, busy, summary = check(folder, cache, arguments.jobs)
            rate = f", {total / 1e6 / wall:.0f} MB/s, {total / 1e6 / busy:.0f} MB/s per core" if run == "first" else ""
            found = sum(summary["findings"].values())
            print(f"{run} run: {summary['files']:,} blobs in {wall:.2f} s{rate}, {found} findings")
    return 0


if __name__ == "__main__":
    sys.exit(main())
