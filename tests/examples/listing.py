"""The Python of an example, and the environment that its repaired text expects."""

from __future__ import annotations

import ast
import json
import re

_LOOKUP = re.compile(
    r"""os\.(?:environ\[|environ\.get\(|getenv\()\s*["']([A-Z][A-Z0-9_]*)["']\s*[\])](?:\.encode\(\))?"""
)
_LITERAL = r"""([rb]{0,2}"(?:[^"\\\n]|\\.)*"|[rb]{0,2}'(?:[^'\\\n]|\\.)*')"""
_INSIDE = re.compile(r"""\{os\.environ\['[A-Z][A-Z0-9_]*'\]\}""")
UNKNOWN = "set-for-the-test"
"""What a variable gets whose literal cannot be told from the text."""


def python_of(path: str, text: str) -> str:
    """The Python that a person would run: of a notebook the code cells without their magics, else the text itself."""
    if not path.endswith(".ipynb"):
        return text
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    sources = ["".join(cell["source"]) for cell in cells]
    return "\n\n".join(
        "\n".join(line for line in source.split("\n") if not line.startswith(("!", "%"))) for source in sources
    )


def fences(text: str, language: str = "python") -> list[str]:
    """The fenced pieces of a Markdown text that are written in `language`."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def variables(original: str, repaired: str) -> dict[str, str]:
    """The environment variables that only the repaired text reads, each with the literal that stood there before."""
    known = set(_LOOKUP.findall(original))
    found: dict[str, str] = {}
    for line in repaired.split("\n"):
        names = _LOOKUP.findall(line)
        if set(names) - known:
            values = _literals(line, original) or [UNKNOWN for _ in names]
            found |= {name: value for name, value in zip(names, values, strict=True) if name not in known}
    return found


def _literals(line: str, original: str) -> list[str]:
    """The literals of the original line, where `line` reads the environment now; none when there is no such line."""
    around = _LOOKUP.split(line)[::2]
    before = re.search("^" + _LITERAL.join(map(re.escape, around)) + "$", original, re.MULTILINE)
    if before is None:
        around = [part.replace('f"', '"') for part in _INSIDE.split(line)]
        inside = re.search("^" + '([^"\\n]*)'.join(map(re.escape, around)) + "$", original, re.MULTILINE)
        return list(inside.groups()) if inside else []
    values = [ast.literal_eval(literal) for literal in before.groups()]
    return [value.decode() if isinstance(value, bytes) else str(value) for value in values]
