"""What expressions of a program are worth when all that they are made of stands in it.

What comes in: a Module. What goes out: constants, with the literals that they were made of. The invariant: nothing is
run; a name counts only if it is given a value at one place, or there and by adding to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from deburr.engine import ir
from deburr.engine.secrets import functions

_DEEPEST, _STEPS, _WIDEST = 40, 200_000, 1024
_SELF = frozenset({"self", "cls", "this"})


class Scope:
    """The names of one function, one class or the module."""

    __slots__ = ("attributes", "names", "outer")

    def __init__(self, outer: Scope | None, attributes: dict[str, list[Given]] | None) -> None:
        self.outer = outer
        self.names: dict[str, list[Given]] = {}
        self.attributes = attributes
        """What the class around gives its objects."""


class Given:
    """One place where a name is given a value: a node, None when it is not known which; `more` when it is added."""

    __slots__ = ("more", "node", "scope")

    def __init__(self, node: ir.Node | None, scope: Scope, more: bool = False) -> None:
        self.node, self.scope, self.more = node, scope, more


class Constants:
    """Reads a module once, and folds what is asked for."""

    def __init__(self, module: ir.Module) -> None:
        self._classes: dict[str, dict[str, list[Given]]] = {}
        self._steps = _STEPS
        self.used: list[tuple[ir.Node, Any]] = []
        """The literals that were looked at since `fold` was called."""
        self.places = [(node, scope) for node, scope in self._read(module)]
        """Every expression that could be folded, with its scope, those around others first."""

    def _read(self, module: ir.Module) -> Iterator[tuple[ir.Node, Scope]]:
        stack: list[tuple[ir.Node, Scope]] = [(module, Scope(None, None))]
        while stack:
            node, scope = stack.pop()
            if type(node) in _FOLDED:
                yield node, scope
            if type(node) in _GIVING:
                self._give(node, scope)
            if isinstance(node, ir.Function):
                inner = Scope(scope, scope.attributes)
                inner.names = {param.name: [Given(None, inner)] for param in node.params}
                stack += [(one, inner) for one in node.body[::-1]]
                stack += [(param.default, scope) for param in node.params if param.default is not None]
            elif isinstance(node, ir.Class):
                known = self._classes.setdefault(node.name, {})
                inner = Scope(scope, known)
                inner.names = known
                stack += [(one, inner) for one in node.body[::-1]]
            else:
                stack += [(one, scope) for one in ir.children(node)[::-1]]

    def _give(self, node: ir.Node, scope: Scope) -> None:
        """Notes which names a statement gives values to."""
        if isinstance(node, ir.Assign):
            for target in node.targets:
                self._bind(target, node.value, scope)
        elif isinstance(node, ir.AugAssign):
            self._bind(node.target, node.value if node.op in ("+", "+=") else None, scope, more=True)
        elif isinstance(node, ir.Walrus):
            self._bind(node.target, node.value, scope)
        elif isinstance(node, (ir.For, ir.Clause)):
            self._bind(node.target, None, scope)
        elif isinstance(node, ir.Scope):
            for name in node.names:
                scope.names.setdefault(name, []).append(Given(None, scope))

    def _bind(self, target: ir.Node, value: ir.Node | None, scope: Scope, more: bool = False) -> None:
        given = Given(value, scope, more)
        if isinstance(target, ir.Name):
            scope.names.setdefault(target.id, []).append(given)
        elif isinstance(target, ir.Attr) and isinstance(target.obj, ir.Name):
            if target.obj.id in _SELF and scope.attributes is not None:
                scope.attributes.setdefault(target.name, []).append(given)
        elif isinstance(target, ir.Seq):
            same = isinstance(value, ir.Seq) and len(value.items) == len(target.items)
            for at, one in enumerate(target.items):
                self._bind(one, value.items[at] if same and isinstance(value, ir.Seq) else None, scope)

    def fold(self, node: ir.Node, scope: Scope) -> Any:
        """What the expression is worth, None when that is not known; `used` tells of what it was made."""
        self.used = []
        return self._fold(node, scope, {}, 0)

    def added(self, node: ir.AugAssign, scope: Scope) -> Any:
        """What a name is worth once the last value was added to it, None at the values before."""
        self.used = []
        given = scope.names.get(node.target.id, []) if isinstance(node.target, ir.Name) else []
        return self._given(given, 0) if len(given) > 1 and given[-1].node is node.value else None

    def _fold(self, node: ir.Node, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        self._steps -= 1
        if depth > _DEEPEST or self._steps < 0:
            return None
        if isinstance(node, ir.Const):
            self.used.append((node, node.value))
            return node.value
        folder = _FOLDERS.get(type(node))
        return folder(self, node, scope, local, depth + 1) if folder is not None else None

    def _all(self, nodes: list[ir.Node], scope: Scope, local: dict[str, Any], depth: int) -> list[Any] | None:
        found: list[Any] = []
        for node in nodes[: _WIDEST + 1]:
            spread = isinstance(node, ir.Star)
            value = self._fold(node.value if isinstance(node, ir.Star) else node, scope, local, depth)
            if value is None:
                return None
            found += value if spread and isinstance(value, (list, str)) else [value]
        return found if len(found) <= _WIDEST else None

    def _given(self, given: list[Given], depth: int) -> Any:
        """What a name is worth that was given these values."""
        if len(given) > _WIDEST or given[0].more or not all(one.more for one in given[1:]):
            return None
        total: Any = None
        for one in given:
            value = self._fold(one.node, one.scope, {}, depth) if one.node is not None else None
            if value is None or (one.more and type(value) is not type(total)):
                return None
            total = _plus(total, value) if one.more else value
        return total

    def _name(self, node: ir.Name, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        if node.id in local:
            return local[node.id]
        around: Scope | None = scope
        while around is not None and node.id not in around.names:
            around = around.outer
        return self._given(around.names[node.id], depth) if around is not None else None

    def _attr(self, node: ir.Attr, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        if isinstance(node.obj, ir.Name):
            if node.obj.id in _SELF and scope.attributes and node.name in scope.attributes:
                return self._given(scope.attributes[node.name], depth)
            if node.name in self._classes.get(node.obj.id, ()):
                return self._given(self._classes[node.obj.id][node.name], depth)
        owner = self._fold(node.obj, scope, local, depth)
        return owner.get(node.name) if isinstance(owner, dict) else None

    def _sub(self, node: ir.Sub, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        owner = self._fold(node.obj, scope, local, depth)
        if not isinstance(owner, (str, bytes, list, dict)):
            return None
        if isinstance(node.index, ir.Slice):
            ends = (node.index.lower, node.index.upper, node.index.step)
            bounds = [None if end is None else self._fold(end, scope, local, depth) for end in ends]
            known = all(end is None or type(bound) is int for end, bound in zip(ends, bounds, strict=True))
            return owner[slice(*bounds)] if known and not isinstance(owner, dict) and bounds[2] != 0 else None
        index = self._fold(node.index, scope, local, depth)
        if isinstance(owner, dict):
            return owner.get(index) if isinstance(index, (str, int)) else None
        return owner[index] if type(index) is int and -len(owner) <= index < len(owner) else None

    def _concat(self, node: ir.Concat, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        parts = self._all(node.parts, scope, local, depth)
        if not parts or sum(len(part) for part in parts if hasattr(part, "__len__")) > functions.MOST:
            return None
        if all(isinstance(part, (str, int)) for part in parts) and any(isinstance(part, str) for part in parts):
            return "".join(map(str, parts))
        if all(isinstance(part, bytes) for part in parts):
            return b"".join(parts)
        return [one for part in parts for one in part] if all(isinstance(part, list) for part in parts) else None

    def _format(self, node: ir.Format, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        parts = self._all(node.parts, scope, local, depth)
        if parts is None:
            return None
        if node.style == "%" and len(parts) == 2 and isinstance(parts[0], str) and isinstance(parts[1], (list, dict)):
            whole = parts[0].count("%s")
            return parts[0].replace("%s", "{}").format(*parts[1]) if whole == len(parts[1]) else None
        text = "".join(part if isinstance(part, str) else str(part) for part in parts)
        return text if len(text) <= functions.MOST else None

    def _binary(self, node: ir.Binary, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        left, right = self._fold(node.left, scope, local, depth), self._fold(node.right, scope, local, depth)
        if type(left) is int and type(right) is int and node.op in _NUMBERS:
            return _NUMBERS[node.op](left, right) if max(abs(left), abs(right)) < 1 << 32 else None
        return None

    def _seq(self, node: ir.Seq, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        before = len(self.used)
        values = self._all(node.items, scope, local, depth)
        if values and all(type(value) is int or (isinstance(value, str) and len(value) == 1) for value in values):
            self.used[before:] = [(node, values)]
        return values

    def _dict(self, node: ir.Dict, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        found: dict[Any, Any] = {}
        for key, value in node.items[:_WIDEST]:
            known = self._fold(key, scope, local, depth) if key is not None else None
            if isinstance(known, (str, int)):
                found[known] = self._fold(value, scope, local, depth)
        return found

    def _unary(self, node: ir.Unary, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        value = self._fold(node.operand, scope, local, depth)
        return -value if node.op == "-" and type(value) is int else None

    def _comp(self, node: ir.Comp, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        clause = node.clauses[0]
        if len(node.clauses) > 1 or clause.conds or not isinstance(clause.target, ir.Name):
            return None
        values = self._fold(clause.iter, scope, local, depth)
        return self._each(node.item, clause.target.id, values, (scope, local, depth))

    def _each(self, item: ir.Node, name: str, values: Any, where: tuple[Scope, dict[str, Any], int]) -> Any:
        """An expression for each of several values of a name."""
        scope, local, depth = where
        if not isinstance(values, (list, str, bytes)) or len(values) > _WIDEST:
            return None
        found = [self._fold(item, scope, {**local, name: value}, depth) for value in values]
        return None if any(one is None for one in found) else found

    def _call(self, node: ir.Call, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        func = node.func
        last = func.name if isinstance(func, ir.Attr) else func.id if isinstance(func, ir.Name) else ""
        if last == "map":
            return self._mapped(node, (scope, local, depth))
        args = self._all(node.args, scope, local, depth)
        if args is None:
            return None
        if isinstance(func, ir.Name):
            return functions.call(last, args)
        if not isinstance(func, ir.Attr):
            return None
        if isinstance(func.obj, ir.Name) and f"{func.obj.id}.{last}" in functions.DECODING:
            return functions.decode(f"{func.obj.id}.{last}", args)
        receiver = self._fold(func.obj, scope, local, depth)
        if receiver is None or callable(receiver):
            return functions.call(last, args)
        named = {name: self._fold(value, scope, local, depth) for name, value in node.kwargs if last == "format"}
        if None in named.values():
            return None
        return functions.method(receiver, last, args, named)

    def _mapped(self, node: ir.Call, where: tuple[Scope, dict[str, Any], int]) -> Any:
        """`map(f, values)` and `values.map(f)`."""
        args = node.args if isinstance(node.func, ir.Name) else [*node.args[:1], getattr(node.func, "obj", node)]
        if len(args) != 2:
            return None
        values = self._fold(args[1], *where)
        if isinstance(args[0], ir.Lambda) and len(args[0].function.params) == 1 and len(args[0].function.body) == 1:
            result = args[0].function.body[0]
            if isinstance(result, ir.Return) and result.value is not None:
                return self._each(result.value, args[0].function.params[0].name, values, where)
        if isinstance(args[0], ir.Name) and isinstance(values, (list, bytes)):
            found = [functions.call(args[0].id, [value]) for value in values[:_WIDEST]]
            return None if None in found else found
        return None

    def _inner(self, node: ir.Await | ir.Walrus, scope: Scope, local: dict[str, Any], depth: int) -> Any:
        return self._fold(node.value, scope, local, depth)


def _plus(left: Any, right: Any) -> Any:
    return left + right if isinstance(left, (str, bytes, list)) and len(left) + len(right) <= functions.MOST else None


_NUMBERS: dict[str, Callable[[int, int], int]] = {
    "^": lambda a, b: a ^ b,
    "-": lambda a, b: a - b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
}
_FOLDERS: dict[type[ir.Node], Callable[..., Any]] = {
    ir.Name: Constants._name,
    ir.Attr: Constants._attr,
    ir.Sub: Constants._sub,
    ir.Concat: Constants._concat,
    ir.Format: Constants._format,
    ir.Binary: Constants._binary,
    ir.Seq: Constants._seq,
    ir.Dict: Constants._dict,
    ir.Unary: Constants._unary,
    ir.Comp: Constants._comp,
    ir.Call: Constants._call,
    ir.Await: Constants._inner,
    ir.Walrus: Constants._inner,
}
_FOLDED = frozenset({ir.Concat, ir.Format, ir.Call, ir.Sub, ir.AugAssign})
_GIVING = frozenset({ir.Assign, ir.AugAssign, ir.Walrus, ir.For, ir.Clause, ir.Scope})
