"""The answer before the coder, scrolled by the screen's keys, with the evidence marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp, Resize

from harken.model import Suggestion
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.texts import answer_text

WIDEST = 96
"""Cells in a line: longer ones are hard to read."""


class AnswerView(PaintedLines):
    """Shows one text and says how much of it is out of sight."""

    DEFAULT_CSS = """
    AnswerView { height: 1fr; padding: 1 2 0 2; text-wrap: nowrap; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"answer--evidence", "answer--more", "answer--notice"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._text = ""
        self._suggestions: Sequence[Suggestion] = ()
        self._is_notice = False
        self._lines: list[Content] = []
        self._lines_for: tuple[int, str] = (-1, "")
        self._top = 0

    def show_answer(self, text: str) -> None:
        """A new answer, from its beginning; evidence comes by `mark_evidence`."""
        self._text, self._suggestions, self._top, self._is_notice = text, (), 0, False
        self._compute_anew()

    def show_notice(self, text: str) -> None:
        """A text of ours in the answer's place."""
        self.show_answer(text)
        self._is_notice = True

    def mark_evidence(self, suggestions: Sequence[Suggestion]) -> None:
        self._suggestions = suggestions
        self._compute_anew()

    def can_scroll(self, n: int) -> bool:
        """Whether there is more of the text in this direction."""
        return self._top > 0 if n < 0 else self._top + self._room() < len(self._wrapped())

    def scroll_pages(self, n: int) -> None:
        self._scroll(n * max(self._room() - 1, 1))

    def _scroll(self, n_lines: int) -> None:
        lowest = max(len(self._wrapped()) - self._room(), 0)
        self._top = min(max(self._top + n_lines, 0), lowest)
        self.repaint()

    def _compute_anew(self) -> None:
        self._lines_for = (-1, "")
        self.repaint()

    def _room(self) -> int:
        """Lines for the text; one goes to the note on what is out of sight."""
        height = self.content_size.height
        return height if len(self._wrapped()) <= height else max(height - 1, 1)

    def _wrapped(self) -> list[Content]:
        key = (min(self.content_size.width, WIDEST), self.app.theme)
        if key != self._lines_for:
            self._lines, self._lines_for = self._whole().wrap(max(key[0], 1)), key
        return self._lines

    def _whole(self) -> Content:
        """All that is to be seen, unwrapped."""
        if self._is_notice:
            return Content(self._text).stylize(self.component("answer--notice"))
        return answer_text(self._text, self._suggestions, self.component("answer--evidence"))

    def content_lines(self) -> Sequence[Content]:
        lines = self._wrapped()
        room = self._room()
        seen = lines[self._top : self._top + room]
        if len(lines) > room:
            below = len(lines) - self._top - room
            says = [f"▲ {self._top} above" if self._top else "", f"▼ {below} below" if below else ""]
            note = f"{' · '.join(filter(None, says))} · PgUp PgDn"
            blanks = [Content("")] * (room - len(seen))
            seen = [*seen, *blanks, Content.styled(note, self.component("answer--more"))]
        return seen

    def on_resize(self, event: Resize) -> None:
        self._scroll(0)
        super().on_resize(event)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)
