"""What can still be read where the text is not whole: a method without its class, a truncated function, prose around.

The text is tried again in the surroundings that it may have been cut out of, with the brackets that it lacks, and the
reading is taken in which the least is left that cannot be read. Only so many bytes are tried, so the time stays linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from deburr.engine.languages.javascript_kinds import ERROR
from deburr.engine.parse import parse

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_LONGEST = 100_000
_MOST_TRIED = 150_000
"""Bytes that are parsed again for one text."""
_TOKEN = re.compile(
    rb"""//[^\n]* | /\*.*?(?:\*/|\Z) | (?P<quote>["'`]) | (?P<open>[(\[{]) | (?P<close>[)\]}])
    | (?P<regex>(?:(?<=[=(,:;!&|?{}\[\n])|(?<=return)|(?<=return[ ])|(?<=[=(,:?][ ]))/(?![*/])
      (?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)""",
    re.X | re.S,
)
_STRING = {quote: re.compile(rb"(?:[^\\\n%b]|\\.)*(?:%b|(?=\n)|\Z)" % (quote, quote), re.S) for quote in (b'"', b"'")}
_TEMPLATE = re.compile(rb"(?:[^\\`$]|\\.|\$(?!\{))*(?:(?P<end>`)|(?P<hole>\$\{)|\Z)", re.S)
_PAIRS = {b"(": b")", b"[": b"]", b"{": b"}", b"${": b"}"}
_OPENERS = {b")": b"(", b"]": b"[", b"}": b"{"}
_PROSE = re.compile(
    rb"^(?:```[^\n]*|[ \t]*(?:[-*\d.]+[ \t]+)?[A-Z][\w'*]*(?:[ ,:]+(?:[\w'*\"-]+|`[^`\n]*`))+[.:!?]?[ \t]*)\r?$",
    re.MULTILINE,
)


class Reading(NamedTuple):
    """A text with something before and after it, as one grammar reads it."""

    grammar: str
    root: Tree
    before: bytes = b""
    after: bytes = b""


def broken(root: Tree) -> int:
    """How many bytes could not be read."""
    size, stack = 0, [root]
    while stack:
        node = stack.pop()
        if node.kind_id == ERROR or node.is_missing:
            size += node.end_byte - node.start_byte + 1
        elif node.has_error:
            stack += node.children
    return size


def reread(data: bytes, found: Reading) -> tuple[bytes, Reading]:
    """The text as it is best read, and that reading."""
    best, least, tried = (data, found), broken(found.root), 0
    if len(data) > _LONGEST:
        return best
    for before, text, after in _attempts(data):
        tried += len(text) + len(before)
        if tried > _MOST_TRIED:
            break
        root = parse(before + text + after, found.grammar).root_node
        left = broken(root)
        if left < least:
            best, least = (text, Reading(found.grammar, root, before, after)), left
        if not left:
            break
    return best


def _attempts(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """What may have stood before and after a text, and the text itself."""
    plain = _PROSE.sub(lambda line: b" " * len(line[0]), data)
    for text in (data, plain) if plain != data else (data,):
        before, after = _lacking(text)
        if text.lstrip().startswith(b"."):
            before = b"_" + before
        yield before, text, after
        yield b"class _{" + before, text, after + b"}"
        yield b"_={" + before, text, after + b"}"
        yield b"_={_(){" + before[:-1], text, after + b"}"
        yield b"_={_:[" + before, text, after + b"]}"


def _lacking(data: bytes) -> tuple[bytes, bytes]:
    """The brackets that a text closes without having opened them, and those that it leaves open, with its quote."""
    stack: list[bytes] = []
    before: list[bytes] = []
    at = 0
    while token := _TOKEN.search(data, at):
        at = token.end()
        closed = None
        if token["open"]:
            stack.append(token["open"])
        elif token["close"]:
            closed = stack.pop() if stack else None
            if closed is None:
                before.append(_OPENERS[token["close"]])
        elif token["quote"] == b"`" or closed == b"${":
            at = _template(data, at, stack)
        elif token["quote"] and (string := _STRING[token["quote"]].match(data, at)):
            at = string.end()
        if closed == b"${":
            at = _template(data, at, stack)
    comment = data.rpartition(b"\n")[2].lstrip().startswith(b"//")
    ends = [b"`" if one == b"`" else _PAIRS[one] for one in reversed(stack)]
    return b"".join(reversed(before)), (b"\n" if comment else b"") + b"".join(ends)


def _template(data: bytes, at: int, stack: list[bytes]) -> int:
    """Goes on in a template: to its end, or to the value that interrupts it."""
    found = _TEMPLATE.match(data, at)
    if found is None:
        return at
    if found["hole"]:
        stack.append(b"${")
    elif not found["end"]:
        stack.append(b"`")
    return found.end()
