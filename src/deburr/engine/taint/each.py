"""What is proved of a whole by a test that each of its elements has passed."""

from __future__ import annotations

from collections.abc import Iterator

from deburr.engine import ir
from deburr.engine.taint.machine import Env, Machine
from deburr.engine.taint.patterns import allowing
from deburr.engine.taint.values import EVERY, HOLE, SIZE, Value

_ALL = frozenset({EVERY, SIZE})
_CODE = frozenset({"code"})
_CALLS = frozenset({"Call", "Attribute", "expr", "AST"})
"""Parts of a program that let it do anything; one that has none of them only counts and compares."""


def all_of(m: Machine, test: ir.Call, truth: bool, env: Env) -> Iterator[tuple[ir.Node, frozenset[str]]]:
    """`all(c in ALLOWED for c in text)`, or not `any(c not in ALLOWED for c in text)`: what is harmless, for what."""
    name = test.func.id if isinstance(test.func, ir.Name) else ""
    comp = test.args[0] if test.args else None
    if isinstance(comp, ir.Comp) and len(comp.clauses) == 1 and truth is (name == "all"):
        yield from _passed(m, comp.clauses[0], (comp.item, truth), Env(env))


def looped(m: Machine, loop: ir.For, env: Env) -> Iterator[tuple[ir.Node, frozenset[str]]]:
    """The same of a loop that is left for good at the first element that fails."""
    for statement in loop.body:
        if isinstance(statement, ir.If) and statement.body and _leaves(statement.body[-1]):
            yield from _passed(m, loop, (statement.test, False), Env(env))


def _leaves(statement: ir.Node) -> bool:
    """Whether the function is left here, by itself or by `abort(400)`."""
    call = statement.value if isinstance(statement, ir.Expr) else None
    if isinstance(call, ir.Call) and isinstance(call.func, (ir.Name, ir.Attr)):
        return (call.func.id if isinstance(call.func, ir.Name) else call.func.name) in ("abort", "exit", "_exit")
    return isinstance(statement, (ir.Raise, ir.Return))


def _passed(
    m: Machine, loop: ir.For | ir.Clause, asked: tuple[ir.Node, bool], env: Env
) -> Iterator[tuple[ir.Node, frozenset[str]]]:
    test, truth = asked
    while isinstance(test, ir.Unary) and test.op == "not":
        test, truth = test.operand, not truth
    if isinstance(test, ir.Logic) and (test.op == "and") is truth:
        for part in test.values:
            yield from _passed(m, loop, (part, truth), env)
    elif (kinds := _parts(m, loop, (test, truth), env)) is not None:
        yield kinds
    elif isinstance(test, ir.Compare):
        signs = _signs(m, loop, (test, truth), env)
        if signs is not None:
            yield loop.iter, allowing(m, signs)
    elif (signs := _signs(m, loop, (test, truth), env)) is not None:
        yield loop.iter, allowing(m, signs)
    elif truth and _asks_letters(test) and not isinstance(test, ir.Logic):
        yield loop.iter, _ALL


def _signs(m: Machine, loop: ir.For | ir.Clause, asked: tuple[ir.Node, bool], env: Env) -> str | None:
    """Which signs an element may be, besides letters and digits, when a test came out so; None when any."""
    test, truth = asked
    while isinstance(test, ir.Unary) and test.op == "not":
        test, truth = test.operand, not truth
    if isinstance(test, ir.Logic):
        found = [_signs(m, loop, (part, truth), env) for part in test.values]
        known = [signs for signs in found if signs is not None]
        if (test.op == "and") is truth:
            return known[0] if known else None
        return "".join(known) if len(known) == len(found) else None
    if isinstance(test, ir.Compare):
        among = len(test.ops) == 1 and test.ops[0] in (("in", "==") if truth else ("not in", "!="))
        chosen = among and _is(test.left, loop.target) and _chosen(m, test.rights[0], loop.iter, env)
        return _written(m.eval(test.rights[0], env)) if chosen else None
    func = test.func if truth and isinstance(test, ir.Call) else None
    letters = isinstance(func, ir.Attr) and func.name in _LETTERS and _is(func.obj, loop.target)
    return "" if letters else None


_LETTERS = frozenset({"isalnum", "isalpha", "isdigit", "isdecimal", "isnumeric", "isidentifier"})


def _written(value: Value) -> str:
    """All signs that stand in a collection, as far as they are known."""
    if isinstance(value.const, str):
        return value.const
    if value.shape is not None:
        return value.shape.replace(HOLE, "")
    return "".join(one.const for one in (value.items or {}).values() if isinstance(one.const, str))


def allowed(m: Machine, chosen: Value) -> frozenset[str]:
    """For which sinks a text is harmless all of whose signs are among these."""
    return allowing(m, _written(chosen))


def besides(m: Machine, about: ir.Node, kinds: frozenset[str], env: Env) -> frozenset[str]:
    """For which of these kinds that is harmless, too, which was taken away before a test: `x.replace("-", "")`."""
    signs = ""
    while isinstance(about, ir.Call) and isinstance(about.func, ir.Attr) and about.func.name in _TAKING:
        value = m.eval(about.args[0], env) if about.args else None
        signs += value.const if value is not None and isinstance(value.const, str) else " "
        about = about.func.obj
    harmless = allowing(m, signs) if signs.strip() else _ALL
    return kinds if harmless == _ALL else harmless if kinds >= {EVERY} else kinds & harmless


_TAKING = frozenset({"replace", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix"})


def _chosen(m: Machine, allowed: ir.Node, source: ir.Node, env: Env) -> bool:
    """Whether what is allowed was chosen by the program, or by who calls it, and not by who sent the text."""
    ours = {taint.origin for taint in m.eval(source, env).taints}
    return all(taint.kind == "parameter" and taint.origin not in ours for taint in m.eval(allowed, env).taints)


def _parts(
    m: Machine, loop: ir.For | ir.Clause, asked: tuple[ir.Node, bool], env: Env
) -> tuple[ir.Node, frozenset[str]] | None:
    """`isinstance(node, ALLOWED)` for each node of `ast.walk(tree)`, or for none of them when calls are refused."""
    test, truth = asked
    walk = loop.iter.func if isinstance(loop.iter, ir.Call) else None
    if not (isinstance(walk, ir.Attr) and walk.name == "walk" and isinstance(loop.iter, ir.Call) and loop.iter.args):
        return None
    if not (isinstance(test, ir.Call) and isinstance(test.func, ir.Name) and test.func.id == "isinstance"):
        return None
    named = {word for arg in test.args[1:] for word in _names(arg, m.eval(arg, env))}
    proved = named.isdisjoint(_CALLS) if truth else "Call" in named
    return (loop.iter.args[0], _CODE) if proved else None


def _names(node: ir.Node, value: Value) -> Iterator[str]:
    """The last names of the classes that are asked about."""
    for part in ir.walk(node):
        if isinstance(part, ir.Attr):
            yield part.name
    for inner in (value.items or {}).values():
        yield inner.name.rpartition(".")[2]


def _is(node: ir.Node, target: ir.Node) -> bool:
    """Whether an element is asked about itself, whatever its case."""
    while isinstance(node, ir.Call) and isinstance(node.func, ir.Attr) and not node.args:
        node = node.func.obj
    return isinstance(node, ir.Name) and isinstance(target, ir.Name) and node.id == target.id


def _asks_letters(test: ir.Node) -> bool:
    return any(isinstance(node, ir.Attr) and node.name.startswith("isal") for node in ir.walk(test))
