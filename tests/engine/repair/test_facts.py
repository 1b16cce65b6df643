"""Repairs that a library fact spells out: callee, arguments, values and names."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.repair.repairing import proposal, repaired

CASES: dict[str, tuple[str, str, str, dict[str, Any], str]] = {
    "call and drop": (
        "import yaml\nd = yaml.load(f, Loader=yaml.Loader)\n",
        "yaml.load(f, Loader=yaml.Loader)",
        "yaml.load",
        {"call": "yaml.safe_load", "drop": ["1:Loader"]},
        "import yaml\nd = yaml.safe_load(f)\n",
    ),
    "positional drop": (
        "from yaml import load, Loader\nd = load(f, Loader)\n",
        "load(f, Loader)",
        "yaml.load",
        {"call": "yaml.safe_load", "drop": ["1:Loader"]},
        "from yaml import load, Loader, safe_load\nd = safe_load(f)\n",
    ),
    "drop the first": (
        "r = requests.get(verify=False, url=u)\n",
        "requests.get(verify=False, url=u)",
        "requests.get",
        {"drop": ["verify"]},
        "r = requests.get(url=u)\n",
    ),
    "drop a line": (
        "r = requests.get(\n    url,\n    verify=False,  # self-signed\n    timeout=4,\n)\n",
        "requests.get(\n    url,\n    verify=False,  # self-signed\n    timeout=4,\n)",
        "requests.get",
        {"drop": ["verify"]},
        "r = requests.get(\n    url,\n    timeout=4,\n)\n",
    ),
    "add": (
        "r = requests.get(url)\n",
        "requests.get(url)",
        "requests.get",
        {"set": {"timeout": "10"}},
        "r = requests.get(url, timeout=10)\n",
    ),
    "add a line": (
        "r = requests.get(\n    url,\n    headers=h,\n)\n",
        "requests.get(\n    url,\n    headers=h,\n)",
        "requests.get",
        {"set": {"timeout": "10"}},
        "r = requests.get(\n    url,\n    headers=h,\n    timeout=10,\n)\n",
    ),
    "add to none": (
        "app.run()\n",
        "app.run()",
        "flask.Flask.run",
        {"set": {"debug": "False"}},
        "app.run(debug=False)\n",
    ),
    "replace a value": (
        "app.run(debug=True, port=1)\n",
        "app.run(debug=True, port=1)",
        "flask.Flask.run",
        {"set": {"debug": "False"}},
        "app.run(debug=False, port=1)\n",
    ),
    "name": (
        "import ssl\nc = ssl._create_unverified_context()\n",
        "ssl._create_unverified_context",
        "ssl._create_unverified_context",
        {"name": "ssl.create_default_context"},
        "import ssl\nc = ssl.create_default_context()\n",
    ),
    "assignment with a full name": (
        "import ssl as s\nc.minimum_version = s.TLSVersion.TLSv1\n",
        "c.minimum_version = s.TLSVersion.TLSv1",
        "ssl.SSLContext.minimum_version",
        {"value": "ssl.TLSVersion.TLSv1_2"},
        "import ssl as s\nc.minimum_version = s.TLSVersion.TLSv1_2\n",
    ),
    "key": (
        "app.config['DEBUG'] = True\n",
        "app.config['DEBUG'] = True",
        "flask.Flask.config[DEBUG]",
        {"value": "False"},
        "app.config['DEBUG'] = False\n",
    ),
    "keyword of update": (
        "app.config.update(DEBUG=True, X=1)\n",
        "app.config.update(DEBUG=True, X=1)",
        "flask.Flask.config[DEBUG]",
        {"value": "False"},
        "app.config.update(DEBUG=False, X=1)\n",
    ),
}


@pytest.mark.parametrize(("before", "snippet", "callee", "fix", "after"), CASES.values(), ids=CASES.keys())
def test_the_fact_is_carried_out(before: str, snippet: str, callee: str, fix: dict[str, Any], after: str) -> None:
    assert repaired(before, "any", snippet, callee=callee, fact={"fix": fix}) == after


def test_arguments_that_are_not_known_are_left_alone() -> None:
    fact = {"fix": {"set": {"timeout": "10"}}}
    assert repaired("x = get(u, **more)\n", "any", "get(u, **more)", callee="requests.get", fact=fact) is None


def test_an_argument_before_others_is_not_dropped() -> None:
    fact = {"fix": {"drop": ["0:a"]}}
    assert repaired("x = f(1, 2)\n", "any", "f(1, 2)", callee="f", fact=fact) is None


def test_without_a_title_it_says_what_it_does() -> None:
    found = proposal("x = f(a)\n", "any", "f(a)", callee="m.f", fact={"fix": {"call": "m.g", "safe": True}})
    assert found is not None
    assert (found.title, found.safe) == ("Call `m.g` instead", True)
