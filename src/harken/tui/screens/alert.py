"""Alerting the lead to an answer."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from harken.tui.screens.dialog import Dialog, LineInput


class AlertDialog(Dialog[tuple[bool, str]]):
    """Gives whether the lead is to be alerted, and the words. Escape alerts nobody and keeps the words."""

    DEFAULT_CSS = """
    AlertDialog #about { height: auto; margin-top: 1; }
    """

    def __init__(self, *, participant: str, note: str, is_raised: bool) -> None:
        super().__init__()
        self.TITLE_TEXT = f"Alert the lead to {participant}"
        self.HINT = f"↵ {'change what it says' if is_raised else 'alert'}   Esc leave it"
        self._note = note
        self._is_raised = is_raised

    def body(self) -> Iterable[Widget]:
        said = (
            "The lead is alerted already, and closes the alert when something was done."
            if self._is_raised
            else "When somebody seems to be in distress or in danger. Code the answer all the same."
        )
        yield Static(Content(said), id="about", markup=False)
        yield LineInput(self._note, placeholder="what you saw (may stay empty)", select_on_focus=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _raise(self) -> None:
        self.dismiss((True, self._written))

    def action_close(self) -> None:
        self.dismiss((False, self._written))

    @property
    def _written(self) -> str:
        return self.query_one(Input).value.strip()
