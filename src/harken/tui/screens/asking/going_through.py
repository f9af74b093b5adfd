"""What the screens share that go through a list of items, with one of them open beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from textual import on
from textual.containers import Container
from textual.widget import Widget

from harken.errors import HarkenError
from harken.model import Round
from harken.storage.store import Store
from harken.tui.screens.room import Room
from harken.tui.widgets.items import Item, ItemList
from harken.tui.widgets.page import PageView

Result = TypeVar("Result")
AGAIN_SECONDS = 0.7
"""After an answer was decided: the Enter that decided it, held a little long, opens nothing."""


class GoingThrough(Room[Result]):
    """Subclasses fill the list (`read`, with `put_items`) and show the chosen item (`show_page`)."""

    DEFAULT_CSS = """
    GoingThrough #through { height: 1fr; layout: vertical; }
    """

    def __init__(
        self,
        store: Store,
        *,
        coder: str,
        round: Round,
        keymap: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(keymap=keymap)
        self.store = store
        self.coder = coder
        self.round = round
        """The round that the coder is at work in."""
        self._clock = clock
        self._came_back_at = -AGAIN_SECONDS
        self.items = ItemList()
        self.page = PageView()
        self.written: dict[object, str] = {}
        """What stands in boxes that were closed without an effect, by what they are about."""

    def body(self) -> Iterable[Widget]:
        yield Container(self.items, self.page, id="through")

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self.read)

    def read(self) -> None:
        """Read anew what there is to go through."""
        raise NotImplementedError

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

    # -- coding --------------------------------------------------------------------------------------

    def visit(self, response_id: int, *, round: str) -> None:
        """Code this one answer and come back."""
        from harken.services.coding import CodingSession
        from harken.tui.screens.coding.visit import VisitScreen

        if self._clock() - self._came_back_at < AGAIN_SECONDS:
            return
        try:
            session = CodingSession.visit(self.store, response_id, coder=self.coder, round=round)
        except HarkenError as error:
            self.refuse(str(error))
            return
        screen = VisitScreen(session, size=self.app.size, clock=self._clock, keymap=self.keymap)
        self.app.push_screen(screen, self.came_back)

    def came_back(self, result: object) -> None:
        """Another screen that was opened from here is closed."""
        del result
        self._came_back_at = self._clock()
        self.say("")
        self.read()
