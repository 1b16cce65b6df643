"""Code inside notebooks, Markdown and reStructuredText, and the way back to the file's own bytes."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from deburr.engine.embedded import Part, as_written, parts
from deburr.model import Edit, Source, Span


def notebook(*cells: dict[str, object], **metadata: object) -> Source:
    text = json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    return Source(text, "study.ipynb", "notebook")


def code(source: str | list[str], *outputs: object) -> dict[str, object]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs), "metadata": {}}


def only(source: Source, kind: str = "code") -> Part:
    (part,) = [part for part in parts(source) if part.kind == kind]
    return part


def at(part: Part, text: str) -> tuple[int, int]:
    start = part.data.index(text.encode())
    return start, start + len(text.encode())


def taken(part: Part, text: str) -> str:
    """What stands in the file where `text` stands in the part."""
    span = part.span(*at(part, text))
    assert span.line == span.end_line
    return part.source.text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]


def applied(part: Part, edit: Edit | None) -> str:
    assert edit is not None
    raw = part.source.text.encode()
    return (raw[: edit.start] + edit.new.encode() + raw[edit.end :]).decode()


def test_names_flow_from_cell_to_cell() -> None:
    part = only(notebook(code(["import os\n", "a = input()"]), {"cell_type": "markdown", "source": "x"}, code("f(a)")))
    assert part.text == "import os\na = input()\nf(a)\n"
    assert part.language == "python"
    assert part.cell(at(part, "input")[0]) == (1, 2)
    assert part.cell(at(part, "f(a)")[0]) == (3, 1)


def test_a_place_in_a_cell_is_a_place_in_the_file() -> None:
    part = only(notebook(code(["é = 1\n", 's = "a\\n" + q\n', "run(s)"])))
    assert part.text == 'é = 1\ns = "a\\n" + q\nrun(s)\n'
    assert taken(part, "run(s)") == "run(s)"
    assert taken(part, '"a\\n" + q') == '\\"a\\\\n\\" + q'
    assert taken(part, "é") == "\\u00e9"


def test_lines_and_columns_of_the_file_count_from_one() -> None:
    source = Source('{"cells": [\n {"cell_type": "code", "source": "x = 1\\ny"}]}', "a.ipynb", "notebook")
    part = only(source)
    assert part.span(*at(part, "y")) == Span(2, 42, 2, 43)


def test_an_edit_is_written_as_json() -> None:
    part = only(notebook(code(["q = 1\n", "run('a' + q)"])))
    start, end = at(part, "'a' + q")
    after = applied(part, part.edit(Edit(start, end, '"a\té"')))
    assert json.loads(after)["cells"][0]["source"] == ["q = 1\n", 'run("a\té")']


def test_an_edit_may_cross_the_lines_of_a_cell() -> None:
    part = only(notebook(code(["run(\n", "  q\n", ")\n", "x"])))
    start, end = at(part, "run(\n  q\n)")
    after = applied(part, part.edit(Edit(start, end, "go(q)")))
    assert "".join(json.loads(after)["cells"][0]["source"]) == "go(q)\nx"


def test_an_insertion_lands_in_front_of_its_line() -> None:
    part = only(notebook(code(["a\n", "b"]), code("c")))
    for before, where in (("a", 0), ("b", 0), ("c", 1)):
        start, _ = at(part, before)
        cells = json.loads(applied(part, part.edit(Edit(start, start, "import os\n"))))["cells"]
        assert f"import os\n{before}" in "".join(cells[where]["source"])


def test_no_edit_reaches_over_two_cells_or_into_our_own_text() -> None:
    part = only(notebook(code("a"), code("!ls {a}")))
    assert part.edit(Edit(0, len(part.data), "")) is None
    assert part.edit(Edit(*at(part, "get_ipython"), "x")) is None


def test_a_shell_escape_becomes_the_call_that_ipython_makes() -> None:
    part = only(notebook(code("!grep \"{name}\" $file | awk '{print $1}'\nout = !ls {name}\n")))
    assert part.text == (
        'get_ipython().system(f"grep \\"{name}\\" {file} | awk \'{{print $1}}\'")\n'
        'out = get_ipython().getoutput(f"ls {name}")\n'
    )
    assert taken(part, "ls ") == "ls "
    assert taken(part, 'get_ipython().system(f"') == "!"
    assert taken(part, part.text.split("\n")[0]) == """!grep \\"{name}\\" $file | awk '{print $1}'"""


def test_the_parts_as_they_are_written_are_not_rewritten() -> None:
    (part,) = as_written(notebook(code("!ls\n%%time\nf?")))
    assert part.text == "!ls\n%%time\nf?\n"


def test_magics_become_python() -> None:
    text = "%matplotlib inline\n%env TOKEN=abc\n%time run(x)\n%%html\nframe?\n%load_ext sql\nx = 5 % y"
    part = only(notebook(code("\n" + text)))
    assert part.text.split("\n")[1:-1] == [
        'get_ipython().run_line_magic("matplotlib", f"inline")',
        'os.environ["TOKEN"] = f"abc"',
        "run(x)",
        "# %%html",
        "# frame?",
        'get_ipython().run_line_magic("load_ext", f"sql")',
        "x = 5 % y",
    ]


def test_a_cell_of_another_language_is_read_as_text() -> None:
    source = notebook(code("%%bash\necho hello"), code("%%time\nrun(x)"))
    assert only(source).text == "# %%time\nrun(x)\n"
    assert only(source, "text").text == "%%bash\necho hello\n"


def test_percent_inside_a_long_string_is_no_magic() -> None:
    text = 'q = """\n%s\n!x\n%name\n"""'
    assert only(notebook(code(text))).text == text + "\n"


def test_outputs_and_prose_are_text_with_their_cell() -> None:
    out = {"output_type": "stream", "text": ["key: \n", "abc\n"]}
    picture = {"output_type": "display_data", "data": {"image/png": "iVBOR", "text/plain": "<Figure>"}}
    source = notebook({"cell_type": "markdown", "source": "# Title"}, code("f()", out, picture))
    part = only(source, "text")
    assert "abc" in part.text
    assert "<Figure>" in part.text
    assert "iVBOR" not in part.text
    assert part.cell(at(part, "Title")[0]) == (1, 1)
    assert part.cell(at(part, "abc")[0]) == (2, 2)


def test_the_kernel_says_the_language() -> None:
    assert only(notebook(code("x <- 1"), kernelspec={"language": "R"})).language == "r"


def test_an_old_notebook_has_worksheets() -> None:
    text = '{"worksheets": [{"cells": [{"cell_type": "code", "input": ["f(x)"], "outputs": []}]}]}'
    assert only(Source(text, "a.ipynb", "notebook")).text == "f(x)\n"


def test_a_broken_notebook_is_its_whole_text_and_says_why() -> None:
    for text, problem, line in (
        ('{"cells": [\n{"a": }', "not a notebook: a value is missing", 2),
        ("", "not a notebook: the text ends too early", 1),
        ("[]", "not a notebook: no object at the top", 1),
        ('{"a": 1}', "not a notebook: it has no cells", 1),
        ('{"cells": ' + "[" * 100_000, "not a notebook: nested too deeply", 1),
    ):
        (part,) = parts(Source(text, "a.ipynb", "notebook"))
        assert (part.kind, part.text, part.problem, part.line) == ("text", text, problem, line)


@given(st.lists(st.text(max_size=20), max_size=4))
def test_every_character_of_every_cell_finds_its_way_back(texts: list[str]) -> None:
    cells: list[dict[str, object]] = [{"cell_type": "raw", "source": text} for text in texts]
    source = notebook(*cells)
    for part in parts(source):
        for run in part.runs:
            raw = source.text.encode()[run.raw_start : run.raw_end].decode()
            meant = part.data[run.start : run.end].decode("utf-8", "surrogatepass")
            assert meant in (raw, json.loads(f'"{raw}"'), "\ufffd")


def test_markdown_fences_that_name_a_language() -> None:
    text = "# T\n\n```python\nrun(x)\n```\n\n~~~js title=a\nb()\n~~~\n\n```\nnothing\n```\n"
    text += "- item\n\n  ```py\n  if x:\n      y\n  ```\n"
    found = parts(Source(text, "a.md", "markdown"))
    assert [(part.language, part.text) for part in found] == [
        ("python", "run(x)\n"),
        ("javascript", "b()\n"),
        ("python", "if x:\n    y\n"),
    ]
    assert found[0].span(*at(found[0], "x")) == Span(4, 5, 4, 6)
    assert found[2].span(*at(found[2], "y")) == Span(18, 7, 18, 8)
    start, end = at(found[2], "y")
    assert applied(found[2], found[2].edit(Edit(start, end, "z\n    w"))).endswith("      z\n      w\n  ```\n")


def test_an_unclosed_fence_ends_with_the_text() -> None:
    assert [part.text for part in parts(Source("```python\nrun(x)", "a.md", "markdown"))] == ["run(x)"]


def test_an_interpreter_session_loses_prompts_and_answers() -> None:
    (part,) = parts(Source("```pycon\n>>> for a in b:\n...     run(a)\n12\n```\n", "a.md", "markdown"))
    assert (part.language, part.text) == ("python", "for a in b:\n    run(a)\n")
    assert part.span(*at(part, "run(a)")) == Span(3, 9, 3, 15)


def test_restructured_text_directives() -> None:
    text = "Title\n=====\n\n.. code-block:: python\n   :linenos:\n\n   import os\n\n   run(x)\n\nProse.\n"
    (part,) = parts(Source(text, "a.rst", "rst"))
    assert (part.language, part.text) == ("python", "\nimport os\n\nrun(x)\n\n")
    assert part.span(*at(part, "run(x)")) == Span(9, 4, 9, 10)


def test_a_text_without_code_has_no_parts() -> None:
    assert parts(Source("x = 1\n", "a.py", "python")) == []
