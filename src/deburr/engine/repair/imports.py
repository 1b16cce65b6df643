"""Names for new code: an existing import or alias is used again, a missing one is added where imports stand.

What comes in: a full name and the place that needs it. What goes out: how to write it there, and the edit that makes
it so. The one invariant: a name that already means something else in the text is never taken.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass

from tree_sitter import Node

from deburr.engine.repair import concrete
from deburr.model import Edit

MODULES = ("defusedxml.ElementTree", "xml.etree.ElementTree", "defusedxml.minidom", "defusedxml.sax")
"""Full names that are modules although they look like a module's member."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a full name is written at a place, and the import that must be added for it, if any."""

    code: str
    edit: Edit | None = None


def newline(data: bytes) -> str:
    """The line end that the text uses."""
    first = data.find(b"\n")
    return "\r\n" if first > 0 and data[first - 1 : first] == b"\r" else "\n"


def line_start(data: bytes, at: int) -> int:
    """Where the line that holds the offset begins."""
    return data.rfind(b"\n", 0, at) + 1


def spell(full: str, where: Node, data: bytes, like: str = "") -> Spelling:
    """How to write the full name at a place of the text; a missing import is modeled on that of the name `like`."""
    bound = _bound(where, data)
    parts, module = full.split("."), split(full)[0]
    for length in range(len(parts), 0, -1):
        local = bound.get(".".join(parts[:length]))
        # `import a` does not load the module `a.b`.
        if local and length > module.count("."):
            return Spelling(".".join([local, *parts[length:]]))
    module, member = _alike(full, like, bound) or split(full)
    return _missing(module, member, data)


def _alike(full: str, like: str, bound: dict[str, str]) -> tuple[str, str] | None:
    """The module and member of a full name, cut where the import behind a sibling of it is cut."""
    model, parts = like.split("."), full.split(".")
    for length in range(len(model), 1, -1):
        local = bound.get(".".join(model[:length]))
        if local and "." not in local and model[: length - 1] == parts[: length - 1]:
            return ".".join(parts[: length - 1]), ".".join(parts[length - 1 :])
    return None


def full(node: Node | None, data: bytes) -> str:
    """What a name or attribute stands for after the imports: `pd.read_sql` is "pandas.read_sql"."""
    path = concrete.dotted(node)
    if node is None or not path:
        return ""
    head, _, rest = path.partition(".")
    for name, local in _bound(node, data).items():
        if local == head:
            return f"{name}.{rest}" if rest else name
    return path


def split(full: str) -> tuple[str, str]:
    """A full name as the module to import and what is used of it."""
    for known in MODULES:
        if full == known or full.startswith(known + "."):
            return known, full[len(known) + 1 :]
    parts = full.split(".")
    if parts[:2] == ["os", "path"]:
        return "os", ".".join(parts[1:])
    cut = next((i for i, part in enumerate(parts) if i and part[:1].isupper()), len(parts) - 1) or 1
    return ".".join(parts[:cut]), ".".join(parts[cut:])


def edits(wanted: dict[str, str], where: Node, data: bytes) -> list[Edit]:
    """The edits that import all the wanted names, each module once."""
    found: dict[tuple[int, int, str], Edit] = {}
    for full, like in wanted.items():
        edit = spell(full, where, data, like).edit
        if edit is not None:
            found[edit.start, edit.end, edit.new] = edit
    return list(found.values())


def _bound(where: Node, data: bytes) -> dict[str, str]:
    """Full name -> local name, of the imports that are in force at the place."""
    found: dict[str, str] = {}
    blocks = [concrete.root(data)]
    function = concrete.up(where, "function_definition")
    while function is not None:
        blocks.append(function)
        function = concrete.up(function.parent, "function_definition")
    for block in blocks:
        for node in _statements(block):
            if block.type == "module" or node.start_byte < where.start_byte:
                found.update(_names(node))
    return {full: local for full, local in found.items() if not _shadowed(local, where)}


def _statements(block: Node) -> list[Node]:
    """The import statements at the top of a module or function, those guarded by `try` included."""
    body = block.child_by_field_name("body") or block
    found = []
    for node in body.children:
        if node.type in ("import_statement", "import_from_statement"):
            found.append(node)
        elif node.type == "try_statement":
            found += _statements(node)
    return found


def _names(node: Node) -> dict[str, str]:
    """Full name -> local name that an import statement binds."""
    source = node.child_by_field_name("module_name")
    prefix = concrete.text(source) + "." if source is not None else ""
    found = {}
    for child in node.children_by_field_name("name"):
        if child.type == "aliased_import":
            found[prefix + concrete.text(child.child_by_field_name("name"))] = concrete.text(
                child.child_by_field_name("alias")
            )
        elif prefix:
            found[prefix + concrete.text(child)] = concrete.text(child)
        else:
            whole = concrete.text(child)
            top = whole.split(".")[0]
            found |= {top: top, whole: whole}
    return found


def _shadowed(local: str, where: Node) -> bool:
    """Whether a function around the place gives the local name another meaning."""
    name, function = local.split(".")[0], concrete.up(where, "function_definition")
    while function is not None:
        if concrete.assignments(name, function):
            return True
        function = concrete.up(function.parent, "function_definition")
    return False


def _missing(module: str, member: str, data: bytes) -> Spelling:
    """The spelling of a name that no import binds yet, with the import to add."""
    top = concrete.root(data)
    named = concrete.identifiers(data)
    taken = {name for name, nodes in named.items() if any(_meant(node) for node in nodes)}
    if member and _free_name(module, data):
        return Spelling(f"{module}.{member}")
    if "." not in module and member and _standard(module) and not _sourced(module, top):
        alias = module if module not in taken else _free(module, taken)
        line = f"import {module}" if alias == module else f"import {module} as {alias}"
        return Spelling(f"{alias}.{member}", _place(line, module, data))
    if module in MODULES and member:
        return Spelling(f"{module}.{member}", _place(f"import {module}", module, data))
    owner, name = (module, member) if member else module.rsplit(".", 1) if "." in module else ("", module)
    name, _, rest = name.partition(".")
    alias = name if name not in taken else _free(name, taken)
    clause = name if alias == name else f"{name} as {alias}"
    code = ".".join(part for part in (alias, rest) if part)
    if not owner:
        return Spelling(code, _place(f"import {clause}", name, data))
    for node in _statements(top):
        if concrete.text(node.child_by_field_name("module_name")) == owner and node.children_by_field_name("name"):
            return Spelling(code, _beside(node.children_by_field_name("name"), clause))
    return Spelling(code, _place(f"from {owner} import {clause}", owner, data))


def _beside(names: list[Node], clause: str) -> Edit:
    """One more name in an import, where its order says, or else at the end."""
    known = [concrete.text(node) for node in names]
    for order in (_by_kind, _by_letters):
        if known == sorted(known, key=order):
            after = next((node for node, name in zip(names, known, strict=True) if order(name) > order(clause)), None)
            if after is not None:
                return Edit(after.start_byte, after.start_byte, f"{clause}, ")
            break
    end = names[-1].end_byte
    return Edit(end, end, f", {clause}")


def _by_kind(name: str) -> tuple[bool, bool, str]:
    """Constants before classes before functions, as sorters of imports have it."""
    return not (name.isupper() and len(name) > 1), not name[:1].isupper(), name.lower()


def _by_letters(name: str) -> tuple[bool, bool, str]:
    return False, False, name.lower()


def _free_name(module: str, data: bytes) -> bool:
    """Whether a text without its imports, a fragment, speaks of the module as if it were imported."""
    if "." in module or concrete.imports(data) or not concrete.uses(module, concrete.root(data)):
        return False
    return not any(concrete.binds(node) for node in concrete.identifiers(data).get(module, ()))


def _sourced(module: str, top: Node) -> bool:
    """Whether the text already imports from the module by `from module import …`."""
    return any(concrete.text(node.child_by_field_name("module_name")) == module for node in _statements(top))


def _meant(node: Node) -> bool:
    """Whether an identifier is a variable of its own, not an attribute, keyword or part of an import's path."""
    parent = node.parent
    if parent is None:
        return True
    if parent.type == "attribute":
        return parent.child_by_field_name("object") == node
    if parent.type == "keyword_argument":
        return parent.child_by_field_name("value") == node
    return not (parent.type == "dotted_name" and parent.parent is not None and not _binds_name(parent))


def _binds_name(path: Node) -> bool:
    statement = path.parent
    return statement is not None and statement.child_by_field_name("module_name") != path


def _free(name: str, taken: set[str]) -> str:
    alias = f"_{name}"
    while alias in taken:
        alias = f"_{alias}"
    return alias


def _standard(module: str) -> bool:
    return module.split(".")[0] in sys.stdlib_module_names


def _place(line: str, module: str, data: bytes) -> Edit:
    """The edit that adds an import line in the right place."""
    top, end = concrete.root(data), newline(data)
    present = [node for node in top.children if node.type in ("import_statement", "import_from_statement")]
    alike = [node for node in present if _standard(_module(node)) == _standard(module) and _module(node)[:1] != "."]
    if alike:
        return _among(line, alike, data, end)
    if present and _standard(module):
        return Edit(*_lines(present[0], data), f"{line}{end}{end}")
    if present:
        return _after(present[-1], f"{end}{line}{end}", data)
    return _first(line, top, data, end)


def _module(node: Node) -> str:
    source = node.child_by_field_name("module_name")
    if source is not None:
        return concrete.text(source)
    return next(iter(_names(node)), "")


def _among(line: str, alike: list[Node], data: bytes, end: str) -> Edit:
    """Beside imports of the same group: before the first that sorts later, else after the last of its form."""
    form = "import_statement" if line.startswith("import ") else "import_from_statement"
    same = [node for node in alike if node.type == form]
    key = line.split()[1].lower()
    for node in same:
        if _module(node).lower() > key:
            return Edit(*_lines(node, data), line + end)
    if same:
        return _after(same[-1], line + end, data)
    if form == "import_statement":
        return Edit(*_lines(alike[0], data), line + end)
    return _after(alike[-1], line + end, data)


def _lines(node: Node, data: bytes) -> tuple[int, int]:
    start = line_start(data, node.start_byte)
    return start, start


def _after(node: Node, new: str, data: bytes) -> Edit:
    """An edit at the beginning of the line after a node's last."""
    stop = data.find(b"\n", node.end_byte)
    if stop < 0:
        return Edit(len(data), len(data), newline(data) + new)
    return Edit(stop + 1, stop + 1, new)


def _first(line: str, top: Node, data: bytes, end: str) -> Edit:
    """The first import of a text: after docstring and `__future__`, else after the comments that open it."""
    head = [node for node in top.named_children if node.type != "comment"]
    last = None
    if head and head[0].type == "expression_statement" and head[0].named_children[0].type == "string":
        last = head[0]
    for node in head:
        if node.type == "future_import_statement":
            last = node
    if last is not None:
        return _after(last, f"{end}{line}{end}", data)
    at = 3 if data.startswith(b"\xef\xbb\xbf") else 0
    while data[at : at + 1] == b"#":
        at = _next_line(data, at)
    while at and not data[at : _next_line(data, at)].strip() and at < len(data):
        at = _next_line(data, at)
    lead = _indent(head[0], data) if head else ""
    roomy = bool(head) and head[0].type in ("function_definition", "class_definition", "decorated_definition")
    return Edit(at, at, f"{lead}{line}{end}{end}{end if roomy else ''}")


def _next_line(data: bytes, at: int) -> int:
    stop = data.find(b"\n", at)
    return len(data) if stop < 0 else stop + 1


def _indent(node: Node, data: bytes) -> str:
    lead = data[line_start(data, node.start_byte) : node.start_byte]
    return lead.decode() if not lead.strip() else ""
