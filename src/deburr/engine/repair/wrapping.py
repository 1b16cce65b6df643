"""Values that stay in a text but pass through the function that makes them harmless there.

What comes in: a Hit whose argument is put together from values. What goes out: the same code with `escape(value)`.
The one invariant: only values that the flow names are wrapped, so that text which is already safe is not escaped twice.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.repair import concrete, pieces
from deburr.engine.repair.draft import Draft, Proposal
from deburr.engine.repair.pieces import Pieces, Symbol

_TEXTUAL = re.compile(
    r"input\(|\.(strip|lower|upper|decode|text|form|args|GET|POST|title|name|filename|path|cookies|headers)\b|sys\.argv"
)


def argument(draft: Draft) -> Node | None:
    """The syntax of the argument in which the value arrives."""
    node = draft.hit.argument
    if node is not None:
        return concrete.at(draft.data, node.start, node.end)
    call = concrete.call(draft.node)
    given = concrete.arguments(call) if call is not None else []
    return given[0].value if given else None


def tainted(draft: Draft, found: Pieces) -> list[Symbol]:
    """The values of a text that the flow passes through; all of them when the flow is not known."""
    values = [symbol for symbol in found.symbols if symbol.char == ""]
    flow = [(node.start, node.end) for node in draft.hit.flow]
    names = {concrete.text(concrete.at(draft.data, *span)) for span in flow}
    names |= _targets(draft, flow)
    known = [
        s
        for s in values
        if any(start <= s.source[0] < end or s.source[0] <= start < s.source[1] for start, end in flow)
    ]
    words = {symbol.start: set(re.findall(r"[A-Za-z_]\w*", symbol.code)) for symbol in values}
    names |= {name for name in set().union(*words.values()) if _suspect(name, draft.node)}
    named = [symbol for symbol in values if symbol not in known and words[symbol.start] & names]
    picked = [s for s in values if s in known or s in named]
    return picked if 0 < len(picked) < len(values) and flow and not _whole(draft, flow) else (picked or values)


def _suspect(name: str, where: Node) -> bool:
    """Whether a name is a parameter of the function around it, or holds a part of a request."""
    function = concrete.up(where, "function_definition")
    for bound in concrete.assignments(name, function) if function is not None else ():
        parent = bound.parent
        if parent is None or parent.type in ("parameters", "typed_parameter", "default_parameter"):
            return True
        if parent.type == "typed_default_parameter" or "request" in concrete.text(parent.child_by_field_name("right")):
            return True
    return False


def _targets(draft: Draft, flow: list[tuple[int, int]]) -> set[str]:
    """The names that the statements of the flow assign."""
    found = set()
    for start, end in flow:
        assignment = concrete.up(concrete.at(draft.data, start, end), "assignment")
        target = assignment.child_by_field_name("left") if assignment is not None else None
        if target is not None:
            found |= {concrete.text(node) for node in concrete.inside(target) if node.type == "identifier"}
    return found


def _whole(draft: Draft, flow: list[tuple[int, int]]) -> bool:
    """Whether the flow only says that the text as a whole is tainted."""
    node = draft.hit.argument
    return node is not None and flow == [(node.start, node.end)]


def text_like(symbol: Symbol, where: Node) -> bool:
    """Whether a value is certainly a text, so that a function for texts takes it as it is."""
    if symbol.literal < 0 or _TEXTUAL.search(symbol.code):
        return True
    function = concrete.up(where, "function_definition")
    while function is not None:
        if _annotated(symbol.code, function):
            return True
        for bound in concrete.assignments(symbol.code, function) if symbol.code.isidentifier() else ():
            value = bound.parent.child_by_field_name("right") if bound.parent is not None else None
            if value is not None and _TEXTUAL.search(concrete.text(value)):
                return True
        function = concrete.up(function.parent, "function_definition")
    return False


def _annotated(name: str, function: Node) -> bool:
    listed = function.child_by_field_name("parameters")
    for node in listed.named_children if listed is not None else ():
        if node.type in ("typed_parameter", "typed_default_parameter"):
            own = node.child_by_field_name("name") or node.named_children[0]
            if concrete.text(own) == name and concrete.text(node.child_by_field_name("type")) == "str":
                return True
    return False


_NUMBERS = ("int", "float", "len", "round", "abs", "bool")


def wrap(draft: Draft, symbol: Symbol, function: str, *, text: bool = True) -> None:
    """Pass a value through `function`; through `str` first when the function takes only texts."""
    if symbol.source == (0, 0):
        raise pieces.Opaque
    if re.match(rf"(\w+\.)*{re.escape(function.rpartition('.')[2])}\(", symbol.code):
        return
    node = concrete.bare(concrete.at(draft.data, *symbol.source))
    code = concrete.text(node)
    if node.type == "call" and concrete.text(node.child_by_field_name("function")) in _NUMBERS:
        return
    inner = code if not text or text_like(symbol, draft.node) else f"str({code})"
    draft.replace(*symbol.source, f"{function}({inner})")


_ESCAPERS: dict[str, tuple[tuple[str, str], ...]] = {
    "ldap-injection": (("ldap3", "ldap3.utils.conv.escape_filter_chars"), ("ldap", "ldap.filter.escape_filter_chars")),
    "regex-injection": (("", "re.escape"),),
    "xml-injection": (("", "xml.sax.saxutils.escape"),),
}
_TITLES = {
    "ldap-injection": "Escape the value for an LDAP filter",
    "regex-injection": "Match the value literally",
    "xml-injection": "Escape the value for XML",
}
_PRESERVES = "A value without special characters gives the same text as before"


def repair(draft: Draft) -> Proposal | None:
    """Escape the values of a text for the language that the text is written in."""
    principle = draft.hit.principle
    full = chosen(draft, _ESCAPERS.get(principle, ()))
    node = argument(draft)
    if not full or node is None or (principle == "regex-injection" and _pattern(draft, node)):
        return None
    try:
        for symbol in values(draft, node):
            wrap(draft, symbol, draft.name(full))
    except pieces.Opaque:
        return None
    return draft.done(_TITLES[principle], _PRESERVES)


def _pattern(draft: Draft, node: Node) -> bool:
    """Whether a value is meant to be a whole regular expression, so that escaping it would break it."""
    if pieces.textual(node):
        return False
    return (
        draft.hit.worth not in ("", "remote", "model")
        or re.search(r"(?i)regex|pattern", concrete.text(node)) is not None
    )


def chosen(draft: Draft, options: tuple[tuple[str, str], ...]) -> str:
    """The first function whose package the text imports; one of the package "" is always there."""
    present = packages(draft)
    return next((full for package, full in options if not package or package in present), "")


def packages(draft: Draft) -> set[str]:
    """The top-level packages that the text imports, or that the hit is about."""
    return {draft.hit.callee.split(".")[0], *concrete.packages(draft.data)}


def values(draft: Draft, node: Node) -> list[Symbol]:
    """The values in a text at a place, or the expression itself when it is no text of several pieces."""
    where = concrete.scope(node)
    found = pieces.take(node, where)
    if found is not None and any(symbol.char == "" for symbol in found.symbols):
        return tainted(draft, found)
    if found is not None or pieces.textual(node):
        raise pieces.Opaque
    span = (node.start_byte, node.end_byte)
    return [Symbol("", *span, code=concrete.text(node), source=span)]
