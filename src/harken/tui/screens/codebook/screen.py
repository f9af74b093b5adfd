"""The codebook screen: the tree with its counts, beside it the focused code with its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from harken.errors import HarkenError
from harken.model import Code, Codebook, Family, Round
from harken.services.browsing import reader_for
from harken.services.codebooks.looking import (
    CodedAnswer,
    CodeUse,
    answers_with,
    stored_codebook,
    uses,
    version_id,
)
from harken.services.codebooks.places import family_at
from harken.storage.store import Store
from harken.tui.aside import read_aside
from harken.tui.commands.codebook import CODEBOOK
from harken.tui.screens.codebook.actions import CodebookActions
from harken.tui.screens.room import Room
from harken.tui.widgets.code_page import CodePage
from harken.tui.widgets.code_tree import CodeTree


class CodebookScreen(CodebookActions, Room[None]):
    """The controller: a change is written, then the codebook is read anew. Counts come later, from beside."""

    BINDINGS: ClassVar[list[BindingType]] = [*CODEBOOK]
    ROOM_TITLE = "Codebook"
    HELP_GROUP = "Codebook"

    @dataclass
    class Counted(Message):
        """The codings were counted, or why they could not be."""

        number: int
        found: Mapping[str, CodeUse] | HarkenError

    def __init__(
        self,
        store: Store,
        *,
        coder: str,
        round: Round,
        focus: str = "",
        is_coding: bool = False,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(keymap=keymap)
        self.store = store
        self.coder = coder
        self.reader = reader_for(store, coder, round=round.name, is_coding=is_coding)
        self.stored = stored_codebook(store)
        self.typed = {}
        self._focus_first = focus
        self._n_counts = 0
        self._tree = CodeTree()
        self._page = CodePage()

    @property
    def codebook(self) -> Codebook:
        return self.stored.codebook

    def body(self) -> Iterable[Widget]:
        yield Container(self._tree, self._page, id="codebook-body")

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self.show_codebook, self._focus_first)

    def heading(self) -> str:
        n_retired = sum(entry.code.is_retired for entry in self.codebook.entries.values())
        n_codes = len(self.codebook.entries) - n_retired
        own = " · own work only" if self.reader.is_blind else ""
        retired = f", {n_retired} retired" if n_retired else ""
        return f"{n_codes} code{'' if n_codes == 1 else 's'}{retired}{own} · {self.coder}"

    # -- showing -------------------------------------------------------------------------------------

    @property
    def place(self) -> str:
        """The key of the family or the path of the code in focus; empty where the codebook is."""
        return self._tree.focused_place

    @property
    def entry(self) -> Code | Family | None:
        """The family or code in focus."""
        family = family_at(self.codebook, self.place)
        if family is not None:
            return family
        entry = self.codebook.entries.get(self.place)
        return None if entry is None else entry.code

    def show_codebook(self, focus: str = "") -> None:
        """Read everything anew and go to a place."""
        self.stored = stored_codebook(self.store)
        self._tree.show(self.codebook, focus=focus)
        self._show_page()
        self.show_heading()
        self._n_counts += 1
        number, reader = self._n_counts, self.reader
        read_aside(
            self.store,
            lambda own: uses(own, reader),
            lambda found: self.post_message(self.Counted(number, found)),
        )

    def on_codebook_screen_counted(self, message: Counted) -> None:
        if isinstance(message.found, HarkenError):
            self.refuse(str(message.found))
        elif message.number == self._n_counts:
            nobody = CodeUse(0, 0)
            self._tree.show_uses(
                {path: message.found.get(id, nobody) for path, id in self.stored.ids.items()}
            )

    def beside(self, place: str) -> str:
        return self._tree.beside(place)

    def _show_page(self) -> None:
        place, entry = self.place, self.entry
        fetch = None
        if isinstance(entry, Code):
            id = self.stored.ids[place]

            def fetch_answers(after: int) -> Sequence[CodedAnswer]:
                return answers_with(self.store, id, self.reader, after=after)

            fetch = fetch_answers
        self._page.show(entry, place=place, fetch=fetch)

    def _catch_up(self) -> None:
        """Take up what others changed since the codebook was read."""
        if version_id(self.store) != self.stored.version_id:
            self.show_codebook()

    # -- moving --------------------------------------------------------------------------------------

    def action_step(self, n: int) -> None:
        self._catch_up()
        self._tree.step(n)
        self._show_page()

    def action_jump(self, index: int) -> None:
        self._tree.jump(to_end=index != 0)
        self._show_page()

    def action_page(self, n: int) -> None:
        self._page.scroll_pages(n)

    def go_to(self, place: str) -> None:
        self._tree.focus_place(place)
        self._show_page()

    @on(CodeTree.Picked)
    def _picked(self, event: CodeTree.Picked) -> None:
        self.go_to(event.place)
