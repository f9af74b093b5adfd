"""The menu that Space opens, on as few lines as it fits on."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key
from textual.screen import ModalScreen

from harken.tui.commands import MENU, SELECTION_MENU
from harken.tui.commands.menu import SHORTER
from harken.tui.widgets.lines import KeyLines


def menu_bindings(entries: Iterable[Binding]) -> list[BindingType]:
    """Each entry's key chooses its action; Escape and Space close."""
    return [
        *(replace(binding, action=f"choose('{binding.action}')") for binding in entries),
        Binding("escape", "close", "close", show=False),
        Binding("space", "close", "close", show=False),
    ]


BOXES = frozenset(
    {
        *("make_code", "find_code", "write_memo", "mark_unsure", "go_to", "alert_lead", "link_answer"),
        *("make_keyword", "make_example"),
    }
)
"""Actions that open a box to type in."""


def opens_box(entries: Iterable[Binding], keys: Sequence[str], keymap: Mapping[str, str]) -> bool:
    """Whether the first of these keys is that of an entry which opens a box."""
    return bool(keys) and any(
        keys[0] in keymap.get(entry.id or "", entry.key).split(",")
        for entry in entries
        if entry.action in BOXES
    )


class MenuScreen(ModalScreen[str], inherit_bindings=False):
    """Gives the action of the entry whose letter is pressed. Other keys do nothing; Escape closes.

    Only the entries offered are shown; the letter of another one is given too, for the screen to say why not.
    """

    BINDINGS: ClassVar[list[BindingType]] = menu_bindings(MENU)
    DEFAULT_CSS = """
    MenuScreen { align: left bottom; background: transparent; }
    """

    def __init__(self, *, offered: Container[str]) -> None:
        super().__init__()
        self._offered = offered
        """Ids of the entries that work now."""

    def compose(self) -> ComposeResult:
        yield KeyLines(id="menu")

    def on_mount(self) -> None:
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        shown = {
            active.binding.id: active.binding
            for active in self.active_bindings.values()
            if active.binding.show and active.binding.id in self._offered
        }
        # A changed key would move its entry to the end.
        order = [binding.id for binding in self.BINDINGS if isinstance(binding, Binding)]
        keys = [(self.app.get_key_display(shown[id]), shown[id]) for id in order if id in shown]
        self.query_one(KeyLines).show(keys, gap=2, shorter=SHORTER)

    def are_meant(self, keys: Sequence[str]) -> bool:
        """Keys that came at once: a letter that opens a box, and what is typed there."""
        active = self.active_bindings.get(keys[0])
        return active is not None and active.binding.action in {f"choose('{action}')" for action in BOXES}

    async def on_key(self, event: Key) -> None:
        letter = (event.character or "").casefold()
        if letter != event.character and letter in self.active_bindings:
            # Caps Lock is on: the same letter is meant.
            event.stop()
            await self.run_action(self.active_bindings[letter].binding.action)

    def action_choose(self, action: str) -> None:
        self.dismiss(action)

    def action_close(self) -> None:
        self.dismiss("")


class SelectionMenu(MenuScreen, inherit_bindings=False):
    """The menu while words of the answer are selected."""

    BINDINGS: ClassVar[list[BindingType]] = menu_bindings(SELECTION_MENU)
