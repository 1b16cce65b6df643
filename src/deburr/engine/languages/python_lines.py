"""What the lines of a Python text import, read without parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n;#\\]|\\\r?\n)*)"
    rb"|import[ \t]+((?:[^\n;#\\]|\\\r?\n)+))",
    re.MULTILINE,
)
_COMMENT = re.compile(rb"#[^\n]*")


def imported(data: bytes) -> Iterator[tuple[str, str, str]]:
    """(module, name in it, name here) of each import; the name in it is "" where the module itself is imported."""
    for module, names, modules in _IMPORT.findall(data):
        for full, local in _listed(names or modules):
            if module:
                yield module.decode("utf-8", "replace"), full, local or full
            else:
                yield full, "", local or full.split(".")[0]


def _listed(names: bytes) -> Iterator[tuple[str, str]]:
    """(name, what it is called here) of a list of names."""
    if b"#" in names:
        names = _COMMENT.sub(b"", names)
    for part in names.replace(b"\\", b" ").strip(b"() \t\r\n").split(b","):
        words = part.decode("utf-8", "replace").split()
        if words:
            yield words[0], words[2] if len(words) == 3 else ""
