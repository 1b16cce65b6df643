"""The page of known limits: every `missed` mark of the principles, the library witnesses and the tests' programs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from deburr.constitution import Example, Principle, example
from deburr.libraries import Library

HEAD = """\
# Known limits

Written by `make docs` from the `missed` marks. Each marked line below is wrong and is not found yet: somebody knew
better than the engine and wrote it down, with code that shows it. A test fails on the day the engine finds the line,
and the mark becomes `finding`; so a case leaves this page when it is solved, and by nothing else. What stands here is
what is *known* to be missed. A report without findings says that the rules found nothing, not that the code is safe;
what lies beyond single cases is told in [the overview](index.md#known-limits).

"""
NONE = "No mark stands at the moment.\n"
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Missed(NamedTuple):
    """One piece of code with at least one `missed` mark."""

    principle: str
    where: str
    """The file, from the root of the project."""

    example: Example


def collect(principles: Iterable[Principle], libraries: Iterable[Library], pages: Mapping[str, str]) -> list[Missed]:
    """All of them, by principle, language and file; `pages` are texts in Markdown with marked programs, by path."""
    found = [
        *(("src/deburr/constitution/" + one.file, code) for one in principles for code in (*one.flagged, *one.allowed)),
        *(("src/deburr/libraries/" + one.file, code) for one in libraries for code in _witnesses(one)),
        *((path, code) for path, text in pages.items() for code in _programs(text)),
    ]
    missed = {
        (name, code.language, where, code.line): Missed(name, where, code)
        for where, code in found
        for _, name in code.missed
    }
    return [missed[key] for key in sorted(missed)]


def _witnesses(library: Library) -> Iterator[Example]:
    for number, code in enumerate(library.witnesses, 1):
        yield example(code.removeprefix("\n"), library.language, number)


def _programs(text: str) -> Iterator[Example]:
    for fence in _FENCE.finditer(text):
        yield example(fence[2], fence[1], text.count("\n", 0, fence.start()) + 2)


def markdown(missed: list[Missed], root: str = "..") -> str:
    """The page; `root` leads from it to the root of the project."""
    if not missed:
        return HEAD + NONE
    parts = [HEAD, _table(missed)]
    last = ""
    for one in missed:
        if one.principle != last:
            parts.append(f"\n## {one.principle}\n")
            last = one.principle
        lines = [line for line, name in one.example.missed if name == one.principle]
        places = f"line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}"
        language = one.example.language
        parts.append(f"\n{language}, {places}; from [{one.where}]({root}/{one.where}):\n\n")
        parts.append(f"```{language}\n{one.example.code.rstrip()}\n```\n")
    return "".join(parts)


def _table(missed: list[Missed]) -> str:
    counted = Counter((one.principle, one.example.language) for one in missed)
    rows = [f"| [{name}](#{name}) | {language} | {count} |" for (name, language), count in sorted(counted.items())]
    return "\n".join(["| principle | language | cases |", "|---|---|---:|", *rows, ""])
