"""Asking for the name of a file to write."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from harken.tui.screens.boxes.dialog import Dialog, LineInput


class FileNameDialog(Dialog[str]):
    """Gives the name that Enter takes, None for Escape."""

    HINT = "↵ or F2 write it   Esc close"

    def __init__(self, *, title: str, before: str = "") -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self._before = before

    def body(self) -> Iterable[Widget]:
        yield LineInput(self._before, placeholder="a name that ends in .csv, .xlsx, .docx or .md")

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _taken(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or None)
