"""What a Python text defends and what it offers: guards, checks and options; names, signatures and returns.

What comes in: a stdlib syntax tree. What goes out: multisets by scope that two versions of a text can be compared by.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

Defense = tuple[str, str, str]
"""(scope, kind, code)."""

_ENDS = ("abort", "exit", "_exit", "fail")
_CALLS = re.compile(
    r"(?:.*_)?(?:escape|quote|quote_plus|sanitize|clean|validate|validator|verify|check|authorize|authenticate|"
    r"compare_digest|realpath|abspath|resolve|is_relative_to|basename|secure_filename|safe_join|safe_load|literal_eval|"
    r"fullmatch|isinstance|is_safe_url|url_has_allowed_host_and_scheme|raise_for_status|login_required)(?:_.*)?"
)
_OPTIONS = re.compile(
    r"timeout|verify|check|check_hostname|verify_mode|autoescape|httponly|secure|samesite|filter|max_\w+|limit|"
    r"strict|safe|validate|required|algorithms|require|no_network|weights_only|maxsize|maxBytes"
)


def scopes(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Every node with the qualified name of the function or class around it, in order."""
    stack = [("", child) for child in reversed(list(ast.iter_child_nodes(tree)))]
    while stack:
        name, node = stack.pop()
        yield name, node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name = f"{name}.{node.name}" if name else node.name
        stack += [(name, child) for child in reversed(list(ast.iter_child_nodes(node)))]


def defenses(tree: ast.Module, known: frozenset[str]) -> Counter[Defense]:
    """The guards, checks, options, decorators and error handling of a text."""
    return Counter((scope, kind, text) for scope, node in scopes(tree) for kind, text in _defenses(node, known))


def _defenses(node: ast.AST, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.If) and not isinstance(node.test, ast.Constant):
        if _leaves(node.body) or _leaves(node.orelse):
            yield "guard", ast.unparse(node.test)
    elif isinstance(node, ast.Assert):
        yield "assertion", ast.unparse(node.test)
    elif isinstance(node, ast.Call):
        name = called(node)
        if name in known or _CALLS.fullmatch(name):
            yield f"check `{name}`", ""
        for option in node.keywords:
            if option.arg and _OPTIONS.fullmatch(option.arg) and not _off(option.value):
                yield f"option `{option.arg}`", ast.unparse(option.value)
    elif isinstance(node, ast.Try):
        yield from (("handler", ast.unparse(h.type) if h.type else "") for h in node.handlers)
        if node.finalbody:
            yield "finally", ""
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        yield from (("context", called(item.context_expr)) for item in node.items)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield from (("decorator", ast.unparse(decorator)) for decorator in node.decorator_list)


def called(node: ast.AST) -> str:
    """The last word of what is called or named."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _off(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value in (False, None)


def _leaves(body: list[ast.stmt]) -> bool:
    """Whether a branch ends the function, the loop or the program."""
    if not body:
        return False
    last = body[-1]
    if isinstance(last, ast.Expr):
        return called(last.value) in _ENDS
    return isinstance(last, (ast.Raise, ast.Return, ast.Continue, ast.Break))


def lost(before: Counter[Defense], after: Counter[Defense]) -> list[Defense]:
    """The defenses that are gone and that none of the same kind, or a stronger one, replaces in the same scope."""
    gained = Counter((scope, kind) for scope, kind, _ in (after - before).elements())
    found = []
    for scope, kind, text in (before - after).elements():
        for stand_in in (kind, "guard") if kind == "assertion" else (kind,):
            if gained[scope, stand_in]:
                gained[scope, stand_in] -= 1
                break
        else:
            found.append((scope, kind, text))
    return found


def interface(tree: ast.Module) -> dict[str, str]:
    """What others rely on: every function, class and top-level name, with its signature and the shape it returns."""
    found: dict[str, str] = {}
    for scope, node in scopes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found[_numbered(f"{scope}.{node.name}" if scope else node.name, found)] = _signature(node)
        elif isinstance(node, ast.ClassDef):
            bases = ", ".join(ast.unparse(base) for base in node.bases)
            found[_numbered(f"{scope}.{node.name}" if scope else node.name, found)] = f"class ({bases})"
    for statement in tree.body:
        for target in getattr(statement, "targets", [getattr(statement, "target", None)]):
            if isinstance(target, ast.Name):
                found.setdefault(target.id, "name")
    return found


def _numbered(name: str, found: dict[str, str]) -> str:
    number, base = 2, name
    while name in found:
        name, number = f"{base}#{number}", number + 1
    return name


def _signature(node: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    """Parameters without the values of their defaults, and what is returned."""
    given = node.args
    parts = [_parameter(p) for p in (*given.posonlyargs, *given.args)]
    optional = len(given.defaults)
    parts = [f"{p}=" if i >= len(parts) - optional else p for i, p in enumerate(parts)]
    parts += [f"*{given.vararg.arg}"] if given.vararg else []
    named = zip(given.kwonlyargs, given.kw_defaults, strict=True)
    parts += [f"{_parameter(p)}{'=' if default else ''}" for p, default in named]
    parts += [f"**{given.kwarg.arg}"] if given.kwarg else []
    kind = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    return f"{kind} ({', '.join(parts)}) returns {', '.join(sorted(_shapes(node))) or 'nothing'}"


def _parameter(node: ast.arg) -> str:
    return f"{node.arg}: {ast.unparse(node.annotation)}" if node.annotation else node.arg


def _shapes(node: ast.AST) -> set[str]:
    """The shapes of a function's results."""
    found: set[str] = set()
    stack = list(ast.iter_child_nodes(node))
    while stack:
        child = stack.pop()
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        if isinstance(child, (ast.Yield, ast.YieldFrom)):
            found.add("items")
        elif isinstance(child, ast.Return):
            found.add(_shape(child.value))
        stack += ast.iter_child_nodes(child)
    return found


def _shape(value: ast.expr | None) -> str:
    if value is None or (isinstance(value, ast.Constant) and value.value is None):
        return "None"
    if isinstance(value, ast.Tuple):
        return f"a tuple of {len(value.elts)}"
    if isinstance(value, ast.Dict):
        keys = sorted(ast.unparse(key) for key in value.keys if key is not None)
        return f"a dict of {', '.join(keys)}"
    return "a value"


def emptied(before: ast.Module, after: ast.Module) -> list[str]:
    """The functions that did something before and do nothing afterwards."""
    old, new = _stubs(before), _stubs(after)
    return sorted(name for name, stub in new.items() if stub and old.get(name) is False)


def _stubs(tree: ast.Module) -> dict[str, bool]:
    return {
        f"{scope}.{node.name}" if scope else node.name: all(_idle(statement) for statement in node.body)
        for scope, node in scopes(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }


def _idle(node: ast.stmt) -> bool:
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Return):
        return node.value is None or isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Raise):
        return "NotImplemented" in ast.unparse(node)
    return isinstance(node, ast.Pass)
