"""Objects that hold texts, options and settings under construction: templates, buffers, parsers of options and files.

What comes in: a call of a method, and its arguments. What goes out: what is in the object by then.
"""

from __future__ import annotations

import hashlib
import re

from deburr.engine import ir
from deburr.engine.taint import fold, places
from deburr.engine.taint.attributes import item
from deburr.engine.taint.callees import Callee
from deburr.engine.taint.conditions import Args
from deburr.engine.taint.evidence import ALL
from deburr.engine.taint.machine import Env, Instance, Machine
from deburr.engine.taint.values import UNKNOWN, Value, collection, constant, union

_TEXT = "text()"
_HOLES = re.compile(r"\$(?:(\$)|([_a-zA-Z]\w*)|\{([_a-zA-Z]\w*)\})")
ARGUMENTS = "arguments()"
"""Among the attributes of a parser of options: what is known of each."""


def _template(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    if not args.positional:
        return None
    value = args.positional[0][1]
    return Value(type=callee.names[0], taints=value.taints).but(attrs={_TEXT: value})


def _substituted(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """`Template("$a").substitute(a=x)`."""
    template = ((callee.receiver[1] if callee.receiver else UNKNOWN).attrs or {}).get(_TEXT, UNKNOWN)
    given = {name: pair[1] for name, pair in args.named.items()}
    for _, value in args.positional:
        if value.items is None or value.rest is not None:
            return fold.text([template, *(one for _, one in args.all())])
        given |= value.items
    if not isinstance(template.const, str):
        return fold.text([template, *given.values()])
    parts: list[Value] = []
    at = 0
    for hole in _HOLES.finditer(template.const):
        parts.append(constant(template.const[at : hole.start()]))
        parts.append(constant("$") if hole[1] else given.get(hole[2] or hole[3], UNKNOWN))
        at = hole.end()
    return fold.text([*parts, constant(template.const[at:])])


def _buffer(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    held = args.positional[0][1] if args.positional else constant("")
    return Value(type=callee.names[0], taints=held.taints).but(attrs={_TEXT: held})


def _written(m: Machine, callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """`buffer.write(text)`."""
    if callee.receiver is None or not args.positional:
        return None
    _write(m, callee.receiver, [value for _, value in args.positional[:1]], env)
    return UNKNOWN


def _write(m: Machine, buffer: tuple[ir.Node, Value], more: list[Value], env: Env) -> None:
    node, owner = buffer
    text = fold.text([(owner.attrs or {}).get(_TEXT, UNKNOWN), *more])
    new = owner.but(attrs={**(owner.attrs or {}), _TEXT: text}, taints=union(owner.taints, text.taints))
    places.update(m, node, new, env)


def _printed(m: Machine, _callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """`print(text, file=buffer)`."""
    target = args.named.get("file")
    if target is not None and _TEXT in (target[1].attrs or ()):
        _write(m, target, [value for _, value in args.positional], env)
    return None


def _held(_m: Machine, callee: Callee, _args: Args, _node: ir.Call, _env: Env) -> Value | None:
    return ((callee.receiver[1] if callee.receiver else UNKNOWN).attrs or {}).get(_TEXT)


def _option(m: Machine, callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """`parser.add_argument("--mode", choices=[...])`: an option that can be nothing but harmless."""
    if callee.receiver is None:
        return None
    node, owner = callee.receiver
    names = [value.const for _, value in args.positional if isinstance(value.const, str)]
    name = next((one for one in names if one.startswith("--")), names[0] if names else "")
    dest = args.named["dest"][1].const if "dest" in args.named else name.lstrip("-").replace("-", "_")
    kind = _kind(args)
    if kind is not None and isinstance(dest, str):
        known = (owner.attrs or {}).get(ARGUMENTS) or collection({}, "dict")
        more = collection({**(known.items or {}), dest: kind}, "dict")
        places.update(m, node, owner.but(attrs={**(owner.attrs or {}), ARGUMENTS: more}), env)
    return UNKNOWN


def _kind(args: Args) -> Value | None:
    said = {name: pair[1] for name, pair in args.named.items()}
    if "choices" in said and not said["choices"].taints:
        return Value(type="choice")
    if "type" in said and said["type"].name in ("builtins.int", "builtins.float"):
        return Value(type=said["type"].name.removeprefix("builtins."))
    action = said["action"].const if "action" in said else None
    return Value(type="bool") if action in ("store_true", "store_false", "count") else None


def _set(m: Machine, callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """`config.set(section, name, value)`."""
    if callee.receiver is None or len(args.positional) != 3:
        return None
    (node, owner), ((_, section), (_, name), (_, value)) = callee.receiver, args.positional
    held = (owner.items or {}).get(section.const) if isinstance(section.const, str) else None
    inner = places.with_item(held or collection({}, "dict"), name, value)
    new = places.with_item(owner if owner.items is not None else owner.but(items={}), section, inner)
    places.update(m, node, new, env)
    return UNKNOWN


def _got(m: Machine, callee: Callee, args: Args, node: ir.Call, _env: Env) -> Value | None:
    """`config.get(section, name)`, where what was set is known."""
    owner = callee.receiver[1] if callee.receiver is not None else UNKNOWN
    if len(args.positional) < 2 or not owner.items:
        return None
    section = owner.items.get(args.positional[0][1].const) if args.positional[0][1].known else None
    if section is None or section.items is None or args.positional[1][1].const not in section.items:
        return None
    return item(m, section, args.positional[1][1], node)


_NUMBERS = frozenset("Int Integer Float Decimal Number Bool Boolean Date DateTime Time TimeDelta UUID Enum".split())


def _loaded(_m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """`Schema().load(data)`: the declared fields, of which some can be nothing but harmless."""
    owner = callee.receiver[1] if callee.receiver is not None else UNKNOWN
    if not isinstance(owner.function, Instance) or not args.positional:
        return None
    info, taints = owner.function.info, args.positional[0][1].taints
    found: dict[object, Value] = {}
    for one in info.lineage():
        for name, field in one.attrs.items() if not isinstance(one, Value) else ():
            if "fields." in field.type and name not in found:
                kinds = ALL if field.type.rpartition(".")[2] in _NUMBERS else info.restricted.get(name, frozenset())
                found[name] = Value(taints=tuple(taint.cleaned(kinds) for taint in taints) if kinds != ALL else ())
    return collection(found, "dict", Value(taints=taints)) if found else None


def _hash(m: Machine, callee: Callee, args: Args, _node: ir.Call, _env: Env) -> Value | None:
    """A hash of something that the program wrote is written in the program, too."""
    held = args.positional[0][1] if args.positional else constant(b"")
    if len(args.positional) > 1 or not isinstance(held.const, (bytes, str)):
        return None
    return Value(type=m.facts.returns.get(callee.names[0], "")).but(attrs={_TEXT: held})


def _hashed(m: Machine, callee: Callee, args: Args, _node: ir.Call, env: Env) -> Value | None:
    """`hash.update(text)`."""
    owner = callee.receiver[1] if callee.receiver is not None else UNKNOWN
    if callee.receiver is not None and _TEXT in (owner.attrs or ()):
        more = args.positional[0][1] if args.positional else UNKNOWN
        text = fold.concat([(owner.attrs or {})[_TEXT], more])
        places.update(m, callee.receiver[0], owner.but(attrs={_TEXT: text}), env)
    return None


def _digest(_m: Machine, callee: Callee, _args: Args, _node: ir.Call, _env: Env) -> Value | None:
    held = ((callee.receiver[1] if callee.receiver else UNKNOWN).attrs or {}).get(_TEXT, UNKNOWN).const
    if not isinstance(held, (bytes, str)):
        return None
    done = hashlib.sha256(held.encode("utf-8", "replace") if isinstance(held, str) else held)
    return constant(done.digest() if callee.attr == "digest" else done.hexdigest())


TABLE = {
    **{f"hashlib.{name}": _hash for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")},
    "hashlib.Hash.update": _hashed,
    "hashlib.Hash.digest": _digest,
    "hashlib.Hash.hexdigest": _digest,
    "string.Template": _template,
    "string.Template.substitute": _substituted,
    "string.Template.safe_substitute": _substituted,
    "io.StringIO": _buffer,
    "io.BytesIO": _buffer,
    **{f"io.{kind}.write": _written for kind in ("StringIO", "BytesIO")},
    **{f"io.{kind}.{name}": _held for kind in ("StringIO", "BytesIO") for name in ("getvalue", "read")},
    "builtins.print": _printed,
    "argparse.ArgumentParser.add_argument": _option,
    "configparser.ConfigParser.set": _set,
    "configparser.ConfigParser.get": _got,
    "marshmallow.Schema.load": _loaded,
    "marshmallow.Schema.loads": _loaded,
}
