"""The marks of an example against what the engine reports: the one judgement of all examples and witnesses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from deburr.constitution import Example
from deburr.model import Finding

PATHS = {"python": "app/example.py", "javascript": "app/example.js", "typescript": "app/example.ts"}


def path_of(example: Example) -> str:
    """The path under which the engine sees an example; what is no code is a configuration file."""
    return PATHS.get(example.language, f"config/example.{example.language}")


def problems(example: Example, findings: Iterable[Finding], principle: str = "") -> Iterator[tuple[int, str]]:
    """What is marked and not reported, or reported and not marked, as (line, what).

    An unmarked finding may pass only where nobody hears of it by default, and never that of `principle` itself.
    """
    found = {(one.span.line, one.principle): one for one in findings}
    for line, name in example.findings:
        if (line, name) not in found:
            yield line, f"{name} is marked and not reported"
    for line, name in example.missed:
        if (line, name) in found:
            yield line, f"{name} is found now: change its mark from `missed` to `finding`"
    for (line, name), one in sorted(found.items()):
        quiet = one.confidence == "low" or one.persona != "regular"
        marked = (line, name) in (*example.findings, *example.missed)
        if not marked and (name == principle or not quiet):
            yield line, f"{name} is reported ({one.confidence}, {one.persona}) and not marked"
