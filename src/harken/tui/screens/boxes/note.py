"""Writing at length, naming something, and asking whether something is to go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from harken.errors import HarkenError
from harken.report import visible
from harken.tui.screens.boxes.dialog import Dialog, LineInput
from harken.tui.screens.boxes.memo import MemoArea

LONGEST_CONTEXT = 600
"""Characters of the answer that a memo is on, shown above it."""
KEPT_EVERY = 2.0
"""Seconds after which words that are being typed are kept, longer texts more rarely."""
CHARACTERS_A_SECOND = 2000
"""How much a long text adds to that."""


class NoteDialog(Dialog[str]):
    """Gives the text as it stands when Escape closes the box. `context` is what the note is on.

    `keep` is called with the text while it is typed, so that a program that is torn away loses little.
    """

    DEFAULT_CSS = """
    NoteDialog > Vertical { width: 92; height: 80%; }
    NoteDialog MemoArea { height: 1fr; }
    NoteDialog #context { height: auto; max-height: 6; margin-top: 1; }
    """
    HINT = "F2 or Esc keeps it and closes   ↵ new line"

    def __init__(
        self,
        *,
        title: str,
        text: str = "",
        context: str = "",
        hint: str = "",
        keep: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self.HINT = hint or self.HINT
        self._keep = keep
        self._kept_at = time.monotonic()
        self._text = text
        self._shown = self._kept = visible(text, keep_lines=True)
        self._on_what = context[:LONGEST_CONTEXT]

    def body(self) -> Iterable[Widget]:
        if self._on_what:
            shown = Content.styled(visible(self._on_what, keep_lines=True), "$text-muted")
            yield Static(shown, id="context", markup=False)
        yield MemoArea(self._shown, soft_wrap=True, show_line_numbers=False)

    def on_mount(self) -> None:
        area = self.query_one(MemoArea)
        area.focus()
        area.move_cursor(area.document.end)
        if self._keep is not None:
            self.set_interval(KEPT_EVERY, self._keep_from_time_to_time)

    def _keep_from_time_to_time(self) -> None:
        if time.monotonic() - self._kept_at >= len(self._kept) / CHARACTERS_A_SECOND:
            self.keep_words()

    def keep_words(self) -> None:
        """Keep what is typed so far, and say so where that fails."""
        written = self.query_one(MemoArea).text
        if self._keep is None or written == self._kept:
            return
        said = self.HINT
        try:
            self._keep(written.strip())
            self._kept = written
        except HarkenError as error:
            said = visible(f"Not on disk yet: {error}")
        self._kept_at = time.monotonic()
        self.query_one(".dialog-hint", Static).update(Content(said))

    async def action_save(self) -> None:
        self.action_close()

    def action_close(self) -> None:
        written = self.query_one(MemoArea).text
        # What was only looked at stays as it is, whatever it had to be shown as.
        self.dismiss((self._text if written == self._shown else written).strip())


class NameDialog(Dialog[str]):
    """Gives a name; None for Escape."""

    HINT = "↵ or F2 take it   Esc close"

    def __init__(self, *, title: str, name: str = "", placeholder: str = "") -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self._called = visible(name)
        self._placeholder = placeholder

    def body(self) -> Iterable[Widget]:
        yield LineInput(self._called, placeholder=self._placeholder, select_on_focus=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Submitted)
    def _taken(self) -> None:
        self.dismiss(self.query_one(Input).value.strip())


class RemovalDialog(Dialog[bool]):
    """Asks before something is taken away; the same letter that asked says yes, no key by mistake does."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "remove", "remove", show=False)]
    HINT = "x removes it   Esc keeps it"

    def __init__(self, *, title: str, text: str) -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self._text = text

    def body(self) -> Iterable[Widget]:
        yield Static(Content(visible(self._text, keep_lines=True)), markup=False)

    def action_remove(self) -> None:
        self.dismiss(True)

    def action_close(self) -> None:
        self.dismiss(False)
