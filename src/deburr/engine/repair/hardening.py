"""Parsers, loaders and settings that have a stricter form: XML, weights, listening addresses, warnings."""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.repair import concrete
from deburr.engine.repair.draft import Draft, Proposal

_SAME_DOCUMENT = "A document without entities of its own is read as before"
_XML = ("xml.etree.ElementTree", "xml.etree.cElementTree", "xml.dom.minidom", "xml.sax", "xml.dom.pulldom")
_LITERALS: dict[str, dict[str, str]] = {
    "bind-to-all-interfaces": {"0.0.0.0": "127.0.0.1", "::": "::1"},
    "public-bucket": {"public-read": "private", "public-read-write": "private", "authenticated-read": "private"},
    "weak-hash": {"md5": "sha256", "sha1": "sha256", "MD5": "SHA256", "SHA1": "SHA256"},
}
_NAMES = {
    "cryptography.hazmat.primitives.hashes.SHA1": "cryptography.hazmat.primitives.hashes.SHA256",
    "cryptography.hazmat.primitives.hashes.MD5": "cryptography.hazmat.primitives.hashes.SHA256",
    "Crypto.Hash.MD5.new": "Crypto.Hash.SHA256.new",
    "Crypto.Hash.SHA1.new": "Crypto.Hash.SHA256.new",
}
_TITLES = {
    "bind-to-all-interfaces": ("Listen on this machine only", "Clients on this machine connect as before"),
    "public-bucket": ("Keep it private", "Whoever has rights of their own reaches it as before"),
    "weak-hash": ("Hash with SHA-256", "Equal data still have equal digests, of another length"),
}


def xml(draft: Draft) -> Proposal | None:
    """`defusedxml` in place of a parser of the standard library; a parser of lxml that resolves nothing."""
    call = concrete.call(draft.node)
    func = call.child_by_field_name("function") if call is not None else None
    if call is None or func is None:
        return None
    full = draft.hit.callee
    if full.startswith("lxml.etree."):
        return _lxml(draft, call)
    module = next((name for name in _XML if full.startswith(name + ".")), "")
    if not module:
        return None
    # The names of defusedxml leave out the packages in between.
    draft.swap(func, draft.name(f"defusedxml.{module.rpartition('.')[2].removeprefix('c')}{full[len(module) :]}"))
    return draft.done("Parse with defusedxml", _SAME_DOCUMENT)


def _lxml(draft: Draft, call: Node) -> Proposal | None:
    """Give the call a parser that resolves no entities."""
    if concrete.argument(call, "1:parser") is not None or concrete.spread(call) or len(concrete.arguments(call)) != 1:
        return None
    parser = draft.name("lxml.etree.XMLParser", draft.hit.callee)
    draft.append(call, f"parser={parser}(resolve_entities=False, no_network=True)")
    return draft.done("Parse without resolving entities", _SAME_DOCUMENT)


def weights(draft: Draft) -> Proposal | None:
    """`weights_only=True` for PyTorch, which then unpickles no objects."""
    call = concrete.call(draft.node)
    if call is None or draft.hit.callee != "torch.load" or concrete.spread(call):
        return None
    given = concrete.argument(call, "weights_only")
    if given is not None:
        draft.swap(given.value, "True")
    else:
        draft.append(call, "weights_only=True")
    return draft.done("Load weights only", "A file that holds only tensors is loaded as before")


def literals(draft: Draft) -> Proposal | None:
    """Write another constant where the call holds a weak one."""
    table, said = _LITERALS.get(draft.hit.principle), _TITLES.get(draft.hit.principle)
    if table is None or said is None:
        return None
    call = concrete.call(draft.node)
    func = call.child_by_field_name("function") if call is not None else None
    if func is not None and draft.hit.callee in _NAMES:
        draft.swap(func, draft.name(_NAMES[draft.hit.callee], draft.hit.callee))
        return draft.done(*said)
    for node in concrete.inside(draft.node):
        if node.type == "string" and len(node.children) == 3:
            content = node.children[1]
            if concrete.text(content) in table:
                draft.swap(content, table[concrete.text(content)])
    return draft.done(*said)


def code_refused(draft: Draft) -> Proposal | None:
    """`False` for a key that lets a model repository run its own code."""
    for node in concrete.inside(draft.node):
        key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
        if node.type == "pair" and value is not None and concrete.text(key).strip("\"'") == "trust_remote_code":
            draft.swap(value, "False")
    return draft.done("Refuse the repository's code", "A model without code of its own is loaded as before")


def modes(draft: Draft) -> Proposal | None:
    """Take the right to write from everybody but the owner."""
    call = concrete.call(draft.node)
    method = draft.hit.callee in ("pathlib.Path.chmod",)
    given = concrete.argument(call, "0:mode" if method else "1:mode") if call is not None else None
    if given is None or not draft.hit.callee.endswith("chmod"):
        return None
    code = concrete.text(given.value)
    if re.fullmatch(r"0[oO][0-7_]+|[0-9]+", code):
        draft.swap(given.value, f"{int(code, 0) & ~0o022:#o}")
    else:
        draft.swap(given.value, f"({code}) & ~0o022")
    return draft.done("Let only the owner write", "The owner's rights, and those to read and to run, stay as they were")


def removed(draft: Draft) -> Proposal | None:
    """Leave out a call that only silences a warning."""
    statement = concrete.statement(draft.node)
    block = statement.parent
    if statement.type != "expression_statement" or concrete.call(statement) is None or block is None:
        return None
    if not draft.leave_out(statement):
        return None
    return draft.done("Let the warnings be seen", "All but the warnings stays as it was", safe=True)
