"""HTML put together from values: each value is escaped where an escaped value is harmless."""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine import ir
from deburr.engine.repair import concrete, pieces, wrapping
from deburr.engine.repair.draft import Draft, Proposal
from deburr.engine.repair.pieces import Pieces, Symbol

_MARKUP = (("flask", "markupsafe.escape"), ("markupsafe", "markupsafe.escape"), ("jinja2", "markupsafe.escape"))
_ESCAPERS = (("django", "django.utils.html.escape"), *_MARKUP, ("", "html.escape"))
_DECLARED = re.compile(r"(?:^|\.)(?:Markup|mark_safe|SafeString|HTML|Safe\w*)$")
_LINKS = re.compile(r"\b(?:href|src|action|formaction|data|srcdoc|style|on\w+)\s*=\s*$", re.I)


def repair(draft: Draft) -> Proposal | None:
    """Escape the values of a page."""
    node = _page(draft)
    if node is None:
        return None
    full = wrapping.chosen(draft, _ESCAPERS)
    where = concrete.scope(node)
    found = pieces.take(node, where)
    try:
        if found is not None and any(symbol.char == "" for symbol in found.symbols):
            for symbol in wrapping.tainted(draft, found):
                _escape(draft, found, symbol, full)
        elif found is None and _direct(draft, node):
            _alone(draft, node, full)
    except pieces.Opaque:
        return None
    return draft.done("Escape the value for HTML", "A value without special characters looks the same on the page")


def _page(draft: Draft) -> Node | None:
    """The expression that becomes the page."""
    node = draft.hit.node
    if isinstance(node, ir.Return) and draft.hit.argument is None:
        if node.value is None:
            return None
        found: Node | None = concrete.at(draft.data, node.value.start, node.value.end)
    else:
        found = wrapping.argument(draft) or draft.node
    if found is not None and found.type == "return_statement":
        found = next(iter(found.named_children), None)
    found = concrete.bare(found) if found is not None else None
    if found is not None and found.type in ("tuple", "expression_list"):
        # What follows the page in a tuple is its status and headers.
        found = concrete.bare(found.named_children[0])
    return found


def _escape(draft: Draft, found: Pieces, symbol: Symbol, full: str) -> None:
    """Escape one value, if it stands in text or in a quoted attribute that is no address and no script."""
    before = "".join(s.char or "\0" for s in found.symbols[: found.symbols.index(symbol)])
    if not _harmless(before) or symbol.shown:
        raise pieces.Opaque
    function = draft.name(full)
    if full == "markupsafe.escape" and symbol.literal < 0:
        # `text + Markup` would escape the text as well.
        code = concrete.text(concrete.at(draft.data, *symbol.source))
        draft.replace(*symbol.source, f"str({function}({code}))")
    else:
        wrapping.wrap(draft, symbol, function, text=full == "html.escape")


def _harmless(before: str) -> bool:
    lowered = before.lower()
    for tag in ("script", "style"):
        if lowered.rfind(f"<{tag}") > lowered.rfind(f"</{tag}"):
            return False
    inside = before[before.rfind("<") :] if before.rfind("<") > before.rfind(">") else ""
    if not inside:
        return True
    opened = re.search(r"=\s*([\"'])([^\"']*)$", inside)
    if opened is None:
        return False
    # In an address or a script, escaping does not decide what the value does.
    return not _LINKS.search(inside[: opened.start() + 1]) or opened[2].startswith(("/", "http"))


def _direct(draft: Draft, node: Node) -> bool:
    """Whether an expression is itself what came from outside, and not a page that was made from it."""
    call = concrete.call(draft.node)
    if draft.hit.worth not in ("", "remote", "model"):
        return False
    if call is not None and _DECLARED.search(concrete.text(call.child_by_field_name("function"))):
        return False
    if node.type == "identifier":
        bound = [name.parent for name in concrete.assignments(concrete.text(node), concrete.scope(node))]
        values = [one.child_by_field_name("right") for one in bound if one is not None and one.type == "assignment"]
        return all(value is not None and _read(value) for value in values)
    return _read(node)


def _read(node: Node) -> bool:
    """Whether an expression only reads a field or a number: `request.args.get("q")`, `str(row[0])`, `price * 2`."""
    node = concrete.bare(node)
    if node.type == "call":
        name, given = concrete.text(node.child_by_field_name("function")), concrete.arguments(node)
        if name in ("str", "int", "float", "input") and len(given) < 2:
            return all(_read(one.value) for one in given)
        return name.endswith((".get", ".strip"))
    if node.type == "binary_operator":
        return concrete.text(node.child_by_field_name("operator")) in ("*", "-", "/", "//")
    return node.type in ("subscript", "attribute", "identifier")


def _alone(draft: Draft, node: Node, full: str) -> None:
    """Escape a page that is nothing but the value."""
    symbol = Symbol("", node.start_byte, node.end_byte, 0, concrete.text(node), source=(node.start_byte, node.end_byte))
    wrapping.wrap(draft, symbol, draft.name(full), text=full == "html.escape")
