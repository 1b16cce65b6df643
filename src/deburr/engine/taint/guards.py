"""What a test proves about values on the path where it came out true, or false."""

from __future__ import annotations

import re
from collections.abc import Callable

from deburr.engine import ir
from deburr.engine.taint import each, fold, locations, membership
from deburr.engine.taint.conditions import Args, kinds_cleaned
from deburr.engine.taint.credentials import snake
from deburr.engine.taint.evidence import ALL, HOST, HOST_PARTS, UPLOAD, prove
from deburr.engine.taint.machine import ClassInfo, Env, Machine
from deburr.engine.taint.patterns import allowing, by_line, left_harmless, strict
from deburr.engine.taint.values import EVERY, PATH, SIZE, UNKNOWN, Value

_MATCHES = frozenset({"match", "fullmatch", "search"})
_OF_FILES = re.compile(r"file|ext|mime|image|type", re.IGNORECASE)
_WEAK_PARTS = frozenset({"scheme", "port", "method", "content_type", "mimetype", "suffix", "size", "content_length"})
_TYPES = frozenset(f"builtins.{name}" for name in ("int", "float", "bool", "complex")) | {
    "uuid.UUID",
    "datetime.date",
    "datetime.datetime",
}
_CONVERSIONS = _TYPES | {
    "datetime.date.fromisoformat",
    "datetime.datetime.fromisoformat",
    "ipaddress.ip_address",
    "ipaddress.IPv4Address",
    "ipaddress.IPv6Address",
}
"""What raises when it is given anything but a number, a date, an address."""
_RAISING = frozenset(name.rpartition(".")[2] for name in _CONVERSIONS) | {"relative_to"}
_IDENTITY = re.compile(
    r"passw|pwd|login|logged|token|user|account|permission|role|auth(?!ori[sz]ed_)|credential|signature|captcha|csrf|session|otp",
    re.IGNORECASE,
)
"""Who somebody is says nothing about the text that they sent."""
_CHECKER = re.compile(
    r"(?:^|_)(?:is_?(?:valid|safe|allowed|authori[sz]ed|trusted|permitted|within|inside)|"
    r"(?:valid(?:ate)?|verify|check|allow(?:ed)?|ensure)(?:_|$)|validate|allowed)",
    re.IGNORECASE,
)


def refine(m: Machine, test: ir.Node, truth: bool, env: Env) -> None:
    """Note in `env` what follows from `test` having come out as `truth`; the test has been evaluated already."""
    if m.quiet:
        return  # a test is evaluated again for what it proves: were that done for tests inside, it would never end
    m.quiet += 1
    try:
        _refine(m, test, truth, env)
    finally:
        m.quiet -= 1


def _refine(m: Machine, test: ir.Node, truth: bool, env: Env) -> None:
    if isinstance(test, ir.Unary) and test.op == "not":
        _refine(m, test.operand, not truth, env)
    elif isinstance(test, ir.Logic):
        if (test.op == "and") is truth:
            for part in test.values:
                _refine(m, part, truth, env)
        else:
            if test.op == "and":
                _unless_empty(m, test.values, env)
            undecided = [part for part in test.values if fold.truth(m.eval(part, env)) is not (test.op == "and")]
            if len(undecided) == 1:
                _refine(m, undecided[0], truth, env)
            elif undecided:
                _either(m, undecided, truth, env)
    elif isinstance(test, ir.Compare) and len(test.ops) == 1:
        if (found := _nothing_found(test)) is not None:
            _refine(m, test.left, truth is not found, env)
        _comparison(m, test, truth, env)
        if (found_at := membership.position(m, test, env)) is not None:
            _comparison(m, found_at[0], truth is found_at[1], env)
        _limit(m, test, truth, env)
        if test.ops[0] == "<=" and truth:
            _among(m, test.left, test.rights[0], env)
    elif isinstance(test, ir.Binary) and test.op == "-" and not truth:
        _among(m, test.left, test.right, env)
    elif isinstance(test, ir.Call):
        if (done := m.proofs.get(id(test))) is not None:
            env.prove(done.if_true if truth else done.if_false)
        if isinstance(test.func, ir.Name) and test.func.id == "bool" and test.args:
            _refine(m, test.args[0], truth, env)
        _call(m, test, truth, env)
    elif isinstance(test, ir.Walrus):
        _refine(m, test.value, truth, env)
    elif isinstance(test, ir.Attr) and test.name in HOST_PARTS and not truth:
        prove(env, test, m.eval(test, env), HOST)
    elif isinstance(test, ir.Name) and not truth and _nothing_in(test, env):
        return
    elif isinstance(test, ir.Name) and (asked := env.get(f"?{test.id}")) is not None and asked.function is not None:
        if (said := getattr(asked.function, "if_true" if truth else "if_false", None)) is not None:
            env.prove(said)
            return
        hidden = Env(env)
        hidden.vars[f"?{test.id}"] = UNKNOWN  # `a = a and b` must not be asked about itself
        _refine(m, asked.function, truth, hidden)
        del hidden.vars[f"?{test.id}"]
        env.absorb([hidden])


def _nothing_in(test: ir.Name, env: Env) -> bool:
    """An empty text, or nothing at all, does no harm; whether that is what a variable holds."""
    value = env.get(test.id)
    if value is None or not value.taints or value.type not in ("", "str") or env.get(f"?{test.id}") is not None:
        return False
    env.vars[test.id] = value.with_taints(())
    return True


def _either(m: Machine, parts: list[ir.Node], truth: bool, env: Env) -> None:
    """One of several tests came out as `truth`, nobody knows which: what all of them prove."""
    branches = [Env(env) for _ in parts]
    for part, branch in zip(parts, branches, strict=True):
        _refine(m, part, truth, branch)
    if all(branch.cleans for branch in branches):
        env.absorb(branches)


def _nothing_found(test: ir.Compare) -> bool | None:
    """Whether a comparison asks if a pattern was not found, or if it was; None when it asks something else."""
    left, right = test.left, test.rights[0]
    left = left.value if isinstance(left, ir.Walrus) else left
    searched = isinstance(left, ir.Call) and isinstance(left.func, ir.Attr) and left.func.name in _MATCHES
    if not searched or not isinstance(right, ir.Const) or right.value is not None:
        return None
    return {"is": True, "==": True, "is not": False, "!=": False}.get(test.ops[0])


def survived(m: Machine, call: ir.Call, env: Env) -> None:
    """Note what follows from a call having raised nothing: what is a number, or lies below a folder, is harmless."""
    func = call.func
    name = func.name if isinstance(func, ir.Attr) else func.id if isinstance(func, ir.Name) else ""
    if not call.args or (name not in _RAISING and not name[:1].isupper()):
        return
    m.quiet += 1
    owner = m.eval(func.obj, env) if isinstance(func, ir.Attr) else None
    if isinstance(func, ir.Attr) and owner is not None and func.name == "relative_to":
        if not m.eval(call.args[0], env).taints and locations.normalized(owner):
            prove(env, func.obj, owner, PATH)
    elif owner is None and isinstance(info := m.eval(func, env).function, ClassInfo) and info.is_enum():
        prove(env, call.args[0], m.eval(call.args[0], env), ALL)
    elif not _CONVERSIONS.isdisjoint(_callee(m, func, owner, env)):
        prove(env, call.args[0], m.eval(call.args[0], env), frozenset({EVERY}))
    m.quiet -= 1


def debugging(test: ir.Node, truth: bool) -> bool:
    """Whether a branch is only taken where the program is being debugged."""
    if isinstance(test, ir.Unary) and test.op == "not":
        return debugging(test.operand, not truth)
    name = test.name if isinstance(test, ir.Attr) else test.id if isinstance(test, ir.Name) else ""
    return truth and name.lower() in ("debug", "is_debug", "debug_mode")


def remember(m: Machine, node: ir.Assign, env: Env) -> None:
    """Note which test a variable holds the answer of: `allowed, reason = is_allowed(path)`."""
    target = node.targets[0] if node.targets else None
    if isinstance(target, ir.Seq) and target.items:
        target = target.items[0]
    if not isinstance(target, ir.Name):
        return
    test, func = node.value, getattr(node.value, "func", None)
    name = func.name if isinstance(func, ir.Attr) else func.id if isinstance(func, ir.Name) else ""
    if isinstance(test, (ir.Compare, ir.Logic)) or name in _SPECIAL or _CHECKER.search(name) or id(test) in m.proofs:
        answer = Value()
        answer.function = test
        env.vars[f"?{target.id}"] = answer
    elif env.get(f"?{target.id}") is not None:
        env.vars[f"?{target.id}"] = UNKNOWN


def _unless_empty(m: Machine, parts: list[ir.Node], env: Env) -> None:
    """`if back and not is_safe(back)` came out false: it is safe, or it is empty, which does no harm."""
    for part in parts:
        names = [_asked(other) for other in parts if other is not part]
        wanted = set.intersection(*names) if names else set()
        if wanted and isinstance(part, ir.Unary):
            inner = Env(env)
            _refine(m, part, False, inner)
            env.vars.update({name: inner.vars[name] for name in wanted if name in inner.vars})


def _asked(test: ir.Node) -> set[str]:
    """The variables that are empty when a test is false."""
    if isinstance(test, ir.Logic) and test.op == "or":
        return set().union(*(_asked(part) for part in test.values))
    return {test.id} if isinstance(test, ir.Name) else set()


def _comparison(m: Machine, test: ir.Compare, truth: bool, env: Env) -> None:
    op, left, right = test.ops[0], test.left, test.rights[0]
    positive = truth if op in ("in", "==", "is") else not truth if op in ("not in", "!=", "is not") else None
    if positive is None:
        return
    a, b = m.eval(left, env), m.eval(right, env)
    if op in ("in", "not in"):
        if positive and isinstance(right, ir.Attr) and right.name == "parents":
            prove(env, right.obj, m.eval(right.obj, env), PATH)
        elif positive and not b.taints and not (b.known and isinstance(b.const, str)):
            prove(env, left, a, _kinds_of(left, a))
            for taint in a.taints:
                env.clean(taint.but(part=""), UPLOAD)
        elif positive and a.taints and b.known and isinstance(b.const, str):
            prove(env, left, a, allowing(m, b.const))
        elif not positive and b.taints and a.known:
            locations.lacks(m, a.const, right, env)
    elif positive:
        for node, value, other in ((left, a, b), (right, b, a)):
            if isinstance(node, ir.Call) and locations.common(m, node, other, env):
                continue
            if other.const is None and other.known and isinstance(node, ir.Name):
                _nothing_in(node, env)
            elif value.taints and not other.taints:
                for taint in value.taints:
                    if taint.part.endswith("?"):
                        env.clean(taint.but(part=""), UPLOAD)
                if other.known and other.const is not None:
                    prove(env, node, value, _kinds_of(node, value))
                elif other.const is not None:
                    prove(env, node, value, _kinds_of(node, value) & HOST or _whole(value))


def _limit(m: Machine, test: ir.Compare, truth: bool, env: Env) -> None:
    """A value that is known to be less than something cannot be too large."""
    below = {"<": truth, "<=": truth, ">": not truth, ">=": not truth}.get(test.ops[0])
    if below is not None:
        node = test.left if below else test.rights[0]
        prove(env, node, m.eval(node, env), frozenset({SIZE}))


def _whole(value: Value) -> frozenset[str]:
    return ALL if all(not taint.part for taint in value.taints) else frozenset()


def _kinds_of(node: ir.Node, value: Value) -> frozenset[str]:
    """For which sinks an allow-list test on this expression proves its origin harmless."""
    parts = {taint.part.removesuffix(".?") for taint in value.taints}
    if isinstance(node, ir.Attr) and node.name in _WEAK_PARTS:
        return frozenset()
    if parts & HOST_PARTS or (isinstance(node, ir.Attr) and node.name in HOST_PARTS):
        return HOST
    return ALL


def _call(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    func = test.func
    receiver = m.eval(func.obj, env) if isinstance(func, ir.Attr) else None
    name = _callee(m, func, receiver, env)
    subject = test.args[0] if test.args else test.kwargs[0][1] if test.kwargs else None
    for full in name:
        args = Args([(arg, m.eval(arg, env)) for arg in test.args], {}, None)
        kinds = kinds_cleaned(m.facts.guards.get(full, []), args)
        if kinds and truth:
            about = (
                func.obj
                if isinstance(func, ir.Attr)
                and (full.startswith(("str.", "*.")) or (receiver is not None and receiver.taints))
                else subject
            )
            if about is not None:
                prove(env, about, m.eval(about, env), each.besides(m, about, kinds, env))
            return
    last = name[-1].rpartition(".")[2]
    special = _SPECIAL.get(m.facts.same.get(f"*.{last}", last))
    if special is not None:
        special(m, test, truth, env)
    elif truth and _CHECKER.search(snake(last)) and not _IDENTITY.search(last) and not _empty(m, test):
        kinds = UPLOAD if _OF_FILES.search(last) else ALL
        for arg in (*test.args, *(arg for _, arg in test.kwargs)):
            value = m.eval(arg, env)
            if value.taints:
                prove(env, arg, value, kinds)


def _empty(m: Machine, test: ir.Call) -> bool:
    """Whether a check of the text answers always the same, or only measures what it is given."""
    done = m.proofs.get(id(test))
    if done is None:
        return False
    if done.value.known:
        return True
    for node in ir.walk(done.node) if done.node is not None else ():
        if isinstance(node, ir.Call) and not (isinstance(node.func, ir.Name) and node.func.id in _MEASURING):
            return False
        if isinstance(node, ir.Compare) and not _MEASURED.issuperset(node.ops):
            return False
        if isinstance(node, (ir.For, ir.While, ir.Comp, ir.Try)):
            return False
    return done.node is not None


_MEASURING = frozenset({"len", "isinstance", "bool", "type", "print"})
_MEASURED = frozenset({"<", "<=", ">", ">=", "is", "is not"})


def _callee(m: Machine, func: ir.Node, receiver: Value | None, env: Env) -> list[str]:
    if isinstance(func, ir.Attr) and receiver is not None:
        owner = receiver.type or receiver.name
        return [f"{owner}.{func.name}", f"str.{func.name}"] if owner else [f"*.{func.name}", f"str.{func.name}"]
    value = m.eval(func, env)
    return [value.name or (func.id if isinstance(func, ir.Name) else "")]


def _isinstance(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    if truth and len(test.args) == 2:
        kinds = test.args[1].items if isinstance(test.args[1], ir.Seq) else [test.args[1]]
        if kinds and all(m.eval(kind, env).name in _TYPES for kind in kinds):
            prove(env, test.args[0], m.eval(test.args[0], env), ALL)


def _match(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    """A regular expression that allows only chosen characters, over the whole text."""
    if not (truth and isinstance(test.func, ir.Attr) and test.args):
        return
    owner, first = m.eval(test.func.obj, env), m.eval(test.args[0], env)
    module = owner.name in ("re", "regex", "re2")
    subject = test.args[1] if module and len(test.args) > 1 else test.args[0]
    how = m.facts.same.get(f"*.{test.func.name}", test.func.name)
    if first.attrs is not None and "pattern" in first.attrs and not module:  # text.match(pattern)
        owner, subject, how = first, test.func.obj, "search"
    pattern = first if module else (owner.attrs or {}).get("pattern", UNKNOWN)
    text = pattern.const
    said = (owner.attrs or {}).get("flags", UNKNOWN).const
    flags = [*test.args[2:], *(given for name, given in test.kwargs if name == "flags")] if module else []
    lines = any(by_line(flag) for flag in flags) or "by line" in (owner.attrs or {})
    lines = lines or (isinstance(said, str) and "m" in said)
    if isinstance(text, str) and strict(text, how) and not (lines and how != "fullmatch"):
        prove(env, subject, m.eval(subject, env), left_harmless(m, text))


def _among(m: Machine, some: ir.Node, allowed: ir.Node, env: Env) -> None:
    """All elements of `set(text)` are among those that are allowed."""
    chosen = m.eval(allowed, env)
    func = some.func if isinstance(some, ir.Call) and some.args else None
    if isinstance(func, ir.Name) and func.id in _SETS and isinstance(some, ir.Call) and not chosen.taints:
        prove(env, some.args[0], m.eval(some.args[0], env), each.allowed(m, chosen))


_SETS = frozenset({"set", "frozenset"})


def _subset(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    if truth and isinstance(test.func, ir.Attr) and test.args:
        _among(m, test.func.obj, test.args[0], env)


def _contains(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    asked = membership.contains(test)
    if asked is not None:
        _comparison(m, asked, truth, env)


def _each(m: Machine, test: ir.Call, truth: bool, env: Env) -> None:
    """`all(c in ALLOWED for c in text)`."""
    for node, kinds in each.all_of(m, test, truth, env):
        prove(env, node, m.eval(node, env), kinds)


def looped(m: Machine, loop: ir.For, env: Env) -> None:
    """Note what follows from a loop having come to its end: no element has failed its test."""
    m.quiet += 1
    for node, kinds in each.looped(m, loop, env):
        prove(env, node, m.eval(node, env), kinds)
    m.quiet -= 1


_SPECIAL: dict[str, Callable[[Machine, ir.Call, bool, Env], None]] = {
    "isinstance": _isinstance,
    "startswith": locations.starts,
    "endswith": locations.ends,
    "is_relative_to": locations.inside,
    "isabs": locations.absolute,
    "is_absolute": locations.absolute,
    "issubset": _subset,
    "match": _match,
    "fullmatch": _match,
    "search": _match,
    "all": _each,
    "any": _each,
    "contains": _contains,
}
