"""A repair while it is written: byte edits of one text, with the imports that they need.

What comes in: replacements by place. What goes out: a Proposal whose edits ascend and do not overlap. The one
invariant: a draft that cannot be carried out exactly gives None, never half a repair.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from tree_sitter import Node

from deburr.engine.hit import Hit, Unit
from deburr.engine.repair import concrete, imports
from deburr.model import Edit


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the engine suggests to do about one Hit; becomes a Fix when it is given a fingerprint and a digest."""

    edits: tuple[Edit, ...]
    """Ascending and without overlap, in bytes of the UTF-8 text."""

    title: str
    preserves: str
    safe: bool = False


@dataclass(slots=True)
class Draft:
    """The edits collected so far for one Hit."""

    hit: Hit
    unit: Unit
    edits: list[Edit] = field(default_factory=list)
    wanted: dict[str, str] = field(default_factory=dict)
    """Full names that the new code uses and that must be imported, each with the name its import is modeled on."""

    @property
    def data(self) -> bytes:
        return self.unit.data

    @property
    def node(self) -> Node:
        """The syntax of what was reported."""
        return concrete.at(self.data, self.hit.node.start, self.hit.node.end)

    @property
    def newline(self) -> str:
        return imports.newline(self.data)

    def replace(self, start: int, end: int, new: str) -> None:
        self.edits.append(Edit(start, end, new))

    def swap(self, node: Node, new: str) -> None:
        """Write `new` where the node stands."""
        self.replace(node.start_byte, node.end_byte, new)

    def insert(self, at: int, new: str) -> None:
        self.replace(at, at, new)

    def drop(self, argument: concrete.Argument) -> None:
        """Remove one argument of a call with the comma that belongs to it."""
        node = argument.whole
        after, before = node.next_sibling, node.prev_sibling
        line = self._line(node, after)
        if line is not None:
            return self.replace(*line, "")
        if before is not None and before.type == "," and (after is None or after.type in (",", ")")):
            self.replace(before.start_byte, node.end_byte, "")
        elif after is not None and after.type == ",":
            following = after.next_sibling
            end = following.start_byte if following is not None and following.type != ")" else after.end_byte
            self.replace(node.start_byte, end, "")
        else:
            self.replace(node.start_byte, node.end_byte, "")
        return None

    def _line(self, node: Node, after: Node | None) -> tuple[int, int] | None:
        """The lines of an argument that shares them with nothing but its comma and a comment."""
        comma = after is not None and after.type == ","
        last = after if comma and after is not None else node
        start = imports.line_start(self.data, node.start_byte)
        stop = self.data.find(b"\n", last.end_byte)
        rest = self.data[last.end_byte : stop].strip() if stop >= 0 else b")"
        if self.data[start : node.start_byte].strip() or (rest and not rest.startswith(b"#")):
            return None
        return start, stop + 1

    def leave_out(self, statement: Node) -> bool:
        """Remove a statement with its line; False where it shares the line, or where nothing would be left."""
        block = statement.parent
        others = [child for child in block.named_children if child.type != "comment"] if block is not None else []
        if block is None or (len(others) < 2 and block.type != "module"):
            return False
        start, stop = imports.line_start(self.data, statement.start_byte), self.data.find(b"\n", statement.end_byte)
        end = stop + 1 if stop >= 0 else len(self.data)
        rest = self.data[statement.end_byte : end].strip()
        if self.data[start : statement.start_byte].strip() or (rest and not rest.startswith(b"#")):
            return False
        self.replace(start, end, "")
        return True

    def append(self, call: Node, new: str) -> None:
        """Add one argument at the end of a call, on a line of its own if the others have one each."""
        given = concrete.arguments(call)
        if not given:
            listed = call.child_by_field_name("arguments")
            if listed is not None:
                self.insert(listed.start_byte + 1, new)
            return None
        last = given[-1]
        if last.name == "**" or (last.whole.type == "generator_expression"):
            return self.insert(last.whole.start_byte, f"{new}, ")
        self.insert(last.whole.end_byte, f",{self._gap(given)}{new}")
        return None

    def _gap(self, given: list[concrete.Argument]) -> str:
        last = given[-1].whole
        line = imports.line_start(self.data, last.start_byte)
        lead = self.data[line : last.start_byte]
        alone = not lead.strip() and (len(given) == 1 or given[-2].whole.end_point.row < last.start_point.row)
        return self.newline + lead.decode("utf-8", "replace") if alone else " "

    def name(self, full: str, like: str = "") -> str:
        """How the new code must write a full name; its import is added when it is missing."""
        spelled = imports.spell(full, self.node, self.data, like)
        if spelled.edit is not None:
            self.wanted.setdefault(full, like)
        return spelled.code

    def done(self, title: str, preserves: str, *, safe: bool = False) -> Proposal | None:
        """The finished repair, or None when it changes nothing or contradicts itself."""
        added = imports.edits(self.wanted, self.node, self.data)
        edits = sorted([*self.edits, *added], key=lambda edit: (edit.start, edit.end))
        if not self.edits or any(b.start < a.end for a, b in pairwise(edits)):
            return None
        if all(self.data[edit.start : edit.end] == edit.new.encode() for edit in edits):
            return None
        return Proposal(tuple(_joined(edits)), title, preserves, safe)


def _joined(edits: list[Edit]) -> list[Edit]:
    """Insertions at one place become one edit, in the order in which they were asked for."""
    found: list[Edit] = []
    for edit in edits:
        if found and found[-1].start == found[-1].end == edit.start == edit.end:
            found[-1] = Edit(edit.start, edit.end, found[-1].new + edit.new)
        else:
            found.append(edit)
    return found


def apply(data: bytes, edits: tuple[Edit, ...]) -> bytes:
    """The text after the edits."""
    out, at = bytearray(), 0
    for edit in edits:
        out += data[at : edit.start] + edit.new.encode("utf-8", "surrogatepass")
        at = edit.end
    return bytes(out + data[at:])
