"""Where an import is added, and when an existing one is used again."""

from __future__ import annotations

import pytest

from tests.engine.repair.repairing import repaired

FIX = {"fix": {"call": "ast.literal_eval"}}

CASES = {
    "nothing there": ("x = eval(y)\n", "import ast\n\nx = ast.literal_eval(y)\n"),
    "interpreter and license": (
        "#!/usr/bin/env python3\n# (c) nobody\n\nx = eval(y)\n",
        "#!/usr/bin/env python3\n# (c) nobody\n\nimport ast\n\nx = ast.literal_eval(y)\n",
    ),
    "before a function": (
        "# tools\n\n\ndef f(y):\n    return eval(y)\n",
        "# tools\n\n\nimport ast\n\n\ndef f(y):\n    return ast.literal_eval(y)\n",
    ),
    "docstring": ('"""Doc."""\n\nx = eval(y)\n', '"""Doc."""\n\nimport ast\n\nx = ast.literal_eval(y)\n'),
    "future": (
        '"""Doc."""\nfrom __future__ import annotations\n\nx = eval(y)\n',
        '"""Doc."""\nfrom __future__ import annotations\n\nimport ast\n\nx = ast.literal_eval(y)\n',
    ),
    "sorted": (
        "import abc\nimport sys\nfrom os import path\n\nx = eval(y)\n",
        "import abc\nimport ast\nimport sys\nfrom os import path\n\nx = ast.literal_eval(y)\n",
    ),
    "own group": ("import flask\n\nx = eval(y)\n", "import ast\n\nimport flask\n\nx = ast.literal_eval(y)\n"),
    "already there": ("import ast\n\nx = eval(y)\n", "import ast\n\nx = ast.literal_eval(y)\n"),
    "alias": ("import ast as tree\n\nx = eval(y)\n", "import ast as tree\n\nx = tree.literal_eval(y)\n"),
    "member": (
        "from ast import literal_eval\n\nx = eval(y)\n",
        "from ast import literal_eval\n\nx = literal_eval(y)\n",
    ),
    "beside members": (
        "from ast import parse  # one\n\nx = eval(y)\n",
        "from ast import literal_eval, parse  # one\n\nx = literal_eval(y)\n",
    ),
    "inside the function": (
        "def f(y):\n    import ast\n\n    return eval(y)\n",
        "def f(y):\n    import ast\n\n    return ast.literal_eval(y)\n",
    ),
    "in another function": (
        "def g():\n    import ast\n\n\ndef f(y):\n    return eval(y)\n",
        "import ast as _ast\n\n\ndef g():\n    import ast\n\n\ndef f(y):\n    return _ast.literal_eval(y)\n",
    ),
    "name is taken": ("ast = 1\nx = eval(y)\n", "import ast as _ast\n\nast = 1\nx = _ast.literal_eval(y)\n"),
    "hidden by a local name": (
        "import ast\n\n\ndef f(ast):\n    return eval(ast)\n",
        "import ast\nimport ast as _ast\n\n\ndef f(ast):\n    return _ast.literal_eval(ast)\n",
    ),
    "guarded": (
        "try:\n    import ast\nexcept ImportError:\n    raise\nx = eval(y)\n",
        "try:\n    import ast\nexcept ImportError:\n    raise\nx = ast.literal_eval(y)\n",
    ),
    "fragment that has no imports": (
        "import_less = ast.parse(y)\nx = eval(y)\n",
        "import_less = ast.parse(y)\nx = ast.literal_eval(y)\n",
    ),
    "windows": ("import sys\r\n\r\nx = eval(y)\r\n", "import ast\r\nimport sys\r\n\r\nx = ast.literal_eval(y)\r\n"),
    "no end of line": ("x = eval(y)", "import ast\n\nx = ast.literal_eval(y)"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES.keys())
def test_imports(before: str, after: str) -> None:
    call = "eval(ast)" if "eval(ast)" in before else "eval(y)"
    assert repaired(before, "any", call, callee="builtins.eval", fact=FIX) == after


def test_a_submodule_is_imported_by_its_own_name() -> None:
    fact = {"fix": {"call": "defusedxml.ElementTree.parse"}}
    before = "from xml.etree import ElementTree as ET\n\ntree = ET.parse(p)\n"
    assert (
        repaired(before, "any", "ET.parse(p)", callee="xml.etree.ElementTree.parse", fact=fact)
        == """from xml.etree import ElementTree as ET

import defusedxml.ElementTree

tree = defusedxml.ElementTree.parse(p)
"""
    )


def test_a_sibling_is_imported_as_its_model_was() -> None:
    fact = {"fix": {"call": "passlib.hash.argon2.hash"}}
    before = "from passlib.hash import md5_crypt\n\nh = md5_crypt.hash(p)\n"
    after = "from passlib.hash import argon2, md5_crypt\n\nh = argon2.hash(p)\n"
    assert repaired(before, "any", "md5_crypt.hash(p)", callee="passlib.hash.md5_crypt.hash", fact=fact) == after
