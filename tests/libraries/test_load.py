"""The strict loader of library facts, and its word for every wrong one."""

from __future__ import annotations

import pytest

from deburr.errors import PrincipleError
from deburr.libraries import SECTIONS, facts, read

RIGHT = """\
[sources]
"web.Request.args" = "remote"
[sinks]
"web.run" = [{ arg = "0:command", kind = "shell", when = { shell = true } }, { arg = "*", kind = "command" }]
[sanitizers]
"web.quote" = ["shell"]
[misuses]
"web.start" = { kind = "debug-on", when = { "1:debug" = { is = true } }, fix = { set = { debug = "False" } } }
[[witness]]
code = '''
import web
'''
"""
FILE = "python/web.toml"


def test_a_right_file_is_read_in_full() -> None:
    library = read(RIGHT, "web", "python")
    assert (library.name, library.language, library.file) == ("web", "python", FILE)
    assert library.witnesses == ("import web\n",)
    assert [(section, key) for _, section, key in facts((library,))] == [
        ("sources", "web.Request.args"),
        ("sinks", "web.run"),
        ("sanitizers", "web.quote"),
        ("misuses", "web.start"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("[sources]", "[source]", f"{FILE}: source: unknown section; known are {', '.join(SECTIONS)}"),
        ("[sources]", "sources = 1\n[more]", f"{FILE}: sources: must be a table"),
        ('= "remote"', "= 3", f"{FILE}: sources.web.Request.args: must be a kind or a list of kinds"),
        (', kind = "command"', "", f"{FILE}: sinks.web.run: `kind` is missing"),
        ('arg = "*"', 'arg = "*-"', f"{FILE}: sinks.web.run: '*-' names no argument"),
        ('arg = "*"', 'arg = "*", how = 1', f"{FILE}: sinks.web.run: unknown key 'how'; known are "),
        ("{ is = true }", "{ was = true }", f"{FILE}: misuses.web.start: unknown condition 'was'; known are "),
        ("fix = { set", "fix = { put", f"{FILE}: misuses.web.start: unknown key 'put'; known are "),
        ("code = ", "cod = ", f"{FILE}: witness: has `code` and nothing else"),
        ("[sinks]", "[sinks", f"{FILE}: Expected ']' at the end of a table declaration"),
    ],
)
def test_a_wrong_file_stops_the_load(old: str, new: str, complaint: str) -> None:
    assert old in RIGHT
    with pytest.raises(PrincipleError) as error:
        read(RIGHT.replace(old, new, 1), "web", "python")
    assert str(error.value).startswith(complaint)
