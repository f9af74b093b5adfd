"""What the screens share that go through a list of items, with one of them open beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from textual import on
from textual.containers import Container
from textual.widget import Widget

from harken.tui.screens.room import Room
from harken.tui.widgets.items import Item, ItemList
from harken.tui.widgets.page import PageView

Result = TypeVar("Result")


class GoingThrough(Room[Result]):
    """Subclasses fill the list (`items`) and show the chosen item (`show_page`)."""

    DEFAULT_CSS = """
    GoingThrough #through { height: 1fr; layout: vertical; }
    """

    def __init__(self, *, keymap: Mapping[str, str] | None = None) -> None:
        super().__init__(keymap=keymap)
        self.items = ItemList()
        self.page = PageView()
        self.written: dict[object, str] = {}
        """What stands in boxes that were closed without an effect, by what they are about."""

    def body(self) -> Iterable[Widget]:
        yield Container(self.items, self.page, id="through")

    def show_page(self, item: Item | None) -> None:
        """Show the chosen item on the page; None where there is none."""
        raise NotImplementedError

    def put_items(self, items: list[Item], *, nothing: str) -> None:
        """Show these; the place stays with what was chosen, else as near as can be."""
        before = self.items.chosen
        places = [place for place, item in enumerate(items) if before and item.value == before.value]
        self.items.show(items, index=places[0] if places else self.items.index, nothing=nothing)
        self.show_page(self.items.chosen)

    def action_step(self, n: int) -> None:
        self.items.step(n)
        self.show_page(self.items.chosen)

    def action_jump(self, index: int) -> None:
        self.items.choose(index if index >= 0 else self.items.n_items)
        self.show_page(self.items.chosen)

    def action_scroll_page(self, n: int) -> None:
        self.page.scroll_pages(n)

    @on(ItemList.Picked)
    def _picked(self, event: ItemList.Picked) -> None:
        self.items.choose(event.index)
        self.show_page(self.items.chosen)
