"""Where values arrive: compares what arrives with what the principles forbid, and records hits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from deburr.engine import ir
from deburr.engine.hit import Hit
from deburr.engine.project import FAR
from deburr.engine.rulebook import Rule
from deburr.engine.taint import doubt
from deburr.engine.taint.conditions import Args, Pair, met
from deburr.engine.taint.credentials import is_credential, is_sensitive, makes_sensitive
from deburr.engine.taint.machine import ClassInfo, Machine
from deburr.engine.taint.values import HOLE, MOST_SHAPE, TAINTED, UNKNOWN, Taint, Value, element
from deburr.model import RANK, Confidence

WORTHS = frozenset({"remote", "model", "stored", "local", "parameter"})
_SQL = re.compile(
    r"^[\s(\"']*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|replace|create|drop|alter|truncate|with|merge|exec(?:ute)?|call|grant|"
    r"revoke|pragma|attach|show|describe|explain|copy|use|set|begin|declare|lock)\b",
    re.IGNORECASE,
)
_SQL_WORDS = re.compile(r"\b(?:insert\s+into|delete\s+from|order\s+by|values\s*\()", re.IGNORECASE)
_SQL_PAIRS = [
    (re.compile(rf"\b{first}\b", re.IGNORECASE), re.compile(rf".{then}", re.IGNORECASE | re.DOTALL))
    for first, then in (("select", r"\bfrom"), ("update", r"\bset"), ("where", "[=<>]"))
]
_DATA = re.compile(r"(?:=|<|>|\blike\b)\s*['\"]?%?\0|'%?\0", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/!?]")


def _like_sql(text: str) -> bool:
    """Whether a text looks like a statement, or a piece of one; in time linear in its length."""
    if _SQL.search(text) or _SQL_WORDS.search(text):
        return True
    pairs = ((first.search(text), then) for first, then in _SQL_PAIRS)
    return any(found and then.search(text, found.end()) for found, then in pairs)


LOOKS: Mapping[str, Callable[[str], bool]] = {
    "sql": _like_sql,
    "xml": lambda text: bool(_MARKUP.search(text)),
    "html": lambda text: bool(_MARKUP.search(text)),
    "markup": lambda text: bool(_MARKUP.search(text)),
    "markup-format": bool,
}
_FIXED_HOST = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\0\1?#]*[^/\0\1?#:@.][/?#:]|^[\0](?:[^\1]*[/?#=])")
_FIXED_PATH = re.compile(r"^(?:/(?![/\\\1\0])|[?#]|[a-zA-Z0-9_.-]+[/?#])")
_PLACEHOLDER = re.compile(
    r"^$|^[<\[{$%].*|x{3,}|\.{3}|change|your|example|placeholder|todo|dummy|fake|mock|none|null|empty", re.IGNORECASE
)

_TEMPLATE = re.compile(r"^[<{$%]")
"""What is not a key but stands for one; a key such as "change-me" will be left as it is."""


class Place:
    """Where a value arrives: the node that is reported, what is called there, and the fact that says so."""

    __slots__ = ("callee", "fact", "node")

    def __init__(self, node: ir.Node, callee: str = "", fact: Mapping[str, Any] | None = None) -> None:
        self.node, self.callee, self.fact = node, callee, fact or {}


def call(m: Machine, name: str, args: Args, node: ir.Node, made: ClassInfo | None = None) -> None:
    """Check a call of `name` against the facts; `made` is the class of the text that comes from it."""
    for fact in m.facts.sinks.get(name, ()):
        if made is not None and "redefined" in fact and made.redefines(fact["redefined"]):
            continue
        if met(fact, args) and (node is m.returned or not fact.get("returned")):
            for pair in _cells(fact["kind"], args.select(fact["arg"])):
                reach(m, fact["kind"], pair, Place(node, name, fact))
    for fact in m.facts.misuses.get(name, ()):
        if met(fact, args) and (node is m.alone or not fact.get("alone")):
            misuse(m, fact, Place(node, name, fact))


def _cells(kind: str, pairs: Iterator[Pair], depth: int = 2) -> Iterator[Pair]:
    """The values that arrive; of the rows of a sheet, each cell by itself."""
    for node, value in pairs:
        if kind == "csv" and value.items and depth:
            yield from _cells(kind, ((node, inner) for inner in value.items.values()), depth - 1)
        else:
            yield node, value


def read(m: Machine, name: str, node: ir.Node) -> None:
    """Check a mention of `name`."""
    for fact in m.facts.reads.get(name, ()):
        misuse(m, fact, Place(node, name, fact))


def assigned(m: Machine, name: str, pair: Pair, node: ir.Node) -> None:
    """Check an assignment to the attribute, setting or key that goes by `name`."""
    args = Args([], {"=": pair})
    for fact in m.facts.assigns.get(name, ()):
        if met(fact, args):
            misuse(m, fact, Place(node, name, fact))
    for fact in m.facts.sinks.get(name, ()):
        if fact["arg"] == "=" and met(fact, args):
            reach(m, fact["kind"], pair, Place(node, name, fact))


def named(m: Machine, name: str, value: Value, node: ir.Node) -> Value:
    """Check a value that is given a name under which it must not be guessable; what is said once is not repeated."""
    sensitive = makes_sensitive if node is m.returned else is_sensitive
    if value.taints and any(t.kind == "weak-random" for t in value.taints) and sensitive(name):
        reach(m, "secret-value", (node, value), Place(node, name))
        return value.with_taints(tuple(t.cleaned(("secret-value",)) for t in value.taints))
    return value


def stored(m: Machine, value: Value, node: ir.Node, place: ir.Node) -> Value:
    """Check a text that is put into a mapping: markup is going to be shown; what is said once is not repeated."""
    if value.shape is None or not value.taints or not LOOKS["html"](value.shape) or TAINTED not in value.shape:
        return value
    reach(m, "markup-text", (node, value), Place(place))
    return value.with_taints(tuple(taint.cleaned(("html", "markup-text")) for taint in value.taints))


def compared(m: Machine, op: str, node: ir.Node, sides: tuple[Value, Value]) -> None:
    """Check a comparison: a digest must not be compared byte by byte."""
    if op not in ("==", "!="):
        return
    for value, other in (sides, sides[::-1]):
        if any(t.kind == "digest" for t in value.taints) and not other.known:
            reach(m, "compare", (node, value), Place(node))
            return
        secret = _written(node, value)
        if any(t.kind == "secret" for t in secret.taints) and any(t.kind == "remote" for t in other.taints):
            reach(m, "compare-secret", (node, secret), Place(node))


def _written(node: ir.Node, value: Value) -> Value:
    """A constant in a comparison that goes by the name of a credential is one: taken from the text, it stays one."""
    for side in (node.left, *node.rights) if isinstance(node, ir.Compare) and value.const else ():
        if isinstance(side, ir.Name) and isinstance(value.const, str) and side.id.isupper() and is_credential(side.id):
            return value.with_taints((*value.taints, Taint("secret", ("name", side.id), (side,))))
    return value


def misuse(m: Machine, fact: Mapping[str, Any], place: Place) -> None:
    for rule in m.rulebook.by_misuse.get(fact["kind"], ()):
        record(m, Hit(rule.id, place.node, rule.confidence[""], callee=place.callee, fact=fact))


def reach(m: Machine, kind: str, pair: Pair, place: Place) -> None:
    """A value arrives at a sink of some kind; of some types every value is harmless there."""
    if pair[1].type and kind in m.facts.sanitizers.get(pair[1].type, ()):
        return
    program = _command(m, pair, place) if kind == "command" else pair
    for rule in m.rulebook.by_sink.get(kind, ()):
        if m.debugging and rule.source in ("exception", "traceback"):
            continue
        node, value = program if rule.source == "untrusted" else pair
        if rule.source == "literal":
            _literal(m, rule, pair, place)
            continue
        if rule.source == "anything":
            _anything(m, rule, kind, pair, place)
            continue
        best: tuple[int, Confidence, Taint] | None = None
        for taint in _harmful(rule, kind, value, place):
            level = rule.confidence.get(taint.kind, "medium")
            confidence = doubt.confidence(m, level, taint, value, (kind, place.callee))
            if best is None or RANK[confidence] > best[0]:
                best = (RANK[confidence], confidence, taint)
        if best is None and rule.source == "untrusted" and _unknown_data(kind, value):
            level = rule.confidence.get("unknown", "medium")
            taint = Taint("unknown", None, (node,))
            best = (0, doubt.confidence(m, level, taint, value, (kind, place.callee)), taint)
        if best is not None:
            taint = best[2]
            flow = taint.steps if taint.steps and taint.steps[-1] is place.node else (*taint.steps, place.node)
            hit = Hit(rule.id, place.node, best[1], callee=place.callee, fact=place.fact)
            hit.argument, hit.flow, hit.worth = node, flow, taint.kind
            record(m, hit)


_SHELLS = frozenset("sh bash zsh ksh dash ash cmd cmd.exe powershell pwsh".split())
_SCRIPT = re.compile(r"-\w*c|/c|/k|-command|-encodedcommand", re.IGNORECASE)
"""The option after which a shell is given its script as a text."""


def _command(m: Machine, pair: Pair, place: Place) -> Pair:
    """The program of a command given as a list; on the way, the script that it hands to a shell, and its options."""
    node, value = pair
    if value.items is None or value.type not in ("list", "tuple") or not value.items:
        return (node, element(value)) if value.rest is not None and value.items is None else pair
    program, *rest = value.items.values()
    if isinstance(program.const, str) and program.const.rsplit("/", 1)[-1] in _SHELLS:
        for option, script in pairwise(rest):
            if isinstance(option.const, str) and _SCRIPT.fullmatch(option.const):
                reach(m, "shell", (node, script), place)
                return node, UNKNOWN
    if isinstance(program.const, str) and _SCRIPT.fullmatch(program.const) and rest:
        reach(m, "shell", (node, rest[0]), place)
        return node, UNKNOWN
    for item in rest:
        if item.const == "--":
            break
        hostile = tuple(taint for taint in item.taints if taint.kind in ("remote", "model"))
        if hostile and (item.shape is None or item.shape.startswith(TAINTED)):
            reach(m, "option", (node, item.with_taints(hostile)), place)
    return node, program


_OWN_LINK = re.compile(r"\b(?:href|src|action|id)\s*=\s*(?:\"[^\"<>\1]*\"|'[^'<>\1]*')", re.IGNORECASE)
"""Attributes whose value a program mostly makes itself, as far as nothing better is known."""


def _unknown_data(kind: str, value: Value) -> bool:
    """Whether data of which nothing is known stands in a statement, between quotes or compared, or in markup."""
    shape = (value.shape or "")[:MOST_SHAPE]
    if kind == "markup":
        shape = _OWN_LINK.sub("", shape)
    if kind not in ("sql", "markup", "markup-format") or HOLE not in shape:
        return False
    return LOOKS[kind](shape) and (kind != "sql" or bool(_DATA.search(shape)))


def _harmful(rule: Rule, kind: str, value: Value, place: Place) -> Iterator[Taint]:
    """The taints of a value that the rule forbids here."""
    if not value.taints:
        return
    looks = place.fact.get("looks")
    if looks and not (value.shape and LOOKS[looks](value.shape)):
        return
    if kind == "html" and (value.type == "dict" or (value.type == "list" and isinstance(place.node, ir.Return))):
        return  # sent as JSON
    if kind == "csv" and value.shape and not value.shape.startswith(TAINTED):
        return
    if kind == "mass-assignment" and value.type == "dict" and value.items is not None and value.rest is None:
        return  # the program itself names the fields
    if kind in ("url", "redirect") and value.shape and not controls_host(value.shape, kind):
        return
    for taint in value.taints:
        if rule.source == "untrusted":
            if taint.kind not in WORTHS:
                continue
            if taint.kind in rule.glued and not (value.shape and value.shape.strip(TAINTED)):
                continue
        elif taint.kind != rule.source:
            continue
        if taint.harms(kind):
            yield taint


def controls_host(shape: str, kind: str) -> bool:
    """Whether the tainted part of an address can decide where it leads."""
    before = shape.split(TAINTED, 1)[0]
    if _FIXED_HOST.search(before + TAINTED):
        return False
    return not (kind == "redirect" and _FIXED_PATH.search(before + TAINTED) and before)


def _literal(m: Machine, rule: Rule, pair: Pair, place: Place) -> None:
    value = pair[1].const
    blank = _PLACEHOLDER if place.fact.get("kind") == "credential" else _TEMPLATE
    if isinstance(value, (str, bytes)) and not (isinstance(value, str) and blank.search(value[:MOST_SHAPE])) and value:
        node = pair[0] if _inside_an_argument(place.node, pair[0]) else place.node
        hit = Hit(rule.id, node, rule.confidence.get("literal", "medium"), callee=place.callee, fact=place.fact)
        hit.argument, hit.flow, hit.worth = pair[0], (pair[0], place.node), "literal"
        record(m, hit)


def _anything(m: Machine, rule: Rule, kind: str, pair: Pair, place: Place) -> None:
    """Whatever is not written out in the text; of statements, those that are put together out of pieces."""
    value = pair[1]
    proved = value.taints and not any(taint.harms(kind) for taint in value.taints)
    if value.known or proved:
        return
    if kind == "sql" and not _composed(value, place.fact.get("looks", "")):
        return
    hit = Hit(rule.id, place.node, rule.confidence["anything"], callee=place.callee, fact=place.fact)
    hit.argument = pair[0]
    record(m, hit)


def _composed(value: Value, looks: str) -> bool:
    """Whether a text was put together, of known and of unknown pieces or of several unknown ones."""
    shape = (value.shape or "")[:MOST_SHAPE]
    pieces = shape.count(HOLE) + shape.count(TAINTED)
    return bool(pieces) and (pieces > 1 or len(shape) > 1) and (not looks or LOOKS[looks](shape))


def _inside_an_argument(call: ir.Node, node: ir.Node) -> bool:
    """Whether something is written under a key of a mapping that a call is given."""
    if not isinstance(call, ir.Call) or not call.start < node.start < node.end < call.end:
        return False
    return not any(node is given for given in (*call.args, *(value for _, value in call.kwargs)))


def record(m: Machine, hit: Hit) -> None:
    """Keep a hit, unless the same is known already with as much confidence."""
    if m.quiet or (m.border is not None and not _handed_over(m, hit)):
        return
    key = (hit.principle, hit.node.start)
    if hit.flow and _told(m, hit, key):
        return
    known = m.hits.get(key)
    if known is None or RANK[hit.confidence] > RANK[known.confidence]:
        hit.scope = m.border[1] if m.border is not None else m.frame.scope
        m.hits[key] = hit


def _handed_over(m: Machine, hit: Hit) -> bool:
    """Whether a hit in another file is due to a value from here; it is then one of the call that hands it over."""
    if m.border is None or hit.worth in ("parameter", "unknown") or all(node.start >= FAR for node in hit.flow):
        return False
    hit.node, hit.sink = m.border[0], hit.node
    return True


def _told(m: Machine, hit: Hit, key: tuple[str, int]) -> bool:
    """Whether a hit only looks at what another does more with; a hit that does more makes such looks forgotten."""
    story = (hit.principle, hit.flow[0].start)
    if hit.fact.get("minor"):
        m.looks.setdefault(story, []).append(key)
        return story in m.acts
    m.acts.add(story)
    for look in m.looks.pop(story, ()):
        m.hits.pop(look, None)
    return False
