"""Asking before something is done that a slip of the finger should not do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from harken.report import visible
from harken.tui.screens.boxes.dialog import Dialog


class ConfirmDialog(Dialog[bool]):
    """True for Enter, False for Escape; no other key does anything."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "confirm", "yes", show=False)]
    DEFAULT_CSS = """
    ConfirmDialog #question { height: auto; margin-top: 1; }
    """

    def __init__(self, *, title: str, text: str, verb: str) -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self.HINT = f"↵ {verb}   Esc leave it"
        self._text = text

    def body(self) -> Iterable[Widget]:
        yield Static(Content(visible(self._text, keep_lines=True)), id="question", markup=False)

    def action_confirm(self) -> None:
        self.dismiss(True)

    def action_close(self) -> None:
        self.dismiss(False)
