"""Ways to make a finding disappear without repairing it.

What comes in: a Change. What goes out: what is suspicious about it, in words, or "".
"""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter

from deburr.review import inventory
from deburr.review.change import Change, lines

_SUPPRESSION = re.compile(
    r"deburr:\s*allow|\bnosec\b|\bnoqa\b|\bnosemgrep\b|\bNOSONAR\b|\blgtm\b|codeql\[|type:\s*ignore|pylint:\s*disable|"
    r"eslint-disable|@SuppressWarnings|pragma:\s*allowlist|gitleaks:allow|trufflehog:ignore|checkov:skip|snyk:ignore",
    re.I,
)
_ADDRESSED = re.compile(
    r"\b(?:reviewers?|auditors?|scanners?|linters?|false.positives?|intentional(?:ly)?|safe (?:here|because|since)|"
    r"ignore (?:this|previous|all)|do not (?:flag|report)|not a (?:vulnerability|security))\b",
    re.I,
)
_DETOURS = {"getattr", "setattr", "eval", "exec", "compile", "__import__", "import_module", "globals", "locals", "vars"}
_DEFENSIVE = re.compile(
    r"\b(?:assert|raise|throw|abort|verify|validate|sanitize|escape|quote|authorize|authenticate|timeout|finally|lock)\b"
)
_OFF = re.compile(r"\b\w+\s*[=:]\s*(?:[Ff]alse|None|null|0)\b")
"""A defense that is switched off is none."""

_SHIPPED = {
    "flask": {"werkzeug", "markupsafe", "jinja2", "itsdangerous", "click"},
    "jinja2": {"markupsafe"},
    "fastapi": {"starlette", "pydantic"},
    "flask_sqlalchemy": {"sqlalchemy", "flask", "werkzeug", "markupsafe", "jinja2"},
    "sqlmodel": {"sqlalchemy", "pydantic"},
    "django": {"asgiref", "sqlparse"},
    "pandas": {"numpy"},
}
"""Packages that an imported package always brings along."""


def comments(change: Change) -> str:
    """Suppressions and remarks for the reviewer that the candidate adds."""
    old = Counter(lines(change.before.text))
    for number, line in enumerate(lines(change.after.text)):
        if number not in change.touched or old[line]:
            continue
        comment = _comment(line)
        if _SUPPRESSION.search(comment) and not _said(_SUPPRESSION, comment, change):
            return f"line {number + 1} adds a suppression"
        if _ADDRESSED.search(comment) and not _said(_ADDRESSED, comment, change):
            return f"line {number + 1} speaks to the reviewer"
    return ""


def _comment(line: str) -> str:
    found = re.search(r"(?:#|//|/\*|<!--|--\s)(.*)", line, re.S)
    return found[1] if found else ""


def _said(pattern: re.Pattern[str], comment: str, change: Change) -> bool:
    """Whether the original says the same, on a line that the change only moved or rewrote."""
    return all(change.before.text.count(word) >= change.after.text.count(word) for word in pattern.findall(comment))


def detours(change: Change) -> str:
    """Indirect calls, and other names for what was called, that the candidate adds."""
    before, after = change.trees
    if before is None or after is None:
        return ""
    more = _indirect(after) - _indirect(before)
    if more:
        return f"calls `{next(iter(more))}`, which the original does not"
    aliases = _aliases(after) - _aliases(before)
    if aliases:
        return f"gives `{next(iter(aliases))}` another name"
    return ""


def _indirect(tree: ast.Module) -> Counter[str]:
    names = (inventory.called(node) for node in ast.walk(tree) if isinstance(node, ast.Call) and _bare(node.func))
    return Counter(name for name in names if name in _DETOURS)


def _bare(func: ast.expr) -> bool:
    """Whether a callee is a plain name or a function of `importlib`; `re.compile` and `model.eval` are others."""
    if isinstance(func, ast.Attribute):
        return isinstance(func.value, ast.Name) and func.value.id in ("importlib", "builtins")
    return isinstance(func, ast.Name)


def _aliases(tree: ast.Module) -> Counter[str]:
    """Functions of modules that are assigned to a variable: `run = os.system`."""
    modules = {
        (name.asname or name.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for name in node.names
    }
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        target: ast.expr | None = None
        if isinstance(node, ast.Assign):
            target = node.targets[0]
        elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)):
            target = node.target
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) else None
        if not isinstance(target, ast.Name) or not isinstance(value, ast.Attribute) or value.attr.isupper():
            continue
        if isinstance(value.value, ast.Name) and value.value.id in modules:
            found[ast.unparse(value)] += 1
    return found


def imports(change: Change, packages: frozenset[str]) -> str:
    """An import of something that is neither stdlib nor known to the file or the project."""
    before, after = change.trees
    if before is None or after is None:
        return ""
    old = imported(before)
    known = old | set(sys.stdlib_module_names) | set(packages)
    known |= set().union(*(_SHIPPED.get(name, set()) for name in old))
    new = sorted(imported(after) - known)
    return f"imports `{new[0]}`, which the project does not declare" if new else ""


def imported(tree: ast.Module) -> set[str]:
    """The top-level packages that a text imports; those of its own package are left out."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.split(".")[0])
    return found


def words_lost(change: Change) -> str:
    """A defensive word that a text without a syntax tree has lost."""
    texts = (_OFF.sub("", text) for text in (change.before.text, change.after.text))
    before, after = (Counter(_DEFENSIVE.findall(text)) for text in texts)
    return next(iter(before - after), "")
