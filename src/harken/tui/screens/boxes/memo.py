"""A memo on the open answer."""

from __future__ import annotations

from collections.abc import Iterable

from textual.events import Paste
from textual.widget import Widget
from textual.widgets import TextArea

from harken.report import visible
from harken.tui.screens.boxes.dialog import Dialog


class MemoArea(TextArea):
    DEFAULT_CSS = """
    MemoArea { height: 10; border: none; padding: 0; margin: 1 0 0 0; }
    MemoArea:focus { border: none; }
    """

    def on_mount(self) -> None:
        self.cursor_blink = self.app.animation_level != "none"

    async def _on_paste(self, event: Paste) -> None:
        event.text = visible(event.text.replace("\r\n", "\n").replace("\r", "\n"), keep_lines=True)
        # Textual goes on to the method of the class below by itself.


class MemoDialog(Dialog[str]):
    """Gives the memo as it stands when Escape closes the box."""

    HINT = "F2 or Esc keeps the memo and closes   ↵ new line"

    def __init__(self, *, participant: str, memo: str) -> None:
        super().__init__()
        self.TITLE_TEXT = f"Memo on {participant}"
        self._memo = memo

    def body(self) -> Iterable[Widget]:
        yield MemoArea(self._memo, soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        area = self.query_one(MemoArea)
        area.focus()
        area.move_cursor(area.document.end)

    async def action_save(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        self.dismiss(self.query_one(MemoArea).text.strip())
