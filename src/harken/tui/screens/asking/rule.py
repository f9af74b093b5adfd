"""Writing a rule, and choosing which wording of its code it goes into."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from harken.services.asking import Place
from harken.tui.screens.boxes.memo import MemoArea
from harken.tui.screens.boxes.writing import WritingDialog


class PlaceLine(Static, can_focus=True):
    """Says in words which wording the rule goes into; arrows or Space choose another one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "choose(-1)", "before", show=False),
        Binding("right,down,space", "choose(1)", "next", show=False),
    ]
    DEFAULT_CSS = """
    PlaceLine { height: 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    PlaceLine:focus { text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.place = Place.INCLUDE

    def on_mount(self) -> None:
        self._show()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self._show()

    def _show(self) -> None:
        others = " · ".join(place for place in Place if place is not self.place)
        if self.has_focus:
            said = Content(f"▸ The rule goes into: ‹ {self.place} ›   ← → or Space: {others}")
        else:
            said = Content(f"  The rule goes into: {self.place}   Tab to change it")
        self.update(said)

    def action_choose(self, n: int) -> None:
        places = list(Place)
        self.place = places[(places.index(self.place) + n) % len(places)]
        self._show()


class RuleDialog(WritingDialog):
    """Gives the rule's words; `into` says where they go when they are sent."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "next", "next field", show=False, priority=True),
    ]

    def __init__(self, *, title: str, keep: Callable[[str], None], text: str = "", context: str = "") -> None:
        super().__init__(title=title, verb="go on to the reply", keep=keep, text=text, context=context)
        self.HINT = "F2 go on to the reply   Tab next field   Esc close, keeping what is written"
        self._line = PlaceLine()

    def body(self) -> Iterable[Widget]:
        *above, says = super().body()
        yield from (*above, self._line, says)

    @property
    def into(self) -> Place:
        return self._line.place

    def action_next(self) -> None:
        area = self.query_one(MemoArea)
        (self._line if area.has_focus else area).focus()
