"""Keys one after the other: each is done with before the next is looked at.

Textual hands keys on as they come, so that of two that arrive together (over a slow line, or typed while
the computer was busy) the second would still go to the screen on which the first one opens a dialog.

A text that a terminal pastes as if it were typed would run through codes and commands. It is told by many
different keys within no time at all, and nothing of it is handed over, save into a box that takes text.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from itertools import pairwise
from typing import Any, Protocol, runtime_checkable

from textual.app import App
from textual.events import Key
from textual.screen import Screen

_QUIET_ROUNDS = 3
"""So often in a row nothing may be waiting: work goes back and forth between the app and its screens."""
_QUIET_ROUNDS_BETWEEN_SCREENS = 10
"""Where a key closed or opened a screen: work on that goes on for a moment with nothing waiting anywhere."""
_MOST_ROUNDS = 400
_SHORT_ROUNDS = 30
_PAUSE_SECONDS = 0.002
TOGETHER_SECONDS = 0.02
"""Keys so close behind one another came in one piece; a keyboard repeats a held key more slowly."""
PASTED_KEYS = 5
"""So many in one piece, not all the same, were not typed: a slow line gathers two or three."""
LONGEST_AHEAD = 24
"""More in one piece are a text, even if it begins as a command does that opens a box."""
PAUSE_SECONDS = 0.05
"""What comes so soon behind a pasted piece belongs to it."""


@runtime_checkable
class ExpectsKeys(Protocol):
    """A screen that may know of keys in one piece that they were meant one by one."""

    def are_meant(self, keys: Sequence[str]) -> bool:
        """Whether keys that came together are a command and what is typed into its box."""


class KeyOrder:
    """Takes the app's keys and hands each over when the one before has had its whole effect.

    `on_pasted` is told how many keys were dropped as a pasted text.
    """

    def __init__(
        self,
        app: App[Any],
        hand_over: Callable[[Key], Awaitable[None]],
        *,
        on_pasted: Callable[[int], object] = lambda n: None,
    ) -> None:
        self._app = app
        self._hand_over = hand_over
        self._on_pasted = on_pasted
        self._waiting: deque[Key] = deque()
        self._handed: list[Key] = []
        """What was handed over of the piece that is under way, without what went into a box."""
        self._dropped_at = float("-inf")
        self._work: asyncio.Task[None] | None = None

    def take(self, key: Key) -> None:
        if key.time - self._dropped_at < PAUSE_SECONDS and _is_of_text(key):
            self._dropped_at = key.time
            return
        self._waiting.append(key)
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._hand_over_all())

    async def _hand_over_all(self) -> None:
        while self._waiting:
            piece = self._piece()
            if self._is_pasted(piece):
                for _ in piece:
                    self._waiting.popleft()
                self._dropped_at = piece[-1].time
                self._on_pasted(len(piece))
                continue
            key = self._waiting.popleft()
            if self._app.focused is None:
                self._handed = [*self._handed[-PASTED_KEYS:], key]
            screen = self._app.screen
            await self._hand_over(key)
            await self._until_quiet(screen)

    def _piece(self) -> list[Key]:
        """The keys that wait and came together with the first of them."""
        piece = [self._waiting[0]]
        for key in list(self._waiting)[1:]:
            if key.time - piece[-1].time >= TOGETHER_SECONDS or not _is_of_text(key):
                break
            piece.append(key)
        return piece

    def _is_pasted(self, piece: Sequence[Key]) -> bool:
        # Only boxes that take text are ever in focus.
        if not _is_of_text(piece[0]) or self._app.focused is not None:
            return False
        whole = [*self._handed, *piece]
        breaks = [
            place
            for place, (one, other) in enumerate(pairwise(whole), start=1)
            if other.time - one.time >= TOGETHER_SECONDS or not _is_of_text(one)
        ]
        together = whole[breaks[-1] if breaks else 0 :]
        if len(together) < PASTED_KEYS or len({key.key for key in together}) == 1:
            return False
        if len(piece) > LONGEST_AHEAD:
            return True
        screen = self._app.screen
        return not (isinstance(screen, ExpectsKeys) and screen.are_meant([key.key for key in piece]))

    async def _until_quiet(self, before: Screen[Any]) -> None:
        """Wait until nothing is under way, or for about a second where something is all the time.

        `before` is the screen that was there before the key.
        """
        n_quiet = 0
        for attempt in range(_MOST_ROUNDS):
            is_same = self._app.screen is before
            await asyncio.sleep(0 if is_same and attempt < _SHORT_ROUNDS else _PAUSE_SECONDS)
            n_quiet = n_quiet + 1 if self._is_quiet() else 0
            if n_quiet >= (_QUIET_ROUNDS if is_same else _QUIET_ROUNDS_BETWEEN_SCREENS):
                return

    def _is_quiet(self) -> bool:
        screen, focused = self._app.screen, self._app.focused
        pumps = [self._app, *self._app.screen_stack, *([focused] if focused is not None else [])]
        is_settled = screen.is_mounted and (focused is not None or not screen.AUTO_FOCUS)
        return is_settled and not any(pump.message_queue_size for pump in pumps)


def _is_of_text(key: Key) -> bool:
    return key.is_printable or key.key in ("enter", "tab")
