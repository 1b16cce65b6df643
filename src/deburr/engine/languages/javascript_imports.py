"""JavaScript's imports and exports, of both kinds of modules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from deburr.engine import ir
from deburr.engine.languages.javascript_context import Lowering, StatementHandler
from deburr.engine.languages.javascript_functions import function, inline, klass
from deburr.engine.languages.javascript_literals import string

if TYPE_CHECKING:
    from tree_sitter import Node as Tree

_RELATIVE = re.compile(r"(?:\./|\.\./)+|\.{1,2}$")
_ENDING = re.compile(r"(?:/index)?(?:\.(?:[cm]?[jt]sx?|json))?$")


def dotted(specifier: str) -> str:
    """A module's name: "node:fs/promises" is fs.promises, "@prisma/client" prisma.client, "../lib/db.js" ..lib.db."""
    name = specifier.split("?")[0].removeprefix("node:")
    if relative := _RELATIVE.match(name):
        levels = 1 + relative[0].count("..")
        return "." * levels + _ENDING.sub("", name[relative.end() :]).strip("/").replace("/", ".")
    return name.removeprefix("@").strip("/").replace("/", ".")


def _module(lo: Lowering, node: Tree) -> str:
    source = lo.field(node, lo.k.f_source)
    if source is None:
        return ""
    value = string(lo, source).value
    return dotted(value) if isinstance(value, str) else ""


def _member(module: str, name: str) -> str:
    """The full name of what a module exports as `name`."""
    if name == "default":
        return module
    return f"{module}{name}" if module.endswith(".") else f"{module}.{name}"


def _import(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:  # noqa: ARG001 -- every handler has this shape
    module = _module(lo, node)
    names: list[tuple[str, str]] = []
    for clause in node.named_children:
        if clause.kind_id == lo.k.import_require_clause:
            parts = lo.named(clause)
            source = lo.field(clause, lo.k.f_source)
            if source is not None and parts:
                names.append((dotted(str(string(lo, source).value)), lo.text(parts[0])))
        elif clause.kind_id == lo.k.import_clause:
            names += _imported(lo, clause, module)
    for _, local in names:
        lo.variables.declared.add(local)
    out.append(ir.Import(node.start_byte, node.end_byte, names))


def _imported(lo: Lowering, clause: Tree, module: str) -> list[tuple[str, str]]:
    names: list[tuple[str, str]] = []
    for part in lo.named(clause):
        if part.kind_id == lo.k.identifier:
            names.append((module, lo.text(part)))
        elif part.kind_id == lo.k.namespace_import:
            names += [(module, lo.text(one)) for one in lo.named(part)]
        elif part.kind_id == lo.k.named_imports:
            names += _specifiers(lo, part, module, lo.k.import_specifier)
    return names


def _specifiers(lo: Lowering, node: Tree, module: str, kind: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for part in node.named_children:
        name = lo.field(part, lo.k.f_name) if part.kind_id == kind else None
        if name is not None:
            alias = lo.field(part, lo.k.f_alias) or name
            found.append((_member(module, lo.text(name).strip("'\"")), lo.text(alias)))
    return found


def _export(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    """`export`: what is exported is defined as if it were not; a default without a name is called "default"."""
    k = lo.k
    start, end = node.start_byte, node.end_byte
    decorators = [
        one
        for child in node.named_children
        if child.kind_id == k.decorator
        for one in lo.exprs(child.named_children, depth)
    ]
    declaration, value = lo.field(node, k.f_declaration), lo.field(node, k.f_value)
    module = _module(lo, node)
    if declaration is not None:
        _declared(lo, declaration, depth, decorators, out)
    elif value is not None:
        _default(lo, value, depth, out)
    elif module:
        names = [
            pair
            for part in node.named_children
            if part.kind_id == k.export_clause
            for pair in _specifiers(lo, part, module, k.export_specifier)
        ]
        out.append(ir.Import(start, end, names or [(_member(module, "*"), "*")]))


def _declared(lo: Lowering, node: Tree, depth: int, decorators: list[ir.Node], out: list[ir.Node]) -> None:
    k = lo.k
    if node.kind_id in (k.class_declaration, k.abstract_class_declaration, k.klass):
        made = klass(lo, node, depth, decorators, "default")
        lo.variables.declared.add(made.name)
        out.append(made)
    elif node.kind_id in (k.function_declaration, k.generator_function_declaration):
        name = lo.field(node, k.f_name)
        out.append(function(lo, node, depth, lo.text(name) if name is not None else "default"))
    else:
        lo.statement(node, depth, out)


def _default(lo: Lowering, node: Tree, depth: int, out: list[ir.Node]) -> None:
    start, end = node.start_byte, node.end_byte
    if node.kind_id in (lo.k.function_expression, lo.k.generator_function, lo.k.arrow_function):
        name = lo.field(node, lo.k.f_name)
        out.append(function(lo, node, depth, lo.text(name) if name is not None else "default"))
    elif node.kind_id == lo.k.klass:
        out.append(klass(lo, node, depth, [], "default"))
    else:
        value = inline(lo, node, depth)
        out.append(ir.Assign(start, end, [ir.Name(start, start, "default")], value, None))


IMPORTS: dict[str, StatementHandler] = {"import_statement": _import, "export_statement": _export}
