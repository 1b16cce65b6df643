"""A view of code as a terminal shows it: numbered lines, what matters underlined, the steps counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deburr.surfaces.shared.paint import Paint, cells, safe
from deburr.surfaces.shared.view import Mark, Row, View

_LEFT = 12
"""How many columns before a mark stay when a long line is cut."""


def snippet(view: View, paint: Paint, style: str, opened: Callable[[str], str] = str) -> Iterator[str]:
    """The lines that show `view`; what is reported is in `style`, other files are called as `opened` says."""
    gutter = max((len(row.label) for row in view.rows), default=0)
    bracket = next((mark for mark in view.marks if mark.last > mark.first), None)
    page = _Page(paint, style, gutter, bracket, (len(view.marks), view.reported))
    yield page.line("", "")
    last: Row | None = None
    for index, row in enumerate(view.rows):
        if row.path != (last.path if last else ""):
            yield page.file(opened(row.path))
        elif last and row.order != last.order + 1:
            yield page.gap(index)
        yield from page.row(index, row, [mark for mark in view.marks if mark.first == index])
        last = row
    yield page.line("", "")


class _Page:
    """The layout that all rows of one view share."""

    def __init__(self, paint: Paint, style: str, gutter: int, bracket: Mark | None, steps: tuple[int, int]) -> None:
        self.paint, self.style, self.gutter = paint, style, gutter
        self.bracket, self.steps, self.reported = bracket, steps[0], steps[1] or steps[0]

    @property
    def room(self) -> int:
        """The columns that are left for code."""
        return max(self.paint.width - self.gutter - 3 - 2 * bool(self.bracket), 20)

    def line(self, label: str, text: str) -> str:
        """A line with its gutter."""
        bar = self.paint(self.paint.plain("│"), "blue")
        return f"{self.paint(label.rjust(self.gutter), 'blue')} {bar} {text}".rstrip()

    def file(self, path: str) -> str:
        """What stands before the rows of another file, and before those of the finding's own after them."""
        return f"{' ' * self.gutter} {self.paint(':::', 'blue')} {safe(path)}"

    def gap(self, index: int) -> str:
        """What stands for lines that are not shown."""
        inside = self._inside(index) and self._inside(index - 1)
        sign = self.paint(self.paint.plain("┆"), "blue")
        return f"{' ' * self.gutter} {sign} {self._side('│' if inside else ' ')}".rstrip()

    def row(self, index: int, row: Row, marks: list[Mark]) -> Iterator[str]:
        """A row of code and what is marked in it."""
        shown = list(cells(row.text))
        starts = [0]
        for _, columns in shown:
            starts.append(starts[-1] + columns)
        here = [mark for mark in marks if mark is not self.bracket]
        left, text = self._window(shown, starts, marks)
        begins = self.bracket is not None and index == self.bracket.first
        inside = self._inside(index)
        yield self.line(row.label, self._side("┌" if begins else "│" if inside else " ") + text)
        for mark in here:
            begin = min(max(starts[min(mark.column, len(shown))] - left, 0), self.room - 1)
            end = min(max(starts[min(mark.end, len(shown))] - left, begin + 1), self.room)
            for under in self._under(mark, begin, end):
                yield self.line("", self._side("│" if inside else " ") + under)
        if self.bracket and index == self.bracket.last:
            label = self._label(self.bracket)
            yield self.line("", self.paint(self.paint.plain(f"└─ {label}".rstrip()), self.style))

    def _inside(self, index: int) -> bool:
        return self.bracket is not None and self.bracket.first <= index <= self.bracket.last

    def _side(self, sign: str) -> str:
        """The column left of the code in which a bracket runs, where there is one."""
        return self.paint(self.paint.plain(sign), self.style) + " " if self.bracket else ""

    def _window(self, shown: list[tuple[str, int]], starts: list[int], marks: list[Mark]) -> tuple[int, str]:
        """The part of a long line that fits, around its marks, and the column at which it begins."""
        first = min((starts[min(mark.column, len(shown))] for mark in marks), default=0)
        ends = [starts[min(mark.end, len(shown))] for mark in marks if mark.last == mark.first]
        last = max([first + 1, *ends])
        whole = max(starts[-1], last)
        if whole <= self.room:
            return 0, "".join(text for text, _ in shown)
        left = max(first - _LEFT, 0) if last > self.room - 1 else 0
        left = min(left, whole - self.room)
        begin = next(index for index, at in enumerate(starts) if at >= left)
        end = begin
        while end < len(shown) and starts[end + 1] - starts[begin] < self.room:
            end += 1
        kept = [text for text, _ in shown[begin:end]]
        cut = self.paint.plain("…")
        if begin and kept:
            kept[0] = cut.ljust(starts[begin + 1] - starts[begin])
        return starts[begin], "".join(kept) + (cut if end < len(shown) else "")

    def _under(self, mark: Mark, begin: int, end: int) -> Iterator[str]:
        """The underline of a mark with its words, below it where they do not fit beside it."""
        reported = mark.step == self.reported
        style = self.style if reported else "cyan"
        line = " " * begin + self.paint(("^" if reported else "-") * max(end - begin, 1), style)
        label = self._label(mark)
        if not label or end + 1 + len(label) <= self.room:
            yield f"{line} {self.paint(label, style)}" if label else line
            return
        yield line
        yield " " * max(min(begin, self.room - len(label)), 0) + self.paint(label, style)

    def _label(self, mark: Mark) -> str:
        """What a step is, in words; nothing when there is only one."""
        if self.steps == 1:
            return ""
        words = "enters here" if mark.step == 1 else "used here" if mark.step == self.steps else "passes here"
        if mark.step == self.reported != self.steps:
            words = "handed over here"
        return f"{mark.step} {words}"
