"""deburr takes the sharp edges off machine-made code.

The verbs live in the folders that do them:

    from deburr import Source
    from deburr.engine import scan
    from deburr.review import Tools, revise

    report = scan(Source("import os\\nos.system(input())\\n"))
    review = revise(report.source, Tools(scan))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from deburr.constitution import Example, Principle
    from deburr.errors import DeburrError
    from deburr.model import Decision, Finding, Fix, Report, Review, Reward, Source, Span, Verdict

__all__ = [
    "DeburrError",
    "Decision",
    "Example",
    "Finding",
    "Fix",
    "Principle",
    "Report",
    "Review",
    "Reward",
    "Source",
    "Span",
    "Verdict",
]

__version__ = "0.1.0"

_HOME = {"DeburrError": "deburr.errors", "Example": "deburr.constitution", "Principle": "deburr.constitution"}


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first asked for, so that `import deburr` stays fast."""
    if name not in __all__:
        raise AttributeError(f"module 'deburr' has no attribute {name!r}")
    import importlib

    value: object = getattr(importlib.import_module(_HOME.get(name, "deburr.model")), name)
    globals()[name] = value
    return value
