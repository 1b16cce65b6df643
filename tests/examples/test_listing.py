"""The helpers of these tests."""

from __future__ import annotations

import json

from tests.examples import listing


def test_variables_get_the_literal_that_stood_there() -> None:
    before = 'KEY = "one-two"\nconnect(user="me", password=\'three\')\nHOME = os.environ["HOME"]\n'
    after = 'KEY = os.environ["KEY"]\nconnect(user="me", password=os.environ["PASSWORD"])\nHOME = os.environ["HOME"]\n'
    assert listing.variables(before, after) == {"KEY": "one-two", "PASSWORD": "three"}


def test_a_variable_without_a_literal_gets_some_value() -> None:
    assert listing.variables("x = f(1)\n", 'y = os.getenv("DEBUG")\n') == {"DEBUG": listing.UNKNOWN}


def test_bytes_become_text() -> None:
    assert listing.variables('K = b"abc"\n', 'K = os.environ["K"].encode()\n') == {"K": "abc"}


def test_a_notebook_is_its_code_without_magics() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["text"]},
        {"cell_type": "code", "source": ["%env A=1\n", "x = 1"]},
        {"cell_type": "code", "source": ["!ls\n", "y = x"]},
    ]
    assert listing.python_of("a.ipynb", json.dumps({"cells": cells})) == "x = 1\n\ny = x"


def test_fences_by_language() -> None:
    text = "# T\n```bash\nls\n```\n\n```python\nx = 1\n```\n"
    assert listing.fences(text) == ["x = 1\n"]
    assert listing.fences(text, "bash") == ["ls\n"]
