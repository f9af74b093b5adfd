"""Keys one after the other: each is done with before the next is looked at.

Textual hands keys on as they come, so that of two that arrive together (over a slow line, or typed while
the computer was busy) the second would still go to the screen on which the first one opens a dialog.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

from textual.app import App
from textual.events import Key

_QUIET_ROUNDS = 3
"""So often in a row nothing may be waiting: work goes back and forth between the app and its screens."""
_MOST_ROUNDS = 400
_SHORT_ROUNDS = 30
_PAUSE_SECONDS = 0.002


class KeyOrder:
    """Takes the app's keys and hands each over when the one before has had its whole effect."""

    def __init__(self, app: App[Any], hand_over: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._hand_over = hand_over
        self._waiting: deque[Key] = deque()
        self._work: asyncio.Task[None] | None = None

    def take(self, key: Key) -> None:
        self._waiting.append(key)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._hand_over_all())

    async def _hand_over_all(self) -> None:
        while self._waiting:
            await self._hand_over(self._waiting.popleft())
            await self._until_quiet()

    async def _until_quiet(self) -> None:
        """Wait until nothing is under way, or for about a second where something is all the time."""
        n_quiet = 0
        for attempt in range(_MOST_ROUNDS):
            await asyncio.sleep(0 if attempt < _SHORT_ROUNDS else _PAUSE_SECONDS)
            n_quiet = n_quiet + 1 if self._is_quiet() else 0
            if n_quiet == _QUIET_ROUNDS:
                return

    def _is_quiet(self) -> bool:
        screen, focused = self._app.screen, self._app.focused
        pumps = [self._app, *self._app.screen_stack, *([focused] if focused is not None else [])]
        is_settled = screen.is_mounted and (focused is not None or not screen.AUTO_FOCUS)
        return is_settled and not any(pump.message_queue_size for pump in pumps)
