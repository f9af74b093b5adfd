"""Writing something that is sent only on purpose: a reply, a rule, an outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from harken.report import visible
from harken.tui.screens.boxes.dialog import Dialog
from harken.tui.screens.boxes.memo import MemoArea

LONGEST_CONTEXT = 2_000
"""Characters of what is written about, shown above."""


class WritingDialog(Dialog[str]):
    """Gives the text when F2 (or Ctrl+S) sends it; Escape closes the box and hands it to `keep`."""

    DEFAULT_CSS = """
    WritingDialog > Vertical { width: 92; height: 80%; }
    WritingDialog MemoArea { height: 1fr; min-height: 3; }
    WritingDialog #context { height: auto; max-height: 50%; margin-top: 1; }
    WritingDialog #says { height: 1; }
    """

    def __init__(
        self, *, title: str, verb: str, keep: Callable[[str], None], text: str = "", context: str = ""
    ) -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self.HINT = f"F2 {verb}   Esc close, keeping what is written   ↵ new line"
        self._text = text
        self._keep = keep
        self._about = context[:LONGEST_CONTEXT]

    def body(self) -> Iterable[Widget]:
        if self._about:
            yield Static(
                Content.styled(visible(self._about, keep_lines=True), "$quiet"), id="context", markup=False
            )
        yield MemoArea(self._text, soft_wrap=True, show_line_numbers=False)
        yield Static(id="says", markup=False)

    def on_mount(self) -> None:
        area = self.query_one(MemoArea)
        area.focus()
        area.move_cursor(area.document.end)

    @property
    def written(self) -> str:
        return self.query_one(MemoArea).text.strip()

    async def action_save(self) -> None:
        if self.written:
            self.dismiss(self.written)
        else:
            self.query_one("#says", Static).update(Content.styled("! Write something first.", "$warning"))

    def action_close(self) -> None:
        self._keep(self.written)
        self.dismiss(None)
