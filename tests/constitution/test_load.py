"""The strict loader: what it gives for a right file, and its word for every wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from deburr.constitution import Example, example, load, read
from deburr.errors import PrincipleError

RIGHT = """\
+++
title = "Untrusted text must not choose which file is opened"
cwe = [22, 73]
severity = "high"
[taint]
source = "untrusted"
sink = "path"
confidence = { stored = "medium" }
+++

## Why
A path is a set of directions.

## Flagged
From the address bar:
```python
from flask import request
open(request.args["name"])  # finding: path-traversal
```

```python
wanted = [request.args["name"]]
open(wanted[0])  # missed: path-traversal
```

## Allowed
```python
open("fixed.txt")
```

## Fix
Reduce it to one name.

## Question
Can others choose the file? Quote the lines.
"""


def test_a_right_file_is_read_in_full() -> None:
    principle = read(RIGHT, "path-traversal.md")
    assert (principle.id, principle.title) == (
        "path-traversal",
        "Untrusted text must not choose which file is opened",
    )
    assert (principle.cwe, principle.severity, principle.persona) == ((22, 73), "high", "regular")
    assert (principle.source, principle.sinks) == ("untrusted", ("path",))
    assert principle.confidence == {
        "remote": "high",
        "model": "high",
        "stored": "medium",
        "local": "low",
        "parameter": "low",
        "unknown": "low",
    }
    assert principle.why == "A path is a set of directions."
    assert principle.question.endswith("Quote the lines.")
    assert principle.allowed == (Example("python", 'open("fixed.txt")\n', 28),)
    assert [(one.line, one.findings, one.missed) for one in principle.flagged] == [
        (17, ((2, "path-traversal"),), ()),
        (22, (), ((2, "path-traversal"),)),
    ]


@pytest.mark.parametrize(
    ("table", "field", "value"),
    [
        ('[misuse]\nkind = "weak-hash"', "misuse", "weak-hash"),
        ('[detector]\ntriggers = ["re.compile"]', "triggers", ("re.compile",)),
        ('[secret]\nkinds = ["provider-token"]', "secrets", ("provider-token",)),
    ],
)
def test_every_mechanism_is_read(table: str, field: str, value: object) -> None:
    front, _, rest = RIGHT.partition("[taint]")
    principle = read(front + table + "\n+++" + rest.partition("+++")[2], "path-traversal.md")
    assert getattr(principle, field) == value
    assert principle.confidence == {"": "high"}


def test_a_principle_without_a_mechanism_has_only_its_question() -> None:
    front, _, rest = RIGHT.partition("[taint]")
    principle = read(front + "+++" + rest.partition("+++")[2], "path-traversal.md")
    assert (principle.source, principle.misuse, principle.triggers, principle.secrets) == ("", "", (), ())


@pytest.mark.parametrize(
    "comment", ["# finding: x-y", "// finding: x-y", "/* finding: x-y */", "-- finding: x-y", "<!-- finding: x-y -->"]
)
def test_a_mark_is_a_comment_of_any_language(comment: str) -> None:
    assert example(f"one\ntwo {comment}\n", "text", 1).findings == ((2, "x-y"),)


def test_two_marks_may_share_a_line() -> None:
    read_example = example("a()  # finding: one  # missed: two\n", "python", 1)
    assert (read_example.findings, read_example.missed) == (((1, "one"),), ((1, "two"),))


P = "path-traversal.md"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("+++\ntitle", "title", f"{P}:1: front matter: must begin with +++ and TOML"),
        ("+++\n\n## Why", "\n## Why", f"{P}:1: front matter: is not closed by +++"),
        ("cwe = [22, 73]", "cwe = [22", f"{P}:1: front matter: Unclosed array (at line 4, column 1)"),
        ("cwe = [22, 73]", "cwe = 22", f"{P}:1: front matter: `cwe` must be a list of numbers"),
        ("cwe = [22, 73]", "", f"{P}:1: front matter: `cwe` must be a list of numbers"),
        (
            'severity = "high"',
            'severity = "grave"',
            f"{P}:1: front matter: `severity` must be one of low, medium, high, critical",
        ),
        (
            'severity = "high"',
            'severity = "high"\npersona = "all"',
            f"{P}:1: front matter: `persona` must be one of regular, pedantic, auditor",
        ),
        (
            'title = "Untrusted text must not choose which file is opened"',
            "title = 1",
            f"{P}:1: front matter: `title` must be a sentence",
        ),
        (
            "severity =",
            "severty = 1\nseverity =",
            f"{P}:1: front matter: unknown key 'severty'; known are "
            "cwe, detector, misuse, persona, secret, severity, supersedes, taint, title",
        ),
        ('sink = "path"', "", f"{P}:1: front matter: [taint] must give `sink`"),
        ('source = "untrusted"', "", f"{P}:1: front matter: [taint] must give `source`"),
        ('sink = "path"', 'sink = "path"\nsinks = 1', f"{P}:1: front matter: unknown key 'sinks' in [taint]"),
        (
            "[taint]",
            '[misuse]\nkind = "x"\n[taint]',
            f"{P}:1: front matter: has both [taint] and [misuse]; a principle is one of them, or neither",
        ),
        (
            "{ stored =",
            "{ cellar =",
            f"{P}:1: front matter: `confidence` of [taint] is a table over "
            "remote, model, stored, local, parameter, unknown",
        ),
        ('{ stored = "medium" }', '{ stored = "sure" }', f"{P}:1: front matter: `confidence` is low, medium or high"),
        ("## Fix\nReduce it to one name.\n\n", "", f"{P}:33: Fix: the section is missing"),
        ("## Fix\nReduce it to one name.\n", "## Fix\n", f"{P}:32: Fix: the section is empty"),
        ("## Why", "## Whence", f"{P}:11: Whence: unknown section; known are Why, Flagged, Allowed, Fix, Question"),
        ("## Fix", "## Why", f"{P}:31: Why: the section stands twice"),
        ("## Why", "Hear:\n## Why", f"{P}:11: body: text before the first section"),
        ("```python\nfrom", "```\nfrom", f"{P}:16: fence: a fence names its language"),
        ('txt")\n```', 'txt")', f"{P}:27: fence: a fence is not closed"),
        ("  # finding: path-traversal", "", f"{P}:17: Flagged: no line is marked `finding: path-traversal`"),
        (
            'open("fixed.txt")',
            "open(x)  # finding: path-traversal",
            f"{P}:28: Allowed: a line is marked `finding: path-traversal`",
        ),
        ('```python\nopen("fixed.txt")\n```', "Anything.", f"{P}:27: Allowed: no fenced code"),
    ],
)
def test_a_wrong_file_stops_the_load(old: str, new: str, complaint: str) -> None:
    assert old in RIGHT
    with pytest.raises(PrincipleError) as error:
        read(RIGHT.replace(old, new, 1), P)
    assert str(error.value) == complaint


def test_sections_stand_in_order() -> None:
    why = "## Why\nA path is a set of directions.\n\n"
    with pytest.raises(PrincipleError) as error:
        read(RIGHT.replace(why, "").replace("## Question", why + "## Question"), P)
    assert str(error.value).startswith(f"{P}: ")
    assert str(error.value).endswith("sections stand in the order Why, Flagged, Allowed, Fix, Question")


def test_a_name_is_words_and_hyphens() -> None:
    with pytest.raises(PrincipleError, match=r"^Path_Traversal.md: a principle's file name is lower-case words"):
        read(RIGHT, "Path_Traversal.md")


def test_a_users_folder_adds_principles_and_may_not_replace_one(tmp_path: Path) -> None:
    (tmp_path / "own-rule.md").write_text(RIGHT.replace("path-traversal", "own-rule"), encoding="utf-8")
    loaded = load(tmp_path)
    assert "own-rule" in [principle.id for principle in loaded]
    with pytest.raises(PrincipleError, match=r"^own-rule.md: there is a principle of this name in own-rule.md"):
        load(tmp_path, tmp_path)
