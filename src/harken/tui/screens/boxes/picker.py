"""Find something by typing a part of it: a code, an answer, a command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from harken.tui.screens.boxes.dialog import Dialog, LineInput
from harken.tui.widgets.choices import Choice, ChoiceList

Search = Callable[[str], Sequence[Choice]]


class Picker(Dialog[Any]):
    """Gives the value of the choice that Enter takes, None for Escape."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "up", show=False),
        Binding("down", "step(1)", "down", show=False),
        Binding("pageup", "step(-8)", "up", show=False),
        Binding("pagedown", "step(8)", "down", show=False),
    ]
    DEFAULT_CSS = """
    Picker ChoiceList { margin-top: 1; }
    """
    HINT = "↑↓ choose   ↵ take it   Esc close"

    def __init__(
        self, *, title: str, search: Search, placeholder: str = "", nothing: str = "nothing found"
    ) -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self._search = search
        self._placeholder = placeholder
        self._nothing = nothing

    def body(self) -> Iterable[Widget]:
        yield LineInput(placeholder=self._placeholder)
        yield ChoiceList(nothing=self._nothing)

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self.call_after_refresh(self._find, "")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._find(event.value)

    @on(Input.Submitted)
    def _taken(self) -> None:
        chosen = self.query_one(ChoiceList).chosen
        if chosen is not None:
            self.dismiss(chosen.value)

    def _find(self, text: str) -> None:
        self.query_one(ChoiceList).show(self._search(text))

    def action_step(self, n: int) -> None:
        self.query_one(ChoiceList).step(n)
