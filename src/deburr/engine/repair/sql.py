"""SQL put together from values becomes SQL with bound parameters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tree_sitter import Node

from deburr.engine.repair import concrete, drivers, pieces, rewriting, sqltext
from deburr.engine.repair.draft import Draft, Proposal
from deburr.engine.repair.drivers import Driver
from deburr.engine.repair.pieces import Pieces
from deburr.engine.repair.rewriting import Rewriting
from deburr.engine.repair.sqltext import Slot

TITLE = "Bind the value as a query parameter"
PRESERVES = "The query asks for the same rows; a value can no longer change what is asked"
_MANY = ("executemany", "executescript")


@dataclass(slots=True)
class _Query:
    """The query that is rewritten: its pieces, its parameters and where everything goes."""

    draft: Draft
    driver: Driver
    call: Node
    given: concrete.Argument
    text: Rewriting
    slots: list[Slot]
    names: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)


def repair(draft: Draft) -> Proposal | None:
    """Bind the values of a query that is handed to a database."""
    call = concrete.call(draft.node)
    if call is None or concrete.spread(call):
        return None
    func = concrete.text(call.child_by_field_name("function"))
    if func.rpartition(".")[2] in _MANY:
        return None
    if draft.hit.callee.startswith("sqlalchemy.") and func.rpartition(".")[2] == "text":
        return _rewrite(draft, call, Driver(":", "bindparams"))
    given = _argument(draft, call)
    inner = concrete.call(given.value) if given is not None else None
    if inner is not None and _is_text(inner):
        return _rewrite(draft, inner, Driver(":", "bindparams"))
    driver = drivers.find(draft.hit.callee, call)
    return _rewrite(draft, call, driver) if driver is not None else None


def _is_text(call: Node) -> bool:
    """Whether a call is SQLAlchemy's `text(…)`."""
    name = concrete.text(call.child_by_field_name("function")).rpartition(".")[2]
    return name == "text" and len(concrete.arguments(call)) == 1


def _argument(draft: Draft, call: Node) -> concrete.Argument | None:
    """The argument that is the query."""
    node = draft.hit.argument
    given = concrete.arguments(call)
    if node is not None:
        for one in given:
            if one.whole.start_byte <= node.start and node.end <= one.whole.end_byte:
                return one
    return next((one for one in given if one.name in ("", "sql", "query", "statement", "operation")), None)


def _rewrite(draft: Draft, call: Node, driver: Driver) -> Proposal | None:
    given = _argument(draft, call) if driver.form != "bindparams" else next(iter(concrete.arguments(call)), None)
    if given is None or (given.name and not driver.keyword):
        return None
    found = pieces.take(given.value, concrete.scope(call))
    if found is None or not _stable(found, call):
        return None
    slots = sqltext.slots(found, _constants(call, found))
    if not slots:
        return None
    query = _Query(draft, driver, call, given, Rewriting(draft, found), slots)
    try:
        for number, slot in enumerate(slots, 1):
            _bind(query, slot, number)
        query.text.clean(_percents(query))
        _hand_over(query)
    except pieces.Opaque:
        return None
    return draft.done(TITLE, PRESERVES)


def _constants(call: Node, found: Pieces) -> frozenset[str]:
    """The values that are constants of the text itself: `{TABLE}`, which no user chooses."""
    return frozenset(
        s.code for s in found.symbols if s.char == "" and concrete.constant(s.code, call) and not found.trims
    )


def _stable(found: Pieces, call: Node) -> bool:
    """Whether the values still are at the call what they were where the query was written."""
    where = concrete.scope(call)
    for assignment in found.variables:
        name = concrete.text(assignment.child_by_field_name("left"))
        place = concrete.scope(assignment)
        if concrete.up(call, "for_statement", "while_statement") != concrete.up(
            assignment, "for_statement", "while_statement"
        ):
            return False
        if [use for use in concrete.uses(name, place) if not _printed(use)] != _within(call, name, place, found):
            return False
        words = {w for s in found.symbols if s.char == "" for w in re.findall(r"[A-Za-z_]\w*", s.code)}
        for word in words:
            for bound in concrete.assignments(word, where):
                if assignment.end_byte <= bound.start_byte < call.start_byte:
                    return False
    return True


def _within(call: Node, name: str, place: Node, found: Pieces) -> list[Node]:
    """The uses of a variable that belong to this query: inside the call, or inside another part of its text."""
    areas = [call, *found.variables]
    return [
        use
        for use in concrete.uses(name, place)
        if any(area.start_byte <= use.start_byte < area.end_byte for area in areas) and not _printed(use)
    ]


def _printed(use: Node) -> bool:
    """Whether a use only shows the text: `print(query)`, `logger.debug(query)`."""
    call = concrete.up(use.parent, "call")
    name = concrete.text(call.child_by_field_name("function")) if call is not None else ""
    return name == "print" or bool(re.fullmatch(r"(?:\w+\.)*log(?:ger|ging)?\.\w+", name))


def _bind(query: _Query, slot: Slot, number: int) -> None:
    """Put a placeholder where the slot is, and remember the value."""
    code = rewriting.value(slot.before, [(_unescaped(code, slot.quoted), after) for code, after in slot.values])
    name = rewriting.name(code, query.names)
    query.names.append(name)
    query.values.append(code)
    mark = {"$": f"${number}", ":": f":{name}"}.get(query.driver.mark, query.driver.mark)
    query.text.put(slot.first, slot.last, mark, quoted=slot.quoted)


def _unescaped(code: str, quoted: bool) -> str:
    """The value without what only served to glue it into the text."""
    code = re.sub(r"""\.replace\(\s*(["'])'\1\s*,\s*(["'])''\2\s*\)$""", "", code)
    match = re.fullmatch(r"str\((\w+(?:\.\w+|\[[\w'\"]+\])*)\)", code)
    return match[1] if match and not quoted else code


def _percents(query: _Query) -> str:
    """How a percent sign is written once the values are bound: "keep", "double" or "single"."""
    if query.driver.mark != "%s":
        return "single"
    # A call that is already given values has its text written for it.
    return "keep" if len(concrete.arguments(query.call)) > 1 else "double"


def _hand_over(query: _Query) -> None:
    """Give the values to the call."""
    draft, driver, names, values = query.draft, query.driver, query.names, query.values
    others = [one for one in concrete.arguments(query.call) if one.whole != query.given.whole]
    named = "{" + ", ".join(f'"{name}": {code}' for name, code in zip(names, values, strict=True)) + "}"
    listed = ", ".join(values)
    if driver.form == "bindparams":
        return _bindparams(query, named)
    value = {
        "tuple": f"({listed},)" if len(values) == 1 else f"({listed})",
        "list": f"[{listed}]",
        "bare": listed,
    }.get(driver.form, named)
    if driver.keyword:
        if any(one.name == driver.keyword for one in others):
            raise pieces.Opaque
        draft.append(query.call, f"{driver.keyword}={value}")
    elif others:
        _merge(query, others[0])
    else:
        draft.insert(query.given.whole.end_byte, f", {value}")
    if driver.form == "text":
        draft.insert(query.given.value.start_byte, draft.name("sqlalchemy.text") + "(")
        _close(query)
    return None


def _close(query: _Query) -> None:
    """Close `text(` right after the query, before what is handed over."""
    end, edits = query.given.value.end_byte, query.draft.edits
    for index, edit in enumerate(edits):
        if edit.start == edit.end == end:
            edits[index] = type(edit)(edit.start, edit.end, ")" + edit.new)
            return
    query.draft.insert(end, ")")


def _bindparams(query: _Query, named: str) -> None:
    """Bind on `text(…)`: in the `execute` around it, else by `.bindparams`."""
    parent = query.call.parent
    outer = concrete.call(parent.parent) if parent is not None and parent.type == "argument_list" else None
    if outer is not None:
        name = concrete.text(outer.child_by_field_name("function")).rpartition(".")[2]
        given = concrete.arguments(outer)
        if name in ("execute", "scalar", "scalars") and len(given) == 1:
            return query.draft.insert(given[0].whole.end_byte, f", {named}")
    pairs = ", ".join(f"{name}={code}" for name, code in zip(query.names, query.values, strict=True))
    return query.draft.insert(query.call.end_byte, f".bindparams({pairs})")


def _merge(query: _Query, present: concrete.Argument) -> None:
    """Add the values to parameters that the call is already given."""
    node, driver = present.value, query.driver
    if driver.mark not in ("?", "%s") or present.name or node.type not in ("tuple", "list"):
        raise pieces.Opaque
    items = [child for child in node.named_children if child.type != "comment"]
    spots = _order(query)
    if sum(1 for spot in spots if spot < 0) != len(items) or not items:
        raise pieces.Opaque
    index = 0
    for spot in spots:
        if spot < 0:
            index += 1
        elif index < len(items):
            query.draft.insert(items[index].start_byte, f"{query.values[spot]}, ")
        else:
            query.draft.insert(items[-1].end_byte, f", {query.values[spot]}")
            comma = items[-1].next_sibling
            if len(items) == 1 and comma is not None and comma.type == ",":
                query.draft.replace(comma.start_byte, comma.end_byte, "")


def _order(query: _Query) -> list[int]:
    """All parameters of the text in order: -1 for one that stood there, else the number of the slot."""
    found, at, number = [], 0, 0
    symbols, mark = query.text.pieces.symbols, query.driver.mark
    while at < len(symbols):
        if number < len(query.slots) and at == query.slots[number].first:
            found.append(number)
            at, number = query.slots[number].last, number + 1
        elif "".join(s.char for s in symbols[at : at + len(mark)]) == mark:
            found.append(-1)
        at += 1
    return found
