"""Calls: what is called, what the facts say of it, and what comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from deburr.engine import ir
from deburr.engine.taint import (
    callbacks,
    containers,
    fold,
    functions,
    linking,
    natives,
    objects,
    patterns,
    places,
    sinks,
    texts,
)
from deburr.engine.taint.attributes import picked
from deburr.engine.taint.callees import Callee, arguments, resolve
from deburr.engine.taint.conditions import Args, Pair, kinds_cleaned
from deburr.engine.taint.credentials import snake
from deburr.engine.taint.machine import Bound, ClassInfo, Closure, Env, Instance, Machine, Partial, Run
from deburr.engine.taint.values import CLEANED, EVERY, NONE_CLEAN, UNKNOWN, Taint, Value, union

_CLEANER = re.compile(
    r"(?:^|_)(?:saniti[sz]e\w*|escape\w*|quote\w*|clean(?:ed|_\w+)?|validate\w*|normali[sz]e_and_check\w*|secure_\w*|safe_\w*|"
    r"allowlist\w*|whitelist\w*|hash(?:ed)?|digest|encrypt\w*|mask\w*|redact\w*)(?:_|$)"
)
_PREDICATE = re.compile(r"^(?:is|has|can|should|was|are|does|count|num|len)_|^(?:len|count|size|exists|isfile|isdir)$")
_KEEPS_SECRETS = frozenset(
    "builtins.str builtins.repr builtins.format builtins.dict builtins.list builtins.tuple json.dumps "
    "pprint.pformat copy.copy copy.deepcopy builtins.bytes".split()
)
_TEXT_TO_TEXT = fold.TEXT_METHODS | {"encode", "decode", "hex", "hexdigest", "digest", "format", "join"}
_READS = _TEXT_TO_TEXT | frozenset(
    "get getlist read readline readlines json text body form data values items keys pop popitem get_json get_data "
    "getvalue copy popleft group groups groupdict split rsplit splitlines partition rpartition next first last strip "
    "to_dict dict".split()
)
"""Methods that give what they were asked for, or a piece of it."""
_FRAGILE = frozenset({"secret", "exception", "digest"})
"""Kinds of taint that do not survive a call of which nothing is known."""


def call(m: Machine, node: ir.Call, env: Env) -> Value:
    """What a call gives."""
    callee = resolve(m, node.func, env)
    return apply(m, callee, arguments(m, node, env, callee.receiver), node, env)


def apply(m: Machine, callee: Callee, args: Args, node: ir.Call, env: Env) -> Value:
    """What comes of a call of `callee` with these arguments at this place."""
    if type(callee.target.function) is Partial:
        callee, args = _completed(callee.target.function, args)
    for name in callee.names:
        sinks.call(m, name, args, node)
        if name.endswith((".update", ".from_mapping")):
            _settings(m, name.rpartition(".")[0], args, node)
        if name in m.facts.forwards and (inner := _forwarded(m.facts.forwards[name], node)) is not None:
            value = call(m, inner, env)
            if isinstance(m.facts.forwards[name]["function"], int):
                return value
    for name, (arg, value) in args.named.items():
        if name:
            sinks.named(m, name, value, arg)
    returned = callbacks.handed_over(m, callee, args, node) if m.facts.handlers else None
    if returned is not None:
        return returned
    if callee.target.function is not None and not isinstance(callee.target.function, linking.ModuleOf):
        return local(m, callee, args, node, env)
    return result(m, callee, args, node, env)


def _completed(partial: Partial, args: Args) -> tuple[Callee, Args]:
    """The call that a function with some of its arguments makes when it is given the others."""
    given: Args = partial.given
    both = (args.positional, given.positional) if partial.before else (given.positional, args.positional)
    target = partial.target
    merged = Args([*both[0], *both[1]], {**given.named, **args.named}, None, args.open or given.open)
    return Callee([target.name] if target.name else [], target), merged


def _settings(m: Machine, owner: str, args: Args, node: ir.Call) -> None:
    """Several elements of a mapping are set at once, by keywords or by another mapping."""
    for key, pair in args.named.items():
        sinks.assigned(m, f"{owner}[{key}]", pair, node)
    for given, value in args.positional:
        for key, inner in (value.items or {}).items():
            sinks.assigned(m, f"{owner}[{key}]", (given, inner), node)


def _forwarded(fact: Mapping[str, Any], node: ir.Call) -> ir.Call | None:
    """The call that this one makes: a function and its arguments are among the arguments here."""
    where, named = fact["function"], dict(node.kwargs)
    if isinstance(where, int):
        if len(node.args) <= where or any(isinstance(arg, ir.Star) for arg in node.args[: where + 1]):
            return None
        return ir.Call(node.start, node.end, node.args[where], node.args[where + 1 :], node.kwargs)
    given = named.get(fact.get("args", ""))
    if where not in named:
        return None
    return ir.Call(node.start, node.end, named[where], given.items if isinstance(given, ir.Seq) else [], [])


def local(m: Machine, callee: Callee, args: Args, node: ir.Call, env: Env) -> Value:
    """A call of something that the text defines."""
    what, m.site = callee.target.function, node
    if isinstance(what, Closure):
        done = functions.follow(m, what, args)
        _afterwards(m, done, (what, args), node, env)
        return done.value
    if isinstance(what, Bound):
        value = functions.run_method(m, what.closure, (node, what.receiver), args)
        changed = m.receiver
        if m.done is not None:
            _afterwards(
                m, m.done, (what.closure, Args([(node, what.receiver), *args.positional], args.named)), node, env
            )
        if changed is not None and changed is not what.receiver:
            _left_as(m, node.func, changed, env)
        return value
    if isinstance(what, ClassInfo):
        for base in what.library_bases():
            sinks.call(m, base, args, node, what)
        args.positional = [(arg, places.shared(m, arg, value, env)) for arg, value in args.positional]
        value = objects.instantiate(m, callee.target, args, node)
        if m.done is not None:
            env.prove(m.done.always)
        return value
    if isinstance(what, Instance):
        method = what.info.method("__call__")
        if method is not None:
            return functions.run_method(m, method, (node, callee.target), args)
    return UNKNOWN


def _afterwards(m: Machine, done: Run, called: tuple[Closure, Args], node: ir.Call, env: Env) -> None:
    """What a call of a function of the text proved, and which of its arguments it changed."""
    closure, args = called
    if not m.quiet:
        m.proofs[id(node)] = done
    env.prove(done.always)
    for param, given in zip(closure.node.params, args.positional, strict=False):
        _changed(m, done, param, given, env)
    if args.named and done.changed:
        for param in closure.node.params:
            if param.name in args.named:
                _changed(m, done, param, args.named[param.name], env)


def _changed(m: Machine, done: Run, param: ir.Param, given: Pair, env: Env) -> None:
    """An argument is from here on what the function made of it."""
    after = done.env.vars.get(param.name)
    if after is None or given[1].name or not isinstance(given[0], (ir.Name, ir.Attr, ir.Sub)):
        return
    aliased = after.ref and done.env.vars.get(after.ref, after) is not after
    if param.name in done.changed or aliased:
        after = functions.left_as(m, done, param.name) or after
        places.update(m, given[0], after.but(ref=given[1].ref), env)


def _left_as(m: Machine, func: ir.Node, changed: Value, env: Env) -> None:
    """A method left its object as `changed`."""
    if not isinstance(func, ir.Attr):
        return
    if isinstance(func.obj, (ir.Name, ir.Attr)):
        places.update(m, func.obj, changed, env)
    elif isinstance(func.obj, ir.Call) and isinstance(func.obj.func, ir.Name) and func.obj.func.id == "super":
        own = m.active[-1].params[0].name
        before = env.get(own)
        if before is not None:
            changed = changed.copy()
            changed.function = before.function
            env.vars[own] = changed


def result(m: Machine, callee: Callee, args: Args, node: ir.Call, env: Env) -> Value:
    """What a call of something outside the text gives."""
    value = outcome(m, callee, args, node, env)
    for name in callee.names[:1] if value.taints else ():
        if kinds := patterns.matched(m, name, callee.receiver[1] if callee.receiver else UNKNOWN, args):
            return value.with_taints(tuple(taint.cleaned(kinds) for taint in value.taints))
        if value.attrs is None and (pattern := patterns.searched(name, callee.receiver, args)) is not None:
            value = value.but(attrs={"pattern": pattern})
        elif callee.attr == "group" and (kinds := patterns.group(m, callee.receiver, args)):
            return value.with_taints(tuple(taint.cleaned(kinds) for taint in value.taints))
    for name in callee.names:
        if name in m.facts.sanitizers:
            kinds = kinds_cleaned(m.facts.sanitizers[name], args)
            if not value.taints:
                return Value(type=value.type, shape=CLEANED) if "html" in kinds and value is UNKNOWN else value
            if EVERY in kinds:
                return value.with_taints(tuple(_number(t) for t in value.taints if t.kind in ("weak-random", "remote")))
            return value.with_taints(tuple(taint.cleaned(kinds) for taint in value.taints)) if kinds else value
    return value


def _number(taint: Taint) -> Taint:
    """What stays of a taint in a number: it can still be guessed, or too large."""
    return taint if taint.kind == "weak-random" else taint.cleaned((EVERY,))


def outcome(m: Machine, callee: Callee, args: Args, node: ir.Call, env: Env) -> Value:
    """The same before what was cleaned is taken into account."""
    facts = m.facts
    for name in callee.names:
        if name in facts.propagators:
            known = fold.decoded(name, [value for _, value in args.positional])
            return _propagated(m, name, args, env) if known is None else known
    special = _special(m, callee, args, node, env)
    if special is not None:
        return special
    for name in callee.names:
        if name in facts.sources:
            taints = tuple(Taint(worth, (name, _first_constant(args, node)), (node,)) for worth in facts.sources[name])
            value = Value(type=facts.returns.get(name) or _read_as(callee), taints=taints)
            told = (callee.receiver[1].attrs or {}).get(texts.ARGUMENTS) if callee.receiver is not None else None
            return value if told is None else value.but(attrs=told.items)
    return _passed_on(m, callee, args)


def _read_as(callee: Callee) -> str:
    """The type of what a method of this name gives, whatever it is a method of."""
    return "dict" if callee.attr == "json" and callee.receiver is not None else ""


def _first_constant(args: Args, node: ir.Call) -> object:
    """What tells two reads of one source apart: the key, or else the place."""
    value = args.positional[0][1].const if args.positional else None
    return value if isinstance(value, str) else node.start


def _propagated(m: Machine, name: str, args: Args, env: Env) -> Value:
    """Taints travel as the fact says, and nowhere else."""
    value = Value(type=m.facts.returns.get(name, ""))
    for fact in m.facts.propagators[name]:
        taints = union(*(pair[1].taints for pair in args.select(fact["from"])))
        if fact["to"] == "return":
            value.taints = union(value.taints, tuple(taint.but(clean=NONE_CLEAN) for taint in taints))
        elif (target := args.get(fact["to"])) is not None and taints:
            places.update(m, target[0], target[1].with_taints(union(target[1].taints, taints)), env)
    return value


def _special(m: Machine, callee: Callee, args: Args, node: ir.Call, env: Env) -> Value | None:
    """Methods of texts and containers, and the functions whose result can be folded."""
    if callee.receiver is not None:
        if natives.knows(callee):
            native = natives.result(m, callee, args, node, env)
            if native is not None:
                return native
        attr = m.facts.same.get(f"*.{callee.attr}", callee.attr)
        found = containers.method(m, callee.receiver, attr, args, env)
        if found is not None:
            return found
        owner = callee.receiver[1]
        values = [value for _, value in args.positional]
        if callee.attr == "format_map" and isinstance(owner.const, str) and values and values[0].items is not None:
            given = {key: one for key, one in values[0].items.items() if isinstance(key, str)}
            return fold.formatted(owner.const, [], given)
        if callee.attr == "format" and isinstance(owner.shape, str) and not owner.name:
            if owner.known:
                return fold.formatted(
                    owner.const, [v for _, v in args.positional], {k: p[1] for k, p in args.named.items()}
                )
            return fold.text([owner, *(value for _, value in args.all())])
        if not owner.name or owner.taints:
            folded = fold.method(owner, attr, values)
            if folded is not None:
                return folded
        if (
            callee.attr in ("get", "getlist", "pop", "get_list", "getall", "getone", "getfirst", "setdefault")
            and owner.taints
        ):
            key = values[0] if values else UNKNOWN
            default = values[1].taints if len(values) > 1 else ()
            kind = next((m.facts.returns[name] for name in callee.names if name in m.facts.returns), "")
            return Value(type=kind, taints=union(picked(owner.taints, key, node), default))
    return natives.result(m, callee, args, node, env)


def _of_self(m: Machine, callee: Callee) -> bool:
    """Whether it is a method of the object whose method is run, or of what that holds: a class may have added it."""
    owner = callee.receiver[0] if callee.receiver is not None else None
    own = m.active[-1].params[0].name if m.frame.info is not None and m.active and m.active[-1].params else ""
    if isinstance(owner, ir.Attr):
        owner = owner.obj
    return isinstance(owner, ir.Name) and owner.id == own != ""


def _passed_on(m: Machine, callee: Callee, args: Args) -> Value:
    """By default whatever goes into a call comes out of it."""
    kind = ""
    for name in callee.names:
        kind = kind or m.facts.returns.get(name, "")
    name = callee.names[0] if callee.names else ""
    last = name.rpartition(".")[2]
    kind = kind or _read_as(callee)
    if not kind and last[:1].isupper() and not name.startswith(("*", "?")):
        kind = name
    given = [value.taints for _, value in args.all()]
    owner = callee.receiver[1] if callee.receiver is not None else UNKNOWN
    taints = union(owner.taints, *given)
    if not taints:
        return Value(type=kind) if kind else UNKNOWN
    plain = snake(last)
    known = m.knows(name) or (name.split(".")[0] in m.foreign and not _of_self(m, callee))
    if _PREDICATE.search(plain) or (not known and _CLEANER.search(plain)):
        return Value(type=kind, shape=CLEANED)
    attr = m.facts.same.get(f"*.{callee.attr}", callee.attr)
    keeps = m.facts.same.get(name, name) in _KEEPS_SECRETS or attr in _TEXT_TO_TEXT
    reads = attr in _READS
    kept = tuple(
        taint if known or attr in _TEXT_TO_TEXT or (reads and owner.taints) else taint.but(sure=False)
        for taint in taints
        if keeps or taint.kind not in _FRAGILE or (taint in owner.taints and taint.kind == "digest")
    )
    return Value(type=kind, taints=kept)
