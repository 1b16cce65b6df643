"""The arguments of a call, and whether they meet the conditions of a library fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from deburr.engine import ir
from deburr.engine.taint.values import MOST_SHAPE, Value, parts_of

Pair = tuple[ir.Node, Value]


class Args:
    """What a call was given: positional and named arguments, the receiver, and whether more may hide in a spread."""

    __slots__ = ("named", "open", "positional", "receiver")

    def __init__(
        self, positional: list[Pair], named: dict[str, Pair], receiver: Pair | None = None, more: bool = False
    ):
        self.positional, self.named, self.receiver, self.open = positional, named, receiver, more

    def get(self, selector: object) -> Pair | None:
        """The argument that a fact's selector names: 0, "name", "0:name", "self", "=", "0.key.inner"."""
        place, *keys = str(selector).split(".") if isinstance(selector, str) else (str(selector),)
        if place == "*":
            given = (pair for pair in self.all() if pair[1].items is not None)
            return next((found for pair in given if (found := _inside(pair, keys)) is not None), None)
        pair = self._given(place)
        return _inside(pair, keys) if pair is not None else None

    def _given(self, selector: str) -> Pair | None:
        position, _, name = selector.partition(":")
        if position == "self":
            return self.receiver
        if position == "**":
            return self.named.get("")
        if position.isdigit():
            if int(position) < len(self.positional):
                return self.positional[int(position)]
            return self.named.get(name) if name else None
        return self.named.get(position)

    def lacks(self, selector: str) -> bool:
        """Whether what a selector names was surely not given."""
        place, *keys = selector.split(".")
        if self.open:
            return False
        pairs = list(self.all()) if place == "*" else [pair for pair in (self._given(place),) if pair is not None]
        return all(keys and _surely_not_inside(pair[1], keys) for pair in pairs)

    def select(self, selectors: object) -> Iterator[Pair]:
        """The arguments that one selector or several name; "*" is all of them."""
        for selector in selectors if isinstance(selectors, list) else [selectors]:
            if selector == "*":
                yield from self.all()
            elif (found := self.get(selector)) is not None:
                yield found

    def all(self) -> Iterator[Pair]:
        yield from self.positional
        yield from self.named.values()


def _inside(pair: Pair, keys: list[str]) -> Pair | None:
    """What stands under keys in a mapping that was handed over."""
    node, value = pair
    for key in keys:
        if value.items is not None and value.type == "dict":
            if key not in value.items:
                return None
            value = value.items[key]
        elif value.attrs is not None and key in value.attrs:
            value = value.attrs[key]
        elif value.taints and not value.known and value.shape is None and value.type in ("", "dict"):
            value = Value(taints=parts_of(value.taints, key))
        else:
            return None
        node = _written(node, key)
    return node, value


def _written(node: ir.Node, key: str) -> ir.Node:
    """The expression that is written under a key, where the mapping itself is written out."""
    for name, value in node.items if isinstance(node, ir.Dict) else ():
        if isinstance(name, ir.Const) and name.value == key:
            return value
    return node


def _surely_not_inside(value: Value, keys: list[str]) -> bool:
    for key in keys:
        if value.items is None or value.type != "dict" or value.rest is not None:
            return value.known and not isinstance(value.const, dict)
        if key not in value.items:
            return True
        value = value.items[key]
    return False


def met(fact: Mapping[str, Any], args: Args) -> bool:
    """Whether a fact's `when` holds and its `unless` does not."""
    when, unless = fact.get("when"), fact.get("unless")
    if when and not all(_holds(wanted, args, selector) for selector, wanted in when.items()):
        return False
    clauses = unless if isinstance(unless, list) else [unless] if unless else []
    return not any(all(_holds(wanted, args, selector) for selector, wanted in clause.items()) for clause in clauses)


def kinds_cleaned(facts: list[Any], args: Args) -> frozenset[str]:
    """The kinds of sink that a sanitizer or a guard is good for, given these arguments."""
    found: set[str] = set()
    for fact in facts:
        if isinstance(fact, str):
            found.add(fact)
        elif met(fact, args):
            found.update([fact["kinds"]] if isinstance(fact["kinds"], str) else fact["kinds"])
    if "html" in found and "json" not in found:
        found.add("json-page")  # a page that holds JSON is a page still
    if "html" in found:
        found |= {"markup", "markup-format", "markup-text"}  # what a page may show may also be declared safe for it
    return frozenset(found)


def _holds(wanted: Any, args: Args, selector: str) -> bool:
    found = args.get(selector)
    table = wanted if isinstance(wanted, dict) else {"is": wanted}
    if found is None:
        return bool(table.get("missing")) and args.lacks(selector)
    checks = [name for name in table if name != "missing"]
    return bool(checks) and all(_CHECKS[name](table[name], found[1]) for name in checks)


def _is(wanted: Any, value: Value) -> bool:
    options = wanted if isinstance(wanted, list) else [wanted]
    if not value.known:
        return False
    return any(type(value.const) is type(option) and value.const == option for option in options)


def _name(wanted: Any, value: Value) -> bool:
    options = wanted if isinstance(wanted, list) else [wanted]
    return bool(value.name) and value.name in options


def _type(wanted: Any, value: Value) -> bool:
    options = wanted if isinstance(wanted, list) else [wanted]
    return bool(value.type) and value.type in options


def _number(value: Value) -> float | None:
    return value.const if isinstance(value.const, (int, float)) and not isinstance(value.const, bool) else None


def _below(wanted: Any, value: Value) -> bool:
    number = _number(value)
    return number is not None and number < wanted


def _above(wanted: Any, value: Value) -> bool:
    number = _number(value)
    return number is not None and number > wanted


def _bits(wanted: Any, value: Value) -> bool:
    """Any of these bits is set."""
    return type(value.const) is int and bool(value.const & wanted)


@lru_cache(512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _matches(wanted: Any, value: Value) -> bool:
    text = value.const if isinstance(value.const, str) else value.shape
    if isinstance(value.const, bytes):
        text = value.const.decode("latin-1")
    return isinstance(text, str) and bool(_compiled(wanted).search(text[:MOST_SHAPE]))


def _contains(wanted: Any, value: Value) -> bool:
    options = wanted if isinstance(wanted, list) else [wanted]
    held = list(value.const) if isinstance(value.const, (list, tuple, dict, set)) else []
    if isinstance(value.const, str):
        return any(str(option) in value.const for option in options)
    if value.items is not None:
        if value.type == "dict":
            held += [f"{key}={inner.const}" for key, inner in value.items.items() if inner.known]
            held += list(value.items)
        else:
            held += [inner.const for inner in value.items.values() if inner.known]
            held += [inner.name for inner in value.items.values() if inner.name]
    return any(option in held for option in options)


def _lacks(wanted: Any, value: Value) -> bool:
    """Known to hold none of these: a container with unknown elements lacks nothing for sure."""
    if value.rest is not None or not (value.known or value.items is not None):
        return False
    return not _contains(wanted, value)


_CHECKS: dict[str, Callable[[Any, Value], bool]] = {
    "is": _is,
    "name": _name,
    "type": _type,
    "below": _below,
    "above": _above,
    "bits": _bits,
    "matches": _matches,
    "contains": _contains,
    "lacks": _lacks,
    "present": lambda wanted, value: bool(wanted) and value.const is not None,
    "constant": lambda wanted, value: value.known is bool(wanted),
    "worth": lambda wanted, value: any(taint.kind == wanted and taint.sure for taint in value.taints),
}
