"""Paths put together from a value: a check that the path stays in its folder, or a bare name for an upload."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tree_sitter import Node

from deburr.engine.repair import concrete, imports, pieces, wrapping
from deburr.engine.repair.draft import Draft, Proposal

_CONTAINED = "A path inside the folder is used as before; any other is refused"
_BARE = "A plain file name is used as before"


@dataclass(frozen=True, slots=True)
class _Joined:
    """A path put together from a folder and values."""

    node: Node
    base: str
    """The folder, as code."""

    values: tuple[Node, ...]
    style: str
    """"os" for a text, "pathlib" for a Path."""


def repair(draft: Draft) -> Proposal | None:
    """Keep a path in its folder."""
    node = wrapping.argument(draft)
    if node is None:
        return None
    node = concrete.bare(node)
    variable = _assignment(node) if node.type == "identifier" else None
    found = _joined(variable.child_by_field_name("right") if variable is not None else node, draft)
    if found is None or all(value.type == "string" for value in found.values):
        return None
    for value in found.values:
        if re.search(r"\.filename$", concrete.text(value)):
            return _bare_name(draft, found, value)
    if variable is not None:
        return _checked(draft, found, variable, concrete.text(variable.child_by_field_name("left")))
    return _from_directory(draft, found) or _extracted(draft, found)


def _assignment(node: Node) -> Node | None:
    """The only assignment of a variable in its function."""
    bound = concrete.assignments(concrete.text(node), concrete.scope(node))
    parent = bound[0].parent if len(bound) == 1 else None
    if parent is None or parent.type != "assignment" or parent.start_byte > node.start_byte:
        return None
    return parent


def _joined(node: Node | None, draft: Draft) -> _Joined | None:
    """The folder and the values of a path, or None when no folder is named before the first value."""
    if node is None:
        return None
    node = concrete.bare(node)
    if node.type == "call" and imports.full(node.child_by_field_name("function"), draft.data) == "os.path.join":
        given = [one.whole for one in concrete.arguments(node)]
        if len(given) < 2 or any(one.type == "list_splat" for one in given) or _tainted(given[0], draft):
            return None
        fixed = next((i for i, one in enumerate(given) if i and one.type != "string"), len(given))
        base = concrete.text(given[0])
        if 1 < fixed < len(given):
            folders = ", ".join(concrete.text(one) for one in given[:fixed])
            base = f"{draft.name('os.path.join')}({folders})"
        return _Joined(node, base, tuple(given[fixed:] or given[1:]), "os")
    if node.type == "call" and imports.full(node.child_by_field_name("function"), draft.data) == "pathlib.Path":
        given = [one.whole for one in concrete.arguments(node)]
        if len(given) == 1:
            inner = _joined(given[0], draft)
            return _Joined(node, inner.base, inner.values, "os") if inner is not None else None
    if node.type == "binary_operator" and concrete.text(node.child_by_field_name("operator")) == "/":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or _tainted(left, draft):
            return None
        return _Joined(node, concrete.text(left), (right,), "pathlib")
    return _glued(node, draft)


def _glued(node: Node, draft: Draft) -> _Joined | None:
    """A path written as `"folder/" + name` or `f"{FOLDER}/{name}"`."""
    found = pieces.take(node, concrete.scope(node)) if pieces.textual(node) else None
    if found is None or found.variables or any(s.char == "" and s.source == (0, 0) for s in found.symbols):
        return None
    symbols = found.symbols
    nodes = {i: concrete.at(draft.data, *s.source) for i, s in enumerate(symbols) if s.char == ""}
    if symbols and 0 in nodes and not _tainted(nodes[0], draft) and symbols[1:2] and symbols[1].char == "/":
        base, rest = symbols[0].code, [n for i, n in nodes.items() if i]
    else:
        first = min(nodes, default=0)
        prefix = "".join(s.char for s in symbols[:first])
        folder = prefix.rpartition("/")[0]
        if not folder or re.search(r"[\"'\\{}]", folder):
            return None
        base, rest = f'"{folder}"', list(nodes.values())
    return _Joined(node, base, tuple(rest), "os") if rest else None


def _tainted(node: Node, draft: Draft) -> bool:
    """Whether the flow passes through an expression, so that it is no folder to rely on."""
    spans = [(step.start, step.end) for step in draft.hit.flow]
    return any(start >= node.start_byte and end <= node.end_byte for start, end in spans)


def _bare_name(draft: Draft, found: _Joined, value: Node) -> Proposal | None:
    """The bare name of an uploaded file."""
    code = concrete.text(value)
    if wrapping.packages(draft) & {"flask", "werkzeug"}:
        draft.swap(value, f"{draft.name('werkzeug.utils.secure_filename')}({code})")
    elif found.style == "pathlib":
        draft.swap(value, f"{draft.name('pathlib.Path')}({code}).name")
    else:
        draft.swap(value, f"{draft.name('os.path.basename')}({code})")
    return draft.done("Reduce the upload's name to a bare file name", _BARE)


def _from_directory(draft: Draft, found: _Joined) -> Proposal | None:
    """`send_from_directory(folder, name)` in place of `send_file(join(folder, name))`."""
    call = concrete.call(draft.node)
    func = call.child_by_field_name("function") if call is not None else None
    if func is None or found.style != "os" or len(found.values) != 1:
        return None
    if imports.full(func, draft.data) != "flask.send_file" or found.node.end_byte - found.values[0].end_byte > 1:
        return None
    draft.swap(func, draft.name("flask.send_from_directory", "flask.send_file"))
    draft.swap(found.node, f"{found.base}, {concrete.text(found.values[0])}")
    return draft.done("Send the file from its folder", _CONTAINED)


def _extracted(draft: Draft, found: _Joined) -> Proposal | None:
    """Give the path a name of its own, before the statement that uses it, and check it there."""
    statement = concrete.statement(found.node)
    node: Node | None = found.node
    while node is not None and node != statement:
        if node.type in ("lambda", "elif_clause", "while_statement", "conditional_expression") or "compre" in node.type:
            return None
        node = node.parent
    if statement.type in ("while_statement", "class_definition", "function_definition", "decorated_definition"):
        return None
    lead = _lead(draft, statement)
    if lead is None:
        return None
    name = _fresh(draft, "full_path")
    assigned = f"{name} = {_resolved(draft, found)}"
    end = draft.newline
    draft.insert(statement.start_byte, f"{assigned}{end}{lead}{_check(draft, found, name, lead)}{end}{lead}")
    draft.swap(found.node, name)
    return draft.done("Refuse a path outside of the folder", _CONTAINED)


def _checked(draft: Draft, found: _Joined, assignment: Node, name: str) -> Proposal | None:
    """Resolve the path where it is assigned, and check it there."""
    statement = concrete.statement(assignment)
    lead = _lead(draft, statement)
    if lead is None or concrete.scope(assignment).type == "module" or not name.isidentifier():
        return None
    stop = draft.data.find(b"\n", statement.end_byte)
    if stop < 0 or draft.data[statement.end_byte : stop].strip()[:1] not in (b"", b"#"):
        return None
    draft.swap(found.node, _resolved(draft, found))
    draft.insert(stop + 1, f"{lead}{_check(draft, found, name, lead)}{draft.newline}")
    return draft.done("Refuse a path outside of the folder", _CONTAINED)


def _lead(draft: Draft, statement: Node) -> str | None:
    """The indentation of a statement that begins its line."""
    lead = draft.data[imports.line_start(draft.data, statement.start_byte) : statement.start_byte]
    return lead.decode() if not lead.strip() else None


def _fresh(draft: Draft, name: str) -> str:
    taken = concrete.identifiers(draft.data)
    while name in taken:
        name = f"{name}_"
    return name


def _resolved(draft: Draft, found: _Joined) -> str:
    code = concrete.text(found.node)
    if found.style == "pathlib":
        return f"({code}).resolve()"
    return f"{draft.name('os.path.realpath')}({code})"


def _check(draft: Draft, found: _Joined, name: str, lead: str) -> str:
    """The lines that refuse a path outside of its folder."""
    unit = "\t" if "\t" in lead else "    "
    if found.style == "pathlib":
        inside = f"{name}.is_relative_to({_receiver(found.base)}.resolve())"
    else:
        inside = f"{name}.startswith({draft.name('os.path.realpath')}({found.base}) + {draft.name('os.sep')})"
    return f"if not {inside}:{draft.newline}{lead}{unit}{_refusal(draft)}"


def _receiver(code: str) -> str:
    return code if re.fullmatch(r"[\w.]+(\([^()]*\))?", code) else f"({code})"


def _refusal(draft: Draft) -> str:
    """The statement that ends a request for a path that is not there, in the words of the framework."""
    present = wrapping.packages(draft)
    if "flask" in present:
        return f"{draft.name('flask.abort', 'flask.request')}(404)"
    if "fastapi" in present:
        return f"raise {draft.name('fastapi.HTTPException', 'fastapi.FastAPI')}(status_code=404)"
    if "django" in present:
        return f"raise {draft.name('django.http.Http404')}"
    return 'raise ValueError("the path leaves its folder")'
