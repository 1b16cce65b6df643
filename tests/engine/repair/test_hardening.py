"""Stricter parsers, loaders and settings; answers and logs that keep quiet."""

from __future__ import annotations

import pytest

from tests.engine.repair.repairing import proposal, repaired

CASES = {
    "xml of the standard library": (
        "xml-bomb",
        "import xml.etree.ElementTree as ET\n\nroot = ET.fromstring(data)\n",
        "ET.fromstring(data)",
        "xml.etree.ElementTree.fromstring",
        "\nimport defusedxml.ElementTree\n\nroot = defusedxml.ElementTree.fromstring(data)\n",
    ),
    "lxml": (
        "xml-external-entities",
        "from lxml import etree\n\nroot = etree.fromstring(data)\n",
        "etree.fromstring(data)",
        "lxml.etree.fromstring",
        "root = etree.fromstring(data, parser=etree.XMLParser(resolve_entities=False, no_network=True))\n",
    ),
    "weights": (
        "unsafe-pickle-file",
        "import torch\n\nstate = torch.load(path, map_location='cpu')\n",
        "torch.load(path, map_location='cpu')",
        "torch.load",
        "state = torch.load(path, map_location='cpu', weights_only=True)\n",
    ),
    "address": (
        "bind-to-all-interfaces",
        "listener.bind(('0.0.0.0', 9000))\n",
        "listener.bind(('0.0.0.0', 9000))",
        "socket.socket.bind",
        "listener.bind(('127.0.0.1', 9000))\n",
    ),
    "hash by name": (
        "weak-hash",
        "import hashlib\n\nh = hashlib.new('md5', data)\n",
        "hashlib.new('md5', data)",
        "hashlib.new",
        "h = hashlib.new('sha256', data)\n",
    ),
    "hash of a library": (
        "weak-hash",
        "from Crypto.Hash import MD5\n\nh = MD5.new(data)\n",
        "MD5.new(data)",
        "Crypto.Hash.MD5.new",
        "h = SHA256.new(data)\n",
    ),
    "mode of a file": (
        "permissive-file-mode",
        "import os\n\nos.chmod(path, 0o666)\n",
        "os.chmod(path, 0o666)",
        "os.chmod",
        "os.chmod(path, 0o644)\n",
    ),
    "mode by names": (
        "permissive-file-mode",
        "target.chmod(stat.S_IRWXU | stat.S_IRWXO)\n",
        "target.chmod(stat.S_IRWXU | stat.S_IRWXO)",
        "pathlib.Path.chmod",
        "target.chmod((stat.S_IRWXU | stat.S_IRWXO) & ~0o022)\n",
    ),
    "key of a mapping": (
        "remote-code-trusted",
        "options = {'device': 'cpu', 'trust_remote_code': True}\n",
        "{'device': 'cpu', 'trust_remote_code': True}",
        "",
        "options = {'device': 'cpu', 'trust_remote_code': False}\n",
    ),
    "warnings": (
        "disabled-certificate-warnings",
        "import urllib3\nurllib3.disable_warnings()  # noise\nx = 1\n",
        "urllib3.disable_warnings()",
        "urllib3.disable_warnings",
        "import urllib3\nx = 1\n",
    ),
    "query of a frame": (
        "dataframe-code-injection",
        "def f(sales, city):\n    return sales.query(f\"city == '{city}' and n > 3\")\n",
        "sales.query(f\"city == '{city}' and n > 3\")",
        "pandas.DataFrame.query",
        '    return sales.query("city == @city and n > 3")\n',
    ),
    "secret in a log": (
        "secret-in-log",
        "log.debug(f'read {phrase}')\n",
        "log.debug(f'read {phrase}')",
        "logging.Logger.debug",
        "log.debug('read ***')\n",
    ),
}


@pytest.mark.parametrize(("principle", "before", "snippet", "callee", "end"), CASES.values(), ids=CASES.keys())
def test_stricter_forms(principle: str, before: str, snippet: str, callee: str, end: str) -> None:
    found = repaired(before, principle, snippet, callee=callee)
    assert found is not None
    assert found.endswith(end)


def test_only_the_warning_is_safe_to_leave_out() -> None:
    found = proposal("a = 1\nb.disable_warnings()\n", "disabled-certificate-warnings", "b.disable_warnings()")
    assert found is not None
    assert (found.title, found.safe) == ("Let the warnings be seen", True)
    alone = "def f():\n    b.disable_warnings()\n"
    assert proposal(alone, "disabled-certificate-warnings", "b.disable_warnings()") is None


def test_an_error_is_logged_and_not_sent() -> None:
    code = """from flask import jsonify


def f():
    try:
        return work()
    except OSError as error:
        return jsonify(code=5, message=f"failed: {error}".strip()), 500
"""
    call = 'jsonify(code=5, message=f"failed: {error}".strip())'
    assert repaired(code, "exception-text-exposure", call, callee="flask.jsonify") is None, (
        "the hit must point at the argument"
    )
    argument = 'f"failed: {error}".strip()'
    found = repaired(code, "exception-text-exposure", argument)
    assert found is not None
    assert (
        found
        == """import logging

from flask import jsonify


def f():
    try:
        return work()
    except OSError as error:
        logging.exception("internal error")
        return jsonify(code=5, message="internal error"), 500
"""
    )


def test_a_trace_that_is_logged_already_is_not_logged_twice() -> None:
    code = """import traceback


def f():
    try:
        return work()
    except OSError:
        logger.error("no")
        return traceback.format_exc(), 500
"""
    found = repaired(code, "stack-trace-exposure", "traceback.format_exc()", callee="")
    assert found == code.replace("return traceback.format_exc()", 'return "internal error"')


def test_redirects_stay_on_the_site() -> None:
    code = "from flask import redirect, request\n\n\ndef go():\n    to = request.args['to']\n    return redirect(to)\n"
    assert (
        repaired(code, "open-redirect", "redirect(to)", callee="flask.redirect")
        == """from urllib.parse import urlsplit

from flask import abort, redirect, request


def go():
    to = request.args['to']
    parts = urlsplit(to.replace("\\\\", "/"))
    if parts.scheme != "" or parts.netloc != "" or parts.path.startswith("//"):
        abort(400)
    return redirect(to)
"""
    )
    code = "from django.shortcuts import redirect\n\n\ndef go(request):\n    to = request.GET['to']\n"
    code += "    return redirect(to)\n"
    found = repaired(code, "open-redirect", "redirect(to)", callee="django.shortcuts.redirect")
    assert found is not None
    check = "url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()})"
    assert found.endswith(f'    return redirect(to if {check} else "/")\n')


def test_the_hash_of_a_password_is_left() -> None:
    code = "import hashlib\n\n\ndef stored(password):\n    return hashlib.new('md5', password.encode()).hexdigest()\n"
    assert repaired(code, "weak-hash", "hashlib.new('md5', password.encode())", callee="hashlib.new") is None
