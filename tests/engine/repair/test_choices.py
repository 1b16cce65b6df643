"""Calls, operators and statements that have a safe twin."""

from __future__ import annotations

import pytest

from tests.engine.repair.repairing import repaired

CASES = {
    "choice": (
        "predictable-random",
        "import random\n\npin = random.choice(letters)\n",
        "random.choice(letters)",
        "import random\nimport secrets\n\npin = secrets.choice(letters)\n",
    ),
    "randint": (
        "predictable-random",
        "from random import randint\n\npin = randint(0, 9)\n",
        "randint(0, 9)",
        "import secrets\nfrom random import randint\n\npin = secrets.SystemRandom().randint(0, 9)\n",
    ),
    "equal": (
        "timing-unsafe-comparison",
        "import hmac\n\nif given == wanted:\n    go()\n",
        "given == wanted",
        "import hmac\n\nif hmac.compare_digest(given, wanted):\n    go()\n",
    ),
    "not equal, perhaps missing": (
        "timing-unsafe-comparison",
        'import hmac\n\nif headers.get("X") != wanted:\n    stop()\n',
        'headers.get("X") != wanted',
        'import hmac\n\nif not hmac.compare_digest(headers.get("X") or "", wanted):\n    stop()\n',
    ),
    "not equal, in an expression": (
        "timing-unsafe-comparison",
        "import hmac\n\nbad = a != b or c\n",
        "a != b",
        "import hmac\n\nbad = (not hmac.compare_digest(a, b)) or c\n",
    ),
    "name of a file": (
        "temporary-file-race",
        'import tempfile\n\np = tempfile.mktemp(".pdf", dir=d)\n',
        'tempfile.mktemp(".pdf", dir=d)',
        'import tempfile\n\np = tempfile.NamedTemporaryFile(suffix=".pdf", dir=d, delete=False).name\n',
    ),
    "header": (
        "header-injection",
        'send("X-Name", name)\n',
        'send("X-Name", name)',
        None,
    ),
}


@pytest.mark.parametrize(("principle", "before", "snippet", "after"), CASES.values(), ids=CASES.keys())
def test_safe_twins(principle: str, before: str, snippet: str, after: str | None) -> None:
    assert repaired(before, principle, snippet, callee="tempfile.mktemp") == after


ESCAPES = {
    "regex": (
        "regex-injection",
        "import re\n",
        're.search(f"^{word}$", text)',
        're.search(f"^{re.escape(str(word))}$", text)',
    ),
    "regex, whole": ("regex-injection", "import re\n", "re.search(word, text)", "re.search(re.escape(word), text)"),
    "ldap": (
        "ldap-injection",
        "from ldap3 import Connection\nfrom ldap3.utils.conv import escape_filter_chars\n",
        'search("(uid=" + word + ")")',
        'search("(uid=" + escape_filter_chars(word) + ")")',
    ),
    "xml": (
        "xml-injection",
        "from xml.sax.saxutils import escape\n",
        'parse("<a>%s</a>" % word)',
        'parse("<a>%s</a>" % escape(str(word)))',
    ),
    "log, argument": ("log-injection", "import logging\n", "info(word)", "info(repr(word))"),
    "log, text": ("log-injection", "import logging\n", 'info("of " + word)', 'info("of " + repr(word))'),
    "header": (
        "header-injection",
        "import os\n",
        'header("a; n=" + word)',
        'header("a; n=" + word.replace("\\r", "").replace("\\n", ""))',
    ),
}


@pytest.mark.parametrize(("principle", "head", "before", "after"), ESCAPES.values(), ids=ESCAPES.keys())
def test_values_are_escaped_for_where_they_go(principle: str, head: str, before: str, after: str) -> None:
    code = f"{head}\n\ndef f(word, text):\n    return "
    assert repaired(f"{code}{before}\n", principle, before, callee="re.search") == f"{code}{after}\n"


def test_a_value_that_is_escaped_is_not_escaped_again() -> None:
    call = 're.search("^" + re.escape(word), text)'
    assert repaired(f"import re\n\n\ndef f(word, text):\n    return {call}\n", "regex-injection", call) is None


def test_assertions_become_statements() -> None:
    code = 'def f(user):\n    assert user.admin and user.active, "no"\n    return 1\n'
    after = 'def f(user):\n    if not (user.admin and user.active):\n        raise AssertionError("no")\n    return 1\n'
    snippet = 'assert user.admin and user.active, "no"'
    assert repaired(code, "assert-for-security", snippet) == after
