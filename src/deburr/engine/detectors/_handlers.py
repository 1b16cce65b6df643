"""What the detectors of missing checks know of web handlers: which functions are, who guards them, what they do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deburr.engine import ir

_ROUTE = {"route", "get", "post", "put", "patch", "delete", "api_route"}
_GUARD = re.compile(
    r"(?i).*(?:login|auth|current_|permission|role|admin|token|user|jwt|scope|staff|session|api_?key|signed|access|owner|"
    r"protect|secure|require).*"
)
_NOT_GUARD = re.compile(r"(?i)require_(?:get|post|http_methods|safe)|.*csrf.*|.*anonymous.*|.*no_?auth.*|allow_?any")
_CALLER = re.compile(
    r"session|.*current_?(?:user|account|identity).*|request\.(?:user|session|auth|headers|authorization)|g\.\w+|"
    r"(?:\w+_)?(?:user|account|member|principal|authorization|token|api_?key)|\w*owner\w*|get_jwt\w*"
)


def handlers(module: ir.Module) -> Iterator[ir.Function]:
    """Every function with a decorator that gives it an address."""
    for node in ir.walk(module):
        if isinstance(node, ir.Function) and any(_is_route(one) for one in node.decorators):
            yield node


def _is_route(decorator: ir.Node) -> bool:
    if not (isinstance(decorator, ir.Call) and isinstance(decorator.func, ir.Attr) and decorator.args):
        return False
    address = decorator.args[0]
    known = isinstance(address, ir.Const) and isinstance(address.value, str) and address.value.startswith("/")
    return decorator.func.name in _ROUTE and known


def changes(handler: ir.Function) -> bool:
    """Whether a handler's address is for requests that change something."""
    for one in handler.decorators:
        if not (isinstance(one, ir.Call) and isinstance(one.func, ir.Attr)):
            continue
        if one.func.name in ("post", "put", "patch", "delete"):
            return True
        for name, value in one.kwargs:
            if name == "methods" and any(_constant(part) in _WRITING for part in ir.walk(value)):
                return True
    return False


_WRITING = ("POST", "PUT", "PATCH", "DELETE")


def guarded(handler: ir.Function) -> bool:
    """Whether a decorator, a dependency or the body asks who is calling."""
    guards = [name for one in handler.decorators if not _is_route(one) for name in names(one)]
    guards += [name for one in handler.params if one.default is not None for name in names(one.default)]
    guards += [name for one in handler.params if one.annotation is not None for name in names(one.annotation)]
    routes = [value for one in handler.decorators if _is_route(one) for _, value in _keywords(one)]
    guards += [name for value in routes for name in names(value)]
    return any(_GUARD.fullmatch(name) and not _NOT_GUARD.fullmatch(name) for name in guards)


def guarded_together(module: ir.Module) -> bool:
    """Whether something guards all handlers at once: dependencies of the router, or a function before each request."""
    for node in ir.walk(module):
        if isinstance(node, ir.Call) and any(name == "dependencies" for name, _ in node.kwargs):
            if not (isinstance(node.func, ir.Attr) and node.func.name in _ROUTE):
                return True
        elif isinstance(node, ir.Function) and any("before_request" in names(one) for one in node.decorators):
            return True
    return False


def asks_who(handler: ir.Function) -> bool:
    """Whether the body or the parameters speak of whoever is calling."""
    parts = (*handler.body, *handler.params)
    return any(_CALLER.fullmatch(word) for part in parts for word in _words(part))


def _words(node: ir.Node) -> Iterator[str]:
    """Variables, parameters, keywords and `request.user`; `db.session` is nobody."""
    for part in ir.walk(node):
        if isinstance(part, ir.Name):
            yield part.id
        elif isinstance(part, ir.Param):
            yield part.name
        elif isinstance(part, ir.Attr) and isinstance(part.obj, ir.Name):
            yield f"{part.obj.id}.{part.name}"
        elif isinstance(part, ir.Call):
            yield from (name for name, _ in part.kwargs if name)


def names(node: ir.Node) -> Iterator[str]:
    """All names inside a node: variables and attributes."""
    for part in ir.walk(node):
        if isinstance(part, ir.Name):
            yield part.id
        elif isinstance(part, ir.Attr):
            yield part.name


def _keywords(node: ir.Node) -> list[tuple[str, ir.Node]]:
    return [(name, value) for name, value in node.kwargs if name == "dependencies"] if isinstance(node, ir.Call) else []


def _constant(node: ir.Node) -> object:
    return node.value if isinstance(node, ir.Const) else None
