"""Real Python to measure on: the standard library and what is installed, the same choice every time."""

from __future__ import annotations

import ast
import hashlib
import sysconfig
import textwrap
import warnings
from collections.abc import Iterator
from pathlib import Path


def files() -> list[Path]:
    """The Python files of this environment, in an order that depends on their text alone."""
    folders = [Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib")]
    found = {file for folder in folders for file in folder.rglob("*.py") if _is_ordinary(file.relative_to(folder))}
    return sorted(found, key=lambda file: hashlib.sha256(file.read_bytes()).digest())


def _is_ordinary(path: Path) -> bool:
    """Whether it is code as people write it: no tests of broken syntax, no tables of characters."""
    left_out = {"test", "tests", "lib2to3", "idlelib", "encodings", "site-packages", "_vendor"}
    return not left_out & set(path.parts)


def functions(count: int) -> list[str]:
    """So many functions and methods of 3 to 200 lines, each as a text of its own."""
    found: list[str] = []
    for file in files():
        if len(found) >= count:
            break
        found += _functions_of(file)
    return found[:count]


def _functions_of(file: Path) -> Iterator[str]:
    text = file.read_text("utf-8", "replace")
    lines = text.split("\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            part = lines[node.lineno - 1 : node.end_lineno]
            if 3 <= len(part) <= 200:
                yield textwrap.dedent("\n".join(part)) + "\n"


def folder(target: Path, size: int) -> int:
    """Copy files of `size` bytes in all into `target`; gives the bytes that were copied."""
    copied = 0
    for number, file in enumerate(files()):
        if copied >= size:
            break
        data = file.read_bytes()
        if 200 < len(data) < 200_000:
            (target / f"m{number:05}.py").write_bytes(data)
            copied += len(data)
    return copied
