"""What a user sees of a small program: `line principle confidence` of each finding, in the order of the Report."""

from __future__ import annotations

import re
from textwrap import dedent, indent

import pytest
from _pytest.mark.structures import ParameterSet

from deburr.engine import scan
from deburr.model import Finding, Report, Source

HEAD = """\
import csv, hashlib, json, os, re, shlex, sqlite3, subprocess, urllib.parse
from pathlib import Path
import requests
from flask import redirect, render_template_string, request, send_file
from markupsafe import escape
from werkzeug.utils import secure_filename
db = sqlite3.connect("app.db")
"""
VIEW = "def view():\n    q = request.args['q']\n"


def report(code: str, path: str = "app.py", language: str = "python") -> Report:
    """The Report of a program that is written indented."""
    return scan(Source(dedent(code).removeprefix("\n"), path, language))


def shown(findings: tuple[Finding, ...], before: int = 0) -> list[str]:
    """The findings that anyone hears of, their lines counted from the one after `before`."""
    regular = [one for one in findings if one.persona == "regular"]
    return [f"{one.span.line - before} {one.principle} {one.confidence}" for one in regular]


def seen(code: str, path: str = "app.py", language: str = "python") -> list[str]:
    """What is found in a whole program."""
    return shown(report(code, path, language).findings)


def view(body: str, around: str = "") -> list[str]:
    """What is found in the body of a request handler in which `q` is untrusted; line 1 is the body's first.

    `around` stands before the handler, and none of its lines may have a finding.
    """
    head = HEAD + dedent(around) + VIEW
    code = head + indent(dedent(body).removeprefix("\n"), "    ")
    return shown(scan(Source(code, "app.py")).findings, head.count("\n"))


_MARK = re.compile(r"  # => (.+)$")


def cases(text: str) -> list[ParameterSet]:
    """The programs of a text, each after a line `### its name`, as (code, around, expected).

    What must be seen stands after `# =>` on the line; what stands before a line `---` is around the handler.
    """
    found = []
    for part in re.split(r"^### ", dedent(text), flags=re.MULTILINE)[1:]:
        name, _, code = part.strip("\n").partition("\n")
        around, _, body = code.rpartition("\n---\n")
        expected = [
            f"{number} {one}"
            for number, line in enumerate(body.split("\n"), 1)
            for marked in _MARK.findall(line)
            for one in marked.split(", ")
        ]
        body = "\n".join(_MARK.sub("", line) for line in body.split("\n"))
        found.append(pytest.param(body + "\n", around + "\n" if around else "", expected, id=name))
    return found
