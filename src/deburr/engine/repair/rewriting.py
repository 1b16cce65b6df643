"""Values leave a text: placeholders take their place, and what only served the values goes with them.

What comes in: the pieces of a text and which of them to replace. What goes out: edits in a Draft. The one invariant:
characters that are not replaced mean the same afterwards, with or without the `f`, the `%` or the `.format`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deburr.engine.repair import concrete
from deburr.engine.repair.draft import Draft
from deburr.engine.repair.pieces import Literal, Opaque, Pieces, Symbol


@dataclass(slots=True)
class Rewriting:
    """A text that is being rewritten."""

    draft: Draft
    pieces: Pieces

    def put(self, first: int, last: int, mark: str, *, quoted: bool) -> None:
        """Write `mark` in place of the symbols `first` to `last`; `quoted` when they begin and end with a quote."""
        inner = self.pieces.symbols[first : last + 1]
        if all(s.literal == inner[0].literal and s.literal >= 0 for s in inner):
            self.draft.replace(inner[0].start, inner[-1].end, mark)
        elif any(s.literal >= 0 and s.char == "" for s in inner):
            raise Opaque
        else:
            self._bridge(first, last, mark, quoted)

    def _bridge(self, first: int, last: int, mark: str, quoted: bool) -> None:
        """Replace a value that stands between two literals: `"… = '" + value + "' …"`."""
        symbols, literals = self.pieces.symbols, self.pieces.literals
        before = symbols[first] if quoted else (symbols[first - 1] if first else None)
        if before is None or before.literal < 0:
            raise Opaque
        left = literals[before.literal]
        start, end = before.start if quoted else before.end, symbols[last].end
        if start > left.end or (not quoted and before.end != left.end):
            raise Opaque
        following = symbols[last] if quoted else (symbols[last + 1] if last + 1 < len(symbols) else None)
        stop = end if following is None else following.end if quoted else following.start
        if concrete.commented_between(self.draft.data, start, stop):
            raise Opaque
        if following is None:
            self.draft.replace(start, end, mark + left.quote)
        else:
            operand = [s for s in symbols[first : last + 1] if s.char == ""][-1]
            self._meet(left, literals[following.literal], mark, (start, operand.end, stop))

    def _meet(self, left: Literal, right: Literal, mark: str, spots: tuple[int, int, int]) -> None:
        """Join two literals around a mark, or keep them apart when their quotes or prefixes differ."""
        start, operand, stop = spots
        if stop < right.start:
            raise Opaque
        if (left.prefix, left.quote) == (right.prefix, right.quote):
            self.draft.replace(start, stop, mark)
        elif stop == right.end and stop > right.start:
            self.draft.replace(start, right.node.end_byte, mark + left.quote)
        else:
            self.draft.replace(start, operand, mark + left.quote)
            if stop > right.start:
                self.draft.replace(right.start, stop, "")

    def clean(self, percents: str = "single") -> None:
        """Take away `f`, doubled braces, `% (…)` and `.format(…)`; `percents` is "single", "double" or "keep"."""
        draft, found = self.draft, self.pieces
        for start, end in found.trims:
            if concrete.commented_between(draft.data, start, end):
                raise Opaque
            draft.replace(start, end, "")
        covered = [(edit.start, edit.end) for edit in draft.edits]
        for number, literal in enumerate(found.literals):
            kept = [s for s in found.symbols if s.literal == number and not _in(covered, s)]
            plain = literal.interpolates and all(s.char for s in kept)
            if plain:
                self._unprefix(literal)
            braces = plain or number in found.doubled
            for symbol in kept:
                self._single(symbol, braces, percents, number in found.percents)

    def _single(self, symbol: Symbol, braces: bool, percents: str, halve: bool) -> None:
        """Write a brace or percent sign as the rewritten text needs it."""
        doubled = symbol.end - symbol.start == 2
        if symbol.char in ("{", "}"):
            if doubled and braces:
                self.draft.replace(symbol.start, symbol.end, symbol.char)
        elif symbol.char == "%":
            if percents == "double" and not doubled:
                self.draft.replace(symbol.start, symbol.end, "%%")
            elif percents == "single" and doubled and halve:
                self.draft.replace(symbol.start, symbol.end, "%")

    def _unprefix(self, literal: Literal) -> None:
        start = literal.node.start_byte
        self.draft.replace(start, start + len(literal.prefix), re.sub("[fF]", "", literal.prefix))


def _in(areas: list[tuple[int, int]], symbol: Symbol) -> bool:
    return any(start <= symbol.start < end for start, end in areas)


def value(before: str, parts: list[tuple[str, str]]) -> str:
    """The expression of values and the constant text around them: `x`, or `f"%{x}%"`."""
    if len(parts) == 1 and not before and not parts[0][1]:
        return parts[0][0]
    codes, constants = "".join(code for code, _ in parts), before + "".join(after for _, after in parts)
    if re.search(r"[\\{}'\"\n]", constants) or re.search(r"[\\{}\n!]", codes):
        raise Opaque
    quote = "'" if '"' in codes else '"'
    if quote in codes:
        raise Opaque
    return f"f{quote}{before}" + "".join(f"{{{code}}}{after}" for code, after in parts) + quote


def name(code: str, taken: list[str]) -> str:
    """A name for a parameter, from the words of its value."""
    words = re.findall(r"[A-Za-z_]\w*", re.sub(r"""^f["'][^{]*\{""", "", code))
    base = words[0] if len(words) == 1 else next((w for w in reversed(words) if w not in ("str", "int")), "value")
    base = base if re.fullmatch(r"[A-Za-z]\w*", base) else "value"
    found, number = base, 2
    while found in taken:
        found, number = f"{base}{number}", number + 1
    return found
