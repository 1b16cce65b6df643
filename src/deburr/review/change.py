"""A candidate beside the text it started from, and which lines it may touch.

What comes in: two Sources and the Finding that the change is for. What goes out: line numbers and statements. The one
invariant: nothing here runs, imports or trusts the code; it is only read.
"""

from __future__ import annotations

import ast
import difflib
import json
import warnings
from dataclasses import dataclass, field
from functools import cached_property

from deburr.model import Finding, Fix, Report, Source, Span


@dataclass(frozen=True)
class Change:
    """One candidate for one finding."""

    before: Source
    after: Source
    finding: Finding
    old: Report
    """What the engine said of `before`."""

    defenses: frozenset[str] = field(default_factory=frozenset)
    """Names of functions that validate or sanitize, as the libraries know them."""

    @cached_property
    def trees(self) -> tuple[ast.Module | None, ast.Module | None]:
        """Both texts as stdlib syntax trees; None for one that is no Python."""
        return parse(self.before), parse(self.after)

    @cached_property
    def blocks(self) -> list[tuple[int, int, int, int]]:
        """What differs, as line ranges (from 0, end exclusive) of both texts."""
        return blocks_of(self.before.text, self.after.text)

    @cached_property
    def flagged(self) -> set[int]:
        """The lines, from 0, of the flagged statement and of its flow."""
        found: set[int] = set()
        # The lines of a notebook are those of its JSON, not those of its code.
        tree = self.trees[0] if self.before.language == "python" else None
        for span in (self.finding.span, *(step for step in self.finding.flow if not step.path)):
            found |= _statement(tree, span)
        return found | _constants(tree, found)

    @cached_property
    def touched(self) -> set[int]:
        """The lines of the candidate, from 0, that are new or changed."""
        return {line for _, _, start, end in self.blocks for line in range(start, end)}


def lines(text: str) -> list[str]:
    """The lines with their ends; only a line feed ends one, so that no other byte is lost from sight."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def blocks_of(before: str, after: str) -> list[tuple[int, int, int, int]]:
    """What differs between two texts, as line ranges of both."""
    matcher = difflib.SequenceMatcher(None, lines(before), lines(after), autojunk=False)
    return [(a, b, c, d) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]


def without_code(source: Source) -> object:
    """A notebook but for the text of its code cells; None for anything else, or when it cannot be read."""
    if source.language != "notebook":
        return None
    try:
        notebook = json.loads(source.text)
        for cell in notebook["cells"]:
            if cell.get("cell_type") == "code":
                cell["source"] = ""
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return json.dumps(notebook, sort_keys=True)


def code(source: Source) -> str | None:
    """The Python of a source: its text, or the code cells of a notebook; None for other languages."""
    if source.language == "python":
        return source.text
    if source.language != "notebook":
        return None
    try:
        cells = json.loads(source.text)["cells"]
        written = ["".join(cell["source"]) for cell in cells if cell.get("cell_type") == "code"]
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    return "\n".join("\n".join(_plain(line) for line in cell.split("\n")) for cell in written)


def _plain(line: str) -> str:
    """A line without IPython's own syntax."""
    bare = line.lstrip()
    return line[: len(line) - len(bare)] + "pass  # magic" if bare[:1] in ("%", "!") else line


def parse(source: Source) -> ast.Module | None:
    """The stdlib's syntax tree, or None."""
    text = code(source)
    if text is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def _statement(tree: ast.Module | None, span: Span) -> set[int]:
    """The lines of the statement that a span is part of; of a compound statement only its head."""
    found = set(range(span.line - 1, span.end_line))
    best: ast.stmt | None = None
    for node in ast.walk(tree) if tree is not None else ():
        if not isinstance(node, ast.stmt) or not first_line(node) <= span.line <= (node.end_lineno or node.lineno):
            continue
        if best is None or first_line(node) >= first_line(best):
            best = node
    if best is not None:
        start, stop = head(best)
        if start <= span.line <= stop:
            found |= set(range(start - 1, stop))
    return found


def _constants(tree: ast.Module | None, flagged: set[int]) -> set[int]:
    """The lines on which a constant is written that a flagged line uses: there its flow begins."""
    names = (
        {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.lineno - 1 in flagged}
        if tree is not None
        else set[str]()
    )
    found: set[int] = set()
    for node in ast.walk(tree) if names and tree is not None else ():
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and len(node.targets) == 1:
            target = node.targets[0]
            if isinstance(target, ast.Name) and target.id in names:
                found |= set(range(node.lineno - 1, node.end_lineno or node.lineno))
    return found


def first_line(node: ast.stmt) -> int:
    """The first line of a statement, decorators included."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def head(node: ast.stmt) -> tuple[int, int]:
    """The first and last line of a statement, without the statements inside it."""
    body = getattr(node, "body", None)
    stop = node.end_lineno or node.lineno
    if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
        stop = max(node.lineno, first_line(body[0]) - 1)
    return first_line(node), stop


def candidate(source: Source, fix: Fix) -> Source | None:
    """The source with a fix applied; None when the fix is for another text, or does not fit it."""
    data = source.text.encode("utf-8", "surrogatepass")
    if fix.digest != source.digest or not fix.edits:
        return None
    out, at = bytearray(), 0
    for edit in fix.edits:
        if not at <= edit.start <= edit.end <= len(data):
            return None
        out += data[at : edit.start] + edit.new.encode("utf-8", "surrogatepass")
        at = edit.end
    try:
        text = bytes(out + data[at:]).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return Source(text, source.path, source.language) if text != source.text else None


def patch(before: Source, after: Source) -> str:
    """The difference as a unified diff that `git apply` and `patch` read."""
    out: list[str] = []
    for line in difflib.unified_diff(lines(before.text), lines(after.text), f"a/{before.path}", f"b/{after.path}", n=3):
        out.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
    return "".join(out)
