"""What IPython adds to Python, rewritten as the Python it stands for.

`!ls {name}` becomes `get_ipython().system(f"ls {name}")`, `%env KEY=x` an assignment to `os.environ`, and a cell magic
whose body is another language takes the cell out of the code.
"""

from __future__ import annotations

import re

from deburr.engine.embedded.build import Builder
from deburr.engine.embedded.line import Line

_PYTHON_CELLS = {"capture", "debug", "memit", "mprun", "prun", "pypy", "python", "python3", "time", "timeit"}
"""Cell magics whose body is Python of this session."""

_TRANSPARENT = {"time", "timeit", "prun", "memit", "mprun"}
"""Line magics that run the Python that follows them."""

_MAGIC = re.compile(
    r"(?P<before>\s*(?:[\w.,\[\]'\"][\w.,\[\]'\" ]*=\s*)?)(?P<mark>!!?|%)(?P<name>[A-Za-z_]\w*)?(?P<rest>.*)", re.S
)
_ENVIRONMENT = re.compile(r"(?P<gap>\s+)(?P<key>\w+)(?P<equals>\s*=\s*|\s+)(?P<value>.+)", re.S)
_HELP = re.compile(r"\s*\?|[^#'\"(=]*\?\??\s*$")
_INTERPOLATED = re.compile(r"\{(?P<braced>[A-Za-z_][\w.\[\]'()-]*)\}|\$(?P<plain>[A-Za-z_]\w*)")
_TRIPLE = re.compile(r'"""|\'\'\'')


def body(text: list[Line]) -> tuple[list[Line], bool]:
    """A cell's lines as they are to be read, and whether they are Python."""
    first = next((index for index, line in enumerate(text) if line.text.strip()), 0)
    if not text or not (magic := re.match(r"%%(!|\w*)", text[first].text)):
        return text, True
    return text, magic[1] in _PYTHON_CELLS


def write(into: Builder, text: list[Line]) -> None:
    """Adds the lines of a Python cell, what is not Python rewritten."""
    quoted = ""
    for line in text:
        if not quoted and (match := _magic(line.text)):
            _rewrite(into, line, match)
        elif not quoted and (line.text.startswith("%%") or _HELP.fullmatch(line.text)):
            into.add("# ")
            line.write(into)
        else:
            line.write(into)
        for mark in _TRIPLE.findall(line.text):
            quoted = mark if not quoted else "" if quoted == mark else quoted


def _magic(text: str) -> re.Match[str] | None:
    """The parts of a line magic or shell escape; None on a line of Python."""
    match = _MAGIC.match(text)
    if not match or text.startswith("%%") or (match["mark"] == "%" and not match["name"]):
        return None
    return match


def _rewrite(into: Builder, line: Line, match: re.Match[str]) -> None:
    """Adds a magic as the call it stands for."""
    line.cut(0, match.end("before")).write(into)
    end = len(line.text.rstrip("\r\n"))
    name, rest = match["name"] or "", line.cut(match.start("rest"), end)
    begin = line.cut(match.start("mark"), match.start("rest"))
    if match["mark"] != "%":
        begin = line.cut(*match.span("mark"))
        call = "getoutput" if match["before"].strip() else "system"
        begin.stand_for(into, f'get_ipython().{call}(f"')
        _format(into, line.cut(match.end("mark"), end))
        into.add('")')
    elif name in _TRANSPARENT and not rest.text.strip().startswith("-"):
        stripped = len(rest.text) - len(rest.text.lstrip())
        line.cut(match.start("rest") + stripped, end).write(into)
    elif name in ("env", "set_env") and (setting := _ENVIRONMENT.fullmatch(rest.text)):
        begin.stand_for(into, 'os.environ["')
        rest.cut(*setting.span("key")).write(into)
        into.add('"] = f"')
        _format(into, rest.cut(*setting.span("value")))
        into.add('"')
    else:
        begin.stand_for(into, f'get_ipython().run_line_magic("{name}", f"')
        _format(into, rest.cut(len(rest.text) - len(rest.text.lstrip()), len(rest.text)))
        into.add('")')
    line.cut(end, len(line.text)).write(into)


def _format(into: Builder, line: Line) -> None:
    """Adds text as the inside of an f-string in which what IPython would fill in is filled in."""
    filled = {match.start(): match for match in _INTERPOLATED.finditer(line.text)}
    characters = list(line.characters())
    position = 0
    while position < len(characters):
        match = filled.get(position)
        if match and '"' not in match[0]:
            group = "braced" if match["braced"] else "plain"
            into.add("{")
            Line(tuple(characters[slice(*match.span(group))])).write(into)
            into.add("}")
            position = match.end()
            continue
        character = characters[position]
        escaped = {'"': '\\"', "\\": "\\\\", "{": "{{", "}": "}}"}.get(character.text)
        if escaped:
            into.stand_for(escaped, character.raw_start, character.raw_end)
        else:
            Line((character,)).write(into)
        position += 1
