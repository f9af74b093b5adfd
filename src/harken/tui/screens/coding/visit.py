"""The coding screen on one answer of a list: deciding it, or Esc, leads back to the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import BindingType
from textual.geometry import Size

from harken.services.coding import CodingSession
from harken.tui.commands.visit import VISIT
from harken.tui.screens.coding.screen import CodingScreen

_ELSEWHERE = ("step", "reopen", "go_to", "show_answers")
"""What leads to other answers: here one alone is open."""


class VisitScreen(CodingScreen):
    """Codes one answer; gives whether it was decided. The session has to be one of `CodingSession.visit`."""

    BINDINGS: ClassVar[list[BindingType]] = [*VISIT]

    def __init__(
        self,
        session: CodingSession,
        *,
        size: Size,
        clock: Callable[[], float],
        keymap: Mapping[str, str],
    ) -> None:
        # The process that suggests takes longer to start than most visits last; F2 starts it.
        super().__init__(session, size=size, with_suggestions=False, clock=clock, keymap=keymap)

    def _decide(self, key: str, verb: Callable[[], str]) -> None:
        self._has_decided = False
        super()._decide(key, verb)
        if self._has_decided:
            self.dismiss(True)

    def action_dismiss_message(self) -> None:
        """Escape: what was begun stays as a draft."""
        self.dismiss(False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action in _ELSEWHERE else super().check_action(action, parameters)
