"""Names, attributes and elements: what stands behind a name of the text or of a library."""

from __future__ import annotations

from deburr.engine import ir
from deburr.engine.taint import functions, linking, objects
from deburr.engine.taint.conditions import Args
from deburr.engine.taint.credentials import kinds_of
from deburr.engine.taint.machine import Bound, ClassInfo, Closure, Instance, Machine
from deburr.engine.taint.values import (
    GETTER,
    MADE,
    MISSING,
    UNKNOWN,
    Taint,
    Value,
    collection,
    constant,
    element,
    parts_of,
    piece,
    union,
)

_WRITTEN = frozenset({"detail", "message", "description", "messages", "user_message"})
"""Attributes that only an application's own exceptions have: they were written to be read."""


_OF_CLASS = frozenset({"__name__", "__qualname__", "__class__", "__module__"})
"""Attributes that are the program's own, whatever the object holds."""


def by_name(value: Value, name: str, node: ir.Node) -> Value:
    """The value with what its name says of it: under some names stands a secret."""
    kinds = kinds_of(name)
    if not kinds or value.known or value.function is not None or any(t.kind == "secret" for t in value.taints):
        return value
    return value.with_taints((*value.taints, *(Taint(kind, ("name", name), (node,)) for kind in kinds)))


def starred(m: Machine, node: ir.Name) -> Value | None:
    """What a name means that may come from a module of which everything was imported."""
    for module in reversed(m.stars):
        full = f"{module}.{node.id}"
        if full in m.starred:
            return typed(m, full, UNKNOWN, node)
    return None


def free(m: Machine, name: str) -> Value:
    """What a name means that the text does not define: a known module, a builtin, or what it means by convention."""
    if name in m.facts.conventions:
        full = m.facts.conventions[name]
        return typed(m, full, UNKNOWN, None)
    if name in m.roots:
        return Value(name=name)
    if name in m.language.builtins:
        return Value(name=f"builtins.{name}")
    return UNKNOWN


def typed(m: Machine, full: str, owner: Value, node: ir.Node | None) -> Value:
    """The value that stands at the full name of a library's attribute."""
    kind = m.facts.returns.get(full, "")
    value = Value(name=full, type=kind, taints=owner.taints)
    found = m.facts.sources.get(full)
    if found and node is not None:
        value.taints = union(value.taints, tuple(Taint(worth, (full,), (node,)) for worth in found))
    if value.taints and (kinds := m.facts.sanitizers.get(full)):
        value.taints = tuple(taint.cleaned(k for k in kinds if isinstance(k, str)) for taint in value.taints)
    return value


def imported_value(m: Machine, imported: str, node: ir.Node) -> Value:
    """What an import of something gives."""
    full = _at_home(m, imported)
    if full not in m.facts.returns and full not in m.facts.sources:
        value = Value(m.facts.constants.get(full, MISSING), full)
        value.function = linking.lazy(m, imported)
        return value
    value = Value(name=full, type=m.facts.returns.get(full, ""))
    if full in m.facts.sources:
        value.taints = tuple(Taint(worth, (full,), (node,)) for worth in m.facts.sources[full])
    return value


def _at_home(m: Machine, full: str) -> str:
    """The name under which the facts know something that is imported from a module with a second name."""
    if full in m.facts.returns:
        return full
    module, rest = full, ""
    while "." in module:
        module, _, last = module.rpartition(".")
        rest = f".{last}{rest}"
        home = m.facts.returns.get(module)
        if home is not None and not home.startswith(f"{module}."):  # else it is no second name, but what a call gives
            return home + rest
    return full


def attribute(m: Machine, owner: Value, name: str, node: ir.Node) -> Value:
    """`owner.name`."""
    if owner.attrs is not None:
        if name in owner.attrs:
            return owner.attrs[name]
        if name == "__dict__":
            return collection({key: value for key, value in owner.attrs.items() if key.isidentifier()}, "dict", UNKNOWN)
    if owner.items is not None and owner.type == "dict":
        if name in owner.items:
            return owner.items[name]
        if owner.rest is None and not owner.name:
            return UNKNOWN
    local = local_attribute(m, owner, name, node)
    if local is not None:
        return local
    bases = [owner.type or owner.name]
    if isinstance(owner.function, Instance):
        bases = owner.function.info.library_bases() or bases
    for base in bases:
        full = f"{base}.{name}"
        if base and (full in m.facts.returns or full in m.facts.sources):
            return typed(m, full, owner.with_taints(parts_of(owner.taints, name)), node)
        if f"{base}.__getattr__" in m.facts.returns and not m.knows(full):
            return typed(m, f"{base}.__getattr__", owner.with_taints(parts_of(owner.taints, name)), node)
    taints = parts_of(owner.taints, name) if owner.taints and name not in _OF_CLASS else ()
    if any(taint.kind == "exception" for taint in taints):
        told = m.facts.sources.get(f"any.Exception.{name}")
        if told:
            kept = tuple(taint for taint in taints if taint.kind != "exception")
            return Value(taints=(*kept, *(Taint(kind, (f"any.Exception.{name}",), (node,)) for kind in told)))
    if taints and name in _WRITTEN:
        taints = tuple(taint for taint in taints if taint.kind != "exception")
    if taints and (kinds := m.facts.sanitizers.get(f"{bases[0] or '*'}.{name}") or m.facts.sanitizers.get(f"*.{name}")):
        taints = tuple(taint.cleaned(k for k in kinds if isinstance(k, str)) for taint in taints)
    if bases[0]:
        full = f"{bases[0]}.{name}"
        return Value(m.facts.constants.get(full, MISSING), full, taints=taints)
    return Value(taints=taints) if taints else UNKNOWN


def _bound(closure: Closure, owner: Value, info: ClassInfo) -> Closure | Bound:
    """A method with what it will be called on: the object, the class, or nothing."""
    kinds = {full for full, _, _ in closure.decorators}
    if "builtins.classmethod" in kinds:
        if not isinstance(owner.function, ClassInfo):
            owner = Value()
            owner.function = info
        return Bound(closure, owner)
    if closure.node.kind == "static" or "builtins.staticmethod" in kinds or not isinstance(owner.function, Instance):
        return closure
    return Bound(closure, owner)


def local_attribute(m: Machine, owner: Value, name: str, node: ir.Node) -> Value | None:
    """An attribute that a class of the text defines."""
    what = owner.function
    if isinstance(what, linking.ModuleOf):
        return linking.member(m, what, name)
    info = what.info if isinstance(what, Instance) else what if isinstance(what, ClassInfo) else None
    if info is None:
        return None
    closure = info.method(name)
    if closure is not None:
        if closure.node.kind == "getter" or any(full.endswith("property") for full, _, _ in closure.decorators):
            m.site = node
            return functions.run(m, closure, Args([(node, owner)], {}))
        value = Value(name="")
        value.function = _bound(closure, owner, info)
        return value
    if isinstance(what, Instance) and name in info.seen:
        return info.seen[name]
    found = info.attribute(name)
    if isinstance(what, Instance) and owner.taints and owner.attrs is None and info.declares(name):
        return objects.accepted(m, info, name, _field(owner, name, found), node)
    if found is None and isinstance(what, Instance) and not name.startswith("__"):
        return objects.special(m, (node, owner), "__getattr__", Args([(node, constant(name))], {}))
    if found is not None and found.attrs is not None and GETTER in found.attrs and isinstance(what, Instance):
        getter = found.attrs[GETTER].function
        return functions.run_method(m, getter, (node, owner), Args([], {})) if isinstance(getter, Closure) else found
    return found


def _field(owner: Value, name: str, declared: Value | None) -> Value:
    """A field of an object that came from outside as a whole: its default says nothing."""
    if declared is not None and isinstance(declared.function, Instance) and declared.function.info.is_enum():
        return declared
    value = Value(taints=parts_of(owner.taints, name))
    if declared is not None and not declared.known:
        value.type, value.function = declared.type, declared.function
    return value


def item(m: Machine, owner: Value, key: Value, node: ir.Node) -> Value:
    """`owner[key]`, by known key where the elements are known."""
    if owner.items is not None and key.known and not isinstance(key.const, (list, dict, set)):
        index = key.const
        if isinstance(index, int) and index < 0 and owner.type in ("list", "tuple") and owner.rest is None:
            index += len(owner.items)
        if index in owner.items:
            return owner.items[index]
        if owner.rest is None:
            return (owner.attrs or {}).get(MADE, UNKNOWN)
    if owner.known and key.known and isinstance(owner.const, (str, bytes)):
        try:
            return constant(owner.const[key.const])
        except (TypeError, LookupError):
            return UNKNOWN
    if owner.items is not None or owner.rest is not None:
        return element(owner)
    full = f"{owner.type or owner.name}.__getitem__"
    if full in m.facts.returns or full in m.facts.sources:
        value = typed(m, full, owner, node)
        return value.with_taints(picked(value.taints, key, node))
    name = f"{owner.name}[{key.const}]" if owner.name and key.known else ""
    taints = picked(owner.taints, key, node)
    if taints and (kinds := m.facts.sanitizers.get(full)):
        taints = tuple(taint.cleaned(k for k in kinds if isinstance(k, str)) for taint in taints)
    value = Value(name=name, taints=taints) if name or taints else UNKNOWN
    return by_name(value, key.const, node) if isinstance(key.const, str) else value


def picked(taints: tuple[Taint, ...], key: Value, node: ir.Node) -> tuple[Taint, ...]:
    """The taints of one element of a tainted whole: each element of a source is an origin of its own."""
    if not taints:
        return ()
    which = key.const if key.known and isinstance(key.const, (str, int)) else ("at", node.start)
    return tuple(
        t.but(origin=(t.origin, which), steps=(node,)) if not t.part and len(t.steps) == 1 else piece(t, "?")
        for t in taints
    )
