"""Functions and classes of the text: what they stand for, and what the outside may give them when it calls."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from deburr.engine import ir
from deburr.engine.rulebook import REQUESTS
from deburr.engine.taint import declared, functions, objects, sinks, wrapping
from deburr.engine.taint.conditions import Args, met
from deburr.engine.taint.machine import ClassInfo, Closure, Env, Instance, Machine
from deburr.engine.taint.values import UNKNOWN, Taint, Value, join

_SUPPLIED = ("Depends", "Security", "Injected", "Provide", "BackgroundTasks")


def function(m: Machine, node: ir.Function, env: Env) -> bool:
    """A function definition."""
    value = Value()
    value.function = made = closure(m, node, env, None)
    env.vars[node.name] = value
    if made.decorators:
        env.vars[node.name] = value = wrapping.decorated(m, made, value)
        if value.function is not made:
            made.outside = value
    return False


def closure(m: Machine, node: ir.Function, env: Env, info: ClassInfo | None) -> Closure:
    """The function with what stands around it, put on the list of those that the outside may call."""
    prefix = info.scope if info is not None else m.frame.scope
    made = Closure(node, env, m.frame, f"{prefix}.{node.name}" if prefix else node.name, info)
    decorators = []
    for decorator in node.decorators:
        func = decorator.func if isinstance(decorator, ir.Call) else decorator
        value = m.eval(decorator, env)
        decorators.append((full_name(m, func, env), value, decorator))
    made.decorators = tuple(decorators)
    if m.linked is m.home:
        m.entries.append(made)
    for param in node.params:
        if param.default is not None:
            sinks.named(m, param.name, m.eval(param.default, env), param.default)
    return made


def full_name(m: Machine, node: ir.Node, env: Env) -> str:
    """The full name of a function or class that an expression names, "*.name" for a method of something unknown."""
    if isinstance(node, ir.Attr):
        owner = m.eval(node.obj, env)
        return f"{owner.type or owner.name or '*'}.{node.name}"
    value = m.eval(node, env)
    return value.name


def klass(m: Machine, node: ir.Class, env: Env) -> bool:
    """A class definition."""
    scope = f"{m.frame.scope}.{node.name}" if m.frame.scope else node.name
    info = ClassInfo(node, env, scope)
    info.bases = [m.eval(base, env) for base in node.bases]
    for decorator in node.decorators:
        m.eval(decorator, env)
    inner = Env(env)
    around, m.klass = m.klass, node.name
    for statement in node.body:
        if isinstance(statement, ir.Function):
            _method(m, info, statement, env)
        else:
            if isinstance(statement, ir.Assign) and statement.annotation is not None:
                _field(m, info, statement, env)
            elif isinstance(statement, ir.Assign) and isinstance(statement.value, ir.Call) and info.bases:
                for target in statement.targets:
                    if isinstance(target, ir.Name) and (kinds := declared.restricted(m, (statement.value,), env)):
                        info.restricted[target.id] = kinds
            m.block([statement], inner)
    m.klass = around
    info.attrs = {name: declared.opened(value) for name, value in inner.vars.items()}
    value = Value()
    value.function = info
    env.vars[node.name] = value
    return False


def _method(m: Machine, info: ClassInfo, node: ir.Function, env: Env) -> None:
    """A method of a class, or what runs in place of an assignment."""
    made = closure(m, node, env, info)
    for decorator in node.decorators:
        if (
            isinstance(decorator, ir.Attr)
            and decorator.name in ("setter", "deleter")
            and declared.last(decorator.obj) == node.name
        ):
            if decorator.name == "setter":
                info.setters[node.name] = made
            return
    for name in objects.checked_fields(made) if made.decorators else ():
        info.checks.setdefault(name, []).append(made)
    info.closures[node.name] = made
    if made.decorators:
        value = Value()
        value.function = made
        found = wrapping.decorated(m, made, value).function
        if isinstance(found, Closure) and found is not made:
            around = Closure(found.node, found.env, found.frame, made.scope, info)
            around.decorators = made.decorators
            info.closures[node.name] = around
            made.outside = value.but(function=around)


def _field(m: Machine, info: ClassInfo, node: ir.Assign, env: Env) -> None:
    """An annotated name in a class, with what its declaration leaves it to be."""
    for target in node.targets:
        if isinstance(target, ir.Name):
            info.fields.append(target.id)
            if kinds := declared.restricted(m, (node.annotation, node.value), env):
                info.restricted[target.id] = kinds


def setting(m: Machine, target: ir.Node, node: ir.Node, value: Value, statement: ir.Node) -> None:
    """An ALL_CAPS assignment at the top level or in a class: a setting, unless it is one of a test's."""
    if not (isinstance(target, ir.Name) and target.id.isupper() and m.frame.outer is None):
        return
    if m.settings:
        sinks.assigned(m, f"django.settings.{target.id}", (node, value), statement)
    if "test" not in m.klass.lower():
        sinks.assigned(m, f"*.{target.id}", (node, value), statement)


def enter(m: Machine, made: Closure) -> None:
    """Run a function as the outside may call it."""
    node = made.node
    node.awake()
    outer, m.frame = m.frame, made.frame
    try:
        fact, decorator = _called_by(m, made)
        numbers = _converted(decorator)
        env, method = Env(), made.info is not None and not _is_static(made)
        for position, param in enumerate(node.params, -method):
            if position < 0:
                env.vars[param.name] = _self(made)
            elif (kind := _said(fact, "types", (position, len(node.params) - method))) is not None:
                env.vars[param.name] = Value(type=kind) if kind else UNKNOWN
            elif param.name in numbers:
                env.vars[param.name] = Value(type=numbers[param.name])
            else:
                worth = _said(fact, "worths", (position, len(node.params) - method))
                worth = fact.get("params", "") if worth is None else worth
                env.vars[param.name] = _given(m, param, worth if param.name not in fact.get("skip", ()) else "", made)
        kinds = _returns(m, fact, decorator, made)
        if made.outside is None or not _by_way_of(m, made, env, kinds):
            functions.execute(m, made, env, kinds)
    finally:
        m.frame = outer
    if made.info is not None and node.params:
        final = env.vars.get(node.params[0].name)
        for name, value in ((final.attrs if final is not None else None) or {}).items():
            seen = made.info.seen
            seen[name] = join(seen[name], value) if name in seen else value


def _said(fact: Mapping[str, Any], table: str, place: tuple[int, int]) -> str | None:
    """What a fact says of a parameter at a position, among so many."""
    said: Mapping[str, str] = fact.get(table, {})
    return said.get(f"{place[0]}/{place[1]}", said.get(str(place[0])))


def _by_way_of(m: Machine, made: Closure, env: Env, kinds: list[str]) -> bool:
    """Run what the decorators of a function made of it; whether that has called the function."""
    what = made.outside.function if made.outside is not None else None
    given = Args([(param, env.vars[param.name]) for param in made.node.params if not param.kind], {})
    was = id(made.node) in m.called
    m.called.discard(id(made.node))
    if isinstance(what, Closure):
        outer = Env()
        functions.bind(m, what, given, outer)
        functions.execute(m, what, outer, kinds)
    elif isinstance(what, Instance) and made.outside is not None:
        objects.special(m, (made.node, made.outside), "__call__", given)
    through = id(made.node) in m.called
    if was:
        m.called.add(id(made.node))
    return through


def _is_static(made: Closure) -> bool:
    return made.node.kind == "static" or any(full == "builtins.staticmethod" for full, _, _ in made.decorators)


def _self(made: Closure) -> Value:
    assert made.info is not None
    if any(full == "builtins.classmethod" for full, _, _ in made.decorators):
        value = Value()
        value.function = made.info
        return value
    value = Value(type=next(iter(made.info.library_bases()), ""))
    value.function = Instance(made.info)
    value.attrs = dict(made.info.seen)
    return value


def _called_by(m: Machine, made: Closure) -> tuple[Mapping[str, Any], ir.Node | None]:
    """What the facts say of whoever calls a function from outside, and the decorator that says who that is."""
    handlers = m.facts.handlers
    if made.handler is not None:
        told = "types" in made.handler or "worths" in made.handler
        return {"params": "" if told else "remote", **made.handler}, None
    if not made.node.name:
        return {}, None
    for full, _, decorator in made.decorators:
        fact = handlers.get(full)
        if fact is None and isinstance(decorator, ir.Call) and _routes(decorator):
            fact = handlers.get(f"*.{full.rpartition('.')[2]}")
        if fact is not None:
            return {"params": "remote", **fact}, decorator
    if made.info is not None:
        for base in made.info.library_bases():
            fact = handlers.get(base)
            if fact is not None and made.node.name in fact.get("methods", [made.node.name]):
                return {"params": "remote", **fact}, None
    if (m.settings_of == "django" or _takes_request(made)) and _is_view(m, made):
        given = [p.name for p in made.node.params if p.name in _OF_ERRORS or _preset(p.default)]
        return {"params": "remote", "skip": given}, None
    names = [p.name for p in made.node.params]
    if len(names) == 2 and names[0] == "event" and names[1] in _OF_RUNTIMES:
        return {"params": "remote", "skip": names[1:]}, None
    return {"params": "parameter"}, None


def _returns(m: Machine, fact: Mapping[str, Any], decorator: ir.Node | None, made: Closure) -> list[str]:
    """The kinds of sink that a handler's result reaches; some only if its decorator is given certain arguments."""
    said = fact.get("returns", [])
    given = decorator.kwargs if isinstance(decorator, ir.Call) else []
    kinds = []
    for kind in said if isinstance(said, list) else [said]:
        if isinstance(kind, str):
            kinds.append(kind)
        elif met(kind, Args([], {name: (arg, m.eval(arg, made.env)) for name, arg in given})):
            kinds.append(kind["kind"])
    return kinds


_VIEWS = frozenset(
    "get post put patch delete head options dispatch list retrieve create update partial_update destroy".split()
)
_OF_RUNTIMES = frozenset({"context", "_context", "ctx", "_ctx", "lambda_context", "_"})
"""What a function in the cloud calls the second thing that it is given."""
_CALLED = re.compile(rb"(?:[^.\w\s]|^|\b(?:return|yield|await|in|if|and|or|not|else))\s*(\w+)\s*\(", re.MULTILINE)
"""A call of a function by its name alone."""
_OF_ERRORS = ("exception", "exc", "error", "reason")


def _takes_request(made: Closure) -> bool:
    """Whether an annotation says that the first parameter is a request of Django's."""
    first = next((p.annotation for p in made.node.params if p.name == "request"), None)
    return first is not None and declared.last(first) == "HttpRequest"


def _is_view(m: Machine, made: Closure) -> bool:
    """A Django view: its first argument is the request, the others come from the address, and only Django calls it."""
    params = [p.name for p in made.node.params if p.name not in ("self", "cls")]
    if not params or params[0] != "request" or made.node.name.startswith("_"):
        return False
    if made.info is not None:
        return made.node.name in _VIEWS or any(full.rpartition(".")[2] == "action" for full, _, _ in made.decorators)
    if m.named is None:
        m.named = frozenset(_CALLED.findall(m.unit.data))
    return made.node.name.encode() not in m.named


def _preset(default: ir.Node | None) -> bool:
    """Whether a parameter has a value of the program's choice, not just none."""
    return default is not None and not (isinstance(default, ir.Const) and default.value in (None, ""))


def _routes(decorator: ir.Call) -> bool:
    """Whether a decorator's first argument is an address such as "/users/<name>"."""
    first = decorator.args[0] if decorator.args else None
    return isinstance(first, ir.Const) and isinstance(first.value, str) and first.value.startswith(("/", "^"))


_CONVERTED = re.compile(r"<(int|float|uuid):(\w+)>|\{(\w+):(int|float|uuid)\}")


def _converted(decorator: ir.Node | None) -> dict[str, str]:
    """The parameters that the address itself turns into numbers: "/items/<int:number>"."""
    first = decorator.args[0] if isinstance(decorator, ir.Call) and decorator.args else None
    if not (isinstance(first, ir.Const) and isinstance(first.value, str)):
        return {}
    return {match[2] or match[3]: "int" for match in _CONVERTED.finditer(first.value)}


def _applies(told: Mapping[str, Any], param: ir.Param, node: ir.Function) -> bool:
    """Whether a parameter is what its name says, by one of the conditions."""
    if node.name in told.get("functions", ()) or any(other.name in told.get("beside", ()) for other in node.params):
        return True
    reads = frozenset(told.get("reads", ()))
    if not reads and not told.keys() & {"functions", "beside"}:
        return True
    return bool(reads) and any(
        isinstance(inner, ir.Attr)
        and inner.name in reads
        and isinstance(inner.obj, ir.Name)
        and inner.obj.id == param.name
        for statement in node.body
        for inner in ir.walk(statement)
    )


def _given(m: Machine, param: ir.Param, worth: str, made: Closure) -> Value:
    """What the outside may pass for a parameter."""
    if param.name in ("self", "cls", "mcs"):
        return UNKNOWN
    kind = declared.annotated(m, param.annotation, made.env) if param.annotation is not None else None
    told = m.facts.parameters.get(param.name)
    if kind is None and told is not None and _applies(told, param, made.node):
        taints = (Taint(told["worth"], ("param", made.node.start, param.name), (param,)),) if "worth" in told else ()
        return Value(type=told.get("type", ""), taints=taints)
    if kind is None and param.name in ("request", "req") and worth != "":
        return Value(type=REQUESTS[0] if m.settings_of == "django" else "any.Request")
    if kind is not None and kind.type in objects.HARMLESS:
        return kind
    if isinstance(param.default, ir.Call) and declared.last(param.default.func) in _SUPPLIED:
        return kind or UNKNOWN
    if kind is not None and isinstance(kind.function, Instance) and kind.function.info.is_enum():
        return kind
    library = kind is not None and (kind.type.split(".")[0] in m.roots) and kind.type != "pathlib.Path"
    if library or worth == "":
        return kind or UNKNOWN
    value = kind.copy() if kind is not None else Value()
    if isinstance(param.default, ir.Const) and isinstance(param.default.value, (bool, int, float)) and kind is None:
        return Value(type=type(param.default.value).__name__)
    value.taints = (Taint(worth, ("param", made.node.start, param.name), (param,)),)
    if kinds := declared.restricted(m, (param.annotation, param.default), made.env):
        value.taints = (value.taints[0].cleaned(kinds),)
    if param.kind:
        value.type = "tuple" if param.kind == "*" else "dict"
    return value
