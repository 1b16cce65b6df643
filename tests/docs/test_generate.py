from __future__ import annotations

from pathlib import Path

from deburr.constitution import load
from docs.generate import broken_links, write


def test_every_principle_has_a_page_and_its_links_hold(tmp_path: Path) -> None:
    pages = write(tmp_path)
    names = {page.stem for page in pages}
    assert names == {principle.id for principle in load()} | {"index"}
    assert list(broken_links(pages)) == []


def test_a_page_tells_its_front_matter(tmp_path: Path) -> None:
    write(tmp_path)
    text = (tmp_path / "sql-injection.md").read_text("utf-8")
    assert "\n| Name | `sql-injection` |\n" in text
    assert "[CWE-89](https://cwe.mitre.org/data/definitions/89.html)" in text
    assert "\n## Why\n" in text


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("# One Thing\n[here](#one-thing) [b](b.md) [c](#two)\n```\n[no](link.md)\n```\n`[x](y)`\n", "utf-8")
    assert list(broken_links([page])) == [f"{page}:2: b.md", f"{page}:2: #two"]
