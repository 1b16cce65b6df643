"""Passwords that go into a table as they came: as a value of a statement, or as a field of a model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from deburr.engine import ir
from deburr.engine.hit import Hit, Unit

_PASSWORD = re.compile(r"(?i)(?:new|user|raw|plain)?_?(?:password|passwd|pwd|passphrase)")
_STATEMENT = re.compile(
    r"(?is)\s*(?:insert\s+(?:or\s+\w+\s+)?into\s.*\bpass(?:word|wd)\b|update\s.*\bset\b.*\bpass(?:word|wd)\s*=)"
)
_SENT = re.compile(r"(?:Create|Register|Registration|SignUp|Signup|In|Input|Request|Schema|Form|Body|Payload)$")
"""How types are called whose objects hold what a client sent."""
_MODELS = frozenset({"Model", "Base", "SQLModel", "DeclarativeBase", "MappedAsDataclass"})
_READS = frozenset({"get", "strip", "pop", "get_argument", "get_param"})
_ASKS = frozenset({"input", "getpass", "raw_input"})


def detect(unit: Unit, resolve: Callable[[ir.Node], str]) -> Iterator[Hit]:  # noqa: ARG001 - every detector is asked alike
    """Each place where a password is stored that nothing has hashed."""
    models = _models(unit.module)
    for function in ir.walk(unit.module):
        params = function.params if isinstance(function, ir.Function) else []
        typed = {param.name for param in params if _PASSWORD.fullmatch(param.name)}
        typed |= {f"{param.name}." for param in params if _SENT.search(_last(param.annotation))}
        texts: dict[str, str] = {}
        for node in ir.walk(function) if isinstance(function, ir.Function) else ():
            if isinstance(node, ir.Assign):
                _remember(node, typed, texts)
            elif isinstance(node, ir.Call) and (_inserts(node, typed, texts) or _makes(node, models, typed)):
                yield Hit("plaintext-password-stored", node, "medium")


def _models(module: ir.Module) -> set[str]:
    """The classes that are rows of a table with a password, and do nothing to it when it is set."""
    found = set()
    for node in ir.walk(module):
        if isinstance(node, ir.Class) and any(_last(base) in _MODELS for base in node.bases):
            names = {step.name for step in node.body if isinstance(step, ir.Function)}
            if not names & {"password", "set_password", "__init__", "save", "hash_password"}:
                found.add(node.name)
    return found


def _remember(node: ir.Assign, typed: set[str], texts: dict[str, str]) -> None:
    """What an assignment says of a variable: it holds a password as typed, something else, or a statement."""
    pairs = [(target, node.value) for target in node.targets]
    if len(pairs) == 1 and isinstance(pairs[0][0], ir.Seq) and isinstance(node.value, ir.Seq):
        pairs = list(zip(pairs[0][0].items, node.value.items, strict=False))
    for target, value in pairs:
        if isinstance(target, ir.Name):
            typed.discard(target.id)
            if _raw(value, typed):
                typed.add(target.id)
            if isinstance(value, ir.Const) and isinstance(value.value, str):
                texts[target.id] = value.value


def _raw(node: ir.Node, typed: set[str]) -> bool:
    """Whether a value is a password as somebody typed it."""
    if isinstance(node, ir.Name):
        return node.id in typed
    if isinstance(node, ir.Sub):
        return _is_key(node.index)
    if isinstance(node, ir.Attr):
        if node.name == "data":
            return isinstance(node.obj, ir.Attr) and bool(_PASSWORD.fullmatch(node.obj.name))
        return bool(_PASSWORD.fullmatch(node.name)) and f"{_last(node.obj)}." in typed
    if isinstance(node, ir.Call):
        if isinstance(node.func, ir.Attr) and node.func.name in _READS:
            return bool(node.args and _is_key(node.args[0])) or _raw(node.func.obj, typed)
        return _last(node.func) in _ASKS and any("assword" in str(getattr(arg, "value", "")) for arg in node.args)
    return False


def _is_key(node: ir.Node) -> bool:
    return isinstance(node, ir.Const) and isinstance(node.value, str) and bool(_PASSWORD.fullmatch(node.value))


def _inserts(node: ir.Call, typed: set[str], texts: dict[str, str]) -> bool:
    """`execute("INSERT INTO users (name, password) …", (name, password))`."""
    if _last(node.func) != "execute" or len(node.args) < 2 or not isinstance(node.args[1], (ir.Seq, ir.Dict)):
        return False
    statement = node.args[0]
    said = statement.value if isinstance(statement, ir.Const) else texts.get(getattr(statement, "id", ""), "")
    values = node.args[1].items if isinstance(node.args[1], ir.Seq) else [value for _, value in node.args[1].items]
    return isinstance(said, str) and bool(_STATEMENT.match(said)) and any(_raw(value, typed) for value in values)


def _makes(node: ir.Call, models: set[str], typed: set[str]) -> bool:
    """`User(name=name, password=password)`."""
    named = isinstance(node.func, ir.Name) and node.func.id in models
    return named and any(_PASSWORD.fullmatch(name) and _raw(value, typed) for name, value in node.kwargs)


def _last(node: ir.Node | None) -> str:
    return node.name if isinstance(node, ir.Attr) else node.id if isinstance(node, ir.Name) else ""
