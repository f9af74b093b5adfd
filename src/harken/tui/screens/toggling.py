"""A picker that stays open: what is taken goes in or out, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual import on
from textual.widgets import Input

from harken.tui.screens.picker import Picker, Search
from harken.tui.widgets.choices import ChoiceList


class TogglingPicker(Picker):
    """Calls `toggle` with the value of each choice that Enter takes; the marks then show what is in."""

    HINT = "↑↓ choose   ↵ in or out   Esc done"

    def __init__(
        self,
        *,
        title: str,
        search: Search,
        toggle: Callable[[Any], object],
        placeholder: str = "",
        nothing: str = "nothing found",
    ) -> None:
        super().__init__(title=title, search=search, placeholder=placeholder, nothing=nothing)
        self._toggle = toggle

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
