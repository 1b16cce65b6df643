"""The README shows what the program really prints."""

from __future__ import annotations

from docs.readme import COMMAND, README, code, refreshed


def test_the_output_in_the_readme_is_real() -> None:
    text = README.read_text("utf-8")
    assert [found[2] for found in COMMAND.finditer(text)] == ["check app.py", "review app.py"]
    assert len(code(text).splitlines()) <= 12
    assert refreshed(text) == text
