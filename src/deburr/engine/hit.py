"""What the analysis hands on inside the engine: a place that breaks a principle, with the nodes that a repair needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from deburr.engine import ir
from deburr.engine.project import File
from deburr.model import Confidence, Source


@dataclass(slots=True)
class Unit:
    """One text under analysis."""

    source: Source
    data: bytes
    """The text in UTF-8; every offset in the engine counts in it."""

    module: ir.Module
    entered: frozenset[int] | None = None
    """The functions that are worth running as the outside calls them, by the byte of their `def`; None for all."""

    far: dict[int, File] = field(default_factory=dict)
    """The other files of the project whose nodes hits may hold, by what `project.FAR` goes into their offsets."""

    names: Mapping[str, str] = field(default_factory=dict)
    """What each local name of the top level stands for: {"np": "numpy", "run": "subprocess.run"}."""


@dataclass(slots=True)
class Hit:
    """One principle broken at one node; becomes a Finding, and perhaps a Fix."""

    principle: str
    node: ir.Node
    """What is reported: the call, the assignment, the attribute."""

    confidence: Confidence
    message: str = ""
    """One sentence about this place; the principle's title when empty."""

    callee: str = ""
    """The full name of what is called or read, as the library facts know it."""

    fact: Mapping[str, Any] = field(default_factory=dict)
    """The library fact that matched: `{"arg": 0, "kind": "sql"}`."""

    argument: ir.Node | None = None
    """For taint: the argument in which the value arrives."""

    flow: tuple[ir.Node, ...] = ()
    """For taint: the nodes from where the value enters to where it is used."""

    worth: str = ""
    """For taint: where the value comes from, one of `constitution.WORTHS` or another source kind."""

    sink: ir.Node | None = None
    """Where it happens, when `node` is the call that hands the value to another file."""

    scope: str = ""
    """The qualified name of the function or class around it, "" at the top level."""
