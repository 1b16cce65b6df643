"""Pages made from the constitution and the providers, and a check of every link in the project's Markdown.

python -m docs.generate     writes docs/principles/ and docs/providers.md, which git ignores, and docs/known-limits.md
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from deburr import constitution, libraries, providers
from deburr.constitution import Principle
from docs.limits import collect, markdown
from docs.providers import markdown as providers_page

ROOT = Path(__file__).parent.parent
MEANS = {
    "source": "taint: a value of kind `{}` reaches one of `{}`",
    "misuse": "misuse: a call or setting of kind `{}`",
    "triggers": "a detector of its own",
    "secrets": "secrets of kind `{}`",
}


def page(principle: Principle) -> str:
    """A principle's page: its file, with the front matter told in a table."""
    text = (Path(constitution.__file__).parent / principle.file).read_text("utf-8")
    body = text.split("+++", 2)[2]
    rows = [
        ("Name", f"`{principle.id}`"),
        ("Severity", principle.severity),
        ("Shown in profile", {"regular": "default", "pedantic": "strict", "auditor": "audit"}[principle.persona]),
        ("Weakness", ", ".join(f"[CWE-{n}](https://cwe.mitre.org/data/definitions/{n}.html)" for n in principle.cwe)),
        ("Found by", found_by(principle)),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"# {principle.title}\n\n| | |\n|---|---|\n{table}\n{body}"


def found_by(principle: Principle) -> str:
    """In a few words, what makes the engine report it."""
    if principle.source:
        return MEANS["source"].format(principle.source, ", ".join(principle.sinks))
    if principle.misuse:
        return MEANS["misuse"].format(principle.misuse)
    if principle.secrets:
        return MEANS["secrets"].format(", ".join(principle.secrets))
    return MEANS["triggers"] if principle.triggers else "the judge alone"


def index(principles: Iterable[Principle]) -> str:
    """All principles in one table."""
    rows = [f"| [{p.id}]({p.id}.md) | {p.title} | {p.severity} | {', '.join(map(str, p.cwe))} |" for p in principles]
    return "\n".join(["# Principles\n", "| name | what must not be | severity | CWE |", "|---|---|---|---|", *rows, ""])


def write(folder: Path) -> list[Path]:
    """All pages, into `folder`; what stood there before is gone."""
    principles = constitution.load()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        old.unlink()
    pages = {principle.file: page(principle) for principle in principles}
    pages["index.md"] = index(principles)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sorted(folder.glob("*.md"))


def limits() -> str:
    """The page of known limits, from every `missed` mark of the project."""
    files = sorted((ROOT / "tests").rglob("*.md"))
    programs = {file.relative_to(ROOT).as_posix(): file.read_text("utf-8") for file in files}
    return markdown(collect(constitution.load(), libraries.load(), programs))


def broken_links(files: Iterable[Path]) -> Iterator[str]:
    """Links to a file or heading that is not there, as `file:line: target`; addresses on the web are not asked for."""
    for file in files:
        for number, line in enumerate(_prose(file).split("\n"), 1):
            for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`]*`", "", line)):
                if re.match(r"[a-z]+:", target):
                    continue
                path, _, anchor = target.partition("#")
                there = file.parent / path if path else file
                if not there.exists() or (anchor and anchor not in anchors(there)):
                    yield f"{file}:{number}: {target}"


def anchors(file: Path) -> set[str]:
    """The anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", _prose(file), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def _prose(file: Path) -> str:
    """A page with its fenced code blanked, lines kept."""
    blank = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
    return blank.sub(lambda fence: "\n" * fence[0].count("\n"), file.read_text("utf-8"))


def main() -> int:
    pages = write(ROOT / "docs/principles")
    (ROOT / "docs/known-limits.md").write_text(limits(), encoding="utf-8")
    whose = ROOT / "docs/providers.md"
    whose.write_text(providers_page(providers.load()), encoding="utf-8")
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    ours = [ROOT / name for name in listed.splitlines() if not name.startswith(("src/", "examples/"))]
    files = [*ours, *pages, whose]
    broken = list(broken_links(files))
    print(f"docs/principles: {len(pages)} pages; links checked in {len(files)} files, {len(broken)} broken")
    print("".join(f"{link}\n" for link in broken), end="")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
