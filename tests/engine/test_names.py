"""What names stand for."""

from __future__ import annotations

import pytest

from deburr.engine import ir, languages
from deburr.engine.hit import Unit
from deburr.engine.names import bindings, resolver
from deburr.engine.rulebook import Facts, Rulebook
from deburr.model import Source

BOOK = Rulebook({}, {"python": Facts(conventions={"request": "flask.request"}, roots=["os"])}, "")


@pytest.mark.parametrize(
    ("code", "full"),
    [
        ("import numpy as np\nnp.load", "numpy.load"),
        ("import os.path\nos.path.join", "os.path.join"),
        ("from subprocess import run as r\nr", "subprocess.run"),
        ("def f():\n    import yaml\nyaml.load", "yaml.load"),
        ("request.args", "flask.request.args"),
        ("os.system", "os.system"),
        ("open", "builtins.open"),
        ("unknown.thing", ""),
        ("f().x", ""),
        ("from a import *\nb", "builtins.b"),
    ],
)
def test_the_full_name_of_an_expression(code: str, full: str) -> None:
    data = code.encode()
    module = languages.lower(data, "python")
    unit = Unit(Source(code), data, module, names=bindings(module))
    last = module.body[-1]
    assert isinstance(last, ir.Expr)
    assert resolver(unit, BOOK)(last.value) == full
