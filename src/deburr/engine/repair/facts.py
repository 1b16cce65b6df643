"""Repairs that a library fact spells out in its `fix` table."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Any

from tree_sitter import Node

from deburr.engine.repair import concrete
from deburr.engine.repair.draft import Draft, Proposal

_PRESERVES = "What an honest caller sees stays as it was"
_CLAIMS = {
    "weak-hash": "Equal data still have equal digests; those that were stored before no longer match",
    "few-kdf-iterations": "The same kind of key, at more cost; what was derived and stored before no longer matches",
    "debug-mode-on": "Visitors see the same pages; errors no longer show the code",
    "cookie-without-secure": "Visitors over HTTPS keep their cookie",
    "tls-verification-off": "Servers with a valid certificate are reached as before",
    "ssh-host-key-ignored": "Servers whose key is known are reached as before",
    "unsafe-yaml": "Numbers, texts, lists and mappings are read as before",
    "unsafe-model-file": "A file that holds only weights is loaded as before",
    "archive-path-traversal": "Files and folders are unpacked as before; entries that lead elsewhere are refused",
    "short-key": "A key pair of the same kind",
}
"""What stays, and what does not, where a principle's repairs have that in common."""

_DOTTED = re.compile(r"(?<![\w.\"'])([A-Za-z_]\w*(?:\.\w+)+)")
_TITLES = {
    "call": "Call {} instead",
    "name": "Use {} instead",
    "value": "Set it to {}",
    "set": "Set {}",
    "drop": "Leave out {}",
}


def repair(draft: Draft) -> Proposal | None:
    """Do what the `fix` of the matched fact says."""
    fix = draft.hit.fact.get("fix")
    if not isinstance(fix, Mapping):
        return None
    done = _assigned(draft, fix) if "value" in fix else _called(draft, fix)
    title = str(fix.get("title", "")) or _title(fix)
    claim = _CLAIMS.get(draft.hit.principle, _PRESERVES)
    return draft.done(title, claim, safe=fix.get("safe") is True) if done else None


def _title(fix: Mapping[str, Any]) -> str:
    for key, words in _TITLES.items():
        if key in fix:
            what = fix[key]
            said = what if isinstance(what, str) else ", ".join(_keyword(str(one)) for one in what)
            return words.format(f"`{said}`")
    return "Replace it"


def _keyword(argument: str) -> str:
    return argument.rpartition(":")[2]


def _assigned(draft: Draft, fix: Mapping[str, Any]) -> bool:
    """Replace the value of an assignment, or of the keyword that sets it."""
    node = draft.node
    assignment = concrete.up(node, "assignment")
    target = assignment.child_by_field_name("right") if assignment is not None else None
    call = concrete.call(node)
    if call is not None and (target is None or target.start_byte >= call.end_byte or call.type == "call"):
        key = re.search(r"\[(\w+)\]$", draft.hit.callee)
        given = concrete.argument(call, key[1]) if key else None
        target = given.value if given is not None else target
    if target is None:
        return False
    draft.swap(target, _spelled(draft, str(fix["value"]), fix))
    return True


def _called(draft: Draft, fix: Mapping[str, Any]) -> bool:
    """Change a call's callee and arguments, or the name that is read."""
    node = draft.node
    call = concrete.call(node)
    if "name" in fix:
        target = call.child_by_field_name("function") if call is not None else node
        return target is not None and _renamed(draft, target, str(fix["name"]))
    if call is None:
        return False
    if "call" in fix:
        func = call.child_by_field_name("function")
        if func is None or not _renamed(draft, func, str(fix["call"])):
            return False
    return _dropped(draft, call, fix.get("drop", ())) and _set(draft, call, fix)


def _renamed(draft: Draft, target: Node, full: str) -> bool:
    """Write another name; one that begins with a dot is another method of the same object."""
    if full.startswith("."):
        attribute = target.child_by_field_name("attribute")
        if attribute is not None:
            draft.swap(attribute, full[1:])
        return attribute is not None
    if concrete.dotted(target) == "":
        return False
    draft.swap(target, draft.name(full, draft.hit.callee))
    return True


def _dropped(draft: Draft, call: Node, names: Any) -> bool:
    for name in names:
        given = concrete.argument(call, str(name))
        if given is None:
            continue
        if not given.name and given.whole != concrete.arguments(call)[-1].whole:
            following = concrete.arguments(call)[concrete.arguments(call).index(given) + 1]
            if not following.name:
                return False
        draft.drop(given)
    return True


def _set(draft: Draft, call: Node, fix: Mapping[str, Any]) -> bool:
    missing = []
    for name, text in fix.get("set", {}).items():
        given, code = concrete.argument(call, str(name)), _spelled(draft, str(text), fix)
        if given is not None:
            draft.swap(given.value, code)
        elif concrete.spread(call):
            return False
        elif str(name).isdigit():
            if len(concrete.arguments(call)) != int(name):
                return False
            missing.append(code)
        else:
            missing.append(f"{_keyword(str(name))}={code}")
    if missing:
        draft.append(call, ", ".join(missing))
    return True


def _spelled(draft: Draft, code: str, fix: Mapping[str, Any]) -> str:
    """The fact's own code with its full names written as this text knows them."""
    given = fix.get("import", ())
    known = [given] if isinstance(given, str) else list(given)

    def spell(match: re.Match[str]) -> str:
        full = match[1]
        if full.split(".")[0] in sys.stdlib_module_names or any(full == k or full.startswith(k + ".") for k in known):
            return draft.name(full, draft.hit.callee)
        return full

    return _DOTTED.sub(spell, code)
