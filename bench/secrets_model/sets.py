"""Candidates whose truth is known: the shared sets with their labels, and well-kept projects that hold next to none."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.measure import ROOT
from bench.secrets_model.sample import Sample, samples
from deburr.engine import languages

CRATER = ROOT / "bench/quality/crater/projects"
_LARGEST = 2_000_000
_SECRETS = ("hardcoded-credential", "hardcoded-password", "credentials-in-url")


def rows(sets: Path, name: str) -> Iterator[dict[str, Any]]:
    """The cases of one set."""
    with gzip.open(sets / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def marked(row: dict[str, Any], kind: str) -> set[int]:
    """The lines of a case that carry a mark of this kind."""
    return {n for m in row["marks"] if m["kind"] == kind for n in range(m["line"], m.get("end", m["line"]) + 1)}


def whole_files(sets: Path) -> Iterator[Sample]:
    """Candidates of creddata_subset: a marked line makes one true, and every other line makes one false."""
    for row in rows(sets, "creddata_subset"):
        bad = marked(row, "bad")
        for sample, _ in samples(row["code_text"], row["language"], row["file_name"]):
            yield replace(sample, true=sample.line in bad, origin=row["source"])


def examples(sets: Path) -> Iterator[Sample]:
    """Candidates of secret_rule_examples: texts of rules for one provider each, so they weigh less."""
    for row in rows(sets, "secret_rule_examples"):
        for sample, _ in samples(row["code_text"], row["language"], row["file_name"]):
            yield replace(sample, true=bool(row["is_vulnerable"]), origin="rules", weight=0.1)


def projects(cache: Path) -> Iterator[Sample]:
    """Candidates of the crater's projects: false, but for those judged true; the debatable ones are left out."""
    for kept in sorted(CRATER.glob("*.toml")):
        project = tomllib.loads(kept.read_text(encoding="utf-8"))
        judged = {f["at"]: f["judgement"] for f in project.get("finding", ()) if f["principle"] in _SECRETS}
        folders = list(cache.glob(f"{project['name']}-{project['sha256'][:12]}"))
        for folder in folders:
            yield from once(_project(folder, project["name"], judged))


def once(found: Iterable[Sample]) -> Iterator[Sample]:
    """Each of alike samples only once: what a project repeats is no more true for it."""
    seen: set[tuple[tuple[str, ...], bool]] = set()
    for sample in found:
        alike = (sample.facts, sample.true)
        if alike not in seen:
            seen.add(alike)
            yield sample


def _project(folder: Path, name: str, judged: dict[str, str]) -> Iterator[Sample]:
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.is_symlink() or file.stat().st_size > _LARGEST:
            continue
        data = file.read_bytes()
        if b"\0" in data[:4000]:
            continue
        path = file.relative_to(folder).as_posix()
        text = data.decode("utf-8", "replace")
        for sample, _ in samples(text, languages.of(path, text[:100]), path):
            said = next((j for at, j in judged.items() if f"{path}:{sample.line}".endswith(at)), "")
            if said != "debatable":
                yield replace(sample, true=said == "true", origin=f"crater/{name}")
