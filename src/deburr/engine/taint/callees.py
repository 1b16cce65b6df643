"""What a call calls and with what: full names, methods of the text, evaluated arguments."""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint.attributes import attribute
from deburr.engine.taint.conditions import Args, Pair
from deburr.engine.taint.linking import ModuleOf
from deburr.engine.taint.machine import ClassInfo, Env, Instance, Machine
from deburr.engine.taint.values import UNKNOWN, Value, element


class Callee:
    """What is called: its possible full names, the object it is a method of, and the function if the text has it."""

    __slots__ = ("attr", "names", "receiver", "target")

    def __init__(self, names: list[str], target: Value, receiver: Pair | None = None, attr: str = "") -> None:
        self.names, self.target, self.receiver, self.attr = names, target, receiver, attr


def resolve(m: Machine, func: ir.Node, env: Env) -> Callee:
    """What the expression before the parentheses stands for."""
    if not isinstance(func, ir.Attr):
        target = m.eval(func, env)
        name = target.name or (f"{target.type}.__call__" if target.type else "")
        if not isinstance(func, ir.Name) or target.function is not None:
            return Callee(_also(m, [name]) if name else [], target)
        foreign = name and name.split(".")[0] not in m.roots and not name.startswith("builtins.")
        alone = [f"?.{name.rpartition('.')[2]}"] if foreign else []
        return Callee([*_also(m, [name or f"?.{func.id}"]), *alone], target)
    owner = m.eval(func.obj, env)
    receiver = (func.obj, owner)
    found = local_method(m, owner, func)
    if found is not None:
        return Callee([], found, receiver, func.name)
    names = _also(m, method_names(m, owner, func.name))
    return Callee([*names, *_stars(func)] if f"*.{func.name}" in names else names, UNKNOWN, receiver, func.name)


def _also(m: Machine, names: list[str]) -> list[str]:
    """Names, and the other full names of what goes by them."""
    others = [other for name in names if m.knows(other := m.facts.same.get(name, "")) and not name.startswith("*")]
    return names if not others else [*names, *others]


def _stars(func: ir.Attr) -> list[str]:
    """`a.b.c.d` as a method of something unknown: "*.c.d", "*.b.c.d"."""
    found, tail, node = [], func.name, func.obj
    for _ in range(2):
        if not isinstance(node, ir.Attr):
            break
        tail, node = f"{node.name}.{tail}", node.obj
        found.append(f"*.{tail}")
    return found


def local_method(m: Machine, owner: Value, func: ir.Attr) -> Value | None:
    """The function of the text that a method call reaches, as a value."""
    if owner.attrs and func.name in owner.attrs and owner.attrs[func.name].function is not None:
        return owner.attrs[func.name]
    if isinstance(owner.function, (Instance, ClassInfo, ModuleOf)):
        value = attribute(m, owner, func.name, func)
        if value.function is not None:
            return value
    return None


def method_names(m: Machine, owner: Value, name: str) -> list[str]:
    """The full names that a method of a value may go by in the facts, most exact first."""
    if isinstance(owner.function, (Instance, ClassInfo)):
        info = owner.function if isinstance(owner.function, ClassInfo) else owner.function.info
        bases = info.library_bases()
        return [f"{base}.{name}" for base in bases] or [f"*.{name}"]
    if owner.shape is not None and owner.type in ("", "str"):
        return [f"str.{name}"]
    names = [f"{base}.{name}" for base in dict.fromkeys((owner.type, owner.name)) if base]
    if owner.type and owner.type.split(".")[0] in m.roots:
        return [*names, f"*.{name}"] if _by_its_text(m, name) and not any(map(m.knows, names)) else names
    if owner.name and m.knows(f"{owner.name}.{name}"):
        return names
    if owner.type in ("list", "dict", "tuple", "set", "int", "float", "bool", "bytes", "str"):
        return names
    root = owner.name.split(".")[0] if owner.name else ""
    if root in m.roots and owner.name == root:
        return names
    made = "." in owner.type and owner.type.rpartition(".")[2][:1].isupper()
    return [*names, f"*.{name}", f"str.{name}"] if owner.taints and not made else [*names, f"*.{name}"]


def _by_its_text(m: Machine, name: str) -> bool:
    """Whether what arrives at a method of this name tells by itself that it is a statement, whatever the object is."""
    return all(fact.get("looks") == "sql" for fact in m.facts.sinks.get(f"*.{name}", ({},)))


def arguments(m: Machine, node: ir.Call, env: Env, receiver: Pair | None) -> Args:
    """The arguments, evaluated, with what guards have proved about them."""
    positional: list[Pair] = []
    more = False
    for arg in node.args:
        if isinstance(arg, ir.Star):
            value = m.eval(arg.value, env)
            if value.items is not None and value.rest is None:
                positional += [(arg, inner) for inner in value.items.values()]
            else:
                positional.append((arg, env.scrub(element(value))))
                more = True
        else:
            positional.append((arg, _scrubbed(m, m.eval(arg, env), env)))
    named: dict[str, Pair] = {}
    for name, arg in node.kwargs:
        value = _scrubbed(m, m.eval(arg, env), env)
        if name:
            named[name] = (arg, value)
        elif value.items is not None and value.type == "dict" and value.rest is None:
            named |= {key: (arg, inner) for key, inner in value.items.items() if isinstance(key, str)}
        else:
            more = True
            named |= {key: (arg, inner) for key, inner in (value.items or {}).items() if isinstance(key, str)}
            named[""] = (arg, value)
    if receiver is not None:
        receiver = (receiver[0], env.scrub(receiver[1]))
    return Args(positional, named, receiver, more)


def _scrubbed(_m: Machine, value: Value, env: Env) -> Value:
    return env.scrub(value) if value.taints else value
