"""The allow list: what an entry must say, and what it then covers."""

from __future__ import annotations

import datetime

import pytest

from deburr.errors import ConfigError
from deburr.model import Finding, Span
from deburr.surfaces.shared.allowed import AllowList, entry, fresh, parse
from deburr.surfaces.shared.beside import permission

TODAY = datetime.date(2026, 11, 1)
NAMES = ("sql-injection", "shell-injection", "hardcoded-password")
WHOLE = """\
[[allow]]
principle = "shell-injection"
fingerprints = ["3f9c:0"]
reason = "Arguments come from the signed release manifest."
owner = "@infra"
approved_by = "somebody else"
expires = 2027-02-01
"""


def read(text: str) -> AllowList:
    return parse(text, "deburr-allow.toml", TODAY, NAMES)


def finding(
    principle: str = "shell-injection", path: str = "src/a.py", print_: str = "3f9c:0", kind: str = ""
) -> Finding:
    return Finding(principle, "", path, Span(1, 1, 1, 2), "high", "high", fingerprint=print_, kind=kind)


def test_an_entry_covers_exactly_what_it_names() -> None:
    found = read(WHOLE)
    assert found.covering(finding())
    assert not found.covering(finding(print_="3f9c:1")), "one more of the same kind is a finding"
    assert not found.covering(finding(principle="sql-injection"))
    assert permission(found.entries[0]) == (
        "Arguments come from the signed release manifest. "
        "(until 2027-02-01; owner @infra; approved by somebody else; deburr-allow.toml:1)"
    )


@pytest.mark.parametrize(
    ("pattern", "path", "covered"),
    [
        ("src/a.py", "src/a.py", True),
        ("src", "src/a.py", True),
        ("src/", "src/b/a.py", True),
        ("*.py", "src/a.py", True),
        ("sr", "src/a.py", False),
        ("SRC", "src/a.py", False),
        ("src/[*].py", "src/a.py", False),
    ],
)
def test_paths(pattern: str, path: str, covered: bool) -> None:
    text = f'[[allow]]\nprinciple = "shell-injection"\npath = "{pattern}"\nreason = "r"\nexpires = 2026-11-02\n'
    assert bool(read(text).covering(finding(path=path))) is covered


def test_a_secret_by_kind_and_identity() -> None:
    text = '[[allow]]\nkind = "generic-password"\nidentity = "0123"\nreason = "r"\nexpires = 2026-11-01\n'
    one = finding("hardcoded-password", kind="generic-password")
    assert read(text).covering(one, "0123")
    assert not read(text).covering(one, "0124")
    assert not read(text).covering(one, "")
    assert not read(text).covering(finding("hardcoded-password", kind="url-password"), "0123")


def test_the_day_after_it_covers_nothing() -> None:
    found = parse(WHOLE, "f", datetime.date(2027, 2, 2), NAMES)
    assert found.entries[0].expired
    assert not found.covering(finding())
    assert parse(WHOLE, "f", datetime.date(2027, 2, 1), NAMES).covering(finding())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (WHOLE.replace("reason", "reson"), "4: unknown key 'reson'; did you mean reason"),
        (WHOLE + "\n\n" + WHOLE.replace("owner", "until"), "14: unknown key 'until'"),
        ("\n[allowed]\nx = 1\n", "2: unknown key 'allowed'; did you mean allow?"),
        (WHOLE.replace("shell-injection", "shel-injection"), "2: there is no principle 'shel-injection'; did you mean"),
        (WHOLE.replace('"Arguments come from the signed release manifest."', '"  "'), "4: reason must be a text"),
        ("\n".join(row for row in WHOLE.split("\n") if "reason" not in row), "1: an entry needs a reason"),
        ("\n".join(row for row in WHOLE.split("\n") if "expires" not in row), "1: an entry needs a day on which"),
        ("\n".join(row for row in WHOLE.split("\n") if "principle" not in row), "1: an entry needs a principle, or"),
        ("\n".join(row for row in WHOLE.split("\n") if "finger" not in row), "1: an entry needs fingerprints, the"),
        (WHOLE.replace("2027-02-01", '"2027-02-01"'), "7: expires must be a day, written without quotes"),
        (WHOLE.replace("2027-02-01", "2027-02-01T00:00:00"), "7: expires must be a day"),
        (WHOLE.replace("2027-02-01", "2027-05-01"), "7: expires may be at most 180 days ahead, on 2027-04-30"),
        (WHOLE.replace('["3f9c:0"]', '"3f9c:0"'), "3: fingerprints must be a list of texts"),
        (WHOLE.replace('["3f9c:0"]', "[]"), "3: fingerprints must name at least one"),
        (WHOLE.replace('"@infra"', "7"), "5: owner must be a text"),
        ('salt = "abc"\n', "1: the salt must be at least 32 hexadecimal digits"),
        ("[allow]\n", "1: entries begin with [[allow]]"),
    ],
)
def test_a_mistake_is_named_with_its_line(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as error:
        read(text)
    assert str(error.value).startswith(f"deburr-allow.toml:{complaint}")


def test_what_is_no_toml() -> None:
    with pytest.raises(ConfigError, match=r"deburr-allow.toml: .*line 2"):
        read("[[allow]]\nreason = r\n")


def test_an_entry_as_it_is_written_is_read_back() -> None:
    reason = 'It says "no" \\ and é \x7f \x01 😀\n'
    fields: dict[str, str | tuple[str, ...]] = {
        "principle": "shell-injection",
        "fingerprints": ("3f9c:0", "aa:1"),
        "reason": reason,
        "owner": "",
    }
    found = read(entry(fields, datetime.date(2026, 12, 1))).entries[0]
    assert (found.reason, found.fingerprints, found.expires) == (reason.strip(), ("3f9c:0", "aa:1"), "2026-12-01")


def test_what_came_since() -> None:
    moved = read("# a remark\n\n" + WHOLE + WHOLE.replace("3f9c:0", "3f9c:1"))
    assert [one.fingerprints for one in fresh(moved.entries, read(WHOLE))] == [("3f9c:1",)]
