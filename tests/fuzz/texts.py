"""Real code to begin with: every example of the constitution and every witness, and modules that are installed."""

from __future__ import annotations

import sysconfig
from functools import cache
from pathlib import Path

from deburr import constitution, libraries

LANGUAGES = {"python": "py", "javascript": "js", "typescript": "ts"}
_LARGEST = 20_000


@cache
def examples(language: str) -> tuple[str, ...]:
    """The examples and witnesses of a language; TypeScript begins with JavaScript as well."""
    wanted = {language, "javascript"} if language == "typescript" else {language}
    found = [
        one.code
        for principle in constitution.load()
        for one in (*principle.flagged, *principle.allowed)
        if one.language in wanted
    ]
    found += [code for library in libraries.load() if library.language in wanted for code in library.witnesses]
    return tuple(found)


def installed(most: int) -> list[str]:
    """Some modules of the standard library, for Python."""
    files = sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))
    small = [file for file in files if file.stat().st_size <= _LARGEST]
    return [file.read_text("utf-8", "replace") for file in small[:most]]
