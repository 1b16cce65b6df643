"""Which tool is run on which labeled set, and with which command; one run of the sets' `score.py` each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.measure import BIN, version

SETS: dict[str, tuple[str, ...]] = {
    "python": (
        "semgrep_rules_tests",
        "codesecurity2025",
        "safecoder",
        "seccodeplt",
        "sallm_insecure",
        "cvt_copilot",
        "cyberseceval_instruct_v2",
    ),
    "javascript": ("semgrep_rules_tests", "codesecurity2025", "safecoder", "cyberseceval_instruct_v2"),
    "typescript": ("semgrep_rules_tests",),
    "secrets": ("secret_rule_examples", "creddata_subset"),
}
"""The sets of each group; that of secrets takes all languages."""

BY = {"codesecurity2025": "rule", "seccodeplt": "cwe"}
"""By what the figures of a set are wanted one by one as well."""

AUDITED = "cyberseceval_instruct_v2"
"""Its labels ban functions whatever they are given, which is what the audit profile is for."""


@dataclass(frozen=True)
class Tool:
    """How a tool is called for a group of sets."""

    command: str
    """For the shell, with `{dir}`; `{rules}` is the folder of semgrep's rules."""

    groups: tuple[str, ...]
    options: tuple[str, ...] = ()
    """For score.py: what does not count, and which weaknesses the tool's rules are about."""


SEMGREP = (
    "semgrep scan --metrics off --disable-version-check --no-git-ignore --x-ignore-semgrepignore-files --quiet --sarif"
)
TOOLS = {
    "deburr": Tool("deburr check --format json {dir}", tuple(SETS)),
    "bandit": Tool("bandit -q -r {dir} -f json -o {out}", ("python",), ("--ignore", "B101")),
    "ruff": Tool(
        "ruff check --isolated --no-cache --select S --preview --output-format sarif {dir}",
        ("python",),
        ("--ignore", "assert|invalid-syntax"),
    ),
    "semgrep": Tool(SEMGREP, ("python", "javascript", "typescript")),
    "kingfisher": Tool(
        "kingfisher scan --no-validate --no-update-check --no-dedup --git-history none --format sarif -o {out} {dir}",
        ("secrets",),
        ("--default-cwe", "CWE-798"),
    ),
    "detect-secrets": Tool("detect-secrets scan --all-files {dir}", ("secrets",), ("--default-cwe", "CWE-798")),
}
RULES = {"python": ("python",), "javascript": ("javascript", "typescript"), "typescript": ("javascript", "typescript")}
"""The folders of semgrep's open rules that are for a group."""


class Absent(Exception):
    """A tool, or something it needs, that is not on this machine."""


def measure(folder: Path, tool: str) -> dict[str, Any]:
    """All figures of one tool: `sets` by group and set; raises Absent when it cannot be run here."""
    known = TOOLS[tool]
    program = _program(tool)
    with tempfile.TemporaryDirectory() as scratch:
        rules = _rules(Path(scratch)) if tool == "semgrep" else None
        groups = {group: _group(folder, tool, group, (program, rules)) for group in known.groups}
    if not any(one["files"] for sets in groups.values() for one in sets.values()):
        raise RuntimeError(f"{tool} was given no file")
    said = version(tool) if (BIN / tool).exists() else _says(program)
    return {"version": said, "rules": _commit() if tool == "semgrep" else "", "groups": groups}


def _group(folder: Path, tool: str, group: str, how: tuple[str, Path | None]) -> dict[str, Any]:
    program, rules = how
    command = TOOLS[tool].command.partition(" ")[2]
    if rules:
        command += "".join(f" --config {rules / name}" for name in RULES[group]) + " {dir}"
    found = {}
    for name in SETS[group]:
        audit = " --profile audit" if tool == "deburr" and name == AUDITED else ""
        found[name] = score(folder, (group, name), list(TOOLS[tool].options), f"{program} {command}{audit}")
    return found


def score(folder: Path, at: tuple[str, str], options: list[str], command: str) -> dict[str, Any]:
    """The figures that one run of score.py gives."""
    group, name = at
    call = [sys.executable, str(folder / "score.py"), "--set", name, "--timeout", "3600", *options]
    call += ["--only", f"language={group}"] if group != "secrets" else []
    call += ["--by", BY[name]] if name in BY else []
    call += ["--cwe-map", str(folder / "peers.json")] if "bandit" in command or "ruff" in command else []
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "figures.json"
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([*call, "--json", str(out), command], check=True, stdout=sys.stderr, env=environment)
        one: dict[str, Any] = json.loads(out.read_text("utf-8"))["sets"][name]
    return {field: one[field] for field in ("files", "seconds", "scores", "by")}


def _program(tool: str) -> str:
    """Where a tool is: in this environment, or semgrep, which wants one of its own, wherever the path leads."""
    if (BIN / tool).exists():
        return str(BIN / tool)
    found = shutil.which(os.environ.get("DEBURR_SEMGREP", "semgrep")) if tool == "semgrep" else None
    if not found:
        raise Absent(f"{tool} is not on this machine")
    return found


def _says(program: str) -> str:
    return subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[-1]


def _checkout() -> Path:
    folder = Path(os.environ.get("DEBURR_SEMGREP_RULES", ""))
    if not os.environ.get("DEBURR_SEMGREP_RULES") or not (folder / "python").is_dir():
        raise Absent("semgrep's open rules are not on this machine: name a checkout in DEBURR_SEMGREP_RULES")
    return folder


def _commit() -> str:
    run = subprocess.run(
        ["git", "-C", str(_checkout()), "rev-parse", "--short", "HEAD"], capture_output=True, text=True
    )
    return run.stdout.strip() or os.environ.get("DEBURR_SEMGREP_RULES_COMMIT", "")


def _rules(scratch: Path) -> Path:
    """The open rules that are about security, in a folder of their own."""
    checkout = _checkout()
    for name in {name for names in RULES.values() for name in names}:
        for file in (checkout / name).rglob("*.y*ml"):
            if ".test." not in file.name and "category: security" in file.read_text("utf-8"):
                there = scratch / file.relative_to(checkout)
                there.parent.mkdir(parents=True, exist_ok=True)
                there.write_bytes(file.read_bytes())
    return scratch
