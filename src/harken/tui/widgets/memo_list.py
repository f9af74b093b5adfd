"""Memos to choose from, two lines each: when, who and on what, and how it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message

from harken.report import visible
from harken.services.memos import Memo, MemoAbout, dated, label_of
from harken.tui.widgets.lines import TextLine
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.texts import fitted, spread

N_LINES = 2
"""Lines that a memo takes."""
MINUTE, DAY = 16, 10
"""Characters of a time up to its minute and its day."""
LONGEST_BEGINNING = 400
"""Characters of a memo that may stand on its line."""


class MemoLines(PaintedLines):
    """Draws only what is in sight, however many there are."""

    DEFAULT_CSS = """
    MemoLines { height: 1fr; text-wrap: nowrap; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("memo-list--chosen", "memo-list--date", "memo-list--on", "memo-list--nothing"),
    }

    @dataclass
    class Picked(Message):
        """A memo was clicked."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._memos: Sequence[Memo] = ()
        self._nothing = ""
        self._index = 0
        self._top = 0

    @property
    def chosen(self) -> Memo | None:
        return self._memos[self._index] if self._memos else None

    @property
    def n_in_sight(self) -> int:
        return max(self.content_size.height // N_LINES, 1)

    def show(self, memos: Sequence[Memo], *, index: int = 0, nothing: str = "") -> None:
        self._memos, self._nothing = memos, nothing
        self.choose(index)

    def step(self, n: int) -> None:
        self.choose(self._index + n)

    def choose(self, index: int) -> None:
        """Choose a memo by its place, or the nearest there is."""
        self._index = min(max(index, 0), max(len(self._memos) - 1, 0))
        self._top = min(max(self._top, self._index - self.n_in_sight + 1), self._index)
        self.repaint()

    def content_lines(self) -> Sequence[Content]:
        if not self._memos:
            lines = Content(self._nothing).wrap(max(self.content_size.width - 2, 1))
            style = self.component("memo-list--nothing")
            return [Content("  ") + line.stylize(style) for line in lines]
        rows = self._memos[self._top : self._top + self.n_in_sight]
        return [line for memo in rows for line in self._lines(memo)]

    def _lines(self, memo: Memo) -> list[Content]:
        width = self.content_size.width
        is_chosen = memo is self.chosen
        head = Content.assemble(
            f"{'▸' if is_chosen else ' '} ",
            (visible(label_of(memo.subject)), self.component("memo-list--on")),
        )
        signed = Content.styled(
            _signed(memo, width - head.cell_length - 1), self.component("memo-list--date")
        )
        words = " ".join(memo.body[:LONGEST_BEGINNING].split())
        lines = [spread(head, signed, width), fitted(Content(f"    {visible(words)}"), width)]
        style = self.component("memo-list--chosen")
        return [line.stylize_before(style) for line in lines] if is_chosen else lines

    def on_resize(self, event: Resize) -> None:
        self.step(0)
        super().on_resize(event)

    def on_click(self, event: Click) -> None:
        index = self._top + event.y // N_LINES
        if index < len(self._memos):
            self.post_message(self.Picked(index))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.step(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.step(-1)


def _signed(memo: Memo, width: int) -> str:
    """Who wrote it when, as far as what it is on leaves room: the hour goes first, then the day."""
    author, when = visible(memo.author), dated(memo)
    forms = (f"{author}  {when[:MINUTE]} ", f"{author}  {when[:DAY]} ", f"{author} ")
    return next((form for form in forms if Content(form).cell_length <= width), "")


KINDS: Sequence[tuple[MemoAbout | None, str]] = (
    (None, "all"),
    (MemoAbout.PROJECT, "diary"),
    (MemoAbout.QUESTION, "questions"),
    (MemoAbout.CODE, "codes"),
    (MemoAbout.PARTICIPANT, "people"),
    (MemoAbout.ANSWER, "answers"),
    (MemoAbout.DECISION, "decisions"),
)
"""What memos are on, as the screen calls it."""


class KindLine(TextLine):
    """Which memos are listed: the chosen kind stands in brackets."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"kinds--chosen", "kinds--other"}

    def show(self, chosen: int, found: str) -> None:
        parts = [
            Content.styled(f"[{name}]", self.component("kinds--chosen"))
            if number == chosen
            else Content.styled(f" {name} ", self.component("kinds--other"))
            for number, (_, name) in enumerate(KINDS)
        ]
        self.put(Content("").join(parts), Content.styled(found, self.component("kinds--other")))
