"""The model's card: its data, its figures on what it has not seen, how far chances hold, what each part is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench.measure import ROOT
from bench.secrets_model import lines
from bench.secrets_model.folds import Fold, Guess, folds, guesses, score, without
from bench.secrets_model.sample import Sample
from deburr.engine.secrets import mode

PAGE = ROOT / "docs/secrets-model.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
_EVEN = 0.5


def write(found: Sequence[Sample], sets: Path, page: Path = PAGE) -> str:
    """Put the figures into the page, between its two marks; returns them."""
    made = list(folds(found))
    pairs = guesses(found, made)
    figures = "\n\n".join(
        [_data(found), _projects(sets, made), _profiles(sets, made), _calibration(pairs), _parts(found, pairs)]
    )
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page.write_text(f"{before}{BEGIN}\n\n{figures}\n\n{END}{after}", encoding="utf-8")
    return figures


def _table(heads: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    shown = [[f"{cell:.3f}" if isinstance(cell, float) else str(cell) for cell in row] for row in body]
    return "\n".join(f"| {' | '.join(row)} |" for row in [list(heads), ["---"] * len(heads), *shown])


def _origin(sample: Sample) -> str:
    kinds = {"made": "made by the generator", "rules": "texts for rules of providers"}
    crater = "files of well-kept projects" if sample.origin.startswith("crater/") else "labeled files"
    return kinds.get(sample.origin, crater)


def _data(found: Sequence[Sample]) -> str:
    counted = Counter((_origin(s), s.true) for s in found)
    weight = {_origin(s): s.weight for s in found}
    body = [(name, counted[name, True], counted[name, False], weight[name]) for name in sorted(weight)]
    return "### What it is trained on\n\n" + _table(("candidates of", "true", "false", "weight of each"), body)


def _projects(sets: Path, made: Sequence[Fold]) -> str:
    counts = lines.by_project(sets, made, audit=False, machine_made=False)
    body = [(name, c.marked, c.recall, c.precision) for name, c in sorted(counts.items())]
    whole = lines.total(counts.values())
    body.append(("all", whole.marked, whole.recall, whole.precision))
    return (
        "### Each project held out in turn\n\nLines of whole files, default profile, all of the search for secrets, "
        "with weights that the project had no part in.\nUUIDs and nonces, which only the audit profile lists, are left "
        "out.\n\n" + _table(("project", "lines", "recall", "precision"), body)
    )


def _profiles(sets: Path, made: Sequence[Fold]) -> str:
    body = []
    for title, held, rules in (("kept weights", (), False), ("held out", made, False), ("rules only", (), True)):
        mode.use("rules" if rules else "both")
        for audit in (False, True):
            for machine_made in (True, False):
                c = lines.total(lines.by_project(sets, held, audit=audit, machine_made=machine_made).values())
                what = "all" if machine_made else "without UUIDs and nonces"
                body.append((title, "audit" if audit else "default", what, c.recall, c.precision))
    mode.use("both")
    return "### Both profiles\n\n" + _table(("weights", "profile", "lines", "recall", "precision"), body)


def _calibration(pairs: Sequence[Guess]) -> str:
    body = []
    for low in range(10):
        inside = [s.true for s, chance in pairs if low <= min(chance * 10, 9.99) < low + 1]
        share = sum(inside) / len(inside) if inside else 0.0
        body.append((f"{low / 10:.1f} to {low / 10 + 0.1:.1f}", len(inside), share, "#" * round(share * 20)))
    off = sum((chance - s.true) ** 2 for s, chance in pairs) / len(pairs)
    return (
        "### How far the chances hold\n\nCandidates of held-out projects, the crater's among them, by the chance that "
        f"they were given. Brier score {off:.4f}.\n\n" + _table(("chance", "candidates", "true", ""), body)
    )


def _parts(found: Sequence[Sample], pairs: Sequence[Guess]) -> str:
    def even(_: Sample, chance: float) -> bool:
        return chance >= _EVEN

    def ruled(sample: Sample, _: float) -> bool:
        return sample.grade == "high" or (sample.grade == "medium" and not sample.fixture)

    body: list[tuple[str, float, float, int]] = []
    for title, shown in (("rules alone", ruled), ("both", even)):
        got = score(pairs, shown)
        body.append((title, got.recall, got.precision, got.noise))
    for title, left_out in _LEFT_OUT.items():
        got = score(guesses(without(found, left_out)), even)
        body.append((title, got.recall, got.precision, got.noise))
    return (
        "### What each part is worth\n\nCandidates of held-out projects; shown from an even chance on. The last column "
        "counts what is shown of the crater's\nprojects, held out too, and not true.\n\n"
        + _table(("what decides", "recall", "precision", "crater"), body)
    )


_GRADES = frozenset({"high", "medium", "low", "doubtful"})
_VALUE = frozenset({"shape", "odd", "size", "is", "says", "rare", "distinct", "runs", "digits", "marks"})
_NAME = frozenset({"name", "only", "words", "sort", "kind"})
_PLACE = frozenset({"quote", "relation", "text", "test", "host", "comment", "again", "long-line", "True", "False"})


def _about(what: frozenset[str]) -> Callable[[str], bool]:
    """Whether a fact, or a part of a pair of facts, is about one of these."""
    return lambda fact: any(part.partition(":")[0] in what for part in fact.split("&"))


_LEFT_OUT: dict[str, Callable[[str], bool]] = {
    "classifier alone, the rules unheard": _about(_GRADES | {"rules"}),
    "both, without facts of the name": _about(_NAME),
    "both, without facts of the value": _about(_VALUE),
    "both, without facts of the place": _about(_PLACE),
    "both, without pairs of facts": lambda fact: "&" in fact,
}
