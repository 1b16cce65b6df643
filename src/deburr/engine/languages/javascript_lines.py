"""What the lines of a JavaScript or TypeScript text import, read without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deburr.engine.languages.javascript_imports import dotted

_IMPORT = re.compile(
    rb"\b(?:import|export)\s+(?:type\s+)?([\w$*{},\s]{1,2000}?)\s*\bfrom\s*['\"]([^'\"\n]{1,300})['\"]"
    rb"|\b(?:const|let|var)\s+([\w$]+|\{[^}]{0,2000}\})\s*=\s*(?:await\s+)?(?:require|import)\s*\(\s*['\"]([^'\"\n]{1,300})['\"]"
)
_NAMED = re.compile(r"\{([^}]*)\}")


def imported(data: bytes) -> Iterator[tuple[str, str, str]]:
    """(module, name in it, name here) of each import; the name in it is "" where the module itself is imported."""
    for listed, source, bound, asked in _IMPORT.findall(data):
        module = dotted((source or asked).decode("utf-8", "replace"))
        names = (listed or bound).decode("utf-8", "replace")
        for group in _NAMED.findall(names):
            for part in group.split(","):
                words = part.replace(":", " as ").split()
                if words:
                    yield module, words[0], words[-1]
        for part in _NAMED.sub("", names).split(","):
            words = part.split()
            if words:
                yield module, "", words[-1]
