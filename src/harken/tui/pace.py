"""Keys that come faster than a person can read."""

from __future__ import annotations

from collections.abc import Callable

READING_SECONDS = 0.3
"""No deciding key counts so soon after a new answer: it was meant for the one before."""
HELD_SECONDS = 0.7
"""Nor the same deciding key again, with no other between: a held key begins to repeat within this time."""


class DecisionGuard:
    """Lets a deciding key through only when the answer has been there for a moment.

    A key that is refused starts the wait anew, so a held key never decides a second answer.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._opened_at = float("-inf")
        self._refused_at = float("-inf")
        self._last_key = ""

    def answer_opened(self) -> None:
        self._opened_at = self._clock()

    def other_key(self) -> None:
        """A key that decides nothing was pressed: the last one is not being held."""
        self._last_key = ""

    def lets_through(self, key: str) -> bool:
        now = self._clock()
        wait = HELD_SECONDS if key == self._last_key else READING_SECONDS
        self._last_key = key
        if now - max(self._opened_at, self._refused_at) < wait:
            self._refused_at = now
            return False
        return True
