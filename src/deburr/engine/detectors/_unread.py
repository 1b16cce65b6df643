"""What the detectors of forgotten checks know of functions: which parameters one takes and never looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deburr.engine import ir

_ROUTE = frozenset({"route", "get", "post", "put", "patch", "delete", "api_route", "staticmethod", "classmethod"})
_ALL = frozenset({"locals", "vars"})


def functions(module: ir.Module) -> Iterator[ir.Function]:
    """Functions whose parameters nobody prescribes but the text itself: no tests, overrides, callbacks or stubs."""
    stack: list[ir.Node] = [module]
    while stack:
        node = stack.pop()
        if isinstance(node, ir.Class) and any(getattr(base, "id", "") != "object" for base in node.bases):
            continue
        if isinstance(node, ir.Function) and _own(node) and _does_something(node):
            yield node
        stack += ir.children(node)


def unread(function: ir.Function) -> list[str]:
    """The parameters that the body never mentions; none where it may look at all of them at once."""
    used = {part.id for node in function.body for part in ir.walk(node) if isinstance(part, ir.Name)}
    if used & _ALL or any(param.kind for param in function.params):
        return []
    return [
        p.name for p in function.params if p.name not in used and p.name not in ("self", "cls") and p.name[0] != "_"
    ]


def looked_up(function: ir.Function, keys: set[str]) -> ir.Node | None:
    """The first place where something that the function does not own is asked for one of these keys."""
    own = {param.name for param in function.params} - {"self", "cls"}
    for node in function.body:
        for part in ir.walk(node):
            obj, given = _asked(part)
            if obj is not None and _root(obj) not in own and any(_is(one, keys) for one in given):
                return part
    return None


def _asked(node: ir.Node) -> tuple[ir.Node | None, list[ir.Node]]:
    if isinstance(node, ir.Sub):
        return node.obj, [node.index]
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and node.func.name in _LOADS:
        return node.func.obj, [*node.args, *(value for _, value in node.kwargs)]
    return None, []


_LOADS = frozenset("get pop get_or_404 filter filter_by find_one get_object_or_404 delete update".split())


def _is(node: ir.Node, keys: set[str]) -> bool:
    return isinstance(node, ir.Name) and node.id in keys


def _root(node: ir.Node) -> str:
    while isinstance(node, (ir.Attr, ir.Sub, ir.Call)):
        node = node.func if isinstance(node, ir.Call) else node.obj
    return node.id if isinstance(node, ir.Name) else ""


def _own(node: ir.Function) -> bool:
    names = [one.func if isinstance(one, ir.Call) else one for one in node.decorators]
    known = all((one.name if isinstance(one, ir.Attr) else getattr(one, "id", "")) in _ROUTE for one in names)
    return known and not re.match(r"_*tests?_|test$|visit_|on_|resolve_|_+\w+__$", node.name)


def _does_something(node: ir.Function) -> bool:
    """Whether the body does more than raise, pass, or answer with nothing."""
    for part in node.body:
        for one in ir.walk(part):
            if isinstance(one, ir.Return) and one.value is not None:
                if not (isinstance(one.value, ir.Const) and one.value.value is None) and not _is(one.value, _NOTHING):
                    return True
            elif isinstance(one, (ir.AugAssign, ir.Delete)) or (isinstance(one, ir.Assign) and not _plain(one)):
                return True
    return False


_NOTHING = {"NotImplemented"}


def _plain(node: ir.Assign) -> bool:
    return all(isinstance(target, ir.Name) for target in node.targets)
