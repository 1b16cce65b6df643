"""A template that the caller chooses, filled in with whole records that the function looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.detectors import _unread
from deburr.engine.hit import Hit, Unit

_FILLS = frozenset({"format", "format_map"})
_ASKS = frozenset("get first one find find_one query get_or_404 get_object_or_404 fetchone".split())


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each `template.format(record)` in which the template is a parameter and the record is not."""
    for node in _unread.functions(unit.module):
        own = {param.name for param in node.params if param.default is None} - {"self", "cls"}
        records = set(_records(node, own))
        for part in node.body if records else []:
            for one in ir.walk(part):
                if isinstance(one, ir.Call) and _chosen(one.func, own) and any(_is(v, records) for v in _given(one)):
                    yield Hit(
                        "record-in-chosen-template", one, "medium", "the template may read all that the record holds"
                    )


def _chosen(func: ir.Node, own: set[str]) -> bool:
    """Whether what is filled in is a parameter as it came."""
    return isinstance(func, ir.Attr) and func.name in _FILLS and isinstance(func.obj, ir.Name) and func.obj.id in own


def _is(node: ir.Node, names: set[str]) -> bool:
    return isinstance(node, ir.Name) and node.id in names


def _given(call: ir.Call) -> list[ir.Node]:
    return [*call.args, *(value for name, value in call.kwargs if name)]


def _records(node: ir.Function, own: set[str]) -> Iterator[str]:
    """Variables that hold one of several things that are not the function's own."""
    for part in node.body:
        for one in ir.walk(part):
            if isinstance(one, ir.Assign) and isinstance(one.targets[0], ir.Name) and _looked_up(one.value, own):
                yield one.targets[0].id
            elif (
                isinstance(one, ir.For) and isinstance(one.target, ir.Name) and isinstance(one.iter, (ir.Name, ir.Attr))
            ) and _root(one.iter) not in own:
                yield one.target.id


def _looked_up(node: ir.Node, own: set[str]) -> bool:
    if isinstance(node, ir.Sub):
        return _root(node.obj) not in own and not isinstance(node.index, (ir.Const, ir.Slice))
    func = node.func if isinstance(node, ir.Call) else None
    return isinstance(func, ir.Attr) and func.name in _ASKS and _root(func.obj) not in own and bool(_root(func.obj))


def _root(node: ir.Node) -> str:
    while isinstance(node, (ir.Attr, ir.Sub, ir.Call)):
        node = node.func if isinstance(node, ir.Call) else node.obj
    return node.id if isinstance(node, ir.Name) else ""
