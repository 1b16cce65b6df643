"""What the stages after *lower* must know of a language, as data: they never ask which one it is."""

from __future__ import annotations

from typing import NamedTuple


class Description(NamedTuple):
    """One language, or several that share a lowering and the facts about libraries."""

    facts: str
    """The folder of the libraries that speak of it."""
    builtins: frozenset[str] = frozenset()
    """Names that stand without an import; the facts know them as "builtins.NAME"."""
    ends: frozenset[str] = frozenset()
    """Functions that end the program or the request, by their full names."""
    globals_: frozenset[str] = frozenset()
    """First parts of full names that a text may use without importing anything."""
    unwritten: frozenset[str] = frozenset()
    """First parts of full names that the lowering gives to what has no name in the text."""
    imports: str = ""
    """A regular expression for imports, whose groups are module names, or lists of them."""
    importing: tuple[str, ...] = ()
    """Words of which one stands in every text that imports something."""
