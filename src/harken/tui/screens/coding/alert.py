"""Alerting the lead to an answer, and taking an alert back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from harken.tui.screens.boxes.dialog import Dialog, LineInput


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertWords:
    """What was written in the dialog, and what is to come of it."""

    note: str
    """What the lead is told; kept where nothing is sent."""
    reason: str = ""
    """Why the alert is taken back."""
    is_sent: bool = False
    is_taken_back: bool = False


class AlertDialog(Dialog[AlertWords]):
    """Alerts the lead, says it in other words, or takes the alert back. Escape only keeps the words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "switch", "take it back", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    AlertDialog #about { height: auto; margin-top: 1; }
    """

    def __init__(self, *, participant: str, note: str, is_raised: bool) -> None:
        super().__init__()
        self.TITLE_TEXT = f"Alert the lead to {participant}"
        self.HINT = "↵ or F2 change what it says   Tab take it back   Esc leave it"
        if not is_raised:
            self.HINT = "↵ or F2 alert   Esc leave it"
        self._is_raised = is_raised
        self._is_taking_back = False
        self._note, self._reason = note, ""

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
    def _send(self) -> None:
        self._keep()
        if self._is_taking_back and not self._reason:
            self._say("! Say in a few words why; the lead may have read the alert.")
            return
        self.dismiss(self._written(is_sent=True))

    def action_switch(self) -> None:
        """Between the alert's words and the reason for which it is taken back."""
        if not self._is_raised:
            return
        self._keep()
        self._is_taking_back = not self._is_taking_back
        line = self.query_one(Input)
        if self._is_taking_back:
            line.placeholder = "why it was a mistake"
            line.value = self._reason
            self._say("Taken back, the alert is closed with your words; the lead sees both.")
            self._hint("↵ or F2 take it back   Tab its words   Esc leave it")
        else:
            line.placeholder = "what you saw (may stay empty)"
            line.value = self._note
            self._say("The lead is alerted already, and closes the alert when something was done.")
            self._hint(self.HINT)
        line.cursor_position = len(line.value)

    def action_close(self) -> None:
        self._keep()
        self.dismiss(self._written(is_sent=False))

    def _keep(self) -> None:
        words = self.query_one(Input).value.strip()
        if self._is_taking_back:
            self._reason = words
        else:
            self._note = words

    def _written(self, *, is_sent: bool) -> AlertWords:
        return AlertWords(
            note=self._note,
            reason=self._reason,
            is_sent=is_sent,
            is_taken_back=is_sent and self._is_taking_back,
        )

    def _say(self, words: str) -> None:
        self.query_one("#about", Static).update(Content(words))

    def _hint(self, words: str) -> None:
        self.query_one(".dialog-hint", Static).update(Content(words))
