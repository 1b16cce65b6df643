"""The house rules as functions: text in, complaints out, so that each can be shown a bad sample."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator, Mapping

FILE_LINES, FUNCTION_LINES, PARAMETERS = 400, 50, 5

_FACTS = {"model", "errors", "constitution", "libraries", "providers"}
_READERS = {"model", "errors", "constitution"}
_BELOW_SURFACES = {*_FACTS, "store", "engine", "judge", "review", "reward", "curate", "root"}
ARROWS: dict[str, set[str]] = {
    "model": set(),
    "errors": set(),
    "constitution": {"model", "errors"},
    "libraries": {"model", "errors"},
    "providers": {"model", "errors"},
    "store": {"model", "errors"},
    "engine": _FACTS,
    "judge": _READERS,
    "review": _READERS,
    "reward": _READERS,
    "curate": _READERS,
    "root": _READERS,
    "gateway": _BELOW_SURFACES,
    "desk": _BELOW_SURFACES,
    "surfaces": _BELOW_SURFACES,
}
"""Which part of deburr may import which others; its own modules it always may."""

OUTSIDE: dict[str, set[str]] = {
    "engine": {"hyperscan", "re2", "tree_sitter", "tree_sitter_python"},
    "surfaces": {"click", "pathspec"},
}
"""What of other people's code a part may import, beyond the standard library."""


def part(module: str) -> str:
    """The part of the house a module belongs to: `engine`, `surfaces.cli`, or `root` for `deburr` itself."""
    names = module.split(".")[1:]
    if not names:
        return "root"
    if names == ["__main__"]:
        return "surfaces.cli"
    return ".".join(names[:2]) if names[0] == "surfaces" else names[0]


def imports(module: str, text: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """(line, full module name) of every import, those inside functions included."""
    is_package = any(other.startswith(module + ".") for other in known)
    package = module if is_package else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _imported_from(node, package, known)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from ((node.lineno, str(a.value)) for a in node.args if isinstance(a, ast.Constant))


def _imported_from(node: ast.ImportFrom, package: str, known: set[str]) -> Iterator[tuple[int, str]]:
    up = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
    base = ".".join([*up, *([node.module] if node.module else [])])
    for alias in node.names:
        full = f"{base}.{alias.name}"
        yield node.lineno, full if full in known else base


def arrows(modules: Mapping[str, str], standard: frozenset[str]) -> Iterator[str]:
    """Imports that go against the arrows, as `module:line imports target`."""
    for module, text in modules.items():
        mine = part(module)
        top = mine.split(".")[0]
        for line, target in imports(module, text, set(modules)):
            if target.split(".")[0] == "deburr":
                its = part(target)
                right = its in {mine, top, f"{top}.shared"} | ARROWS.get(top, set())
            else:
                root = target.split(".")[0]
                right = root in standard or root in OUTSIDE.get(top, set())
            if not right:
                yield f"{module}:{line} imports {target}"


def cycles(modules: Mapping[str, str]) -> list[list[str]]:
    """Modules that import one another in a ring, lazily or not."""
    graph = {
        module: {target for _, target in imports(module, text, set(modules)) if target in modules and target != module}
        for module, text in modules.items()
    }
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(module: str, trail: list[str]) -> None:
        if module in trail:
            found.append([*trail[trail.index(module) :], module])
        elif module not in done:
            for target in sorted(graph[module]):
                visit(target, [*trail, module])
            done.add(module)

    for module in sorted(graph):
        visit(module, [])
    return found


def sizes(path: str, text: str) -> Iterator[str]:
    """Files, functions and parameter lists that are too long."""
    if (lines := len(text.splitlines())) > FILE_LINES:
        yield f"{path}: {lines} lines, at most {FILE_LINES}"
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES:
            yield f"{path}:{node.lineno} {node.name}: {lines} lines, at most {FUNCTION_LINES}"
        given = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        count = sum(one.arg not in ("self", "cls") for one in given)
        if count > PARAMETERS and not _only_stores(node):
            yield f"{path}:{node.lineno} {node.name}: {count} parameters, at most {PARAMETERS}"


def _only_stores(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether it is the constructor of a record, whose parameters are its fields."""
    return node.name == "__init__" and all(
        isinstance(line, ast.Assign)
        and all(ast.unparse(target).lstrip("(").startswith("self.") for target in line.targets)
        for line in node.body
    )


def broad_excepts(path: str, text: str, *, allowed: bool) -> Iterator[str]:
    """Handlers that catch everything; where `allowed`, only those without a reason on their line."""
    lines = text.split("\n")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or _names_all(node.type)
        elif isinstance(node, ast.Call):
            broad = ast.unparse(node.func).endswith("suppress") and any(map(_names_all, node.args))
        else:
            continue
        if broad and not (allowed and _has_reason(lines[node.lineno - 1])):
            yield f"{path}:{node.lineno} catches everything" + (" and does not say why" if allowed else "")


def _names_all(node: ast.expr) -> bool:
    each = node.elts if isinstance(node, ast.Tuple) else [node]
    return any(isinstance(one, ast.Name) and one.id in ("Exception", "BaseException") for one in each)


def _has_reason(line: str) -> bool:
    comment = line.partition("#")[2]
    return len(re.sub(r"noqa:\s*[A-Z]+\d+", "", comment).strip(" -#:")) > 10


def unfrozen(text: str) -> Iterator[str]:
    """Dataclasses that are not frozen."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef):
            for decorator in map(ast.unparse, node.decorator_list):
                if decorator.split("(")[0].endswith("dataclass") and "frozen=True" not in decorator:
                    yield node.name


def mocks(path: str, text: str) -> Iterator[str]:
    """Uses of mock: fakes ship in the package instead."""
    for node in ast.walk(ast.parse(text)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.arg):
            names = [node.arg]
        for name in names:
            if {"mock", "mocker", "pytest_mock"} & set(name.split(".")):
                yield f"{path}:{getattr(node, 'lineno', 0)} uses {name}"


def bare_ignores(path: str, text: str) -> Iterator[str]:
    """Comments that silence a checker without saying which complaint."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and re.search(r"type:\s*ignore(?!\[)|noqa(?!:\s*[A-Z])", token.string):
            yield f"{path}:{token.start[0]} {token.string}"


def tree(readme: str) -> dict[str, set[str]]:
    """The tree drawn in the README: folder -> names drawn in it; folders end in `/`.

    A line is box lines, names with single spaces between, then two spaces and what they are for.
    """
    fence = next(part for part in readme.split("```") if "├──" in part)
    drawn: dict[str, set[str]] = {}
    trail: list[str] = []
    for line in fence.split("\n"):
        match = re.match(r"((?:│   |    )*)(?:├── |└── )(\S+(?: \S+)*)", line)
        if not match:
            continue
        depth = len(match[1]) // 4
        names = match[2].split(" ")
        folder = "".join(trail[:depth])
        drawn.setdefault(folder, set()).update(names)
        trail[depth:] = [names[-1]]
    return drawn


def on_disk(paths: list[str], folder: str) -> set[str]:
    """What stands in a folder, of `paths`: files by name, folders with `/`; what every package has is left out."""
    inside = [path[len(folder) :] for path in paths if path.startswith(folder)]
    names = {name.split("/")[0] + ("/" if "/" in name else "") for name in inside}
    return {name for name in names if not re.match(r"__\w+__\.py$|py\.typed$|\.", name)}
