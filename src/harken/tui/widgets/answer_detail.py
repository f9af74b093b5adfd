"""One answer in full: its text with the matches, who said it, what everybody applied and noted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp, Resize

from harken.model import CodebookEntry
from harken.services.browsing import AnswerRow
from harken.services.memos import Memo
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.answer_contents import ANSWER_STYLES, answer_contents, memo_content
from harken.tui.words.row_texts import group_text, one_line, question_text

WIDEST = 96
"""Cells in a line: longer ones are hard to read."""


class AnswerDetail(PaintedLines):
    """Shows one answer and says how much of it is out of sight."""

    DEFAULT_CSS = """
    AnswerDetail { text-wrap: nowrap; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = ANSWER_STYLES

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._row: AnswerRow | None = None
        self._matches: Callable[[str], Sequence[tuple[int, int]]] = lambda text: ()
        self._entries: Mapping[str, CodebookEntry] = {}
        self._with_definitions = False
        self._compares = False
        self._memos: Sequence[Memo] = ()
        self._top = 0
        self._lines: list[Content] = []
        self._lines_for: object = None

    def show(
        self,
        row: AnswerRow | None,
        *,
        memos: Sequence[Memo] = (),
        matches: Callable[[str], Sequence[tuple[int, int]]],
        entries: Mapping[str, CodebookEntry],
        with_definitions: bool,
        compares: bool = False,
    ) -> None:
        """Show an answer from its top; `compares` shows coders' decisions side by side."""
        if row is None or self._row is None or row.id != self._row.id:
            self._top = 0
        self._memos = memos
        self._row, self._matches, self._entries = row, matches, entries
        self._with_definitions = with_definitions
        self._compares = compares
        self._lines_for = None
        self.repaint()

    def scroll_pages(self, n: int) -> None:
        self._scroll(n * max(self._room() - 1, 1))

    def _scroll(self, n_lines: int) -> None:
        lowest = max(len(self._wrapped()) - self._room(), 0)
        self._top = min(max(self._top + n_lines, 0), lowest)
        self.repaint()

    def _room(self) -> int:
        """Lines for the text; one goes to the note on what is out of sight."""
        height = self.content_size.height
        return height if len(self._wrapped()) <= height else max(height - 1, 1)

    def _wrapped(self) -> list[Content]:
        width = max(min(self.content_size.width, WIDEST), 1)
        key = (width, self.app.theme)
        if key != self._lines_for:
            self._lines = [line for content in self._parts() for line in content.wrap(width)]
            self._lines_for = key
        return self._lines

    def content_lines(self) -> Sequence[Content]:
        lines, room = self._wrapped(), self._room()
        self._top = min(self._top, max(len(lines) - room, 0))
        seen = lines[self._top : self._top + room]
        if len(lines) <= room:
            return seen
        below = len(lines) - self._top - room
        says = [f"▲ {self._top} above" if self._top else "", f"▼ {below} below" if below else ""]
        note = f"{' · '.join(filter(None, says))} · ← →"
        return [*seen, Content.styled(note, self.component("answer--quiet"))]

    def _parts(self) -> Iterator[Content]:
        row = self._row
        if row is not None:
            who = [row.key.participant, group_text(row), question_text(row.key)]
            title = " · ".join(one_line(part) for part in who if part)
            yield Content.styled(title, self.component("answer--who"))
            yield from answer_contents(
                row,
                style=self.component,
                matches=self._matches,
                entries=self._entries,
                with_definitions=self._with_definitions,
                compares=self._compares,
            )
            for memo in self._memos:
                yield memo_content(memo, self.component)

    # -- events --------------------------------------------------------------------------------------

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._scroll(0)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)
