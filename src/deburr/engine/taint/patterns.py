"""What a regular expression leaves free: whether a match proves a text harmless, and for which sinks."""

from __future__ import annotations

import re

from deburr.engine import ir
from deburr.engine.taint.conditions import Args, Pair
from deburr.engine.taint.machine import Machine
from deburr.engine.taint.values import EVERY, SIZE, UNKNOWN, Value

_PIECE = re.compile(r"\\(?P<escape>.)|\[(?P<set>\^?\]?(?:\\.|[^\]\\])*)\]|(?P<open>\.|\(\?(?:!|[aiLsux]*m))", re.S)


_NEGATED = re.compile(r"\\[SDW]")


_SIGNS = (
    (";|&$`<>\n", "shell"),
    ("'\"", "sql xpath ldap code"),
    ("<", "html xml"),
    ("{", "template format"),
    ("\r\n", "header log email"),
)
"""Characters with which a text of only chosen characters still does harm."""


_FINDERS = frozenset({"match", "fullmatch", "search", "findall", "finditer"})


_LONGEST_PATTERN = 500

_AROUND = re.compile(r"\(\?<?[=!](?:\\.|\[(?:\\.|[^\]\\])*\]|[^()\[\]\\])*\)", re.S)
"""A look ahead or back: it asks for more, and gives no freedom."""


def strict(pattern: str, how: str) -> bool:
    """Whether a match of `pattern` leaves no freedom beyond chosen characters."""
    if len(pattern) > _LONGEST_PATTERN:
        return False
    pattern = _AROUND.sub("", pattern)
    if how == "search" and not pattern.startswith(("^", r"\A")):
        return False
    if how != "fullmatch" and (not pattern.endswith(("$", r"\Z", r"\z")) or _divided(pattern)):
        return False
    for piece in _PIECE.finditer(pattern):
        chosen = piece["set"] or ""
        if piece["open"] or piece["escape"] in ("S", "D", "W") or chosen.startswith("^") or _NEGATED.search(chosen):
            return False
    return True


def _divided(pattern: str) -> bool:
    """Whether `|` stands outside all groups: then `^` and `$` hold for one side each."""
    depth = 0
    for sign in _PIECE.sub("", pattern):
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and not depth:
            return True
    return False


def matched(m: Machine, name: str, receiver: Value, args: Args) -> frozenset[str]:
    """For which sinks that is harmless which a regular expression finds in a text."""
    owner, _, how = name.rpartition(".")
    if how not in _FINDERS or owner not in ("re", "regex", "re.Pattern"):
        return frozenset()
    first = args.positional[0][1] if args.positional else UNKNOWN
    pattern = (receiver.attrs or {}).get("pattern", UNKNOWN) if owner == "re.Pattern" else first
    known = isinstance(pattern.const, str) and strict(pattern.const, "fullmatch")
    return left_harmless(m, pattern.const) if known else frozenset()


def searched(name: str, receiver: Pair | None, args: Args) -> Value | None:
    """The pattern of a match."""
    owner, _, how = name.rpartition(".")
    if how not in ("match", "fullmatch", "search") or owner not in ("re", "regex", "re.Pattern"):
        return None
    if owner == "re.Pattern":
        return (receiver[1].attrs or {}).get("pattern") if receiver is not None else None
    return args.positional[0][1] if args.positional else None


def group(m: Machine, receiver: Pair | None, args: Args) -> frozenset[str]:
    """For which sinks one group of a match is harmless."""
    pattern = (receiver[1].attrs or {}).get("pattern") if receiver is not None else None
    if pattern is None or not isinstance(pattern.const, str) or len(args.positional) != 1:
        return frozenset()
    inner = _groups(pattern.const[:_LONGEST_PATTERN]).get(args.positional[0][1].const)
    return left_harmless(m, inner) if inner is not None and strict(inner, "fullmatch") else frozenset()


_PARENTHESIS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<open>\((?!\?)|\(\?P?<(?P<name>\w+)>)|(?P<other>\()|(?P<close>\))", re.S
)


def _groups(pattern: str) -> dict[object, str]:
    """The groups of a pattern, by number and by name."""
    found: dict[object, str] = {}
    waiting: list[tuple[int, str | None, int]] = []
    count = 0
    for sign in _PARENTHESIS.finditer(pattern):
        if sign["open"]:
            count += 1
            waiting.append((count, sign["name"], sign.end()))
        elif sign["other"]:
            waiting.append((0, None, sign.end()))
        elif sign["close"] and waiting:
            number, name, start = waiting.pop()
            found[number] = pattern[start : sign.start()]
            if name:
                found[name] = pattern[start : sign.start()]
    found.pop(0, None)
    return found


def left_harmless(m: Machine, pattern: str) -> frozenset[str]:
    """For which sinks a text is harmless that holds only what a strict pattern allows."""
    pattern = _AROUND.sub("", pattern)
    sets = [piece["set"] or "" for piece in _PIECE.finditer(pattern)]
    whole = r"\s" in pattern
    harmed = {
        kind
        for signs, kinds in _SIGNS
        for kind in kinds.split()
        if (whole and "\n" in signs) or any(_among(sign, chosen) for sign in signs for chosen in sets)
    }
    if any(_among(".", chosen) and (_among("/", chosen) or "\\\\" in chosen) for chosen in sets):
        harmed |= {"path", "archive"}
    return frozenset(m.rulebook.by_sink) - harmed if harmed else frozenset({EVERY, SIZE})


def allowing(m: Machine, signs: str) -> frozenset[str]:
    """For which sinks a text is harmless in which only letters, digits and these signs can stand."""
    harmed = {kind for some, kinds in _SIGNS for kind in kinds.split() if any(sign in signs for sign in some)}
    if "." in signs and ("/" in signs or "\\" in signs):
        harmed |= {"path", "archive"}
    return frozenset(m.rulebook.by_sink) - harmed if harmed else frozenset({EVERY, SIZE})


def by_line(flags: ir.Node) -> bool:
    """Whether `^` and `$` hold for each line of a text."""
    names = (node.name if isinstance(node, ir.Attr) else getattr(node, "id", "") for node in ir.walk(flags))
    return any(name in ("M", "MULTILINE") for name in names)


def _among(sign: str, chosen: str) -> bool:
    return sign in chosen or any(first < sign < last for first, last in re.findall(r"(.)-(.)", chosen, re.DOTALL))
