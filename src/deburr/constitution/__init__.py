"""The constitution: one Markdown file per principle, read strictly.

What comes in: the `.md` files of this folder, or of a folder the user names. What goes out: Principles. The one
invariant: a file that does not say all it must stops the load, with the file, the section and the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_args

from deburr.errors import PrincipleError
from deburr.model import LEVELS, Confidence, Level, Persona

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = ("Why", "Flagged", "Allowed", "Fix", "Question")
WORTHS = ("remote", "model", "stored", "local", "parameter", "unknown")
"""Where untrusted text can come from, most dangerous first."""

_DEFAULT_CONFIDENCE: dict[str, Confidence] = {"remote": "high", "model": "high"}
_KEYS = {"title", "cwe", "severity", "persona", "taint", "misuse", "detector", "secret", "supersedes"}
_TABLES = {
    "taint": {"source", "sink", "confidence", "glued"},
    "misuse": {"kind", "confidence"},
    "detector": {"triggers", "languages", "near", "confidence"},
    "secret": {"kinds", "confidence"},
}
_SAID = {"sinks": "sink", "misuse": "kind", "secrets": "kinds"}
"""Fields whose key in the front matter is another word."""

_MARK = re.compile(r"(?:#|//|/\*|--|<!--)\s*(finding|missed):\s*([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Example:
    """One fenced piece of code of a principle, with what must be reported on which line."""

    language: str
    code: str
    line: int
    """The line of the Markdown file on which the code begins."""

    findings: tuple[tuple[int, str], ...] = ()
    """(line of the code, principle) that must be reported."""

    missed: tuple[tuple[int, str], ...] = ()
    """(line of the code, principle) known not to be reported yet."""


@dataclass(frozen=True, slots=True)
class Principle:
    """One security principle: what is forbidden, why, how it looks, and how it is put right."""

    id: str
    title: str
    cwe: tuple[int, ...]
    severity: Level
    why: str
    fix: str
    question: str
    flagged: tuple[Example, ...]
    allowed: tuple[Example, ...]
    persona: Persona = "regular"

    source: str = ""
    """The kind of value that must not arrive; "untrusted" stands for all of WORTHS."""

    sinks: tuple[str, ...] = ()
    """The kinds of place where it must not arrive."""

    misuse: str = ""
    """The kind of call that is wrong by itself."""

    triggers: tuple[str, ...] = ()
    """For a detector: the texts of which one must occur before it is asked."""

    languages: tuple[str, ...] = ()
    """For a detector: the languages that it understands, by the folders of their libraries."""

    near: str = ""
    """For a detector: a regular expression that must match around a trigger before the default profile asks it."""

    secrets: tuple[str, ...] = ()
    """The kinds of secret, in the words of `engine/secrets`, that are reported under this principle."""

    supersedes: tuple[str, ...] = ()
    """Principles that are not reported where this one is: they say less about the same code."""

    confidence: Mapping[str, Confidence] = field(default_factory=dict)
    """By worth of the source for a taint principle (a kind such as "secret" counts as one), else under "" alone."""

    glued: tuple[str, ...] = ()
    """Worths of which only a part of a text does harm: a text that came as a whole was meant to be used so."""

    file: str = ""


def load(*folders: Path) -> tuple[Principle, ...]:
    """The principles of deburr's own folder and of `folders`, by id; raises PrincipleError on the first bad file."""
    from pathlib import Path

    found: dict[str, Principle] = {}
    for folder in (Path(__file__).parent, *folders):
        for file in sorted(folder.glob("*.md")):
            principle = read(file.read_text(encoding="utf-8"), file.name)
            if principle.id in found:
                raise PrincipleError(f"there is a principle of this name in {found[principle.id].file}", file=file.name)
            found[principle.id] = principle
    return tuple(found[name] for name in sorted(found))


def read(text: str, file: str) -> Principle:
    """The principle that the Markdown `text` of a file named `file` says."""
    name = file.removesuffix(".md")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise PrincipleError("a principle's file name is lower-case words joined by hyphens", file=file)
    front, body, at = _split(text, file)
    sections = _sections(body, at, file)
    examples = {part: tuple(_examples(*sections[part], file=file)) for part in ("Flagged", "Allowed")}
    for part, want in (("Flagged", True), ("Allowed", False)):
        if not examples[part]:
            raise PrincipleError("no fenced code", file=file, part=part, line=sections[part][1])
        for example in examples[part]:
            if any(who == name for _, who in (*example.findings, *example.missed)) is not want:
                problem = f"no line is marked `finding: {name}`" if want else f"a line is marked `finding: {name}`"
                raise PrincipleError(problem, file=file, part=part, line=example.line)
    prose = {part: _prose(sections[part][0]) for part in ("Why", "Fix", "Question")}
    for part, words in prose.items():
        if not words:
            raise PrincipleError("the section is empty", file=file, part=part, line=sections[part][1])
    return Principle(
        id=name,
        **_front(front, file),
        why=prose["Why"],
        fix=prose["Fix"],
        question=prose["Question"],
        flagged=examples["Flagged"],
        allowed=examples["Allowed"],
        file=file,
    )


def _split(text: str, file: str) -> tuple[dict[str, Any], list[str], int]:
    """The front matter, the lines after it, and the number of the first of those."""
    lines = text.split("\n")
    if lines[0].strip() != "+++":
        raise PrincipleError("must begin with +++ and TOML", file=file, part="front matter", line=1)
    try:
        end = lines.index("+++", 1)
    except ValueError:
        raise PrincipleError("is not closed by +++", file=file, part="front matter", line=1) from None
    import tomllib

    try:
        return tomllib.loads("\n".join(["", *lines[1:end]])), lines[end + 1 :], end + 2
    except tomllib.TOMLDecodeError as error:
        raise PrincipleError(str(error), file=file, part="front matter", line=1) from None


def _front(front: dict[str, Any], file: str) -> dict[str, Any]:
    """The front matter as fields of a Principle, every key checked."""

    def wrong(problem: str) -> PrincipleError:
        return PrincipleError(problem, file=file, part="front matter", line=1)

    if unknown := sorted(front.keys() - _KEYS):
        raise wrong(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}")
    title, cwe, severity = front.get("title"), front.get("cwe"), front.get("severity")
    persona = front.get("persona", "regular")
    if not isinstance(title, str) or not title.strip():
        raise wrong("`title` must be a sentence")
    if not isinstance(cwe, list) or not cwe or not all(isinstance(n, int) for n in cwe):
        raise wrong("`cwe` must be a list of numbers")
    if severity not in LEVELS:
        raise wrong(f"`severity` must be one of {', '.join(LEVELS)}")
    if persona not in get_args(Persona):
        raise wrong(f"`persona` must be one of {', '.join(get_args(Persona))}")
    kinds = [name for name in _TABLES if name in front]
    if len(kinds) > 1:
        raise wrong(f"has both [{kinds[0]}] and [{kinds[1]}]; a principle is one of them, or neither")
    fields: dict[str, Any] = {"title": title, "cwe": tuple(cwe), "severity": severity, "persona": persona}
    fields["supersedes"] = tuple(front.get("supersedes", ()))
    if kinds:
        table = front[kinds[0]]
        if unknown := sorted(table.keys() - _TABLES[kinds[0]]):
            raise wrong(f"unknown key {unknown[0]!r} in [{kinds[0]}]")
        fields |= _mechanism(kinds[0], table, wrong)
    return fields


def _mechanism(kind: str, table: dict[str, Any], wrong: Any) -> dict[str, Any]:
    """The fields that [taint], [misuse] or [detector] gives."""
    given = table.get("confidence", {} if kind == "taint" else "high")
    if kind == "taint":
        source = table.get("source", "")
        worths = WORTHS if source in ("untrusted", *WORTHS) else (*WORTHS, source)
        if not isinstance(given, dict) or not given.keys() <= set(worths):
            raise wrong(f"`confidence` of [taint] is a table over {', '.join(worths)}")
        confidence = {worth: given.get(worth, _DEFAULT_CONFIDENCE.get(worth, "low")) for worth in WORTHS}
        if worths is not WORTHS:
            confidence[source] = given.get(source, "high")
    else:
        confidence = {"": given}
    if not all(level in get_args(Confidence) for level in confidence.values()):
        raise wrong("`confidence` is low, medium or high")
    sinks = table.get("sink", [])
    fields = {
        "taint": {"source": table.get("source", ""), "sinks": tuple([sinks] if isinstance(sinks, str) else sinks)},
        "misuse": {"misuse": table.get("kind", "")},
        "detector": {
            "triggers": tuple(table.get("triggers", ())),
            "languages": tuple(table.get("languages", ("python",))),
        },
        "secret": {"secrets": tuple(table.get("kinds", ()))},
    }[kind]
    for name, value in fields.items():
        if not value:
            raise wrong(f"[{kind}] must give `{_SAID.get(name, name)}`")
    glued = tuple(table.get("glued", ()))
    if not set(glued) <= set(WORTHS):
        raise wrong(f"`glued` of [taint] lists some of {', '.join(WORTHS)}")
    return {**fields, "glued": glued, "near": table.get("near", ""), "confidence": confidence}


def _sections(lines: list[str], at: int, file: str) -> dict[str, tuple[list[str], int]]:
    """Each section's lines and the number of the first; all of SECTIONS, once each, in order."""
    found: dict[str, tuple[list[str], int]] = {}
    fence, name = 0, ""
    for number, line in enumerate(lines, at):
        if line.startswith("```"):
            fence = 0 if fence else number
        if line.startswith("## ") and not fence:
            name = line[3:].strip()
            if name not in SECTIONS:
                raise PrincipleError(
                    f"unknown section; known are {', '.join(SECTIONS)}", file=file, part=name, line=number
                )
            if name in found:
                raise PrincipleError("the section stands twice", file=file, part=name, line=number)
            found[name] = ([], number + 1)
        elif name:
            found[name][0].append(line)
        elif line.strip():
            raise PrincipleError("text before the first section", file=file, part="body", line=number)
    if fence:
        raise PrincipleError("a fence is not closed", file=file, part="fence", line=fence)
    for part in SECTIONS:
        if part not in found:
            raise PrincipleError("the section is missing", file=file, part=part, line=at + len(lines) - 1)
    if tuple(found) != SECTIONS:
        raise PrincipleError(f"sections stand in the order {', '.join(SECTIONS)}", file=file, part=next(iter(found)))
    return found


def _examples(lines: list[str], at: int, *, file: str) -> Iterator[Example]:
    """The fenced pieces of code of a section."""
    start, language = 0, ""
    for index, line in enumerate(lines):
        if not line.startswith("```"):
            continue
        if not start:
            start, language = index + 1, line[3:].strip()
            if not language:
                raise PrincipleError("a fence names its language", file=file, part="fence", line=at + index)
        else:
            yield example("\n".join(lines[start:index]) + "\n", language, at + start)
            start = 0


def example(code: str, language: str, line: int) -> Example:
    """A piece of code with its marks read; the marks stay in the code, where they are comments."""
    marks = [(n, m[1], m[2]) for n, text in enumerate(code.split("\n"), 1) for m in _MARK.finditer(text)]
    return Example(
        language=language,
        code=code,
        line=line,
        findings=tuple((n, who) for n, what, who in marks if what == "finding"),
        missed=tuple((n, who) for n, what, who in marks if what == "missed"),
    )


def _prose(lines: list[str]) -> str:
    return "\n".join(lines).strip()
