"""What tests prove about where a path or an address leads."""

from __future__ import annotations

import re

from deburr.engine import ir
from deburr.engine.taint.evidence import (
    HOST,
    HOST_PARTS,
    NORMALIZED,
    ONE_SLASH,
    RELATIVE,
    ROOTED,
    UPLOAD,
    prove,
)
from deburr.engine.taint.machine import Env, Machine
from deburr.engine.taint.values import LEVEL, PATH, Value

_BELOW = re.compile(r"[a-z][a-z0-9+.-]*://[^/]+/")


def normalized(value: Value) -> bool:
    """Whether nothing in a path leads upwards any more."""
    return all(NORMALIZED in taint.clean for taint in value.taints)


def lacks(m: Machine, sign: object, node: ir.Node, env: Env) -> None:
    """A sign was not found in a path, or among its parts."""
    if sign not in ("..", "../", "/"):
        return
    node = _whole(node)
    prove(env, node, m.eval(node, env), PATH if sign == "/" else frozenset({LEVEL}))


def _whole(node: ir.Node) -> ir.Node:
    """The path whose parts an expression gives."""
    if isinstance(node, ir.Attr) and node.name == "parts":
        return node.obj
    if isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and node.func.name == "split":
        return node.func.obj
    return node


def absolute(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    """`os.path.isabs(path)`, `path.is_absolute()` came out false."""
    if not truth:
        node = test.args[0] if test.args else test.func.obj if isinstance(test.func, ir.Attr) else test
        prove(env, node, m.eval(node, env), frozenset({RELATIVE}))


def starts(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    """A prefix proves a fixed host, or that a resolved path lies below its base."""
    if not (isinstance(test.func, ir.Attr) and test.args):
        return
    value, prefix = m.eval(test.func.obj, env), m.eval(test.args[0], env)
    if not value.taints:
        return
    options = list(prefix.items.values()) if prefix.items else [prefix]
    texts = [option.const for option in options]
    if not truth:
        _without(env, test.func.obj, value, texts)
        return
    if all(isinstance(text, str) and _BELOW.match(text) for text in texts):
        prove(env, test.func.obj, value, HOST)
    elif texts == ["/"]:
        prove(env, test.func.obj, value, frozenset({ROOTED}))
    elif normalized(value):
        base = _origins(prefix)
        inside = tuple(taint for taint in value.taints if taint.origin not in base)
        prove(env, test.func.obj, value.with_taints(inside), PATH)


def _without(env: Env, node: ir.Node, value: Value, texts: list[object]) -> None:
    """A text begins with none of these."""
    if normalized(value) and (".." in texts or "../" in texts):
        prove(env, node, value, PATH)
    known = {RELATIVE} if "/" in texts else set()
    if "//" in texts:
        known.add(ONE_SLASH)
    prove(env, node, value, frozenset(known))


def ends(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    """A known ending proves the type of an uploaded file, or whose a host is."""
    if not (truth and isinstance(test.func, ir.Attr) and test.args):
        return
    ending = m.eval(test.args[0], env)
    if ending.taints:
        return
    node = test.func.obj
    while isinstance(node, ir.Call) and isinstance(node.func, ir.Attr):
        node = node.func.obj
    value = m.eval(node, env)
    texts = [one.const for one in ending.items.values()] if ending.items else [ending.const]
    of_host = {taint.part for taint in value.taints} & HOST_PARTS or (
        isinstance(node, ir.Attr) and node.name in HOST_PARTS
    )
    if of_host and all(isinstance(text, str) and re.match(r"\.[^.]+\.", text) for text in texts):
        prove(env, node, value, HOST)
    else:
        prove(env, node, value, UPLOAD)


def inside(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    """`path.is_relative_to(base)`: below it, as far as nothing leads upwards."""
    if truth and isinstance(test.func, ir.Attr):
        value = m.eval(test.func.obj, env)
        if normalized(value):
            prove(env, test.func.obj, value, PATH)


def common(m: Machine, node: ir.Call, other: Value, env: Env) -> bool:
    """`os.path.commonpath([base, path]) == base` and its like; whoever chose the base may have chosen badly still."""
    if not (isinstance(node.func, ir.Attr) and node.func.name in ("commonpath", "commonprefix")):
        return False
    base = _origins(other)
    for value in (m.eval(arg, env) for arg in node.args):
        for taint in value.taints:
            if taint.origin not in base and NORMALIZED in taint.clean:
                env.clean(taint, PATH)
    return True


def _origins(base: Value) -> set[object]:
    """Where a base folder comes from, as far as that is sure: who named what was looked up has not named the folder."""
    return {taint.origin for taint in base.taints if taint.sure}
