"""Marking an answer as unsure, with words to the lead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from harken.tui.screens.boxes.dialog import Dialog, LineInput


class UnsureDialog(Dialog[tuple[bool, str]]):
    """Gives whether the coder is unsure, and the question. Escape keeps what was entered, and marks nothing
    by itself: the box may have been opened by mistake.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "switch", "unsure or not", show=False)]
    DEFAULT_CSS = """
    UnsureDialog #tick { height: 1; margin-top: 1; }
    """
    HINT = "↵ or F2 keep   Tab unsure or not   Esc close, keeping what is written"

    def __init__(self, *, participant: str, message: str) -> None:
        super().__init__()
        self.TITLE_TEXT = f"Unsure about {participant}"
        self._message = message
        self._is_unsure = True
        self._is_switched = False

    def body(self) -> Iterable[Widget]:
        yield LineInput(
            self._message, placeholder="what should the lead know or decide?", select_on_focus=False
        )
        yield Static(id="tick", markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._show_tick()

    def _show_tick(self) -> None:
        mark = "[✓]" if self._is_unsure else "[ ]"
        self.query_one("#tick", Static).update(
            Content(f"{mark} unsure: kept with the decision, for the lead")
        )

    def action_switch(self) -> None:
        self._is_unsure = not self._is_unsure
        self._is_switched = True
        self._show_tick()

    @on(Input.Submitted)
    def _keep(self) -> None:
        self.dismiss((self._is_unsure, self._written))

    def action_close(self) -> None:
        if self._is_switched or self._written != self._message:
            self._keep()
        else:
            self.dismiss(None)

    @property
    def _written(self) -> str:
        return self.query_one(Input).value.strip()
