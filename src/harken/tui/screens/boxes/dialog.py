"""What all dialogs share: a box in the middle, a title, a line of keys, and no key that gets past it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.events import Paste
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Static

from harken.report import visible

Result = TypeVar("Result")


class Dialog(ModalScreen[Result], inherit_bindings=False):
    """A modal box, low enough to leave the answer in sight. Escape closes it and keeps what was typed,
    each dialog in its way; F2 saves in every box that takes text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close", show=False),
        Binding("f2", "save", "save", show=False, priority=True),
        Binding("ctrl+s", "save", "save", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    Dialog { align: center bottom; }
    Dialog > Vertical { width: 76; max-width: 94%; height: auto; max-height: 92%; padding: 0 2; }
    Dialog .dialog-title { height: 1; text-style: bold; text-wrap: nowrap; text-overflow: ellipsis; }
    Dialog .dialog-hint { height: 1; margin-top: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    TITLE_TEXT = ""
    HINT = "Esc closes"

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(Content(visible(self.TITLE_TEXT)), classes="dialog-title", markup=False)
            yield from self.body()
            yield Static(Content(self.HINT), classes="dialog-hint", markup=False)

    def body(self) -> Iterable[Widget]:
        """The widgets between the title and the line of keys."""
        raise NotImplementedError

    async def action_save(self) -> None:
        """Do what Enter does in a line; a box without one has nothing to save."""
        if isinstance(self.focused, Input):
            await self.focused.action_submit()

    def action_close(self) -> None:
        self.dismiss(None)


class LineInput(Input):
    """A line to type in; what is pasted comes without control characters."""

    DEFAULT_CSS = """
    LineInput { border: none; height: 1; padding: 0; margin: 1 0 0 0; }
    LineInput:focus { border: none; }
    """

    def on_mount(self) -> None:
        self.cursor_blink = self.app.animation_level != "none"

    def _on_paste(self, event: Paste) -> None:
        event.text = visible(" ".join(event.text.split()))
        # Textual goes on to the method of the class below by itself.
