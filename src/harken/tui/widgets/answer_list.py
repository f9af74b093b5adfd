"""A list of any number of answers, a line each: only the lines in sight are read and drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content, Span
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message
from textual.style import Style

from harken.services.browsing import AnswerRow
from harken.tui.answer_pages import AnswerPages
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.row_texts import (
    ListLook,
    Places,
    Work,
    excerpt,
    fit,
    group_text,
    one_line,
    question_text,
    works_of,
)

WIDEST_NAME, WIDEST_GROUP, WIDEST_QUESTION = 16, 18, 16
WORDS_SHARE, LEAST_WORDS = 0.4, 24
"""What the answer's words keep of a line before groups and questions have room."""
CODES_SHARE, LEAST_CODES, WIDEST_CODES = 0.26, 14, 56
LEAST_COLUMN = 8
"""Cells below which a cut group or question says nothing."""
GAP = "  "
_MARKS = 4
"""Cells of the marks that a line begins with."""


class AnswerList(PaintedLines):
    DEFAULT_CSS = """
    AnswerList { height: 1fr; text-wrap: nowrap; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answers--chosen",
        "answers--decided",
        "answers--quiet",
        "answers--match",
        "answers--code",
        "answers--note",
    }

    @dataclass
    class Picked(Message):
        """A line was clicked."""

        place: int

    def __init__(self, pages: AnswerPages, *, look: ListLook, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pages = pages
        self._look = look
        self._notice = ""
        self._place = 0
        self._top = 0
        self._widths = [0, 0, 0]
        """Of the names, groups and questions seen so far: columns never jump back."""
        self._lines: dict[tuple[int, bool], Content] = {}
        self._lines_for: object = None

    # -- what is listed ------------------------------------------------------------------------------

    @property
    def place(self) -> int:
        """Of the chosen answer."""
        return self._place

    @property
    def chosen(self) -> AnswerRow | None:
        return self._pages.row_at(self._place) if len(self._pages) else None

    def relist(self, look: ListLook | None = None, *, place: int = 0, notice: str = "") -> None:
        """Show the pages anew, from the top; `notice` is said where they are empty."""
        self._look = look or self._look
        self._notice = notice
        self._widths = [0, 0, 0]
        self._place, self._top = place, max(place - self.content_size.height // 2, 0)
        self.reread()

    def reread(self) -> None:
        """The answers on the lines may have changed, or there are more of them."""
        self._lines.clear()
        self.step(0)

    def step(self, n: int) -> None:
        self.jump(self._place + n)

    def page(self, n: int) -> None:
        room = max(self.content_size.height - 1, 1)
        self._top = max(self._top + n * room, 0)
        self.jump(self._place + n * room)

    def jump(self, place: int) -> None:
        """Choose the answer at a place, or the nearest there is."""
        n, room = len(self._pages), max(self.content_size.height, 1)
        self._place = min(max(place, 0), max(n - 1, 0))
        self._top = min(max(self._top, self._place - room + 1), self._place, max(n - room, 0))
        self.repaint()

    # -- drawing -------------------------------------------------------------------------------------

    def content_lines(self) -> Sequence[Content]:
        n, (width, height) = len(self._pages), self.content_size
        if not n:
            return Content.styled(self._notice, self.component("answers--quiet")).wrap(width)
        places = range(self._top, min(self._top + height, n))
        rows = [self._pages.row_at(place) for place in places]
        self._widen(rows)
        key = (width, self.app.theme, self._look, *self._widths)
        if key != self._lines_for:
            self._lines.clear()
            self._lines_for = key
        if len(self._lines) > 20 * height:
            self._lines.clear()
        return [self._line_at(place, row) for place, row in zip(places, rows, strict=True)]

    def _widen(self, rows: Sequence[AnswerRow | None]) -> None:
        for row in rows:
            if row is not None:
                seen = (row.key.participant, group_text(row), question_text(row.key))
                most = (WIDEST_NAME, WIDEST_GROUP, WIDEST_QUESTION)
                self._widths = [
                    max(width, min(Content(one_line(text)).cell_length, limit))
                    for width, text, limit in zip(self._widths, seen, most, strict=True)
                ]

    def _line_at(self, place: int, row: AnswerRow | None) -> Content:
        is_chosen = place == self._place
        line = self._lines.get((place, is_chosen))
        if line is None:
            line = self._line(row, is_chosen)
            if is_chosen:
                line = line.stylize_before(self.get_visual_style("answers--chosen"))
            self._lines[place, is_chosen] = line
        return line

    def _line(self, row: AnswerRow | None, is_chosen: bool) -> Content:
        width = self.content_size.width
        if row is None:
            return Content(fit("    (gone since it was listed)", width))
        work = works_of(row, self._look)
        pieces = _Pieces(self.component)
        pieces.add("▸" if is_chosen else " ")
        pieces.add(work.mark, "answers--decided" if work.is_decided else "answers--quiet")
        pieces.add("★ " if row.is_starred else "  ", "answers--note")
        columns = self._columns()
        pieces.add(fit(one_line(row.key.participant), columns.name) + GAP)
        for cells, said in ((columns.group, group_text(row)), (columns.question, question_text(row.key))):
            if cells:
                pieces.add(fit(one_line(said), cells) + GAP, "answers--quiet")
        room = width - pieces.width - (columns.codes + len(GAP) if columns.codes else 0)
        said, places = excerpt(row.text, self._look.matches(row.text), max(room, 0))
        pieces.add(said, places=places)
        if columns.codes:
            pieces.add(GAP)
            self._add_codes(pieces, work, columns.codes)
        return Content(fit(pieces.text, width), spans=pieces.spans)

    def _columns(self) -> _Columns:
        """Who is always there, then codes, then groups, then the question, as far as the words leave room.

        Where decisions are compared the question has room before groups.
        """
        width = self.content_size.width
        name, group, question = self._widths
        name = min(name, max(width // 3, 4))
        left = width - _MARKS - name - len(GAP) - max(int(width * WORDS_SHARE), LEAST_WORDS)

        def column(wanted: int, least: int) -> int:
            nonlocal left
            cells = min(wanted, left - len(GAP))
            if not wanted or cells < min(least, wanted):
                return 0
            left -= cells + len(GAP)
            return cells

        codes = column(min(max(int(width * CODES_SHARE), LEAST_CODES), WIDEST_CODES), LEAST_CODES)
        wanted = {"group": group, "question": question if self._look.with_question else 0}
        # Where coders part, what was asked tells more than who answered.
        order = ("question", "group") if self._look.compares else ("group", "question")
        given = {one: column(wanted[one], LEAST_COLUMN) for one in order}
        return _Columns(name=name, codes=codes, **given)

    def _add_codes(self, pieces: _Pieces, work: Work, width: int) -> None:
        left = width
        for said, style in work.parts:
            kept = fit(said, left).rstrip() if Content(said).cell_length > left else said
            pieces.add(kept, f"answers--{style}")
            left -= Content(kept).cell_length
            if left <= 0:
                break

    # -- events --------------------------------------------------------------------------------------

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self.step(0)

    def on_click(self, event: Click) -> None:
        place = self._top + event.y
        if place < len(self._pages):
            self.post_message(self.Picked(place))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.post_message(self.Picked(min(self._place + 3, len(self._pages) - 1)))

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.post_message(self.Picked(max(self._place - 3, 0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Cells of each column; 0 where it has no room."""

    name: int
    codes: int
    group: int
    question: int


class _Pieces:
    """A line put together from left to right."""

    def __init__(self, style: Callable[[str], Style]) -> None:
        self._style = style
        self.text = ""
        self.spans: list[Span] = []
        self.width = 0

    def add(self, text: str, style: str = "", *, places: Places = ()) -> None:
        begin = len(self.text)
        self.text += text
        self.width += Content(text).cell_length
        if style:
            self.spans.append(Span(begin, len(self.text), self._style(style)))
        if places:
            match = self._style("answers--match")
            self.spans += [Span(begin + start, begin + end, match) for start, end in places]
