"""A second look at a candidate that shares no code with the engine: the stdlib's syntax trees.

What comes in: a Change and both trees. What goes out: what speaks against it, in words, or "".
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from deburr.review.change import Change, blocks_of, code, head
from deburr.review.inventory import called

_CALLS = {
    "system",
    "popen",
    "eval",
    "exec",
    "loads",
    "extractall",
    "mktemp",
    "mark_safe",
    "render_template_string",
    "_create_unverified_context",
    "md5",
    "sha1",
    "executescript",
}
_SAFE_LOADERS = ("json", "tomllib", "orjson", "ujson", "simplejson", "tomli", "msgspec")
_OPTIONS = {
    "shell": True,
    "verify": False,
    "debug": True,
    "autoescape": False,
    "verify_signature": False,
    "check_hostname": False,
    "trust_remote_code": True,
    "allow_pickle": True,
    "weights_only": False,
    "secure": False,
    "httponly": False,
}


def elsewhere(change: Change, before: ast.Module, after: ast.Module) -> str:
    """A statement that differs although neither the finding nor an import stands there."""
    blocks = blocks_of(code(change.before) or "", code(change.after) or "")
    gone = {line for start, end, _, _ in blocks for line in range(start, end)}
    come = {line for _, _, start, end in blocks for line in range(start, end)}
    old = [row for row in _statements(before) if not _overlaps(row[0], gone)]
    new = [row for row in _statements(after) if not _overlaps(row[0], come)]
    for (lines, *was), (_, *now) in zip(old, new, strict=False):
        if was != now:
            return f"the statement of line {lines[0]} differs"
    if len(old) != len(new):
        return "statements outside of the change were added or removed"
    return ""


def _overlaps(span: tuple[int, int], lines: set[int]) -> bool:
    return any(line - 1 in lines for line in range(span[0], span[1] + 1))


def _statements(tree: ast.Module) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Every statement without those inside it: its lines, where it stands, and what it says."""
    stack: list[tuple[str, ast.stmt]] = [("", node) for node in reversed(tree.body)]
    while stack:
        path, node = stack.pop()
        yield head(node), path, _said(node)
        inner = f"{path}/{type(node).__name__}:{getattr(node, 'name', '')}"
        for field in ("handlers", "finalbody", "orelse", "body", "cases"):
            for child in reversed(getattr(node, field, None) or []):
                if isinstance(child, ast.stmt):
                    stack.append((f"{inner}.{field}", child))
                else:
                    stack += [(f"{inner}.{field}", statement) for statement in reversed(child.body)]


def _said(node: ast.stmt) -> str:
    """The statement's own expressions."""
    parts = []
    for name, value in ast.iter_fields(node):
        if name in ("body", "orelse", "finalbody", "handlers", "cases"):
            continue
        for item in value if isinstance(value, list) else [value]:
            parts.append(f"{name}={ast.dump(item) if isinstance(item, ast.AST) else item!r}")
    return f"{type(node).__name__} {' '.join(parts)}"


def worse(before: ast.Module, after: ast.Module) -> str:
    """A dangerous call or option that the candidate adds."""
    more = _dangers(after) - _dangers(before)
    return f"adds `{next(iter(more))}`" if more else ""


def _dangers(tree: ast.Module) -> Counter[str]:
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = called(node)
        owner = called(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        if name in _CALLS and owner not in _SAFE_LOADERS:
            found[name] += 1
        for option in node.keywords:
            value = option.value.value if isinstance(option.value, ast.Constant) else ...
            if option.arg in _OPTIONS and value is _OPTIONS[option.arg]:
                found[f"{option.arg}={value}"] += 1
    return found
