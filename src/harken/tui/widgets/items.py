"""Things to go through one by one, under headings; two lines each, and only those in sight are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual.content import Content
from textual.events import Click, MouseScrollDown, MouseScrollUp, Resize
from textual.message import Message

from harken.report import visible
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.texts import fitted, spread

LONGEST_BEGINNING = 400
"""Characters of a text that may stand on its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing: what it is, who or when at the right end, and how its words begin."""

    value: Any
    section: str
    head: str
    note: str = ""
    words: str = ""


class ItemList(PaintedLines):
    """Items of one section stand together, in the order in which they come."""

    DEFAULT_CSS = """
    ItemList { height: 1fr; text-wrap: nowrap; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        *("items--section", "items--head", "items--note", "items--chosen", "items--nothing"),
    }

    @dataclass
    class Picked(Message):
        """An item was clicked."""

        index: int

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._items: Sequence[Item] = ()
        self._nothing = ""
        self._index = 0
        self._top = 0
        self._rows: list[tuple[int, int]] = []
        """What stands on each line: an item and which of its lines, 0 being its section's heading."""
        self._row_of: list[int] = []
        """The first line of each item."""

    @property
    def chosen(self) -> Item | None:
        return self._items[self._index] if self._items else None

    @property
    def index(self) -> int:
        return self._index

    @property
    def n_items(self) -> int:
        return len(self._items)

    def show(self, items: Sequence[Item], *, index: int = 0, nothing: str = "") -> None:
        self._items, self._nothing = items, nothing
        self._rows, self._row_of = [], []
        section = None
        for number, item in enumerate(items):
            if item.section != section:
                self._rows.append((number, 0))
                section = item.section
            self._row_of.append(len(self._rows))
            self._rows += [(number, 1), (number, 2)]
        self.choose(index)

    def step(self, n: int) -> None:
        self.choose(self._index + n)

    def choose(self, index: int) -> None:
        """Choose an item by its place, or the nearest there is; the first of a section shows its heading."""
        self._index = min(max(index, 0), max(len(self._items) - 1, 0))
        if self._items:
            first = self._row_of[self._index]
            head = first - 1 if first and self._rows[first - 1] == (self._index, 0) else first
            self._top = min(max(self._top, first + 2 - max(self.content_size.height, 2)), head)
        self.repaint()

    def content_lines(self) -> Sequence[Content]:
        if not self._items:
            lines = Content(self._nothing).wrap(max(self.content_size.width - 2, 1))
            style = self.component("items--nothing")
            return [Content("  ") + line.stylize(style) for line in lines]
        seen = self._rows[self._top : self._top + self.content_size.height]
        return [self._line(number, part) for number, part in seen]

    def _line(self, number: int, part: int) -> Content:
        item, width = self._items[number], self.content_size.width
        is_chosen = number == self._index
        if part == 0:
            return fitted(
                Content.styled(f"  {visible(item.section)}", self.component("items--section")), width
            )
        if part == 1:
            mark = "▸" if is_chosen else " "
            head = Content.assemble(f"{mark} ", (visible(item.head), self.component("items--head")))
            note = Content.styled(f"{visible(item.note)} ", self.component("items--note"))
            line = spread(head, note, width) if item.note else fitted(head, width)
        else:
            words = " ".join(item.words[:LONGEST_BEGINNING].split())
            line = fitted(Content(f"    {visible(words)}"), width)
        return line.stylize_before(self.get_visual_style("items--chosen")) if is_chosen else line

    def on_resize(self, event: Resize) -> None:
        self.step(0)
        super().on_resize(event)

    def on_click(self, event: Click) -> None:
        row = self._top + event.y
        if row < len(self._rows):
            self.post_message(self.Picked(self._rows[row][0]))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.step(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.step(-1)
