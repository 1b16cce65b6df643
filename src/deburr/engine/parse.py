"""Text in, tree-sitter tree out; nothing is loaded before the first text of a language arrives.

Every text gives a tree: what the grammar cannot read stands in it as an ERROR node.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import TYPE_CHECKING

from deburr.errors import ConfigError

if TYPE_CHECKING:
    import tree_sitter

WHEELS = {"python": "tree_sitter_python"}
"""The Python package that carries a language's grammar."""


@cache
def grammar(language: str) -> tree_sitter.Language:
    """The grammar of a language, loaded once."""
    import tree_sitter

    if language not in WHEELS:
        raise ConfigError(f"no grammar for {language!r}; there is one for {', '.join(sorted(WHEELS))}")
    return tree_sitter.Language(importlib.import_module(WHEELS[language]).language())


@cache
def _parser(language: str) -> tree_sitter.Parser:
    import tree_sitter

    return tree_sitter.Parser(grammar(language))


def parse(data: bytes, language: str) -> tree_sitter.Tree:
    """The tree of a text; one parser per language and process, so not for several threads at once."""
    return _parser(language).parse(data)
