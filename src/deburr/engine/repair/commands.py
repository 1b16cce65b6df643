"""Command lines: a list of arguments without a shell, or each value quoted; and `eval` of data."""

from __future__ import annotations

import re

from tree_sitter import Node

from deburr.engine.repair import concrete, pieces, rewriting, wrapping
from deburr.engine.repair.draft import Draft, Proposal
from deburr.engine.repair.pieces import Pieces, Symbol

_SHELL = set("|&;<>()$`*?[]#~!{}\n\\")
_BUILTINS = {"cd", "export", "source", ".", "alias", "unset", "set", "ulimit", "umask", "exec", "eval", "trap", "type"}
_GETOPT = frozenset(
    "cat chgrp chmod chown cp curl cut df diff du file git grep gunzip gzip head kill less ln ls md5sum mkdir mv ping "
    "ping6 rm rmdir rsync scp sha256sum sort ssh stat tail tar touch traceroute uniq unzip wc wget whois zcat".split()
)
"""Programs whose options end at `--`."""

_EXPRESSION = re.compile(
    r"(?i)expr|formula|calc|arithm|(?<![a-z])math|equation|comput|predicat|(?<![a-z_])(?:code|rule|script|snippet)s?\b(?!-)|"
    r"condition|lambda"
)
"""What says that a text is computed, not merely read: `literal_eval` refuses `1 + 1`."""

_BARE = re.compile(r"[\w./:@%+=,-]*")
_LISTED = "The same program runs with the same arguments, without a shell in between"
_QUOTED = "A value without special characters gives the same command line as before"


def repair(draft: Draft) -> Proposal | None:
    """Run a command without a shell, or else quote what is put into its line."""
    for attempt in (_listed, _quoted):
        fresh = Draft(draft.hit, draft.unit)
        try:
            found = attempt(fresh)
        except pieces.Opaque:
            continue
        if found is not None:
            return found
    return None


def _listed(draft: Draft) -> Proposal | None:
    """`subprocess.run([…])` in place of a command line."""
    call, node = concrete.call(draft.node), wrapping.argument(draft)
    if call is None or node is None or concrete.spread(call) or concrete.commented(call):
        return None
    shell = concrete.argument(call, "shell")
    if node.type == "list" and shell is not None:
        draft.drop(shell)
        return draft.done("Run the program without a shell", _LISTED)
    found = pieces.take(node, concrete.scope(node))
    if found is None or found.variables:
        return None
    items = _ended(words(found, node), careful=draft.hit.worth in ("remote", "model"))
    line = "[" + ", ".join(items) + "]"
    if draft.hit.callee in ("os.system", "os.popen"):
        return _from_os(draft, call, line)
    func = concrete.text(call.child_by_field_name("function")).rpartition(".")[2]
    if shell is None or func not in ("run", "call", "check_call", "check_output", "Popen"):
        return None
    draft.swap(node, line)
    draft.drop(shell)
    return draft.done("Run the program without a shell", _LISTED)


def _ended(items: list[str], *, careful: bool) -> list[str]:
    """The arguments with `--` before the first value that could be read as an option, where the program knows it."""
    open_ = [index for index, item in enumerate(items) if not re.match(r"""f?["'][^{]""", item)]
    if not open_:
        return items
    first, program = open_[0], items[0].strip('"').rpartition("/")[2]
    options = any(item.startswith('"-') for item in items[first:])
    if program in _GETOPT and not options and not items[first - 1].startswith('"-'):
        return [*items[:first], '"--"', *items[first:]]
    if careful:
        raise pieces.Opaque
    return items


def _from_os(draft: Draft, call: Node, line: str) -> Proposal | None:
    parent = call.parent
    if draft.hit.callee == "os.popen":
        outer = parent.parent if parent is not None and parent.type == "attribute" else None
        if outer is None or parent is None or outer.type != "call" or not concrete.text(parent).endswith(".read"):
            return None
        run = draft.name("subprocess.run")
        draft.swap(outer, f"{run}({line}, stdout={draft.name('subprocess.PIPE')}, text=True).stdout")
    elif parent is not None and parent.type == "expression_statement":
        draft.swap(call, f"{draft.name('subprocess.run')}({line})")
    else:
        draft.swap(call, f"{draft.name('subprocess.call')}({line})")
    return draft.done("Run the program without a shell", _LISTED)


def words(found: Pieces, where: Node) -> list[str]:
    """The arguments that a shell would make of the line, as code; Opaque where only a shell could say."""
    items: list[str] = []
    parts: list[tuple[str, Symbol | None]] = []
    quote, open_word = "", False
    for symbol in found.symbols:
        char = symbol.char
        if char == "":
            parts.append(("", symbol))
            open_word = True
        elif quote:
            if char == quote:
                quote = ""
            elif char in "$`\\" or len(char) > 1:
                raise pieces.Opaque
            else:
                parts.append((char, None))
        elif char in ("'", '"'):
            quote, open_word = char, True
        elif char in _SHELL or len(char) > 1:
            raise pieces.Opaque
        elif char.isspace():
            items += [_word(parts, where)] if open_word else []
            parts, open_word = [], False
        else:
            parts.append((char, None))
            open_word = True
    if quote:
        raise pieces.Opaque
    items += [_word(parts, where)] if open_word else []
    if not items or not re.fullmatch(r'"[^{}=]+"', items[0]) or items[0][1:-1] in _BUILTINS:
        raise pieces.Opaque
    return items


def _word(parts: list[tuple[str, Symbol | None]], where: Node) -> str:
    """One argument as code."""
    if all(symbol is None for _, symbol in parts):
        text = "".join(char for char, _ in parts)
        return "'" + text + "'" if '"' in text and "'" not in text else '"' + text.replace('"', '\\"') + '"'
    before, values = "", list[tuple[str, str]]()
    for char, symbol in parts:
        if symbol is not None:
            values.append((symbol.code, ""))
        elif values:
            values[-1] = (values[-1][0], values[-1][1] + char)
        else:
            before += char
    if any(symbol is not None and symbol.shown for _, symbol in parts):
        raise pieces.Opaque
    alone = parts[0][1] if len(parts) == 1 else None
    if alone is not None and not wrapping.text_like(alone, where):
        return f"str({alone.code})"
    return rewriting.value(before, values)


def _quoted(draft: Draft) -> Proposal | None:
    """`shlex.quote(…)` around each value of the line."""
    node = wrapping.argument(draft)
    found = pieces.take(node, concrete.scope(node)) if node is not None else None
    if node is None or found is None or not any(symbol.char == "" for symbol in found.symbols):
        return None
    if found.symbols[0].char == "":
        return None
    wanted = [symbol for symbol in found.symbols if symbol.char == "" and not concrete.constant(symbol.code, node)]
    quote = draft.name("shlex.quote")
    _unquote(draft, found, wanted)
    for symbol in wanted:
        wrapping.wrap(draft, symbol, quote)
    return draft.done("Quote the value for the shell", _QUOTED)


def _unquote(draft: Draft, found: Pieces, wanted: list[Symbol]) -> None:
    """Remove the quotes around a value, which `shlex.quote` brings itself; Opaque where that changes the rest."""
    start, quote = 0, ""
    for index, symbol in enumerate(found.symbols):
        if not quote and symbol.char in ("'", '"'):
            start, quote = index, symbol.char
        elif quote and symbol.char == quote:
            inner = found.symbols[start + 1 : index]
            if any(one in wanted for one in inner):
                if not all(one in wanted or (one.char and _BARE.fullmatch(one.char)) for one in inner):
                    raise pieces.Opaque
                for edge in (found.symbols[start], symbol):
                    draft.replace(edge.start, edge.end, "")
            quote = ""
    if quote:
        raise pieces.Opaque


def literal(draft: Draft) -> Proposal | None:
    """`ast.literal_eval(…)` in place of `eval` where a value alone is evaluated."""
    call = concrete.call(draft.node)
    func = call.child_by_field_name("function") if call is not None else None
    given = concrete.arguments(call) if call is not None else []
    if call is None or func is None or concrete.text(func) != "eval" or not given or given[0].name or len(given) > 3:
        return None
    if pieces.textual(given[0].value) or _computes(call, given[0].value):
        return None
    if any(not re.match(r"\{\s*\}|\{\s*['\"]__builtins__|None$", concrete.text(one.value)) for one in given[1:]):
        return None
    draft.swap(func, draft.name("ast.literal_eval"))
    for one in given[1:]:
        draft.drop(one)
    return draft.done("Read the text as a literal", "Numbers, texts, lists and other literals are read as before")


def _computes(call: Node, value: Node) -> bool:
    """Whether the code around says that the text is an expression: in a name, a docstring, a question or a comment."""
    function = concrete.up(call, "function_definition")
    around = [concrete.statement(call) if function is None else function]
    for name in [node for node in concrete.inside(value) if node.type == "identifier"] if function is None else ():
        bound = concrete.assignments(concrete.text(name), concrete.root_of(call))
        around += [concrete.statement(node) for node in bound]
    return any(_EXPRESSION.search(concrete.text(node)) for node in around)
