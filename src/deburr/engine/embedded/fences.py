"""Fenced code of Markdown, and the code blocks of reStructuredText, each a Part of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import dropwhile

from deburr.engine.embedded.build import Builder
from deburr.engine.embedded.part import Part
from deburr.model import Source

_OPEN = re.compile(r"(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<info>[^`\r\n]*)\r?$")
_WORD = re.compile(r"[A-Za-z0-9_+#-]+")
_DIRECTIVE = re.compile(r"(?P<indent>[ \t]*)\.\. (?:code-block|code|sourcecode)::[ \t]*(?P<word>[\w+#-]*)\s*$")
_OPTION = re.compile(r"[ \t]+:[\w-]+:")
_PROMPT = re.compile(r"(?:>>>|\.\.\.)(?: |$)")

_NAMES = {
    "py": "python",
    "py3": "python",
    "python": "python",
    "python3": "python",
    "ipython": "python",
    "pycon": "pycon",
    "doctest": "pycon",
    "js": "javascript",
    "jsx": "javascript",
    "mjs": "javascript",
    "node": "javascript",
    "ts": "typescript",
    "c++": "cpp",
    "cs": "csharp",
    "golang": "go",
    "rb": "ruby",
    "rs": "rust",
    "sh": "bash",
    "shell": "bash",
    "yml": "yaml",
}
"""What writers call a language, where it is not its name."""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the file, its end included, and the byte at which it begins."""

    text: str
    at: int


def markdown(source: Source) -> list[Part]:
    """The fenced code of a Markdown text that names its language."""
    return [part for word, rows in _fences(list(_rows(source.text))) if (part := _part(source, word, rows))]


def rst(source: Source) -> list[Part]:
    """The code blocks of a reStructuredText that name their language."""
    return [part for word, rows in _directives(list(_rows(source.text))) if (part := _part(source, word, rows))]


def _rows(text: str) -> Iterator[_Row]:
    at = 0
    for line in re.findall(r"[^\n]*\n|[^\n]+", text):
        yield _Row(line, at)
        at += len(line) if line.isascii() else len(line.encode("utf-8", "surrogatepass"))


def _fences(rows: list[_Row]) -> Iterator[tuple[str, list[tuple[_Row, int]]]]:
    """The word after each opening fence, and its lines with how much of each is indentation."""
    opened: re.Match[str] | None = None
    held: list[tuple[_Row, int]] = []
    for row in rows:
        if opened is None:
            opened, held = _OPEN.match(row.text.rstrip("\n")), []
        elif re.fullmatch(rf"[ \t>]*{re.escape(opened['fence'][0])}{{{len(opened['fence'])},}}\s*", row.text):
            yield _language(opened["info"]), held
            opened = None
        else:
            held.append((row, _indent(row.text, len(opened["indent"]))))
    if opened:
        yield _language(opened["info"]), held


def _language(info: str) -> str:
    """The first word of an info string, of `{.python .numberLines}` and `{code-cell} ipython3` as well."""
    words = _WORD.findall(info.replace("code-cell", "").replace("code-block", ""))
    return words[0].lower() if words else ""


def _indent(text: str, most: int) -> int:
    """How many characters of the line's head are indentation or quotation, `most` at most."""
    size = 0
    while size < min(most, len(text)) and text[size] in " \t>":
        size += 1
    return size


def _directives(rows: list[_Row]) -> Iterator[tuple[str, list[tuple[_Row, int]]]]:
    """The language of each code directive, and its lines with how much of each is indentation."""
    index = 0
    while index < len(rows):
        match = _DIRECTIVE.match(rows[index].text)
        index += 1
        if not match:
            continue
        held: list[_Row] = []
        while index < len(rows) and (not rows[index].text.strip() or _deeper(rows[index].text, match["indent"])):
            held.append(rows[index])
            index += 1
        held = list(dropwhile(lambda row: _OPTION.match(row.text), held))
        depth = min((_indent(row.text, len(row.text)) for row in held if row.text.strip()), default=0)
        yield match["word"].lower(), [(row, min(depth, _indent(row.text, len(row.text)))) for row in held]


def _deeper(text: str, indent: str) -> bool:
    return len(text) - len(text.lstrip(" \t")) > len(indent)


def _part(source: Source, word: str, rows: list[tuple[_Row, int]]) -> Part | None:
    """The lines as a Part; None when they have no language, or nothing in them."""
    language = _NAMES.get(word, word)
    if not language or not rows:
        return None
    prompted = language == "pycon" or (language == "python" and _PROMPT.match(rows[0][0].text[rows[0][1] :]))
    into = Builder()
    for row, depth in rows:
        text = row.text[depth:]
        if not prompted:
            into.copy(text, row.at + depth)
        elif prompt := _PROMPT.match(text.rstrip("\r\n")):
            into.copy(text[prompt.end() :], row.at + depth + prompt.end())
    if not into.at:
        return None
    head = rows[0][0].text[: rows[0][1]] + ("... " if prompted else "")
    return into.part("python" if prompted else language, "code", source, _indented(head))


def _indented(head: str) -> Callable[[str], str]:
    """Writes new text so that each of its later lines begins as its neighbors do."""
    return lambda text: text.replace("\n", "\n" + head)
