"""Tokens whose signature nobody verifies: the key and the algorithm that this text signs with.

What comes in: a Hit on a call that decodes a token. What goes out: the same call, verifying. The one invariant: a key
or an algorithm that the text does not name is never guessed, because a decoder without them refuses every token.
"""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.repair import concrete, imports
from deburr.engine.repair.draft import Draft, Proposal

_EMPTY = ("", '""', "''", "None", 'b""')
_ASYMMETRIC = re.compile(r"""["']?(?:RS|ES|PS|Ed)""")
_OFF = re.compile(r"""\{\s*(?:"verify_signature"|'verify_signature')\s*:\s*False\s*,?\s*\}""")


def verified(draft: Draft) -> Proposal | None:
    """Verify with the key and algorithm that the text itself signs tokens with."""
    call = concrete.call(draft.node)
    package = draft.hit.callee.removesuffix(".decode")
    given = concrete.arguments(call) if call is not None else []
    if call is None or package not in ("jwt", "jose.jwt") or concrete.spread(call) or concrete.commented(call):
        return None
    if not given or any(one.name for one in given[:1]) or any(not one.name for one in given[2:]):
        return None
    kept = {one.name: concrete.text(one.value) for one in given[1:]}
    key = kept.pop("", kept.pop("key", ""))
    if not _turned_on(kept):
        return None
    if key in _EMPTY or "algorithms" not in kept:
        signed = _signed(draft, package)
        if signed is None:
            return None
        key, kept["algorithms"] = signed[0] if key in _EMPTY else key, kept.get("algorithms", f"[{signed[1]}]")
    order = sorted(kept, key=lambda name: name != "algorithms")
    items = [concrete.text(given[0].value), key, *(f"{name}={kept[name]}" for name in order)]
    listed = call.child_by_field_name("arguments")
    if listed is not None:
        draft.swap(listed, f"({', '.join(items)})")
    return draft.done("Verify the signature", "A token that was signed with the key is read as before")


def _turned_on(kept: dict[str, str]) -> bool:
    """Take away what switches the verification off; False where it is not written here."""
    if kept.get("verify") == "False":
        del kept["verify"]
        return True
    options = kept.get("options", "")
    if _OFF.fullmatch(options):
        del kept["options"]
        return True
    kept["options"] = re.sub(r"""(["']verify_signature["']\s*:\s*)False""", r"\1True", options)
    return kept["options"] != options


def _signed(draft: Draft, package: str) -> tuple[str, str] | None:
    """The key and the algorithm of the only kind of token that the text signs, as code that means the same here."""
    found = set()
    for node in concrete.inside(concrete.root(draft.data)):
        func = node.child_by_field_name("function") if node.type == "call" else None
        if func is None or imports.full(func, draft.data) != f"{package}.encode":
            continue
        key, algorithm = concrete.argument(node, "1:key"), concrete.argument(node, "2:algorithm")
        if key is None or not all(_of_module(one.value, draft) for one in (key, algorithm) if one is not None):
            return None
        found.add((concrete.text(key.value), concrete.text(algorithm.value) if algorithm else '"HS256"'))
    pair = found.pop() if len(found) == 1 else None
    return pair if pair is not None and not _ASYMMETRIC.match(pair[1]) else None


def _of_module(node: Node, draft: Draft) -> bool:
    """Whether an expression is a text, or a name that means the same in every function of the module."""
    head = concrete.dotted(node).partition(".")[0]
    if not head:
        return node.type == "string"
    top = concrete.root(draft.data)
    imported = any(head in re.findall(r"\w+", concrete.text(one)) for one in concrete.imports(draft.data))
    places = [place for place in (concrete.scope(node), concrete.scope(draft.node)) if place.type != "module"]
    local = any(concrete.assignments(head, place) for place in places)
    return not local and (imported or bool(concrete.assignments(head, top)))
