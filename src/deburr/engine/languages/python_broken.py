"""What can still be read where the text is not Python: truncated, without its closing brackets, between prose.

A broken region is read again on its own: whole, completed with the closing brackets and quotes it lacks; then line by
line, each line with the deeper ones after it as its body. What the region's own tree holds is taken when that fails.
The bytes that are read again are bounded, so the time stays linear.
"""

from __future__ import annotations

import re

from deburr.engine import ir
from deburr.engine.languages.python_context import LIMIT, Lowering
from deburr.engine.languages.text import Text
from deburr.engine.parse import parse

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\n]*)
    | (?P<string>(?P<prefix>\b[A-Za-z]{1,2})?(?P<quote>\"\"\"|'''|"|'))
    | (?P<open>[(\[{]) | (?P<close>[)\]}])
    """,
    re.X,
)
_CLOSING = {
    quote: re.compile(r"(?:[^\\]|\\.)*?" + quote if len(quote) == 3 else rf"(?:[^\\\n{quote}]|\\.)*{quote}", re.S)
    for quote in ('"""', "'''", '"', "'")
}
_PAIRS = {"(": ")", "[": "]", "{": "}"}
_HEADER = re.compile(r"\s*(?:async\s+)?(?:def|class|if|elif|for|while|with|match)\b")
_BARE = re.compile(r"\s*(?:else|try|finally|except\b[^\n]*)\s*:?\s*$")


class _Completed:
    """The text up to an offset, and what completes it after that."""

    __slots__ = ("end", "more", "src")

    def __init__(self, src: Text, end: int, more: str) -> None:
        self.src, self.end, self.more = src, end, more

    def __getitem__(self, where: slice, /) -> str:
        start, stop = where.start, where.stop
        if stop <= self.end:
            return self.src[start:stop]
        more = self.more[max(0, start - self.end) : stop - self.end]
        return self.src[start : self.end] + more if start < self.end else more


def reread(lo: Lowering, start: int, end: int, out: list[ir.Node]) -> bool:
    """Appends what a broken region holds when it is read again on its own; False when nothing could be read."""
    return lo.budget > 0 and _lines(lo, start, end, 0, out)


def expression(lo: Lowering, start: int, end: int) -> ir.Node | None:
    """The expression between two offsets, or None when that is none."""
    nodes = _attempt(lo, start, end, "")
    if nodes is not None and len(nodes) == 1 and isinstance(nodes[0], ir.Expr):
        return nodes[0].value
    return None


def _lines(lo: Lowering, start: int, end: int, depth: int, out: list[ir.Node]) -> bool:
    """Reads a region whole, or else line by line with the lines below each as its body."""
    nodes = _whole(lo, start, end)
    if nodes is not None:
        out += nodes
        return True
    text = lo.src[start:end]
    if "\n" not in text or depth > LIMIT:
        return False
    good = False
    for low, middle, high in _split(lo, start, end):
        if low == start and high == end and middle == low:
            return good
        head = _whole(lo, low, middle) or []
        body: list[ir.Node] = []
        if middle < high:
            good = _lines(lo, middle, high, depth + 1, body) or good
        good = good or bool(head)
        out += _attached(head, body)
    return good


def _split(lo: Lowering, start: int, end: int) -> list[tuple[int, int, int]]:
    """(begin, end of its first line, end) of each line that is not deeper than the one before it began."""
    pieces: list[tuple[int, int, int]] = []
    low = middle = at = start
    base = -1
    for line in lo.data[start:end].splitlines(keepends=True):
        stripped = line.strip()
        indent = len(line) - len(line.lstrip(b" \t"))
        if stripped and (base < 0 or (indent <= base and stripped[:1] not in b")]}")):
            if at > low:
                pieces.append((low, middle, at))
            low, middle, base = at, at + len(line), indent
        at += len(line)
    pieces.append((low, middle, at))
    return pieces


def _attached(head: list[ir.Node], body: list[ir.Node]) -> list[ir.Node]:
    """The body inside the header it belongs to, when there is one."""
    last = head[-1] if head else None
    if not body or not isinstance(last, (ir.Function, ir.Class, ir.If, ir.For, ir.While, ir.With)):
        return head + body
    if all(isinstance(node, ir.Pass) for node in last.body):
        last.body = body
        last.end = max(last.end, body[-1].end)
        return head
    return head + body


def _whole(lo: Lowering, start: int, end: int) -> list[ir.Node] | None:
    """Reads a region as it is, or completed in one of the ways in which texts break off."""
    end = start + len(lo.data[start:end].rstrip())
    text = lo.src[start:end]
    if _BARE.match(text) or not text:
        return None
    closing = _closing(text)
    if closing is None:
        return None
    if text.lstrip().startswith("elif"):
        start += text.index("elif") + 2
    stop = end
    endings = [closing, " _" + closing]
    if _HEADER.match(text):
        stop -= len(text) - len(text.rstrip(" \t:"))
        endings = [closing + ": pass", " _" + closing + ": pass"]
        nodes = _attempt(lo, start, end, closing)
        if nodes is not None:
            return nodes
    for ending in endings:
        nodes = _attempt(lo, start, stop, ending)
        if nodes is not None:
            return nodes
    return None


def _closing(text: str) -> str | None:
    """The quotes and brackets that a text lacks at its end; None when they do not match."""
    stack: list[str] = []
    at = 0
    comment = False
    while token := _TOKEN.search(text, at):
        at = token.end()
        comment = False
        if token["open"]:
            stack.append(_PAIRS[token["open"]])
        elif token["close"]:
            if not stack or stack.pop() != token["close"]:
                return None
        elif token["comment"]:
            comment = at == len(text)
        else:
            close = _CLOSING[token["quote"]].match(text, at)
            if close is None:
                rest = text[at:]
                if len(token["quote"]) == 1 and "\n" in rest:
                    return None
                return _unterminated(rest, token) + "".join(reversed(stack))
            at = close.end()
    return ("\n" if comment else "") + "".join(reversed(stack))


def _unterminated(rest: str, token: re.Match[str]) -> str:
    open = rest.count("{") > rest.count("}") if "f" in (token["prefix"] or "").lower() else False
    return ("}" if open else "") + token["quote"]


def _attempt(lo: Lowering, start: int, end: int, ending: str) -> list[ir.Node] | None:
    """The statements of a region with an ending of ours; None when it cannot be read so."""
    if lo.budget <= 0:
        return None
    lo.budget -= end - start + 200
    tree = parse(lo.data[start:end] + ending.encode(), "python")
    root = tree.root_node_with_offset(start, (0, start))
    if root is None or root.has_error:
        return None
    inner = lo.over(_Completed(lo.src, end, ending))
    nodes = inner.block(root, 0)
    if lo.deep is None:
        lo.deep = inner.deep
    if ending:
        for top in nodes:
            for node in ir.walk(top):
                node.start, node.end = min(node.start, end), min(node.end, end)
    return nodes
