"""Identities of findings: what they survive, and what they tell apart."""

from __future__ import annotations

import pytest

from deburr.engine.fingerprint import digest, number, plain
from tests.engine.seen import report

CODE = """\
import os
from flask import request

def view():
    os.system("ls " + request.args["q"])
"""


def prints(code: str, path: str = "app.py") -> list[str]:
    return [one.fingerprint for one in report(code, path).findings]


@pytest.mark.parametrize(
    "changed",
    [
        CODE.replace("import os\n", "import os\nimport sys\n\nDEBUG = False\n"),
        CODE.replace("def view", '"""Now with a docstring."""\n\n\ndef view'),
        CODE.replace('    os.system("ls " + request', '    if True:\n        os.system("ls " + request'),
        CODE.replace('["q"])', '["q"])  # lists the folder'),
        CODE.replace('["q"])', '["q"])  # don\'t'),
        CODE.replace('"ls " + request', '"ls "  +  request'),
        CODE.replace("\n", "\r\n"),
        CODE + "\ndef other():\n    return 1\n",
        CODE.replace("from flask import request", "from flask import (\n    request,\n)"),
    ],
)
def test_a_fingerprint_survives(changed: str) -> None:
    assert prints(changed) == prints(CODE)


@pytest.mark.parametrize(
    "changed",
    [
        CODE.replace('"ls "', '"cat "'),
        CODE.replace("def view", "def page"),
        CODE.replace("os.system", "os.popen"),
    ],
)
def test_a_fingerprint_changes_with_the_code(changed: str) -> None:
    assert prints(changed) != prints(CODE)
    assert len(prints(changed)) == len(prints(CODE))


def test_a_fingerprint_names_its_file() -> None:
    assert prints(CODE, "a.py") != prints(CODE, "b.py")


def test_equal_lines_are_numbered() -> None:
    twice = prints(CODE + '    os.system("ls " + request.args["q"])\n')
    assert twice == [f"{prints(CODE)[0].partition(':')[0]}:{n}" for n in (0, 1)]


def test_no_secret_is_hashed() -> None:
    codes = [f'PASSWORD = "{word}"\n' for word in ("Zq7vLm2x" + "Kp9w", "Tr5cBn8y" + "Hd3f")]
    first, second = (prints(code) for code in codes)
    assert first == second != []


@pytest.mark.parametrize(
    ("line", "without"),
    [
        (b"x = 1  # why", b"x = 1"),
        (b"x = '# no'  # yes", b"x = '# no'"),
        (b"x = 'it\\'s # no'", b"x = 'it\\'s # no'"),
        (b'x = "open # no', b'x = "open # no'),
        (b"  a   =\t1\r", b"a = 1"),
        (b"# all", b"# all"),
        (b"", b""),
    ],
)
def test_a_line_without_its_comment(line: bytes, without: bytes) -> None:
    assert plain(line) == without


@pytest.mark.parametrize("line", [b" " * 1_000_000 + b"x", b" #" * 500_000 + b"'", b"'\\" * 300_000, b"'" * 999_999])
def test_a_long_line_takes_linear_time(line: bytes) -> None:
    assert len(plain(line)) <= 1000


def test_ordinals() -> None:
    assert number(["a", "b", "a"]) == ["a:0", "b:0", "a:1"]
    assert digest("p", "a.py", "f", b"x") != digest("p", "a.py", "g", b"x")
