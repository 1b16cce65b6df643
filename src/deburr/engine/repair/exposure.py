"""What an answer or a log must not say: errors go to the log, secrets go nowhere."""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.repair import concrete, imports, pieces, wrapping
from deburr.engine.repair.draft import Draft, Proposal

_SAID = '"internal error"'
_LOGGED = re.compile(r"\blog(?:ger|ging)?\.(?:exception|error|warning|critical)\(")
_TEXTS = frozenset(
    "attribute subscript interpolation string binary_operator concatenated_string parenthesized_expression".split()
)
_THROUGH = ("str", "repr", "format", "format_exc", "traceback.format_exc")


def error(draft: Draft) -> Proposal | None:
    """Answer with a constant text, and log what happened."""
    node = wrapping.argument(draft) or draft.node
    names = _caught(node)
    found = {target.start_byte: target for target in _shown(node, names)}
    if not found:
        return None
    for target in found.values():
        draft.swap(target, _constant(target))
    _log(draft, node)
    return draft.done(
        "Log the error, and answer with a constant text", "The same status and form; the log has the details"
    )


def _constant(shown: Node) -> str:
    """What an answer still says: the words before the error, or that there was one."""
    found = pieces.take(shown, concrete.scope(shown)) if pieces.textual(shown) else None
    chars = [symbol.char for symbol in found.symbols] if found is not None else []
    words = "".join(chars[:-1]).rstrip(" :;,.-([{\"'") if chars.count("") == 1 and chars[-1] == "" else ""
    return f'"{words}"' if re.fullmatch(r"[A-Za-z][^\"\\\n]*", words) else _SAID


def _caught(node: Node) -> set[str]:
    """The names under which errors are known at a place."""
    found: set[str] = set()
    clause = concrete.up(node, "except_clause")
    while clause is not None:
        for inner in clause.children:
            if inner.type == "as_pattern":
                found.add(concrete.text(inner.children[-1]))
        clause = concrete.up(clause.parent, "except_clause")
    return found


def _shown(node: Node, names: set[str]) -> list[Node]:
    """The expressions that turn an error into text."""
    found = []
    for inner in concrete.inside(node):
        func = concrete.text(inner.child_by_field_name("function")) if inner.type == "call" else ""
        if func.endswith("format_exc") or (inner.type == "identifier" and concrete.text(inner) in names):
            found.append(_widest(inner, node))
    return found


def _widest(inner: Node, limit: Node) -> Node:
    """The whole text that an error is a part of."""
    while inner != limit and inner.parent is not None:
        parent = inner.parent
        call = parent.parent if parent.type == "argument_list" else None
        if call is not None and concrete.text(call.child_by_field_name("function")).rpartition(".")[2] in _THROUGH:
            inner = call
        elif parent.type in _TEXTS or (parent.type == "call" and inner.type == "attribute"):
            inner = parent
        else:
            break
    return inner


def _log(draft: Draft, node: Node) -> None:
    """`logging.exception(…)` before the statement, where an error is being handled and none is logged yet."""
    clause, statement = concrete.up(node, "except_clause"), concrete.statement(node)
    if clause is None or _LOGGED.search(concrete.text(clause)):
        return
    lead = draft.data[imports.line_start(draft.data, statement.start_byte) : statement.start_byte].decode()
    if not lead.strip():
        draft.insert(statement.start_byte, f"{_logger(draft)}.exception({_SAID}){draft.newline}{lead}")


def _logger(draft: Draft) -> str:
    """The module's own logger, or `logging` itself."""
    for node in concrete.root(draft.data).named_children:
        assigned = node.named_children[0] if node.type == "expression_statement" and node.named_children else None
        value = assigned.child_by_field_name("right") if assigned is not None else None
        func = value.child_by_field_name("function") if value is not None and value.type == "call" else None
        if assigned is not None and func is not None and imports.full(func, draft.data) == "logging.getLogger":
            name = concrete.text(assigned.child_by_field_name("left"))
            if name.isidentifier() and not concrete.assignments(name, concrete.scope(draft.node)):
                return name
    return draft.name("logging.exception").removesuffix(".exception")


def secret(draft: Draft) -> Proposal | None:
    """Three stars in place of the secret in a log."""
    node = wrapping.argument(draft)
    if node is None:
        return None
    try:
        for symbol in wrapping.values(draft, node):
            inside = symbol.literal >= 0 and symbol.start < symbol.source[0]
            draft.replace(symbol.start, symbol.end, "***" if inside else '"***"')
    except pieces.Opaque:
        return None
    _unprefix(draft)
    return draft.done("Keep the secret out of the log", "The same line is logged, with stars for the secret")


def _unprefix(draft: Draft) -> None:
    """Take the `f` from texts that hold no value any more."""
    gone = [(edit.start, edit.end) for edit in draft.edits]
    for node in concrete.inside(draft.node):
        values = [child for child in node.children if child.type == "interpolation"]
        if node.type == "string" and values and all((v.start_byte, v.end_byte) in gone for v in values):
            opening = concrete.text(node.children[0])
            if not any(child.type == "escape_interpolation" for child in concrete.inside(node)):
                draft.replace(node.start_byte, node.children[0].end_byte, re.sub("[fF]", "", opening))


def redirect(draft: Draft) -> Proposal | None:
    """Send visitors only to this site."""
    node = wrapping.argument(draft)
    if node is None or node.type != "identifier":
        return None
    name, function = concrete.text(node), concrete.up(node, "function_definition")
    present = wrapping.packages(draft)
    if "django" in present and function is not None and concrete.assignments("request", function):
        check = draft.name("django.utils.http.url_has_allowed_host_and_scheme")
        draft.swap(node, f'{name} if {check}({name}, allowed_hosts={{request.get_host()}}) else "/"')
    elif "flask" in present:
        statement = concrete.statement(node)
        lead = draft.data[imports.line_start(draft.data, statement.start_byte) : statement.start_byte].decode()
        if lead.strip() or concrete.up(node, "lambda", "elif_clause", "while_statement") is not None:
            return None
        parts, unit = "parts" if not concrete.uses("parts", concrete.scope(node)) else "target_parts", "    "
        lines = (
            f'{parts} = {draft.name("urllib.parse.urlsplit")}({name}.replace("\\\\", "/"))',
            f'if {parts}.scheme != "" or {parts}.netloc != "" or {parts}.path.startswith("//"):',
            f"{unit}{draft.name('flask.abort', 'flask.redirect')}(400)",
        )
        draft.insert(statement.start_byte, "".join(f"{line}{draft.newline}{lead}" for line in lines))
    return draft.done("Send visitors only to this site", "An address within the site is followed as before")
