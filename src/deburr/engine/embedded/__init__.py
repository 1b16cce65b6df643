"""Code inside other text: the cells of a notebook, the fenced code of Markdown, the code blocks of reStructuredText.

What comes in: a Source whose text only holds code. What goes out: Parts, each a text in one language with a map from
its bytes back to the bytes of the file.
"""

from __future__ import annotations

from deburr.engine.embedded import fences, notebook
from deburr.engine.embedded.part import Part
from deburr.model import Source

__all__ = ["Part", "as_written", "parts"]

_TAKEN_BY = {"notebook": notebook.cells, "markdown": fences.markdown, "rst": fences.rst}


def parts(source: Source) -> list[Part]:
    """The code, and for notebooks the other text, that stands in `source`; empty when it is not such a text."""
    take = _TAKEN_BY.get(source.language)
    return take(source) if take else []


def as_written(source: Source) -> list[Part]:
    """The parts as a reader knows them: nothing in them is rewritten for a grammar."""
    return notebook.cells(source, rewrite=False) if source.language == "notebook" else parts(source)
