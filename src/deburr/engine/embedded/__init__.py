"""Code inside other text: a notebook's cells, the fenced code of Markdown, reStructuredText's blocks, patched files.

What comes in: a Source whose text only holds code. What goes out: Parts, each a text in one language with a map from
its bytes back to the bytes of the file.
"""

from __future__ import annotations

from deburr.engine.embedded.part import Part
from deburr.model import Source

__all__ = ["HOLDERS", "Part", "as_written", "parts"]

HOLDERS = frozenset({"notebook", "markdown", "rst", "diff", "csv", "sql"})
"""The languages of such texts."""


def parts(source: Source) -> list[Part]:
    """The code, and for notebooks the other text, that stands in `source`; empty when it is not such a text."""
    return _parts(source, rewrite=True)


def as_written(source: Source) -> list[Part]:
    """The parts as a reader knows them: nothing in them is rewritten for a grammar."""
    return _parts(source, rewrite=False)


def _parts(source: Source, *, rewrite: bool) -> list[Part]:
    """Most texts hold no others, so what reads those that do is imported when one comes."""
    if source.language == "notebook":
        from deburr.engine.embedded import notebook

        return notebook.cells(source, rewrite=rewrite)
    if source.language in ("markdown", "rst"):
        from deburr.engine.embedded import fences

        return [*fences.markdown(source), *_tables(source)] if source.language == "markdown" else fences.rst(source)
    if source.language == "diff":
        from deburr.engine.embedded import patches

        return patches.files(source)
    return _tables(source) if source.language in ("csv", "sql") else []


def _tables(source: Source) -> list[Part]:
    from deburr.engine.embedded import tables

    table = tables.of(source)
    return [table] if table is not None else []
