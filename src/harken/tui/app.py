"""The terminal application: themes, keymap, and the screen it opens with."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from rich.text import Text
from textual.app import App
from textual.binding import Binding
from textual.events import Event, Key
from textual.screen import Screen

from harken.tui.keys.names import shown_key
from harken.tui.keys.order import KeyOrder
from harken.tui.stylesheet import KeptStylesheet
from harken.tui.themes import OTHER, THEMES, wanted_theme

CRASHED = """
Harken stopped at a fault of its own. Every decision and draft that it showed
is on disk; `harken code` goes on from there. The lines above hold no answers:
send them with your report."""
TERMINATED = 128 + signal.SIGTERM
"""Exit code of a program that was asked to end."""


Opening = Callable[["HarkenApp"], Screen[Any]]
"""Makes the screen that the program begins with."""


class HarkenApp(App[str], inherit_bindings=False):
    """Begins with one screen; every key is the screen's. Returns a line about the work done."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Harken"

    def __init__(
        self,
        opening: Opening,
        *,
        keymap: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._opening = opening
        self.clock = clock
        self.keys = dict(keymap or {})
        """Keys that the user gave to bindings, by id."""
        self.set_keymap(self.keys)
        self._key_order = KeyOrder(self, super().on_event, on_pasted=self._say_pasted)
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = wanted_theme().name
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())

    def get_default_screen(self) -> Screen[Any]:
        screen = self._opening(self)
        # Textual does so for every screen but the first.
        self.stylesheet.read_all(screen.css_path)
        return screen

    async def on_event(self, event: Event) -> None:
        """Keys wait for their turn; everything else goes its way."""
        if isinstance(event, Key) and not event.is_forwarded:
            self._key_order.take(event)
        else:
            await super().on_event(event)

    def get_key_display(self, binding: Binding) -> str:
        """A key as it is always shown, whether the program or the user gave it."""
        return binding.key_display or shown_key(binding.key)

    def _say_pasted(self, n_keys: int) -> None:
        """Let the screen say why nothing came of a text that was pasted as keys; an open menu closes."""
        from harken.tui.screens.boxes.menu import MenuScreen
        from harken.tui.screens.offering import OffersCommands

        if isinstance(self.screen, MenuScreen):
            self.screen.dismiss("")
        for screen in reversed(self.screen_stack):
            if isinstance(screen, OffersCommands):
                screen.refuse(
                    f"{n_keys} keys came at once, as when a text is pasted: none of them was taken. "
                    "If you typed them, type them again."
                )
                return

    def on_mount(self) -> None:
        # Windows has no such signals; there the terminal needs no mending either.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, self._end)

    def on_ready(self) -> None:
        # What is loaded by now stays; looking through it again and again would make keys wait.
        gc.freeze()
        gc.enable()

    def _end(self) -> None:
        """Leave as Ctrl+Q does, so that the terminal is a terminal again."""
        self.exit(return_code=TERMINATED)

    def _fatal_error(self) -> None:
        # Textual's own prints the local variables, and with them participants' texts.
        self.bell()
        self.panic(Text("".join(_places_of(sys.exception())) + CRASHED))

    def action_switch_theme(self) -> None:
        self.theme = OTHER[self.theme]


def _places_of(error: BaseException | None) -> list[str]:
    """Where an error arose and of what kind it is; its message is left out, for it may quote an answer."""
    if error is None:
        return []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [*_places_of(cause), "\nThat led to this:\n\n"] if cause else []
    kind = type(error)
    return [
        *before,
        "Traceback (most recent call last):\n",
        *traceback.format_tb(error.__traceback__),
        f"{kind.__module__}.{kind.__qualname__}\n",
    ]
