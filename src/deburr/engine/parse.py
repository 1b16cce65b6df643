"""Text in, tree-sitter tree out; nothing is loaded before the first text of a language arrives.

Every text gives a tree: what the grammar cannot read stands in it as an ERROR node.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, Any

from deburr.errors import ConfigError

if TYPE_CHECKING:
    import tree_sitter

WHEELS = {
    "python": "tree_sitter_python:language",
    "javascript": "tree_sitter_javascript:language",
    "typescript": "tree_sitter_typescript:language_typescript",
    "tsx": "tree_sitter_typescript:language_tsx",
}
"""The Python package that carries a grammar, and its function that gives it."""


@cache
def grammar(language: str) -> tree_sitter.Language:
    """The grammar of a language, loaded once."""
    import tree_sitter

    if language not in WHEELS:
        raise ConfigError(f"no grammar for {language!r}; there is one for {', '.join(sorted(WHEELS))}")
    package, _, function = WHEELS[language].partition(":")
    return tree_sitter.Language(getattr(_binding(package), function)())


def _binding(package: str) -> Any:
    """The compiled part of a grammar's package, since the rest imports 6 ms of modules in order to list queries."""
    spec = importlib.util.find_spec(package)
    inner = spec and PathFinder.find_spec(f"{package}._binding", spec.submodule_search_locations)
    if not inner or not inner.loader:
        return importlib.import_module(package)
    module = importlib.util.module_from_spec(inner)
    inner.loader.exec_module(module)
    return module


@cache
def _parser(language: str) -> tree_sitter.Parser:
    import tree_sitter

    return tree_sitter.Parser(grammar(language))


def parse(data: bytes, language: str, parts: list[tuple[int, int]] | None = None) -> tree_sitter.Tree:
    """The tree of a text, or of ascending parts of it; one parser per language and process, so not for several threads
    at once.
    """
    parser = _parser(language)
    if parts is None:
        return parser.parse(data)
    from tree_sitter import Range

    nowhere = (0, 0)  # no grammar here asks for lines or columns
    parser.included_ranges = [Range(nowhere, nowhere, start, end) for start, end in parts]
    try:
        return parser.parse(data)
    finally:
        parser.included_ranges = []
