"""A picker that stays open: what is taken goes in or out, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from harken.tui.screens.boxes.picker import Picker, Search
from harken.tui.widgets.answer import AnswerView
from harken.tui.widgets.choices import ChoiceList

PAGE = 8
"""Choices that a page key passes."""


class TogglingPicker(Picker):
    """Calls `toggle` with the value of each choice that Enter takes; the marks then show what is in."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "page(-1)", "up", show=False),
        Binding("pagedown", "page(1)", "down", show=False),
    ]
    DEFAULT_CSS = """
    TogglingPicker > Vertical { height: 92%; max-height: 26; }
    TogglingPicker ChoiceList { height: 1fr; }
    TogglingPicker AnswerView { height: 6; padding: 0; margin-top: 1; }
    """
    HINT = "↑↓ choose   ↵ in or out   Esc done"

    def __init__(
        self,
        *,
        title: str,
        search: Search,
        toggle: Callable[[Any], object],
        placeholder: str = "",
        nothing: str = "nothing found",
        in_full: Callable[[Any], str] | None = None,
    ) -> None:
        super().__init__(title=title, search=search, placeholder=placeholder, nothing=nothing)
        self._toggle = toggle
        self._in_full = in_full
        """The whole text of a choice, shown below the list."""

    def body(self) -> Iterable[Widget]:
        yield from super().body()
        if self._in_full is not None:
            yield AnswerView()

    def _find(self, text: str) -> None:
        super()._find(text)
        self._show_in_full()

    def action_step(self, n: int) -> None:
        super().action_step(n)
        self._show_in_full()

    def action_page(self, n: int) -> None:
        """Scroll the text of the choice; where none is shown, the list."""
        if self._in_full is None:
            self.action_step(n * PAGE)
        else:
            self.query_one(AnswerView).scroll_pages(n)

    def _show_in_full(self) -> None:
        if self._in_full is not None:
            chosen = self.query_one(ChoiceList).chosen
            self.query_one(AnswerView).show_answer(self._in_full(chosen.value) if chosen else "")

    @on(Input.Submitted)
    def _toggled(self, event: Input.Submitted) -> None:
        # The picker's own way is to close.
        event.prevent_default()
        choices = self.query_one(ChoiceList)
        chosen = choices.chosen
        if chosen is None:
            return
        self._toggle(chosen.value)
        again = self._search(event.value)
        index = next((at for at, one in enumerate(again) if one.value == chosen.value), 0)
        choices.show(again, index=index)
