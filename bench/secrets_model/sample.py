"""One candidate as the training sees it, and how a text becomes candidates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deburr.engine import secrets
from deburr.engine.secrets.features import features, sight
from deburr.engine.secrets.paths import fixture
from deburr.engine.secrets.weigh import guessed


@dataclass(frozen=True, slots=True)
class Sample:
    """The facts of a candidate, whether it is a credential, and where it comes from."""

    facts: tuple[str, ...]
    true: bool
    origin: str
    """The set, project or generator; folds are made of it."""

    weight: float = 1.0
    line: int = 0
    grade: str = ""
    """What the rules say."""

    fixture: bool = False


def samples(text: str, language: str, path: str) -> Iterator[tuple[Sample, str]]:
    """Each candidate of a text, not judged yet, with its value; of several at one place the one the rules prefer."""
    data = text.encode("utf-8", "surrogatepass")
    found = [secret for secret in secrets.candidates(data, language) if guessed(secret) and not secret.value]
    order = {"high": 0, "medium": 1, "low": 2, "doubtful": 3}
    seen: set[int] = set()
    tests = fixture(path)
    looked = [sight(data, secret, language, tests) for secret in found]
    for it in sorted(looked, key=lambda it: (order[it.grade], it.secret.start)):
        if it.secret.end in seen:
            continue
        seen.add(it.secret.end)
        line = data.count(b"\n", 0, it.secret.start) + 1
        yield Sample(tuple(features(it)), False, "", 1.0, line, it.grade, tests), it.value
