"""Values leave a template or an XPath expression and are handed over by name."""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.repair import concrete, pieces, rewriting, wrapping
from deburr.engine.repair.draft import Draft, Proposal
from deburr.engine.repair.pieces import Pieces
from deburr.engine.repair.rewriting import Rewriting


def template(draft: Draft) -> Proposal | None:
    """`{{ name }}` in the template and `name=name` where it is rendered."""
    call, node = concrete.call(draft.node), wrapping.argument(draft)
    if call is None or node is None or concrete.spread(call):
        return None
    target = _renderer(call)
    found = pieces.take(node, concrete.scope(node))
    if target is None or found is None or not _single_use(found):
        return None
    try:
        given = _fill(draft, found, target)
    except pieces.Opaque:
        return None
    if not given:
        return None
    draft.append(target, ", ".join(given))
    return draft.done("Pass the value to the template by name", "The page shows the same text")


def _renderer(call: Node) -> Node | None:
    """The call that takes the template's values: the call itself, or `.render(…)` on its result."""
    name = concrete.text(call.child_by_field_name("function")).rpartition(".")[2]
    if name == "render_template_string":
        return call
    parent = call.parent
    if parent is not None and parent.type == "attribute" and concrete.text(parent).endswith(".render"):
        return concrete.call(parent.parent)
    if parent is None or parent.type != "assignment":
        return None
    variable = concrete.text(parent.child_by_field_name("left"))
    uses = concrete.uses(variable, concrete.scope(call)) if variable.isidentifier() else []
    if len(uses) != 1 or len(concrete.assignments(variable, concrete.scope(call))) != 1:
        return None
    owner = uses[0].parent
    if owner is None or owner.type != "attribute" or not concrete.text(owner).endswith(".render"):
        return None
    return concrete.call(owner.parent)


def _single_use(found: Pieces) -> bool:
    """Whether the variables that hold the text serve nothing else."""
    for assignment in found.variables:
        name = concrete.text(assignment.child_by_field_name("left"))
        if len(concrete.uses(name, concrete.scope(assignment))) != 1:
            return False
    return True


def _fill(draft: Draft, found: Pieces, target: Node) -> list[str]:
    """Replace every value by its name; the keyword arguments that hand the values over."""
    text, given = Rewriting(draft, found), list[str]()
    taken = [one.name for one in concrete.arguments(target) if one.name]
    present = {one.name: concrete.text(one.value) for one in concrete.arguments(target) if one.name}
    for index, symbol in enumerate(found.symbols):
        if symbol.char:
            continue
        if symbol.shown or _in_code(found, index):
            raise pieces.Opaque
        name = symbol.code if present.get(symbol.code) == symbol.code else rewriting.name(symbol.code, taken)
        if name not in taken:
            taken.append(name)
            given.append(f"{name}={symbol.code}")
        text.put(index, index, "{{ " + name + " }}", quoted=False)
    text.clean()
    return given


def _in_code(found: Pieces, index: int) -> bool:
    """Whether a place is inside `{{ … }}` or `{% … %}`, where the value would be part of an expression."""
    before = "".join(symbol.char or "\0" for symbol in found.symbols[:index])
    return before.rfind("{{") > before.rfind("}}") or before.rfind("{%") > before.rfind("%}")


def frame(draft: Draft) -> Proposal | None:
    """`@name` in a query of a data frame, which pandas looks up as a variable."""
    call, node = concrete.call(draft.node), wrapping.argument(draft)
    if call is None or node is None or not concrete.text(call.child_by_field_name("function")).endswith(".query"):
        return None
    found = pieces.take(node, concrete.scope(node))
    if found is None or found.variables:
        return None
    text = Rewriting(draft, found)
    try:
        for first, last, code in _operands(found):
            if not code.isidentifier():
                return None
            text.put(first, last, f"@{code}", quoted=last > first)
        text.clean()
    except pieces.Opaque:
        return None
    return draft.done("Name the variable in the query", "The query selects the same rows")


def _operands(found: Pieces) -> list[tuple[int, int, str]]:
    """The values that stand where a query compares, with the quotes around them."""
    operands, start, quote = list[tuple[int, int, str]](), 0, ""
    for index, symbol in enumerate(found.symbols):
        if quote and symbol.char == quote:
            inner = found.symbols[start + 1 : index]
            if any(one.char == "" for one in inner):
                if len(inner) != 1 or not _compared(found, start):
                    raise pieces.Opaque
                operands.append((start, index, inner[0].code))
            quote = ""
        elif not quote and symbol.char in ("'", '"'):
            start, quote = index, symbol.char
        elif not quote and symbol.char == "":
            if not _compared(found, index):
                raise pieces.Opaque
            operands.append((index, index, symbol.code))
    return operands


def _compared(found: Pieces, index: int) -> bool:
    return re.search(r"(?:==|!=|<=?|>=?|\bin)\s*$", _before(found, index)) is not None


def xpath(draft: Draft) -> Proposal | None:
    """`$name` in the expression and `name=value` in the call, which lxml binds."""
    call, node = concrete.call(draft.node), wrapping.argument(draft)
    if call is None or node is None or concrete.spread(call) or "lxml" not in wrapping.packages(draft):
        return None
    if not concrete.text(call.child_by_field_name("function")).endswith(".xpath"):
        return None
    found = pieces.take(node, concrete.scope(node))
    if found is None or not _single_use(found):
        return None
    try:
        given = _quoted(draft, found)
    except pieces.Opaque:
        return None
    if not given:
        return None
    draft.append(call, ", ".join(given))
    return draft.done("Bind the value as an XPath variable", "The expression selects the same nodes")


def _quoted(draft: Draft, found: Pieces) -> list[str]:
    """Replace every quoted value by a variable."""
    text, given, taken = Rewriting(draft, found), list[str](), list[str]()
    start, quote = 0, ""
    for index, symbol in enumerate(found.symbols):
        if not quote and symbol.char == "" and not re.search(r"[=<>(,]\s*$", _before(found, index)):
            raise pieces.Opaque
        if quote and symbol.char == quote:
            inner = found.symbols[start + 1 : index]
            if any(one.char == "" for one in inner):
                if len(inner) != 1:
                    raise pieces.Opaque
                taken.append(rewriting.name(inner[0].code, taken))
                given.append(f"{taken[-1]}={inner[0].code}")
                text.put(start, index, f"${taken[-1]}", quoted=True)
            quote = ""
        elif quote:
            continue
        elif symbol.char in ("'", '"'):
            start, quote = index, symbol.char
        elif symbol.char == "":
            taken.append(rewriting.name(symbol.code, taken))
            given.append(f"{taken[-1]}={symbol.code}")
            text.put(index, index, f"${taken[-1]}", quoted=False)
    text.clean()
    return given


def _before(found: Pieces, index: int) -> str:
    return "".join(symbol.char for symbol in found.symbols[:index])
