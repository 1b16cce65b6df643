"""Code as a terminal shows it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from deburr.model import Finding, Source, Span
from deburr.surfaces.shared.paint import Paint, safe, width
from deburr.surfaces.shared.view import view
from deburr.surfaces.text.snippet import snippet


def shown(text: str, *spans: Span, paint: Paint | None = None) -> str:
    finding = Finding("sql-injection", "m", "a.py", spans[-1], "high", "high", flow=spans[:-1])
    return "\n".join(snippet(view(finding, Source(text)), paint or Paint(), "red")) + "\n"


def test_a_single_place() -> None:
    assert shown("a\nrun(x)\n", Span(2, 1, 2, 7)) == "  │\n2 │ run(x)\n  │ ^^^^^^\n  │\n"


def test_steps_on_one_line_and_an_omitted_line_between() -> None:
    text = "a = get()\nb = 1\nc = f(a)\n\n\n\nrun(c, a)\n"
    assert shown(text, Span(1, 5, 1, 10), Span(3, 5, 3, 9), Span(7, 1, 7, 10)) == (
        "  │\n"
        "1 │ a = get()\n"
        "  │     ----- 1 enters here\n"
        "2 │ b = 1\n"
        "3 │ c = f(a)\n"
        "  │     ---- 2 passes here\n"
        "  ┆\n"
        "7 │ run(c, a)\n"
        "  │ ^^^^^^^^^ 3 used here\n"
        "  │\n"
    )


def test_a_place_of_several_lines_has_a_bracket() -> None:
    text = "q = get()\nrun(\n    q,\n)\n"
    assert shown(text, Span(1, 5, 1, 10), Span(2, 1, 4, 2)) == (
        "  │\n"
        "1 │   q = get()\n"
        "  │       ----- 1 enters here\n"
        "2 │ ┌ run(\n"
        "3 │ │     q,\n"
        "4 │ │ )\n"
        "  │ └─ 2 used here\n"
        "  │\n"
    )


def test_a_very_long_place_is_cut() -> None:
    text = "run(\n" + "    x,\n" * 50 + ")\n"
    assert shown(text, Span(1, 1, 52, 2)).count("\n") == 11


def test_wide_characters_and_tabs_keep_the_underline_in_place() -> None:
    assert shown("\t名前 = run(é)\n", Span(1, 7, 1, 13)) == ("  │\n1 │     名前 = run(é)\n  │            ^^^^^^\n  │\n")


def test_what_a_terminal_would_obey_is_written_out() -> None:
    assert shown("x\x1b[31m \u202e run()\r\n", Span(1, 10, 1, 15)) == (
        "  │\n1 │ x\\x1b[31m \\u202e run()\n  │                  ^^^^^\n  │\n"
    )
    assert safe("a\u200bb\x07\x9b\U000e0041") == "a\\u200bb\\x07\\x9b\\U000e0041"


def test_a_long_line_is_cut_around_its_place() -> None:
    text = "x = 1; " * 40 + "run(x)" + "; y = 2" * 40
    lines = shown(text, Span(1, 281, 1, 287), paint=Paint(width=60)).split("\n")
    assert max(map(len, lines)) <= 60
    assert lines[1] == "1 │ … 1; x = 1; run(x); y = 2; y = 2; y = 2; y = 2; y = 2; …"
    assert lines[2] == "  │             ^^^^^^"


def test_words_that_do_not_fit_beside_stand_below() -> None:
    text = "a = get()\nrun(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)\n"
    out = shown(text, Span(1, 5, 1, 10), Span(2, 1, 2, 42), paint=Paint(width=46))
    assert out.endswith("  │ " + "^" * 41 + "\n  │ 2 used here\n  │\n")


def test_ascii_where_the_terminal_has_nothing_else() -> None:
    out = shown("q = get()\n1\n2\n3\nrun(\nq)\n", Span(1, 5, 1, 10), Span(5, 1, 6, 3), paint=Paint(unicode=False))
    assert out.isascii()
    assert "  : \n" not in out


def test_color_only_where_it_is_wanted() -> None:
    assert "\x1b[1;31m^^^^^^\x1b[0m" in shown("run(x)\n", Span(1, 1, 1, 7), paint=Paint(color=True))


@given(
    st.lists(st.text(max_size=60), min_size=1, max_size=8),
    st.lists(st.tuples(*[st.integers(1, 70)] * 4), min_size=1, max_size=4),
    st.integers(40, 90),
)
def test_whatever_is_shown_fits_and_is_harmless(
    lines: list[str], places: list[tuple[int, int, int, int]], columns: int
) -> None:
    spans = [Span(a % len(lines) + 1, b, max(a % len(lines) + 1, c % len(lines) + 1), d) for a, b, c, d in places]
    for line in shown("\n".join(lines), *spans, paint=Paint(width=columns)).split("\n"):
        assert width(line) <= columns
        assert safe(line) == line
