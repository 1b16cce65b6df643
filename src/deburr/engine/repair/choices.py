"""Calls and operators that have a safe twin: random numbers, comparisons, assertions, queries by value."""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine import ir
from deburr.engine.repair import concrete, imports
from deburr.engine.repair.draft import Draft, Proposal

_METHODS = (
    "random",
    "randint",
    "randrange",
    "choice",
    "choices",
    "sample",
    "shuffle",
    "getrandbits",
    "uniform",
    "randbytes",
)


def randomness(draft: Draft) -> Proposal | None:
    """Draw from the operating system's generator instead of the predictable one."""
    nodes = [*draft.hit.flow, draft.hit.node]
    calls = {call.start_byte: call for node in nodes for call in _draws(draft, node)}
    for call in calls.values():
        func = call.child_by_field_name("function")
        method = imports.full(func, draft.data).rpartition(".")[2]
        if func is not None and method == "choice":
            draft.swap(func, draft.name("secrets.choice"))
        elif func is not None:
            draft.swap(func, f"{draft.name('secrets.SystemRandom')}().{method}")
    return draft.done("Draw from a cryptographic generator", "A value of the same form, now unpredictable")


def _draws(draft: Draft, node: ir.Node) -> list[Node]:
    """The calls of the module `random` inside an expression."""
    syntax = concrete.at(draft.data, node.start, node.end)
    found = []
    for inner in concrete.inside(syntax):
        if inner.type == "call":
            module, _, method = imports.full(inner.child_by_field_name("function"), draft.data).rpartition(".")
            if module == "random" and method in _METHODS:
                found.append(inner)
    return found


def comparison(draft: Draft) -> Proposal | None:
    """`hmac.compare_digest(a, b)` in place of `a == b`."""
    node = concrete.up(draft.node, "comparison_operator")
    if node is None or len(node.named_children) != 2 or concrete.commented(node):
        return None
    left, right = node.named_children
    operator = draft.data[left.end_byte : right.start_byte].decode().strip()
    if operator not in ("==", "!="):
        return None
    code = f"{draft.name('hmac.compare_digest')}({_present(left)}, {_present(right)})"
    draft.swap(node, code if operator == "==" else f"not {code}")
    parent = node.parent
    if operator == "!=" and parent is not None and parent.type not in ("if_statement", "parenthesized_expression"):
        draft.edits[-1] = type(draft.edits[-1])(node.start_byte, node.end_byte, f"(not {code})")
    return draft.done("Compare in constant time", "Equal values are equal, others are not")


def _present(node: Node) -> str:
    """The operand, with a text in place of a missing one, which `compare_digest` does not take."""
    code = concrete.text(node)
    value = code
    if node.type == "identifier":
        for bound in concrete.assignments(code, concrete.scope(node)):
            right = bound.parent.child_by_field_name("right") if bound.parent is not None else None
            value = concrete.text(right) if right is not None else value
    missing = re.search(r"\.get\([^,()]*\)$", value)
    return f'{code} or ""' if missing else code


def assertion(draft: Draft) -> Proposal | None:
    """`if not …: raise` in place of `assert`, which `python -O` leaves out."""
    node = concrete.up(draft.node, "assert_statement")
    if node is None or not node.named_children or concrete.commented(node):
        return None
    test, *said = node.named_children
    lead = draft.data[imports.line_start(draft.data, node.start_byte) : node.start_byte].decode()
    if lead.strip() or node.parent is None or (node.next_sibling is not None and node.next_sibling.type == ";"):
        return None
    message = concrete.text(said[0]) if said else ""
    unit = "\t" if "\t" in lead else "    "
    negated = f"not ({concrete.text(test)})" if test.type in _COMPOUND else f"not {concrete.text(test)}"
    draft.swap(node, f"if {negated}:{draft.newline}{lead}{unit}raise AssertionError({message})")
    return draft.done("Raise the error, whatever the interpreter's options", "The same error for the same values")


_COMPOUND = ("comparison_operator", "boolean_operator", "not_operator", "conditional_expression", "lambda")


def temporary(draft: Draft) -> Proposal | None:
    """`NamedTemporaryFile(delete=False).name`, which creates the file that it names."""
    call = concrete.call(draft.node)
    func = call.child_by_field_name("function") if call is not None else None
    if call is None or func is None or concrete.spread(call):
        return None
    for name, given in zip(("suffix", "prefix", "dir"), concrete.arguments(call), strict=False):
        if not given.name:
            draft.insert(given.whole.start_byte, f"{name}=")
    draft.swap(func, draft.name("tempfile.NamedTemporaryFile", draft.hit.callee))
    draft.append(call, "delete=False")
    draft.insert(call.end_byte, ".name")
    return draft.done("Create the file together with its name", "The name of a new file, which now exists and is empty")


def typed(draft: Draft) -> Proposal | None:
    """`str(…)` around the tainted values of a query document, so that no operator arrives in them."""
    node = draft.hit.argument
    if not isinstance(node, ir.Dict):
        return None
    for key, value in node.items:
        if key is None or (isinstance(key, ir.Const) and str(key.value).startswith("$")):
            return None
        inside = any(value.start <= step.start and step.end <= value.end for step in draft.hit.flow)
        names = {concrete.text(concrete.at(draft.data, step.start, step.end)) for step in draft.hit.flow}
        code = draft.data[value.start : value.end].decode()
        if (inside or set(re.findall(r"[A-Za-z_]\w*", code)) & names) and not isinstance(value, (ir.Dict, ir.Const)):
            draft.replace(value.start, value.end, f"str({code})")
    return draft.done("Force the value to a text", "A value that is a text asks for the same documents")
