"""Which values of an SQL text can be bound as parameters, and which bytes each parameter replaces.

What comes in: the symbols of the text. What goes out: Slots in order. The one invariant: a value is bound only where
SQL allows a parameter; a name of a table or column, a keyword or half of a word never is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deburr.engine.repair.pieces import Pieces, Symbol

_OPERATORS = ("=", "<", ">", "<=", ">=", "<>", "!=", "==", "+", "-", "*", "/", "||")
_BEFORE = {"LIKE", "ILIKE", "LIMIT", "OFFSET", "BETWEEN", "REGEXP", "RLIKE", "GLOB", "MATCH", "THEN", "ELSE"}
_VERBS = {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "REPLACE", "MERGE", "CALL"}
_TYPED = {"DATE", "TIME", "TIMESTAMP", "INTERVAL", "E", "N", "X", "B", "AS", "COLLATE", "IDENTIFIED"}
_TOKEN = re.compile(r"\w+|<=|>=|<>|!=|==|\|\||[^\s\w]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Slot:
    """One parameter: the symbols `first` to `last`, both included, give way to a placeholder."""

    first: int
    last: int
    before: str
    """Constant text inside the SQL quotes before the value: the `%` of `LIKE '%x'`."""

    values: tuple[tuple[str, str], ...]
    """Each value's expression with the constant text that follows it inside the quotes."""

    quoted: bool


def slots(pieces: Pieces, constant: frozenset[str]) -> list[Slot] | None:
    """The parameters of the text, or None when a value stands where none can; values in `constant` may stay."""
    scan = _Scan(pieces.symbols, constant)
    found = scan.run()
    if found is None or scan.verb() not in _VERBS:
        return None
    return found


class _Scan:
    """Walks over the symbols with SQL's own idea of quotes and comments."""

    def __init__(self, symbols: list[Symbol], constant: frozenset[str]) -> None:
        self.symbols, self.constant = symbols, constant
        self.at = 0
        self.seen = ""
        """The text so far outside quotes, every parameter as `?`."""

    def verb(self) -> str:
        match = re.match(r"\W*(\w+)", self.seen)
        return match[1].upper() if match else ""

    def run(self) -> list[Slot] | None:
        found: list[Slot] = []
        while self.at < len(self.symbols):
            symbol = self.symbols[self.at]
            if symbol.char == "":
                if symbol.code in self.constant:
                    self.seen += "identifier"
                elif symbol.shown or self._bindable():
                    found.append(Slot(self.at, self.at, "", ((symbol.code, ""),), False))
                    self.seen += "?"
                else:
                    return None
                self.at += 1
            elif symbol.char in ("'", '"', "`"):
                slot = self._quoted(symbol.char)
                if slot is False:
                    return None
                if isinstance(slot, Slot):
                    found.append(slot)
            elif not self._comment():
                self.seen += symbol.char
                self.at += 1
        return found

    def _comment(self) -> bool:
        """Step over a comment without values in it; one with values ends up unbindable in `_bindable`."""
        pair = "".join(s.char for s in self.symbols[self.at : self.at + 2])
        end = {"--": "\n", "/*": "*/"}.get(pair)
        if end is None:
            return False
        text = "".join(s.char or "\0" for s in self.symbols[self.at :])
        stop = text.find(end)
        skipped = text if stop < 0 else text[: stop + len(end)]
        if "\0" in skipped:
            self.seen += "\0"
            return False
        self.at += len(skipped)
        self.seen += " "
        return True

    def _quoted(self, mark: str) -> Slot | bool:
        """A quoted SQL text: a Slot when values stand in it, True when none do, False when they cannot be bound."""
        start, index = self.at, self.at + 1
        while index < len(self.symbols):
            if self.symbols[index].char == mark:
                if index + 1 < len(self.symbols) and self.symbols[index + 1].char == mark:
                    index += 1
                else:
                    break
            index += 1
        else:
            return False
        inner = self.symbols[start + 1 : index]
        self.at = index + 1
        if not any(s.char == "" for s in inner):
            self.seen += "'"
            return True
        if mark == "`" or not self._bindable(quoted=True, mark=mark, after=index + 1):
            return False
        if any(s.shown or s.code in self.constant for s in inner if s.char == ""):
            return False
        self.seen += "?"
        return _slot(start, index, inner)

    def _bindable(self, *, quoted: bool = False, mark: str = "", after: int = 0) -> bool:
        """Whether SQL allows a parameter at this place."""
        after = after or self.at + 1
        following = self.symbols[after].char if after < len(self.symbols) else " "
        touching = self.seen[-1:]
        if "\0" in self.seen or following == "" or _WORD.match(following) or following in ".'\"`":
            return False
        if touching and (_WORD.match(touching) or touching in ".'?@#$:"):
            return False
        tokens = _TOKEN.findall(self.seen.upper())
        last = tokens[-1] if tokens else ""
        if mark == '"' and last not in (*_OPERATORS, "LIKE"):
            return False
        if last in _OPERATORS or last in _BEFORE:
            return last != "*" or tokens[-2:-1] not in (["SELECT"], [","])
        if last == "AND":
            return "BETWEEN" in tokens[-4:-1]
        if last in ("(", ","):
            return _listed(tokens, quoted)
        return quoted and last not in _TYPED and last in ("SELECT", "WHEN", "IN", "VALUES", "CONCAT")


def _listed(tokens: list[str], quoted: bool) -> bool:
    """Whether a parameter may follow this comma or opening parenthesis."""
    depth, index = 0, len(tokens) - 1
    while index >= 0:
        if tokens[index] == ")":
            depth += 1
        elif tokens[index] == "(":
            if depth == 0:
                break
            depth -= 1
        index -= 1
    if index < 0:
        clause = next((t for t in reversed(tokens) if t in ("LIMIT", "SELECT", "SET", "BY", "FROM", "VALUES")), "")
        return clause == "LIMIT" or (quoted and clause == "SELECT")
    owner = tokens[index - 1] if index else ""
    if owner == "IN":
        # Unquoted, one value in `IN (…)` is usually a whole list already joined.
        return quoted
    head = index - 1
    while head > 1 and tokens[head - 1] == ".":
        head -= 2
    if head > 0 and tokens[head - 1] in ("INTO", "TABLE", "REPLACE", "FROM", "JOIN", "ON"):
        return False
    if owner == ",":
        return "VALUES" in tokens[:index]
    return bool(re.match(r"[A-Z_]", owner)) and owner not in ("AND", "OR", "WHERE", "NOT", "FROM", "AS", "ON")


def _slot(start: int, end: int, inner: list[Symbol]) -> Slot:
    before, values = "", []
    for symbol in inner:
        if symbol.char == "":
            values.append((symbol.code, ""))
        elif values:
            values[-1] = (values[-1][0], values[-1][1] + symbol.char)
        else:
            before += symbol.char
    return Slot(start, end, before, tuple(values), True)
