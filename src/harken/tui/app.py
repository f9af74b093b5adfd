"""The terminal application: themes, keymap, and the screen it opens with."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Mapping

from textual.app import App

from harken.services.coding import CodingSession
from harken.tui.screens.coding import CodingScreen
from harken.tui.themes import DARK, LIGHT


class HarkenApp(App[str], inherit_bindings=False):
    """Opens on the coding screen; every key is the screen's. Returns a line about the work done."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "Harken"

    def __init__(
        self,
        session: CodingSession,
        *,
        with_suggestions: bool = True,
        keymap: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._session = session
        self._with_suggestions = with_suggestions
        self._clock = clock
        self._keys = dict(keymap or {})
        self.set_keymap(self._keys)
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        self.theme = LIGHT.name if os.environ.get("HARKEN_THEME") == "light" else DARK.name

    def on_mount(self) -> None:
        self.push_screen(
            CodingScreen(
                self._session,
                with_suggestions=self._with_suggestions,
                clock=self._clock,
                keymap=self._keys,
            )
        )

    def on_ready(self) -> None:
        # What is loaded by now stays; looking through it again and again would make keys wait.
        gc.freeze()

    def action_switch_theme(self) -> None:
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
