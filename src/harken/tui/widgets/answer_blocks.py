"""Answers one below the other in full, one of them chosen; what is out of sight is not even wrapped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.content import Content
from textual.events import MouseScrollDown, MouseScrollUp, Resize
from textual.style import Style

from harken.services.browsing import AnswerRow
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.answer_contents import ANSWER_STYLES

WIDEST = 100
"""Cells in a line: longer ones are hard to read."""
_MARGIN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Paragraphs that belong together; those of an answer can be chosen."""

    contents: Callable[[Callable[[str], Style]], Sequence[Content]]
    """Made when they come in sight, with the widget's styles."""
    row: AnswerRow | None = None


class AnswerBlocks(PaintedLines):
    DEFAULT_CSS = """
    AnswerBlocks { height: 1fr; text-wrap: nowrap; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = ANSWER_STYLES

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._chosen = 0
        self._top = 0
        self._skipped = 0
        """Lines of the topmost block that are scrolled away."""
        self._wrapped: dict[int, list[Content]] = {}
        self._wrapped_for: object = None

    @property
    def chosen(self) -> AnswerRow | None:
        return self._blocks[self._chosen].row if self._blocks else None

    def show(self, blocks: Sequence[Block], *, chosen_id: int | None = None) -> None:
        """Show these, with an answer chosen, else the first."""
        is_same = len(blocks) == len(self._blocks)
        self._blocks = blocks
        self._wrapped.clear()
        id_at = {place: block.row.id for place, block in enumerate(blocks) if block.row is not None}
        wanted = [place for place, id in id_at.items() if id == chosen_id]
        if not is_same:
            self._top = self._skipped = 0
        self._choose(next(iter((*wanted, *id_at)), 0))

    def step(self, n: int) -> None:
        """Choose the next answer, or the one before; a long one is scrolled through first."""
        room = max(self.content_size.height, 1)
        if n > 0 and self._end_of(self._chosen) > room:
            self._scroll(room - 1)
            return
        if n < 0 and self._chosen == self._top and self._skipped:
            self._scroll(1 - room)
            return
        place = self._chosen + n
        while 0 <= place < len(self._blocks) and self._blocks[place].row is None:
            place += n
        if 0 <= place < len(self._blocks):
            self._choose(place)
        elif n < 0:
            self._top = self._skipped = 0
            self.repaint()

    def page(self, n: int) -> None:
        """Choose an answer about a page away."""
        room, before = max(self.content_size.height - 1, 1), -1
        moved = 0
        while moved < room and before != self._chosen:
            before = self._chosen
            place = self._chosen + n
            while 0 <= place < len(self._blocks) and self._blocks[place].row is None:
                place += n
            if 0 <= place < len(self._blocks):
                self._chosen = place
                moved += len(self._lines_of(place))
        self._choose(self._chosen)

    def jump(self, *, to_end: bool) -> None:
        places = [place for place, block in enumerate(self._blocks) if block.row is not None]
        if not to_end:
            self._top = self._skipped = 0
        if places:
            self._choose(places[-1 if to_end else 0])

    # -- scrolling -----------------------------------------------------------------------------------

    def _choose(self, place: int) -> None:
        self._chosen = place
        self._bring_in_sight()
        self.repaint()

    def _bring_in_sight(self) -> None:
        room = max(self.content_size.height, 1)
        if not self._blocks:
            return
        if self._chosen > self._top and self._end_of(self._chosen) <= room:
            return
        if self._chosen <= self._top:
            self._top, self._skipped = self._chosen, 0
            # A heading above the first answer is shown with it.
            while self._top and self._blocks[self._top - 1].row is None:
                if self._end_of(self._chosen) + len(self._lines_of(self._top - 1)) > room:
                    break
                self._top -= 1
            return
        while self._top < self._chosen and self._end_of(self._chosen) > room:
            self._top, self._skipped = self._top + 1, 0

    def _end_of(self, place: int) -> int:
        """Lines from the top of the window to the end of a block that is not above it."""
        return sum(len(self._lines_of(other)) for other in range(self._top, place + 1)) - self._skipped

    def _scroll(self, n_lines: int) -> None:
        """Scroll within the topmost block."""
        longest = max(len(self._lines_of(self._top)) - 1, 0)
        self._skipped = min(max(self._skipped + n_lines, 0), longest)
        self.repaint()

    # -- drawing -------------------------------------------------------------------------------------

    def _lines_of(self, place: int) -> list[Content]:
        width = max(min(self.content_size.width - _MARGIN, WIDEST), 1)
        key = (width, self.app.theme)
        if key != self._wrapped_for:
            self._wrapped.clear()
            self._wrapped_for = key
        lines = self._wrapped.get(place)
        if lines is None:
            contents = self._blocks[place].contents(self.component)
            lines = self._wrapped[place] = [line for content in contents for line in content.wrap(width)]
        return lines

    def content_lines(self) -> Sequence[Content]:
        lines: list[Content] = []
        place, height = self._top, self.content_size.height
        while len(lines) < height and place < len(self._blocks):
            block = self._lines_of(place)[self._skipped if place == self._top else 0 :]
            is_chosen = place == self._chosen and self._blocks[place].row is not None
            marks = ["▸ ", *(["│ "] * (len(block) - 2)), "  "] if is_chosen else ["  "] * len(block)
            lines += [Content(mark) + line for mark, line in zip(marks, block, strict=False)]
            place += 1
        return lines

    # -- events --------------------------------------------------------------------------------------

    def on_resize(self, event: Resize) -> None:
        super().on_resize(event)
        self._skipped = 0
        self._choose(self._chosen)

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.step(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.step(-1)
