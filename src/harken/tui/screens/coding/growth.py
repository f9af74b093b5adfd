"""What a new keyword or example would suggest elsewhere, before it is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content, Span
from textual.widget import Widget
from textual.widgets import Static

from harken.report import visible
from harken.services.coding.growing import FoundElsewhere, Growth, GrowthKind
from harken.tui.screens.boxes.dialog import Dialog
from harken.tui.screens.boxes.reading import Reading

LEAD = 24
"""Characters of an answer before the words that were found in it."""
LONGEST_SHOWN = 160


class GrowthDialog(Dialog[bool]):
    """True where Enter keeps the words in the codebook, False where Escape drops them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "keep", "keep", show=False),
        Binding("up", "scroll(-1)", "up", show=False),
        Binding("down", "scroll(1)", "down", show=False),
        Binding("pageup", "scroll(-8)", "page up", show=False),
        Binding("pagedown", "scroll(8)", "page down", show=False),
    ]
    DEFAULT_CSS = """
    GrowthDialog > Vertical { width: 92; }
    GrowthDialog #count { height: auto; margin-top: 1; }
    GrowthDialog Reading { max-height: 12; }
    """
    HINT = "↵ keep it in the codebook   Esc drop it   ↑↓ scroll"

    def __init__(self, growth: Growth) -> None:
        super().__init__()
        self.TITLE_TEXT = f"{growth.kind.value.capitalize()} of {growth.label}: “{growth.words}”"
        self._growth = growth

    def body(self) -> Iterable[Widget]:
        yield Static(Content(count_of(self._growth)), id="count", markup=False)
        if self._growth.first:
            lines = [_line(found) for found in self._growth.first]
            yield Reading(Static(Content("\n").join(lines), markup=False))

    def action_keep(self) -> None:
        self.dismiss(True)

    def action_close(self) -> None:
        self.dismiss(False)

    def action_scroll(self, n: int) -> None:
        for reading in self.query(Reading):
            reading.scroll_relative(y=n, animate=False)


def count_of(growth: Growth) -> str:
    """How many waiting answers the words would find, and of how many that is said."""
    found = {0: "None", 1: "One"}.get(growth.n_found, f"{growth.n_found:,}")
    is_one = growth.n_found < 2
    if growth.kind is GrowthKind.KEYWORD:
        verb = "has these words" if is_one else "have these words"
    else:
        verb = "is like this" if is_one else "are like this"
    read = f"the {growth.n_waiting:,} undecided answers"
    if growth.n_read < growth.n_waiting:
        read = f"the first {growth.n_read:,} of {growth.n_waiting:,} undecided answers"
    stays = " An example stays in the codebook even after a withdrawal."
    return f"{found} of {read} {verb}.{stays if growth.kind is GrowthKind.EXAMPLE else ''}"


def _line(found: FoundElsewhere) -> Content:
    """The participant, and the answer around the words, on one line."""
    begin = 0 if found.start <= LEAD else found.start - LEAD
    until = begin + LONGEST_SHOWN
    shown = visible(found.text[begin:until])
    text = Content(shown)
    if found.end - found.start < len(found.text):
        text = Content(
            shown, spans=[Span(found.start - begin, min(found.end - begin, len(shown)), "bold underline")]
        )
    before, after = "…" if begin else "", "…" if until < len(found.text) else ""
    return Content.assemble((f"{visible(found.key.participant)}  ", "bold"), before, text, after)
